#include "ranking_option.h"

#include "search/searcher.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *name;
    uint32_t parts;
} names[] = {{"bm25", 0},
             {"titles", PIL_RANKING_TITLES},
             {"families", PIL_RANKING_FAMILIES},
             {"proximity", PIL_RANKING_PROXIMITY},
             {"neighbours", PIL_RANKING_NEIGHBOURS},
             {"similarity", PIL_RANKING_SIMILARITY},
             {"copies", PIL_RANKING_COPIES},
             {"all", PIL_RANKING_ALL_PARTS}};

pil_status pil_ranking_option_read(const char *value, uint32_t *without, pil_error *err)
{
    *without = value == NULL ? 0 : PIL_RANKING_ALL_PARTS;
    while (value != NULL) {
        size_t length = strcspn(value, ","), i = 0, n = sizeof names / sizeof names[0];
        while (i < n &&
               (strlen(names[i].name) != length || strncmp(names[i].name, value, length) != 0))
            i++;
        if (i == n)
            return pil_error_set(err, PIL_INVALID_ARGUMENT,
                                 "--ranking: '%.*s' is none of all, bm25, titles, families, "
                                 "proximity, neighbours, similarity, copies",
                                 (int)(length < 40 ? length : 40), value);
        *without &= ~names[i].parts;
        value = value[length] == ',' ? value + length + 1 : NULL;
    }
    return PIL_OK;
}
