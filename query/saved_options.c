#include "saved_options.h"

#include "saved_queries.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static pil_status check_actions(const pil_query_options *options, pil_error *err)
{
    const struct {
        bool is_given;
        const char *name;
    } actions[] = {{options->acronyms, "acronyms"},
                   {options->expand, "expand"},
                   {options->get, "get"},
                   {options->topics != NULL, "topics"},
                   {options->like != NULL, "like"},
                   {options->related, "related"},
                   {options->why_not != NULL, "why-not"},
                   {options->save != NULL, "save"},
                   {options->saved, "saved"},
                   {options->forget != NULL, "forget"},
                   {options->news, "new"}};
    const char *first = NULL;
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        if (actions[i].is_given && first != NULL)
            return pil_error_set(err, PIL_INVALID_ARGUMENT, "--%s and --%s do not go together",
                                 first, actions[i].name);
        if (actions[i].is_given)
            first = actions[i].name;
    }
    return PIL_OK;
}

static pil_status check_name(const char *option, const char *name, pil_error *err)
{
    if (name == NULL || pil_saved_is_name(name))
        return PIL_OK;
    return pil_error_set(err, PIL_INVALID_ARGUMENT,
                         "%s takes a name of at most %d letters a-z and A-Z, digits, dashes, "
                         "underscores and full stops, beginning with a letter or a digit",
                         option, (int)PIL_SAVED_NAME_MAX_BYTES);
}

pil_status pil_saved_options_check(const pil_query_options *options, pil_error *err)
{
    pil_status status = check_actions(options, err);
    if (status == PIL_OK)
        status = check_name("--save", options->save, err);
    if (status == PIL_OK)
        status = check_name("--forget", options->forget, err);
    if (status == PIL_OK && options->news && options->at == NULL)
        status = pil_error_set(err, PIL_INVALID_ARGUMENT,
                               "--new goes with a saved query: pilcrow @NAME --new");
    return status;
}

/* As it stands on a command line. */
static const char *argument_of(const pil_option *option, const pil_query_options *options,
                               pil_arena *arena)
{
    const char *member = (const char *)options + option->offset;
    const char *text = "";
    char number[32];
    if (option->kind == PIL_OPTION_STRING) {
        memcpy(&text, member, sizeof text);
    } else if (option->kind == PIL_OPTION_KEYWORD) {
        for (const pil_option_keyword *keyword = option->keywords; keyword->name != NULL; keyword++)
            if (memcmp(&keyword->value, member, sizeof keyword->value) == 0)
                text = keyword->name;
    } else if (pil_option_has_value(option)) {
        uint64_t value;
        memcpy(&value, member, sizeof value);
        snprintf(number, sizeof number, "%" PRIu64, value);
        text = number;
    }
    size_t size = strlen(option->name) + strlen(text) + 4;
    char *argument = pil_arena_alloc(arena, size);
    if (argument != NULL)
        snprintf(argument, size, "--%s%s%s", option->name, pil_option_has_value(option) ? "=" : "",
                 text);
    return argument;
}

pil_status pil_saved_options_list(const pil_query_options *options, pil_arena *arena,
                                  const char ***out, size_t *n, pil_error *err)
{
    const pil_option_table *table = &pil_query_option_table;
    *n = 0;
    *out = pil_arena_alloc(arena, table->n_options * sizeof **out);
    if (*out == NULL)
        return pil_error_no_memory(err);
    for (size_t i = 0; i < table->n_options; i++) {
        bool is_given = (options->given >> i & 1) != 0;
        if (!is_given || (table->options[i].tags & PIL_QUERY_OPTION_IS_SAVED) == 0)
            continue;
        (*out)[*n] = argument_of(&table->options[i], options, arena);
        if ((*out)[(*n)++] == NULL)
            return pil_error_no_memory(err);
    }
    return PIL_OK;
}
