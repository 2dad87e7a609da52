#include "format.h"

pil_status pil_formatter_begin(pil_formatter *formatter, pil_error *err)
{
    return formatter->vtable->begin(formatter, err);
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
