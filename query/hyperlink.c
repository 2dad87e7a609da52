#include "hyperlink.h"

#include <stdbool.h>
#include <string.h>

/* Addresses that terminals and editors are known to understand. */
static const struct {
    const char *name, *template_text;
} formats[] = {
    {"none", NULL},
    {"file", "file://{host}{path}"},
    {"kitty", "file://{host}{path}#{line}"},
    {"page", "file://{host}{path}#page={page}"},
    {"textmate", "txmt://open?url=file://{path}&line={line}&column={column}"},
    {"vscode", "vscode://file{path}:{line}:{column}"},
    {"vscodium", "vscodium://file{path}:{line}:{column}"},
};

typedef enum variable {
    VARIABLE_PATH,
    VARIABLE_LINE,
    VARIABLE_PAGE,
    VARIABLE_COLUMN,
    VARIABLE_HOST,
    N_VARIABLES
} variable;

static const char *const variables[N_VARIABLES] = {"{path}", "{line}", "{page}", "{column}",
                                                   "{host}"};

#define LENGTH_OF(array) (sizeof(array) / sizeof(array)[0])

/* --- reading --- */

/* The variable that text begins with, or N_VARIABLES. */
static variable variable_at(const char *text)
{
    int i = 0;
    while (i < N_VARIABLES && strncmp(text, variables[i], strlen(variables[i])) != 0)
        i++;
    return (variable)i;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool has_scheme(const char *text)
{
    size_t length = strcspn(text, ":");
    if (!is_letter(text[0]) || text[length] != ':')
        return false;
    for (size_t i = 1; i < length; i++) {
        if (!is_letter(text[i]) && strchr("0123456789+-.", text[i]) == NULL)
            return false;
    }
    return true;
}

static pil_status check_template(const char *text, pil_error *err)
{
    static const char name[] = "--hyperlink-format";
    for (const char *at = text; *at != '\0';) {
        variable found = variable_at(at);
        if (found == N_VARIABLES && (*at == '{' || *at == '}'))
            return pil_error_set(err, PIL_INVALID_ARGUMENT,
                                 "%s: a brace may only stand around path, line, page, column or "
                                 "host",
                                 name);
        if ((unsigned char)*at <= ' ' || (unsigned char)*at >= 0x7F)
            return pil_error_set(err, PIL_INVALID_ARGUMENT,
                                 "%s may not contain spaces, control characters or letters that "
                                 "are not ASCII",
                                 name);
        at += found == N_VARIABLES ? 1 : strlen(variables[found]);
    }
    if (!has_scheme(text) || strstr(text, "{path}") == NULL)
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "%s takes none, file, kitty, page, textmate, vscode, vscodium, or an "
                             "address with {path} in it, as file://{host}{path}",
                             name);
    return PIL_OK;
}

pil_status pil_hyperlink_read(const char *format, const char **template_text, pil_error *err)
{
    *template_text = NULL;
    for (size_t i = 0; i < LENGTH_OF(formats); i++) {
        if (strcmp(format, formats[i].name) == 0) {
            *template_text = formats[i].template_text;
            return PIL_OK;
        }
    }
    pil_status status = check_template(format, err);
    if (status == PIL_OK)
        *template_text = format;
    return status;
}

/* --- writing --- */

/* Percent-encodes all but the characters that stand for themselves anywhere, and slashes. */
static pil_status append_encoded(const char *text, pil_buffer *out)
{
    pil_status status = PIL_OK;
    for (const char *at = text; *at != '\0' && status == PIL_OK; at++) {
        if (is_letter(*at) || strchr("0123456789-._~/", *at) != NULL)
            status = pil_buffer_append_byte(out, *at);
        else
            status = pil_buffer_appendf(out, "%%%02X", (unsigned)(unsigned char)*at);
    }
    return status;
}

static pil_status append_variable(variable wanted, const char *host, const pil_hit *hit,
                                  pil_buffer *out)
{
    /* The address is that of the archive. */
    bool is_member = hit->member[0] != '\0';
    switch (wanted) {
    case VARIABLE_PATH:
        return append_encoded(hit->path, out);
    case VARIABLE_LINE:
        return pil_buffer_appendf(out, "%u", is_member ? 1u : (unsigned)hit->line);
    case VARIABLE_PAGE:
        return pil_buffer_appendf(out, "%u",
                                  hit->page > 0 && !is_member ? (unsigned)hit->page : 1u);
    case VARIABLE_COLUMN:
        return pil_buffer_append_byte(out, '1');
    default:
        return append_encoded(host, out);
    }
}

pil_status pil_hyperlink_append(const char *template_text, const char *host, const pil_hit *hit,
                                pil_buffer *out)
{
    pil_status status = PIL_OK;
    if (hit->path[0] != '/')
        return PIL_OK;
    for (const char *at = template_text; *at != '\0' && status == PIL_OK;) {
        variable found = variable_at(at);
        if (found == N_VARIABLES) {
            status = pil_buffer_append_byte(out, *at++);
        } else {
            status = append_variable(found, host, hit, out);
            at += strlen(variables[found]);
        }
    }
    return status;
}
