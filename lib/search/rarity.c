#include "rarity.h"

#include "bm25.h"
#include "index/schema.h"
#include "index/segment.h"

#include <stdio.h>
#include <string.h>

static pil_status count_documents(xc_database *database, const pil_reading_token *token,
                                  uint32_t *n, pil_error *err)
{
    char term[XC_MAX_TERM_BYTES];
    int length =
        snprintf(term, sizeof term, "%s%.*s", PIL_PREFIX_STEM, (int)token->term_bytes, token->term);
    xc_error failure;
    if (xc_database_term(database, term, (size_t)length, n, NULL, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    return PIL_OK;
}

pil_status pil_rarity(xc_database *database, const pil_reading *reading, double *out,
                      pil_error *err)
{
    uint32_t n_all = 0;
    xc_error failure;
    *out = 0;
    if (xc_database_term(database, "", 0, &n_all, NULL, &failure) != XC_OK)
        return pil_status_from_xapian(&failure, err);
    double sum = 0;
    for (uint32_t at = 0; at < reading->n_positions; at++) {
        /* Of the tokens that stand here, joined or apart, the most frequent. */
        uint32_t n_most = 0;
        for (size_t i = 0; i < reading->n_tokens; i++) {
            const pil_reading_token *token = &reading->tokens[i];
            uint32_t n = 0;
            if (at < token->position || at >= token->position + token->n_positions)
                continue;
            pil_status status = count_documents(database, token, &n, err);
            if (status != PIL_OK)
                return status;
            n_most = n > n_most ? n : n_most;
        }
        if (n_most == 0)
            return PIL_OK;
        sum += pil_bm25_idf(n_all, n_most);
    }
    *out = sum;
    return PIL_OK;
}
