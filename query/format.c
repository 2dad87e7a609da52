#include "format.h"

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
    settings->words = topic->words;
    settings->n_words = topic->n_words;
    settings->last_rank = topic->last_rank;
    return formatter->vtable->topic == NULL ? PIL_OK : formatter->vtable->topic(formatter, err);
}

pil_status pil_formatter_hit(pil_formatter *formatter, const pil_hit *hit, pil_error *err)
{
    return formatter->vtable->hit(formatter, hit, err);
}

pil_status pil_formatter_end(pil_formatter *formatter, pil_error *err)
{
    return formatter->vtable->end(formatter, err);
}

void pil_formatter_free(pil_formatter *formatter)
{
    if (formatter != NULL)
        formatter->vtable->free(formatter);
}
