#include "cli/options.h"

#include <stdio.h>
#include <string.h>

enum {
    HELP_WIDTH = 79,
    NAMES_INDENT = 2,
    HELP_COLUMN = 24 /* where the text of an option begins */
};

/* Appends text word by word from column on, wrapped to HELP_WIDTH with an indent of HELP_COLUMN. */
static pil_status append_wrapped(pil_buffer *out, const char *text, size_t column)
{
    pil_status status = PIL_OK;
    bool is_first = true;
    while (*text != '\0' && status == PIL_OK) {
        size_t length = strcspn(text, " ");
        if (!is_first && column + 1 + length > HELP_WIDTH) {
            status = pil_buffer_appendf(out, "\n%*s", HELP_COLUMN, "");
            column = HELP_COLUMN;
        } else if (!is_first) {
            status = pil_buffer_append_byte(out, ' ');
            column++;
        }
        if (status == PIL_OK)
            status = pil_buffer_append(out, text, length);
        column += length;
        text += length;
        text += strspn(text, " ");
        is_first = false;
    }
    return status == PIL_OK ? pil_buffer_append_byte(out, '\n') : status;
}

static pil_status append_option(pil_buffer *out, const pil_option *option)
{
    char names[96], letter[8] = "    ";
    if (option->letter != '\0')
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    bool has_value = pil_option_has_value(option);
    bool is_optional = option->value_is_optional;
    int length = snprintf(names, sizeof names, "%*s%s--%s%s%s%s%s", NAMES_INDENT, "", letter,
                          option->name, is_optional ? "[" : "", has_value ? "=" : "",
                          has_value ? option->value_name : "", is_optional ? "]" : "");
    if (length < 0 || (size_t)length >= sizeof names)
        return PIL_INVALID_ARGUMENT;
    bool fits = length + 2 <= HELP_COLUMN;
    pil_status status = fits ? pil_buffer_appendf(out, "%-*s", HELP_COLUMN, names)
                             : pil_buffer_appendf(out, "%s\n%*s", names, HELP_COLUMN, "");
    return status == PIL_OK ? append_wrapped(out, option->help, HELP_COLUMN) : status;
}

static pil_status append_usage(pil_buffer *out, const pil_option_table *table)
{
    pil_status status = PIL_OK;
    const char *lead = "Usage:";
    for (const char *form = table->usage; *form != '\0' && status == PIL_OK;) {
        size_t length = strcspn(form, "\n");
        status = pil_buffer_appendf(out, "%-6s %s %.*s\n", lead, table->program, (int)length, form);
        form += length + (form[length] == '\n');
        lead = "";
    }
    return status;
}

pil_status pil_options_help(const pil_option_table *table, pil_buffer *out)
{
    pil_status status = append_usage(out, table);
    if (status == PIL_OK)
        status = pil_buffer_appendf(out, "\n%s", table->about);
    for (size_t i = 0; i < table->n_options && status == PIL_OK; i++) {
        if (table->options[i].section != NULL)
            status = pil_buffer_appendf(out, "\n%s:\n", table->options[i].section);
        if (status == PIL_OK)
            status = append_option(out, &table->options[i]);
    }
    if (status == PIL_OK && table->notes != NULL)
        status = pil_buffer_appendf(out, "\n%s", table->notes);
    return status;
}
