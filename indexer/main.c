/* pilcrow-index: splits articles into paragraphs and indexes them. */
#include "base/error.h"
#include "cli/descriptors.h"
#include "cli/paths.h"
#include "index_options.h"
#include "report.h"
#include "verbs.h"
#include "xapian_c.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static pil_exit_code print_help(void)
{
    pil_buffer help;
    pil_buffer_init(&help, 1 << 16);
    bool ok = pil_options_help(&pil_index_option_table, &help) == PIL_OK &&
              fputs(help.bytes, stdout) >= 0 && fflush(stdout) == 0;
    pil_buffer_dispose(&help);
    return ok ? PIL_EXIT_DONE : PIL_EXIT_SYSTEM;
}

static pil_exit_code print_version(void)
{
    printf("pilcrow-index " PILCROW_VERSION " (libxapian %s)\n", xc_version_runtime());
    return fflush(stdout) == 0 ? PIL_EXIT_DONE : PIL_EXIT_SYSTEM;
}

/* The index's directory as an absolute path that is the same whichever way leads to it. */
static char *find_directory(const pil_index_options *options, const char *cwd, pil_error *err)
{
    const pil_index_places places = {
        .option = options->index,
        .variable = getenv("PILCROW_INDEX"),
        .cwd = cwd,
        .data_home = getenv("XDG_DATA_HOME"),
        .home = getenv("HOME"),
    };
    char *found = NULL;
    if (pil_index_path(&places, &found, NULL, err) != PIL_OK)
        return NULL;
    char *directory = pil_verb_resolve(found);
    free(found);
    if (directory == NULL)
        pil_error_no_memory(err);
    return directory;
}

static pil_exit_code run_verb(const pil_index_options *options, pil_report *report)
{
    typedef pil_exit_code verb_function(const pil_index_options *, const char *, pil_report *);
    static verb_function *const verbs[] = {
        [PIL_VERB_INDEX] = pil_verb_index,   [PIL_VERB_STATUS] = pil_verb_status,
        [PIL_VERB_VERIFY] = pil_verb_verify, [PIL_VERB_MERGE] = pil_verb_merge,
        [PIL_VERB_REMOVE] = pil_verb_remove, [PIL_VERB_FORMATS] = pil_verb_formats,
        [PIL_VERB_TRUST] = pil_verb_trust,
    };
    pil_error err = {0};
    char *directory = find_directory(options, report->cwd, &err);
    if (directory == NULL) {
        pil_report_message(report, NULL, 0, "%s", err.message);
        return pil_exit_code_of(err.status);
    }
    pil_exit_code code = verbs[options->verb](options, directory, report);
    free(directory);
    return code;
}

int main(int argc, char **argv)
{
    if (!pil_descriptors_hold())
        return PIL_EXIT_SYSTEM;
    pil_error err = {0};
    pil_index_options options;
    pil_report report = {.cwd = getcwd(NULL, 0)};
    pil_exit_code code;
    if (pil_index_options_parse(argc, argv, &options, &err) != PIL_OK) {
        pil_report_message(&report, NULL, 0, "%s (see pilcrow-index --help)", err.message);
        code = PIL_EXIT_USAGE;
    } else if (options.help) {
        code = print_help();
    } else if (options.version) {
        code = print_version();
    } else {
        report.is_quiet = options.quiet;
        report.is_verbose = options.verbose;
        code = run_verb(&options, &report);
        /* What a full disk did not take would be missed by nobody. */
        if (code == PIL_EXIT_DONE && fflush(stdout) != 0) {
            pil_report_message(&report, NULL, 0, "cannot write to standard output");
            code = PIL_EXIT_SYSTEM;
        }
    }
    pil_index_options_dispose(&options);
    free(report.cwd);
    return (int)code;
}
