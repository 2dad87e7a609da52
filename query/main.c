/* pilcrow: ranks the paragraphs of an index for a query and prints them. */
#include "base/buffer.h"
#include "base/error.h"
#include "cli/descriptors.h"
#include "cli/exit_code.h"
#include "query/acronyms_command.h"
#include "query/compare_command.h"
#include "query/eval_command.h"
#include "query/expand_command.h"
#include "query/get_command.h"
#include "query/judge_command.h"
#include "query/like_command.h"
#include "query/news_command.h"
#include "query/query_options.h"
#include "query/related_command.h"
#include "query/saved_command.h"
#include "query/search_command.h"
#include "query/session.h"
#include "query/tell.h"
#include "query/topics_command.h"
#include "query/why_command.h"
#include "xapian_c.h"

#include <signal.h>
#include <stdio.h>

static pil_exit_code print_help(void)
{
    pil_buffer help;
    pil_buffer_init(&help, 1 << 16);
    bool ok = pil_options_help(&pil_query_option_table, &help) == PIL_OK &&
              fputs(help.bytes, stdout) >= 0 && fflush(stdout) == 0;
    pil_buffer_dispose(&help);
    return ok ? PIL_EXIT_DONE : PIL_EXIT_SYSTEM;
}

static pil_exit_code print_version(void)
{
    printf("pilcrow " PILCROW_VERSION " (libxapian %s)\n", xc_version_runtime());
    return fflush(stdout) == 0 ? PIL_EXIT_DONE : PIL_EXIT_SYSTEM;
}

typedef pil_exit_code command(pil_session *session);

static command *command_of(const pil_query_options *options)
{
    if (options->compare[0] != NULL)
        return pil_compare_command;
    if (options->eval != NULL)
        return pil_eval_command;
    if (options->judge != NULL)
        return pil_judge_command;
    if (options->topics != NULL)
        return pil_topics_command;
    if (options->related)
        return pil_related_command;
    if (options->like != NULL)
        return pil_like_command;
    if (options->why_not != NULL)
        return pil_why_command;
    if (options->news)
        return pil_news_command;
    if (options->acronyms)
        return pil_acronyms_command;
    if (options->expand)
        return pil_expand_command;
    return options->get ? pil_get_command : pil_search_command;
}

static pil_exit_code run(const pil_query_options *options)
{
    pil_session session;
    pil_exit_code code = pil_session_start(&session, options);
    if (code == PIL_EXIT_DONE)
        code = command_of(options)(&session);
    pil_session_close(&session);
    return code;
}

static pil_exit_code act(const pil_query_options *options)
{
    if (options->help)
        return print_help();
    if (options->version)
        return print_version();
    if (options->save != NULL)
        return pil_saved_command_save(options);
    if (options->saved)
        return pil_saved_command_list();
    if (options->forget != NULL)
        return pil_saved_command_forget(options);
    return run(options);
}

int main(int argc, char **argv)
{
    if (!pil_descriptors_hold())
        return PIL_EXIT_SYSTEM;
    pil_error err = {0};
    pil_query_options options;
    pil_saved_arguments arguments = {0};
    pil_exit_code code = PIL_EXIT_DONE;
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is seen as EPIPE: a quiet end */
    if (pil_query_options_parse(argc, argv, &options, &err) != PIL_OK) {
        pil_tell("%s (see pilcrow --help)", err.message);
        code = PIL_EXIT_USAGE;
    } else {
        code = pil_saved_expand(argc, argv, &options, &arguments);
        if (code == PIL_EXIT_DONE)
            code = act(&options);
    }
    pil_query_options_dispose(&options);
    pil_saved_arguments_dispose(&arguments);
    return (int)code;
}
