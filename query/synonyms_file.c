#include "synonyms_file.h"

#include "base/buffer.h"
#include "base/file.h"

#include <stdlib.h>

/* The file that is read without being asked for; NULL when there is no home, or no memory. */
static char *default_path(const pil_synonyms_places *places)
{
    bool has_config = places->config_home != NULL && places->config_home[0] == '/';
    if (has_config)
        return pil_file_join(places->config_home, "pilcrow/synonyms");
    if (places->home == NULL || places->home[0] != '/')
        return NULL;
    return pil_file_join(places->home, ".config/pilcrow/synonyms");
}

static pil_status read_file(const char *path, pil_analyser *analyser, pil_synonyms **out,
                            pil_error *err)
{
    pil_buffer text;
    pil_buffer_init(&text, PIL_SYNONYMS_MAX_BYTES);
    pil_error inner;
    pil_status status = pil_file_read(path, &text, &inner);
    if (status == PIL_INVALID_ARGUMENT)
        status = pil_error_set(err, status, "%s: a file of synonyms has at most 1 MiB", path);
    else if (status == PIL_NOT_FOUND)
        status = pil_error_set(err, status, "%s: there is no such file of synonyms", path);
    else if (status != PIL_OK)
        status = pil_error_set(err, status, "%s: %s", path, inner.message);
    else
        status = pil_synonyms_read(text.bytes, text.length, path, analyser, out, err);
    pil_buffer_dispose(&text);
    return status;
}

pil_status pil_synonyms_file_read(const pil_synonyms_places *places, pil_analyser *analyser,
                                  pil_synonyms **out, pil_error *err)
{
    *out = NULL;
    if (places->option != NULL) {
        pil_status status = read_file(places->option, analyser, out, err);
        return status == PIL_NOT_FOUND ? PIL_INVALID_ARGUMENT : status;
    }
    char *path = default_path(places);
    if (path == NULL)
        return PIL_OK;
    pil_status status = read_file(path, analyser, out, err);
    free(path);
    return status == PIL_NOT_FOUND ? PIL_OK : status;
}
