#include "format.h"

#include "excerpt.h"

#include <stdlib.h>

pil_status pil_formatter_begin(pil_formatter *formatter, pil_error *err)
{
    return formatter->vtable->begin(formatter, err);
}

pil_status pil_formatter_topic(pil_formatter *formatter, const pil_format_settings *topic,
                               pil_error *err)
{
    pil_format_settings *settings = &formatter->settings;
    settings->topic = topic->topic;
    settings->query = topic->query;
    settings->is_relaxed = topic->is_relaxed;
    settings->words = topic->words;
    settings->n_words = topic->n_words;
    settings->last_rank = topic->last_rank;
    settings->hits = topic->hits;
    settings->n_hits = topic->n_hits;
    return formatter->vtable->topic == NULL ? PIL_OK : formatter->vtable->topic(formatter, err);
}

/* The hit with its best sentences only. */
static pil_status put_excerpt(pil_formatter *formatter, const pil_hit *hit, pil_error *err)
{
    pil_hit cut;
    if (formatter->excerpt == NULL) {
        formatter->excerpt = malloc(sizeof *formatter->excerpt);
        if (formatter->excerpt == NULL)
            return pil_error_no_memory(err);
        pil_excerpt_init(formatter->excerpt);
    }
    pil_status status =
        pil_excerpt_cut(formatter->excerpt, hit, formatter->settings.max_sentences, &cut, err);
    return status == PIL_OK ? formatter->vtable->hit(formatter, &cut, err) : status;
}

pil_status pil_formatter_hit(pil_formatter *formatter, const pil_hit *hit, pil_error *err)
{
    if (formatter->settings.max_sentences > 0 && !formatter->keeps_text)
        return put_excerpt(formatter, hit, err);
    return formatter->vtable->hit(formatter, hit, err);
}

pil_status pil_formatter_end(pil_formatter *formatter, pil_error *err)
{
    return formatter->vtable->end(formatter, err);
}

void pil_formatter_free(pil_formatter *formatter)
{
    if (formatter == NULL)
        return;
    if (formatter->excerpt != NULL)
        pil_excerpt_dispose(formatter->excerpt);
    free(formatter->excerpt);
    formatter->vtable->free(formatter);
}
