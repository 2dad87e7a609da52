#include "acronym_blocks.h"
#include "index/schema.h"
#include "index/segment.h"

#include <stdbool.h>
#include <string.h>

/* A walk through the acronyms. */
typedef struct acronym_walk {
    pil_segment *segment;
    pil_segment_acronym_callback callback;
    void *context;
    pil_buffer strings;
    pil_status status;
    pil_error *err;
} acronym_walk;

static bool walk_block(void *context, const char *key, size_t key_length)
{
    acronym_walk *walk = context;
    char *value;
    size_t length;
    xc_error failure;
    pil_error inner;
    if (xc_metadata_get(walk->segment->database, key, key_length, &value, &length, &failure) !=
        XC_OK) {
        walk->status = pil_status_from_xapian(&failure, walk->err);
        return false;
    }
    walk->status = pil_acronym_block_read(value, length, &walk->strings, walk->callback,
                                          walk->context, &inner);
    xc_free(value);
    if (walk->status != PIL_OK)
        pil_error_set(walk->err, walk->status, "segment %s: %s", walk->segment->entry->id,
                      inner.message);
    return walk->status == PIL_OK;
}

pil_status pil_segment_each_acronym(pil_segment *segment, pil_segment_acronym_callback callback,
                                    void *context, pil_error *err)
{
    acronym_walk walk = {.segment = segment, .callback = callback, .context = context, .err = err};
    xc_error failure;
    pil_buffer_init(&walk.strings, PIL_RECORD_MAX_BYTES);
    pil_status status = PIL_OK;
    if (xc_metadata_each_key(segment->database, PIL_KEY_ACRONYM, strlen(PIL_KEY_ACRONYM),
                             walk_block, &walk, &failure) != XC_OK)
        status = pil_status_from_xapian(&failure, err);
    pil_buffer_dispose(&walk.strings);
    return status == PIL_OK ? walk.status : status;
}
