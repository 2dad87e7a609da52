#include "judged_names.h"

#include "cli/paths.h"
#include "trec_docid.h"

#include <stdlib.h>
#include <string.h>

/* The record, or the file without its folder. */
static const char *short_name(const pil_hit *hit)
{
    size_t length = strlen(hit->path);
    if (strncmp(hit->article, hit->path, length) == 0 && hit->article[length] == '#')
        return hit->article + length + 1;
    const char *slash = strrchr(hit->article, '/');
    return slash == NULL ? hit->article : slash + 1;
}

static pil_status append_article(const pil_hit *hit, const char *cwd, pil_buffer *out)
{
    char *name = pil_path_display(hit->article, cwd);
    pil_status status = name == NULL ? PIL_NO_MEMORY : pil_trec_docid_append(out, name);
    free(name);
    return status;
}

static pil_status append(pil_naming naming, const pil_hit *hit, const char *cwd, pil_buffer *out)
{
    pil_status status;
    switch (naming) {
    case PIL_NAMING_PARAGRAPH:
        status = append_article(hit, cwd, out);
        return status == PIL_OK ? pil_buffer_appendf(out, ":%u", (unsigned)hit->paragraph) : status;
    case PIL_NAMING_PARAGRAPH_SHORT:
        status = pil_trec_docid_append(out, short_name(hit));
        return status == PIL_OK ? pil_buffer_appendf(out, ":%u", (unsigned)hit->paragraph) : status;
    case PIL_NAMING_ARTICLE:
        return append_article(hit, cwd, out);
    case PIL_NAMING_ARTICLE_SHORT:
        return pil_trec_docid_append(out, short_name(hit));
    default:
        return pil_buffer_append_string(out, hit->id);
    }
}

pil_status pil_judged_name(pil_naming naming, const pil_hit *hit, const char *cwd, pil_buffer *out,
                           pil_error *err)
{
    pil_buffer_clear(out);
    return append(naming, hit, cwd, out) == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

pil_status pil_judged_naming_find(const pil_qrels *qrels, const pil_hit *hits, size_t n,
                                  const char *cwd, pil_naming *out, pil_error *err)
{
    size_t n_most = 0;
    pil_status status = PIL_OK;
    pil_buffer name;
    pil_buffer_init(&name, SIZE_MAX / 2);
    *out = PIL_N_NAMINGS;
    for (int naming = 0; naming < PIL_N_NAMINGS; naming++) {
        size_t n_judged = 0;
        for (size_t i = 0; i < n && status == PIL_OK; i++) {
            status = pil_judged_name((pil_naming)naming, &hits[i], cwd, &name, err);
            n_judged += status == PIL_OK && pil_intern_find(&qrels->documents, name.bytes,
                                                            name.length) != PIL_INTERN_NONE;
        }
        if (n_judged > n_most) {
            n_most = n_judged;
            *out = (pil_naming)naming;
        }
    }
    pil_buffer_dispose(&name);
    return status;
}
