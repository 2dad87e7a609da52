#include "index/stamp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *pil_index_stamp(pil_analyser *analyser)
{
    const char *libraries = pil_analyser_library_versions(analyser);
    if (libraries == NULL)
        return NULL;
    size_t size = sizeof "analyser " PIL_ANALYSER_ID ", " + strlen(libraries);
    char *stamp = malloc(size);
    if (stamp != NULL)
        snprintf(stamp, size, "analyser %s, %s", PIL_ANALYSER_ID, libraries);
    return stamp;
}
