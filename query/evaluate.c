#include "evaluate.h"

#include "base/intern.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct ranked {
    float score;
    const char *name;
} ranked;

static int compare_ranked(const void *left, const void *right)
{
    const ranked *a = left, *b = right;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return strcmp(b->name, a->name);
}

/* Each document once, with the score of its first hit; hits come best first. */
static pil_status list_documents(pil_naming naming, const pil_hit *hits, size_t n, const char *cwd,
                                 pil_intern *names, ranked *out, pil_error *err)
{
    pil_buffer name;
    pil_status status = PIL_OK;
    pil_buffer_init(&name, SIZE_MAX / 2);
    for (size_t i = 0; i < n && status == PIL_OK; i++) {
        uint32_t number;
        bool is_new;
        status = pil_judged_name(naming, &hits[i], cwd, &name, err);
        if (status == PIL_OK &&
            pil_intern_add(names, name.bytes, name.length, &number, &is_new) != PIL_OK)
            status = pil_error_no_memory(err);
        if (status == PIL_OK && is_new)
            out[number] = (ranked){.score = (float)(round(hits[i].score * 1e6) / 1e6)};
    }
    for (uint32_t i = 0; i < names->n_entries; i++)
        out[i].name = names->entries[i].bytes;
    pil_buffer_dispose(&name);
    return status;
}

pil_status pil_evaluate(const pil_qrels *qrels, const pil_qrels_topic *topic, pil_naming naming,
                        const pil_hit *hits, size_t n, const char *cwd, pil_measures *out,
                        pil_error *err)
{
    pil_intern names = {0};
    ranked *list = calloc(n + 1, sizeof *list);
    int *grades = calloc(n + 1, sizeof *grades);
    pil_status status = list == NULL || grades == NULL ? pil_error_no_memory(err) : PIL_OK;
    if (status == PIL_OK)
        status = list_documents(naming, hits, n, cwd, &names, list, err);
    if (status == PIL_OK) {
        qsort(list, names.n_entries, sizeof *list, compare_ranked);
        for (size_t i = 0; i < names.n_entries; i++)
            grades[i] = pil_qrels_grade(qrels, topic, list[i].name);
        status = pil_measures_of(grades, names.n_entries, topic, out, err);
    }
    pil_intern_dispose(&names);
    free(list);
    free(grades);
    return status;
}
