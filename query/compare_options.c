#include "compare_options.h"

#include "cli/command_words.h"

#include <string.h>

/* "--all, --no-variants and so on": those that may be compared. PIL_NO_MEMORY. */
static pil_status list_names(pil_buffer *out)
{
    const pil_option_table *table = &pil_query_option_table;
    pil_status status = PIL_OK;
    for (size_t i = 0; i < table->n_options && status == PIL_OK; i++)
        if ((table->options[i].tags & PIL_QUERY_OPTION_IS_COMPARED) != 0)
            status = pil_buffer_appendf(out, "%s--%s", out->length == 0 ? "" : ", ",
                                        table->options[i].name);
    return status;
}

static pil_status refuse_option(const char *name, pil_error *err)
{
    pil_buffer names;
    pil_buffer_init(&names, SIZE_MAX / 2);
    pil_status status = list_names(&names);
    if (status == PIL_OK)
        pil_error_set(err, PIL_INVALID_ARGUMENT,
                      "--%s does not say how topics are looked for; what can be compared is %s",
                      name, names.bytes);
    pil_buffer_dispose(&names);
    return status == PIL_OK ? PIL_INVALID_ARGUMENT : pil_error_no_memory(err);
}

static pil_status check(const pil_operands *operands, pil_error *err)
{
    const pil_option_table *table = &pil_query_option_table;
    if (operands->n_items > 0)
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "it takes options only, and %.40s is none; each side is one "
                             "argument, between quotes",
                             operands->items[0]);
    for (size_t i = 0; i < table->n_options; i++)
        if ((operands->given >> i & 1) != 0 &&
            (table->options[i].tags & PIL_QUERY_OPTION_IS_COMPARED) == 0)
            return refuse_option(table->options[i].name, err);
    return PIL_OK;
}

static pil_status read(const pil_query_options *given, const char *text, pil_arena *arena,
                       pil_query_options *out, pil_error *err)
{
    char **words;
    size_t n_words;
    pil_operands operands = {0};
    *out = *given;
    out->topic = NULL; /* the default, which only queries without a file of topics have */
    pil_status status = pil_command_words_split(text, arena, &words, &n_words, err);
    if (status != PIL_OK)
        return status;
    char **argv = pil_arena_alloc(arena, (n_words + 1) * sizeof *argv);
    if (argv == NULL)
        return pil_error_no_memory(err);
    argv[0] = NULL; /* the program's name, which nothing reads */
    memcpy(argv + 1, words, n_words * sizeof *words);
    status =
        pil_options_parse(&pil_query_option_table, (int)n_words + 1, argv, out, &operands, err);
    if (status == PIL_OK)
        status = check(&operands, err);
    if (status == PIL_OK)
        status = pil_query_options_settle(out, err);
    pil_operands_dispose(&operands);
    return status;
}

pil_status pil_compare_options_read(const pil_query_options *given, const char *text,
                                    pil_arena *arena, pil_query_options *out, pil_error *err)
{
    pil_error inner = {0};
    pil_status status = read(given, text, arena, out, &inner);
    if (status == PIL_INVALID_ARGUMENT)
        return pil_error_set(err, status, "--compare: %s", inner.message);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}
