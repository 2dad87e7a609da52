#include "place.h"

#include "cli/paths.h"
#include "cli/terminal_text.h"
#include "hyperlink.h"
#include "style.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uniwidth.h>

enum { PATH_MAX_BYTES = 1024 * 1024 };

/* The path as it is shown, and in an archive "#" and the file in it. A new string; NULL when memory
 * ran out. */
static char *join_file(const pil_format_settings *settings, const pil_hit *hit)
{
    char *path = pil_path_display(hit->path, settings->cwd);
    if (path == NULL || hit->member[0] == '\0')
        return path;
    size_t size = strlen(path) + strlen(hit->member) + 2;
    char *joined = malloc(size);
    if (joined != NULL)
        snprintf(joined, size, "%s#%s", path, hit->member);
    free(path);
    return joined;
}

/* Puts the path as it is shown into *path, which the caller disposes of in any case. */
static pil_status quote_path(const pil_format_settings *settings, const pil_hit *hit,
                             pil_buffer *path, pil_error *err)
{
    pil_buffer_init(path, PATH_MAX_BYTES);
    char *shown = join_file(settings, hit);
    pil_status status =
        shown == NULL ? PIL_NO_MEMORY : pil_terminal_quote_path(shown, strlen(shown), path);
    free(shown);
    if (status == PIL_NO_MEMORY)
        return pil_error_no_memory(err);
    return status == PIL_OK ? PIL_OK : pil_error_set(err, status, "a path is too long to be shown");
}

/* Begins a link: OSC 8, an address, ST. *is_linked when there is one, which put_link_end ends. */
static pil_status put_link(pil_output *output, const pil_format_settings *settings,
                           const pil_hit *hit, bool *is_linked, pil_error *err)
{
    pil_buffer address;
    *is_linked = false;
    if (settings->hyperlink == NULL)
        return PIL_OK;
    pil_buffer_init(&address, PATH_MAX_BYTES);
    pil_status status = pil_hyperlink_append(settings->hyperlink, settings->host, hit, &address);
    *is_linked = status == PIL_OK && address.length > 0;
    if (*is_linked) {
        pil_output_string(output, "\x1B]8;;");
        pil_output_bytes(output, address.bytes, address.length);
        pil_output_string(output, "\x1B\\");
    }
    pil_buffer_dispose(&address);
    return status == PIL_NO_MEMORY ? pil_error_no_memory(err) : PIL_OK;
}

static void put_link_end(pil_output *output, bool is_linked)
{
    if (is_linked)
        pil_output_string(output, "\x1B]8;;\x1B\\");
}

/* Writes where in the file it is: its length. */
static size_t print_spot(char spot[24], const pil_hit *hit)
{
    bool has_page = hit->page > 0;
    return (size_t)snprintf(spot, 24, has_page ? ":p%u" : ":%u",
                            (unsigned)(has_page ? hit->page : hit->line));
}

pil_status pil_place_put(pil_output *output, const pil_format_settings *settings,
                         const pil_hit *hit, pil_error *err)
{
    pil_buffer path;
    char spot[24];
    bool is_linked = false;
    pil_status status = quote_path(settings, hit, &path, err);
    if (status == PIL_OK)
        status = put_link(output, settings, hit, &is_linked, err);
    if (status == PIL_OK) {
        pil_style_put(output, settings->color, PIL_STYLE_PATH, path.bytes, path.length);
        pil_output_bytes(output, spot, print_spot(spot, hit));
    }
    put_link_end(output, is_linked);
    pil_buffer_dispose(&path);
    return status;
}

pil_status pil_place_columns(const pil_format_settings *settings, const pil_hit *hit,
                             size_t *n_columns, pil_error *err)
{
    pil_buffer path;
    char spot[24];
    pil_status status = quote_path(settings, hit, &path, err);
    *n_columns = 0;
    if (status == PIL_OK)
        *n_columns = (size_t)u8_width((const uint8_t *)path.bytes, path.length, "UTF-8") +
                     print_spot(spot, hit);
    pil_buffer_dispose(&path);
    return status;
}

void pil_place_put_spot(pil_output *output, const pil_hit *hit)
{
    char spot[24];
    pil_output_bytes(output, spot, print_spot(spot, hit));
}
