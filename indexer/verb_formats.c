/* What this machine can read, and what it would take to read more. */
#include "verbs.h"

#include "cage.h"
#include "cli/terminal_text.h"
#include "filter_config.h"
#include "input_format.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Programs that make something that is read out of something that is not. */
static const struct {
    const char *what, *program, *package, *command;
} helpers[] = {
    {"scanned PDF", "tesseract", "tesseract-ocr", "--ocr"},
    {".doc", "antiword", "antiword", "--filter 'doc:antiword %f'"},
    {".djvu", "djvutxt", "djvulibre-bin", "--filter 'djvu:djvutxt %f'"},
    {".ps", "ps2ascii", "ghostscript", "--filter 'ps:ps2ascii %f'"},
    {".wpd", "soffice", "libreoffice-writer", "soffice --convert-to docx in.wpd"},
};

enum { N_HELPERS = sizeof helpers / sizeof helpers[0] };

/* What is known of the cage. */
typedef struct cage_state {
    bool works;
    pil_wire_hello hello;
    pil_error failure;
} cage_state;

static void look_at_cage(cage_state *state)
{
    pil_cage *cage;
    pil_status status = pil_cage_new(&cage, 1, &state->failure);
    if (status == PIL_OK) {
        status = pil_cage_describe(cage, &state->hello, &state->failure);
        pil_cage_free(cage);
    }
    state->works = status == PIL_OK;
}

static bool is_on_path(const char *program)
{
    const char *path = getenv("PATH");
    while (path != NULL && *path != '\0') {
        char file[4096];
        size_t n = strcspn(path, ":");
        int length = snprintf(file, sizeof file, "%.*s/%s", (int)n, path, program);
        if (n > 0 && length > 0 && (size_t)length < sizeof file && access(file, X_OK) == 0)
            return true;
        path += n + (path[n] == ':');
    }
    return false;
}

static bool is_readable(const cage_state *cage, const pil_format_info *format)
{
    return cage->works || !format->is_caged;
}

/* ---- as text ---- */

static void print_names(const pil_format_info *format, char *out, size_t size)
{
    size_t n = 0;
    out[0] = '\0';
    for (const char *const *e = format->endings; *e != NULL && n < size; e++)
        n += (size_t)snprintf(out + n, size - n, "%s.%s", n == 0 ? "" : " ", *e);
    if (n == 0)
        snprintf(out, size, "any of these with .gz .xz .zst .bz2");
}

static void print_text(const cage_state *cage)
{
    for (int i = PIL_FORMAT_TEXT; i < PIL_FORMATS; i++) {
        const pil_format_info *format = pil_format_get((pil_format)i);
        char names[256];
        print_names(format, names, sizeof names);
        printf("%-11s %-4s%-21s%s\n", format->name, is_readable(cage, format) ? "yes" : "no",
               format->library, names);
    }
    if (!cage->works)
        printf("\nno cage: %s\n", cage->failure.message);
    else if (cage->hello.landlock_abi > 0)
        printf("\ncage: seccomp, Landlock %u, resource limits\n", cage->hello.landlock_abi);
    else
        printf("\ncage: seccomp, resource limits; this kernel has no Landlock\n");
    printf(
        "\nNot read without a program that makes text of it, and the package that brings that:\n");
    for (size_t i = 0; i < N_HELPERS; i++)
        printf("%-16s%-13s%-34s %s\n", helpers[i].what,
               is_on_path(helpers[i].program) ? "is here" : "is missing", helpers[i].command,
               helpers[i].package);
}

static const char *trust_of(const pil_file_filter *filter)
{
    return filter->is_trusted ? "is run" : "is not trusted: see pilcrow-index trust";
}

static pil_status print_escaped(const pil_buffer *text)
{
    pil_buffer escaped;
    pil_buffer_init(&escaped, SIZE_MAX - 1);
    pil_status status = pil_terminal_escape(text->bytes, text->length, 0, &escaped);
    if (status == PIL_OK)
        fputs(escaped.bytes, stdout);
    pil_buffer_dispose(&escaped);
    return status;
}

static bool print_filters(const pil_file_filters *filters)
{
    pil_buffer out;
    pil_buffer_init(&out, SIZE_MAX - 1);
    pil_status status = PIL_OK;
    if (filters->n_items > 0)
        printf("\nFilters of the config files:\n");
    for (size_t i = 0; i < filters->n_items && status == PIL_OK; i++) {
        const pil_file_filter *filter = &filters->items[i];
        pil_buffer_clear(&out);
        status = pil_buffer_appendf(&out, ".%-10s %-9s %s", filter->ending,
                                    pil_format_get(filter->format)->name, filter->command);
        if (status == PIL_OK)
            status = print_escaped(&out);
        printf(" (%s)\n", trust_of(filter));
    }
    pil_buffer_dispose(&out);
    return status == PIL_OK;
}

/* ---- as JSON ---- */

static json_t *json_format(const cage_state *cage, const pil_format_info *format)
{
    json_t *endings = json_array();
    for (const char *const *e = format->endings; *e != NULL; e++)
        json_array_append_new(endings, json_string(*e));
    return json_pack("{s:s, s:b, s:b, s:s, s:o}", "format", format->name, "readable",
                     is_readable(cage, format), "caged", format->is_caged, "library",
                     format->library, "endings", endings);
}

static json_t *json_filter(const pil_file_filter *filter)
{
    return json_pack("{s:s, s:s, s:s, s:b}", "ending", filter->ending, "format",
                     pil_format_get(filter->format)->name, "command", filter->command, "trusted",
                     filter->is_trusted);
}

static bool print_json(const cage_state *cage, const pil_file_filters *filters)
{
    json_t *formats = json_array(), *programs = json_array(), *listed = json_array();
    for (int i = PIL_FORMAT_TEXT; i < PIL_FORMATS; i++)
        json_array_append_new(formats, json_format(cage, pil_format_get((pil_format)i)));
    for (size_t i = 0; i < N_HELPERS; i++)
        json_array_append_new(
            programs, json_pack("{s:s, s:s, s:s, s:s, s:b}", "for", helpers[i].what, "program",
                                helpers[i].program, "package", helpers[i].package, "command",
                                helpers[i].command, "installed", is_on_path(helpers[i].program)));
    for (size_t i = 0; i < filters->n_items; i++)
        json_array_append_new(listed, json_filter(&filters->items[i]));
    json_t *root = json_pack(
        "{s:i, s:o, s:{s:b, s:b, s:i, s:s}, s:o, s:o}", "v", 1, "formats", formats, "cage", "works",
        cage->works, "seccomp", cage->hello.has_seccomp, "landlock", (int)cage->hello.landlock_abi,
        "reason", cage->failure.message, "programs", programs, "filters", listed);
    return pil_verb_put_json(root);
}

pil_exit_code pil_verb_formats(const pil_index_options *options, const char *directory,
                               pil_report *report)
{
    cage_state cage = {0};
    pil_file_filters filters = {0};
    pil_error err = {0};
    const pil_config_places places = pil_verb_config_places(directory);
    look_at_cage(&cage);
    pil_status status = pil_filter_config_load(&places, NULL, &filters, &err);
    if (status != PIL_OK) {
        pil_report_message(report, NULL, 0, "%s", err.message);
        pil_file_filters_dispose(&filters);
        return pil_exit_code_of(status);
    }
    bool ok = true;
    if (options->json) {
        ok = print_json(&cage, &filters);
    } else {
        print_text(&cage);
        ok = print_filters(&filters);
    }
    pil_file_filters_dispose(&filters);
    return pil_verb_end_output(report, ok);
}
