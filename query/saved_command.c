#include "saved_command.h"

#include "cli/terminal_text.h"
#include "saved_options.h"
#include "search/query.h"
#include "tell.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGE_MAX_BYTES = 1 << 20 };

char *pil_saved_command_directory(void)
{
    pil_error err = {0};
    char *directory = NULL;
    if (pil_saved_directory(getenv("XDG_STATE_HOME"), getenv("HOME"), &directory, &err) != PIL_OK)
        pil_tell("%s", err.message);
    return directory;
}

/* What the system does to the files is no fault of the index's. */
static pil_exit_code fail(pil_status status, const pil_error *err)
{
    pil_tell("%s", err->message);
    return status == PIL_INVALID_ARGUMENT || status == PIL_BAD_QUERY ? PIL_EXIT_USAGE
                                                                     : PIL_EXIT_SYSTEM;
}

static pil_exit_code fail_unknown(const char *directory, const char *name)
{
    pil_saved_names names;
    pil_buffer list;
    pil_error err = {0};
    pil_buffer_init(&list, MESSAGE_MAX_BYTES);
    pil_status status = pil_saved_list(directory, &names, &err);
    for (size_t i = 0; i < names.n_items && status == PIL_OK; i++)
        status = pil_buffer_appendf(&list, "%s%s", i > 0 ? ", " : "", names.items[i]);
    if (status == PIL_OK && names.n_items == 0)
        pil_tell("no query is saved as %s; save one with: pilcrow --save %s WORD...", name, name);
    else if (status == PIL_OK)
        pil_tell("no query is saved as %s; there are: %s", name, list.bytes);
    pil_saved_names_dispose(&names);
    pil_buffer_dispose(&list);
    return status == PIL_OK ? PIL_EXIT_USAGE : fail(status, &err);
}

static pil_exit_code read_saved(const char *directory, const char *name, pil_saved_query *saved)
{
    pil_error err = {0};
    pil_status status = pil_saved_read(directory, name, saved, &err);
    if (status == PIL_NOT_FOUND)
        return fail_unknown(directory, name);
    return status == PIL_OK ? PIL_EXIT_DONE : fail(status, &err);
}

/* ---- @NAME ---- */

/* The saved options behind the program's name, then what was typed; the strings are borrowed. */
static char **join_arguments(int argc, char *const *argv, const pil_saved_query *saved)
{
    char **joined = calloc((size_t)argc + saved->n_options + 1, sizeof *joined);
    if (joined == NULL)
        return NULL;
    joined[0] = argv[0];
    memcpy(joined + 1, saved->options, saved->n_options * sizeof *joined);
    memcpy(joined + 1 + saved->n_options, argv + 1, (size_t)(argc - 1) * sizeof *joined);
    return joined;
}

pil_exit_code pil_saved_expand(int argc, char *const *argv, pil_query_options *options,
                               pil_saved_arguments *arguments)
{
    pil_error err = {0};
    if (options->at == NULL)
        return PIL_EXIT_DONE;
    char *directory = pil_saved_command_directory();
    if (directory == NULL)
        return PIL_EXIT_SYSTEM;
    pil_exit_code code = read_saved(directory, options->at, &arguments->saved);
    free(directory);
    if (code != PIL_EXIT_DONE)
        return code;
    arguments->argv = join_arguments(argc, argv, &arguments->saved);
    if (arguments->argv == NULL)
        return fail(pil_error_no_memory(&err), &err);
    pil_query_options_dispose(options);
    pil_status status = pil_query_options_parse(argc + (int)arguments->saved.n_options,
                                                arguments->argv, options, &err);
    if (status == PIL_OK)
        status = pil_query_options_prepend(options, arguments->saved.query, &err);
    return status == PIL_OK ? PIL_EXIT_DONE : fail(status, &err);
}

void pil_saved_arguments_dispose(pil_saved_arguments *arguments)
{
    free(arguments->argv);
    pil_saved_query_dispose(&arguments->saved);
    *arguments = (pil_saved_arguments){0};
}

/* ---- --save ---- */

/* A query that cannot be understood is not saved. */
static pil_status check(const pil_query_options *options, pil_error *err)
{
    char code[PIL_LANGUAGE_MAX];
    pil_analyser *analyser = NULL;
    pil_query *query = NULL;
    if (options->language != NULL && !pil_language_normalise(options->language, code))
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "--language: %s is no language",
                             options->language);
    pil_status status = pil_analyser_new(&analyser, err);
    if (status == PIL_OK)
        status = pil_query_parse(options->query, options->query_bytes, NULL, analyser, &query, NULL,
                                 err);
    pil_query_free(query);
    pil_analyser_free(analyser);
    return status;
}

/* "--all Kosovo dialogue" */
static pil_status append_command(const pil_saved_query *saved, pil_buffer *out)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < saved->n_options && status == PIL_OK; i++)
        status = pil_buffer_appendf(out, "%s ", saved->options[i]);
    return status == PIL_OK ? pil_buffer_append_string(out, saved->query) : status;
}

/* Whoever replaces a query should be able to see what it was. */
static void tell_replaced(const char *directory, const char *name, const pil_saved_query *by)
{
    pil_saved_query before;
    pil_buffer was, is;
    pil_buffer_init(&was, MESSAGE_MAX_BYTES);
    pil_buffer_init(&is, MESSAGE_MAX_BYTES);
    if (pil_saved_read(directory, name, &before, NULL) == PIL_OK &&
        append_command(&before, &was) == PIL_OK && append_command(by, &is) == PIL_OK &&
        strcmp(was.bytes, is.bytes) != 0)
        pil_tell("%s was: %s", name, was.bytes);
    pil_saved_query_dispose(&before);
    pil_buffer_dispose(&was);
    pil_buffer_dispose(&is);
}

pil_exit_code pil_saved_command_save(const pil_query_options *options)
{
    pil_error err = {0};
    pil_arena arena = {0};
    pil_saved_query saved = {.query = options->query};
    char *directory = pil_saved_command_directory();
    if (directory == NULL)
        return PIL_EXIT_SYSTEM;
    pil_status status = check(options, &err);
    if (status == PIL_OK)
        status = pil_saved_options_list(options, &arena, &saved.options, &saved.n_options, &err);
    if (status == PIL_OK) {
        tell_replaced(directory, options->save, &saved);
        status = pil_saved_write(directory, options->save, &saved, &err);
    }
    free(directory);
    pil_arena_dispose(&arena);
    return status == PIL_OK ? PIL_EXIT_DONE : fail(status, &err);
}

/* ---- --saved and --forget ---- */

static pil_status append_line(const char *directory, const char *name, pil_buffer *out,
                              pil_error *err)
{
    pil_saved_query saved;
    pil_buffer command;
    pil_buffer_init(&command, MESSAGE_MAX_BYTES);
    pil_status status = pil_saved_read(directory, name, &saved, err);
    if (status == PIL_OK) {
        status = append_command(&saved, &command);
        if (status == PIL_OK)
            status = pil_buffer_appendf(out, "%s\t", name);
        if (status == PIL_OK)
            status = pil_terminal_escape(command.bytes, command.length, 0, out);
        if (status == PIL_OK)
            status = pil_buffer_append_byte(out, '\n');
        if (status != PIL_OK)
            pil_error_no_memory(err);
    }
    pil_saved_query_dispose(&saved);
    pil_buffer_dispose(&command);
    /* One that was forgotten meanwhile, or is damaged, does not hide the others. */
    if (status == PIL_CORRUPT)
        pil_tell("%s", err->message);
    return status == PIL_NOT_FOUND || status == PIL_CORRUPT ? PIL_OK : status;
}

pil_exit_code pil_saved_command_list(void)
{
    pil_error err = {0};
    pil_saved_names names = {0};
    pil_buffer lines;
    pil_buffer_init(&lines, SIZE_MAX / 2);
    char *directory = pil_saved_command_directory();
    if (directory == NULL)
        return PIL_EXIT_SYSTEM;
    pil_status status = pil_saved_list(directory, &names, &err);
    for (size_t i = 0; i < names.n_items && status == PIL_OK; i++)
        status = append_line(directory, names.items[i], &lines, &err);
    errno = 0;
    if (status == PIL_OK && (fputs(lines.bytes, stdout) == EOF || fflush(stdout) != 0) &&
        errno != EPIPE)
        status = pil_error_set_errno(&err, errno, "cannot write the results");
    pil_exit_code code = names.n_items > 0 ? PIL_EXIT_DONE : PIL_EXIT_NO_HITS;
    pil_saved_names_dispose(&names);
    pil_buffer_dispose(&lines);
    free(directory);
    return status == PIL_OK ? code : fail(status, &err);
}

pil_exit_code pil_saved_command_forget(const pil_query_options *options)
{
    pil_error err = {0};
    char *directory = pil_saved_command_directory();
    if (directory == NULL)
        return PIL_EXIT_SYSTEM;
    pil_status status = pil_saved_forget(directory, options->forget, &err);
    pil_exit_code code = PIL_EXIT_DONE;
    if (status == PIL_NOT_FOUND)
        code = fail_unknown(directory, options->forget);
    else if (status != PIL_OK)
        code = fail(status, &err);
    free(directory);
    return code;
}
