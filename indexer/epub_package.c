#include "epub_package.h"

#include "xml_events.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { ITEMS_MAX = 20000 };

typedef struct container_reading {
    pil_arena *arena;
    const char *path;
} container_reading;

static pil_status on_container_start(void *context, const char *name,
                                     const pil_xml_element *element)
{
    container_reading *run = context;
    if (strcmp(name, "rootfile") != 0 || run->path != NULL)
        return PIL_OK;
    char *value = pil_xml_attribute(element, "full-path");
    if (value == NULL)
        return PIL_OK;
    run->path = pil_arena_copy(run->arena, value, strlen(value));
    free(value);
    return run->path == NULL ? PIL_NO_MEMORY : PIL_OK;
}

pil_status pil_epub_find_package(const char *xml, size_t length, pil_arena *arena,
                                 const char **path, pil_error *err)
{
    container_reading run = {.arena = arena};
    const pil_xml_handler handler = {.start = on_container_start, .context = &run};
    pil_status status = pil_xml_read(xml, length, "META-INF/container.xml", &handler, err);
    if (status == PIL_OK && run.path == NULL)
        status = pil_error_set(err, PIL_BAD_INPUT,
                               "not an epub: its META-INF/container.xml names no package");
    *path = run.path;
    return status;
}

static int hex_value(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The path that a relative address means, from the package's directory: without its fragment, its
 * escapes undone, "." and ".." gone. In the arena; NULL when memory ran out. */
static char *resolve(pil_epub_package *package, const char *address)
{
    size_t size = strlen(package->directory) + strlen(address) + 2, n = 0;
    char *path = pil_arena_alloc(&package->arena, size);
    if (path == NULL)
        return NULL;
    n = strlen(package->directory);
    memcpy(path, package->directory, n);
    for (const char *at = address; *at != '\0' && *at != '#'; at++) {
        int high = at[0] == '%' && at[1] != '\0' ? hex_value(at[1]) : -1;
        int low = high >= 0 ? hex_value(at[2]) : -1;
        path[n] = *at;
        if (low >= 0) {
            path[n] = (char)(high * 16 + low);
            at += 2;
        }
        n++;
        bool ends_part = at[1] == '/' || at[1] == '\0' || at[1] == '#';
        if (ends_part && n >= 2 && memcmp(path + n - 2, "..", 2) == 0 &&
            (n == 2 || path[n - 3] == '/')) {
            n -= n == 2 ? 2 : 3;
            while (n > 0 && path[n - 1] != '/')
                n--;
            at += at[1] == '/';
        } else if (ends_part && path[n - 1] == '.' && (n == 1 || path[n - 2] == '/')) {
            n--;
            at += at[1] == '/';
        }
    }
    path[n] = '\0';
    return path;
}

static pil_status add_item(pil_epub_package *package, const pil_xml_element *element)
{
    if (package->n_items == ITEMS_MAX)
        return PIL_OK;
    if (package->n_items == package->items_capacity) {
        size_t capacity = package->items_capacity == 0 ? 32 : package->items_capacity * 2;
        pil_epub_item *grown = realloc(package->manifest, capacity * sizeof *grown);
        if (grown == NULL)
            return PIL_NO_MEMORY;
        package->manifest = grown;
        package->items_capacity = capacity;
    }
    char *id = pil_xml_attribute(element, "id");
    char *address = pil_xml_attribute(element, "href");
    pil_status status = PIL_OK;
    if (id != NULL && address != NULL) {
        pil_epub_item item = {.id = pil_arena_copy(&package->arena, id, strlen(id)),
                              .path = resolve(package, address)};
        status = item.id == NULL || item.path == NULL ? PIL_NO_MEMORY : PIL_OK;
        package->manifest[package->n_items++] = item;
    }
    free(id);
    free(address);
    return status;
}

static pil_status add_to_spine(pil_epub_package *package, const pil_xml_element *element)
{
    if (package->n_spine == ITEMS_MAX)
        return PIL_OK;
    if (package->n_spine == package->spine_capacity) {
        size_t capacity = package->spine_capacity == 0 ? 32 : package->spine_capacity * 2;
        const char **grown = realloc(package->spine, capacity * sizeof *grown);
        if (grown == NULL)
            return PIL_NO_MEMORY;
        package->spine = grown;
        package->spine_capacity = capacity;
    }
    char *id = pil_xml_attribute(element, "idref");
    if (id == NULL)
        return PIL_OK;
    const char *copy = pil_arena_copy(&package->arena, id, strlen(id));
    free(id);
    package->spine[package->n_spine++] = copy;
    return copy == NULL ? PIL_NO_MEMORY : PIL_OK;
}

static pil_status on_start(void *context, const char *name, const pil_xml_element *element)
{
    return strcmp(name, "item") == 0      ? add_item(context, element)
           : strcmp(name, "itemref") == 0 ? add_to_spine(context, element)
                                          : PIL_OK;
}

pil_status pil_epub_package_read(pil_epub_package *package, const char *path, const char *xml,
                                 size_t length, pil_error *err)
{
    const char *slash = strrchr(path, '/');
    size_t directory_length = slash == NULL ? 0 : (size_t)(slash - path) + 1;
    package->directory = pil_arena_copy(&package->arena, path, directory_length);
    if (package->directory == NULL)
        return pil_error_no_memory(err);
    const pil_xml_handler handler = {.start = on_start, .context = package};
    return pil_xml_read(xml, length, "its package", &handler, err);
}

const char *pil_epub_text_path(const pil_epub_package *package, size_t n)
{
    for (size_t i = 0; i < package->n_items; i++) {
        if (strcmp(package->manifest[i].id, package->spine[n]) == 0)
            return package->manifest[i].path;
    }
    return NULL;
}

void pil_epub_package_dispose(pil_epub_package *package)
{
    free(package->manifest);
    free(package->spine);
    pil_arena_dispose(&package->arena);
}
