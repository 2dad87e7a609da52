#include "single_form.h"

#include <string.h>

pil_status pil_single_form(const pil_clause *clause, pil_analyser *analyser, const char *language,
                           char form[PIL_TERM_MAX_BYTES + 1], size_t *length, pil_error *err)
{
    const pil_token *tokens;
    size_t n_tokens;
    *length = 0;
    if (clause->kind != PIL_CLAUSE_WORD || clause->is_exact)
        return PIL_OK;
    pil_status status = pil_analyser_run(analyser, language, clause->text, clause->text_bytes,
                                         &tokens, &n_tokens, err);
    if (status != PIL_OK || n_tokens != 1 || tokens[0].form_bytes > PIL_TERM_MAX_BYTES)
        return status;
    *length = tokens[0].form_bytes;
    memcpy(form, tokens[0].form, *length + 1);
    return PIL_OK;
}
