#include "acronyms_command.h"

#include "json_value.h"
#include "output.h"
#include "search/acronyms.h"
#include "tell.h"

#include <inttypes.h>
#include <string.h>

enum { COUNT_COLUMNS = 8, SHORT_COLUMNS = 10 };

static void put_text(pil_output *output, const pil_acronym *acronym)
{
    size_t length = strlen(acronym->short_form);
    pil_output_format(output, "%*" PRIu32 "  ", COUNT_COLUMNS, acronym->n_paragraphs);
    pil_output_escaped(output, acronym->short_form, length);
    pil_output_spaces(output, length < SHORT_COLUMNS ? SHORT_COLUMNS - length : 0);
    pil_output_string(output, "  ");
    pil_output_escaped(output, acronym->long_form, strlen(acronym->long_form));
    pil_output_string(output, "\n");
}

static bool put_json(pil_output *output, const pil_acronym *acronym)
{
    json_t *object = json_object();
    const char *written = acronym->short_form, *words = acronym->long_form;
    bool is_done = pil_json_set(object, "v", json_integer(PIL_JSON_VERSION)) &&
                   pil_json_set(object, "type", json_string("acronym")) &&
                   pil_json_set(object, "short", pil_json_string(written, strlen(written))) &&
                   pil_json_set(object, "long", pil_json_string(words, strlen(words))) &&
                   pil_json_set(object, "paragraphs", json_integer(acronym->n_paragraphs)) &&
                   pil_json_put_line(output, object);
    json_decref(object);
    return is_done;
}

static pil_status put_all(const pil_acronyms *acronyms, bool as_json, pil_error *err)
{
    pil_output output;
    pil_output_init(&output, stdout);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < acronyms->n_items && status == PIL_OK; i++) {
        if (!as_json)
            put_text(&output, &acronyms->items[i]);
        else if (!put_json(&output, &acronyms->items[i]))
            status = pil_error_no_memory(err);
        if (status == PIL_OK)
            status = pil_output_flush(&output, err);
    }
    if (status == PIL_OK)
        status = pil_output_finish(&output, err);
    pil_output_dispose(&output);
    return status;
}

pil_exit_code pil_acronyms_command(pil_session *session)
{
    pil_error err = {0};
    pil_acronyms acronyms;
    pil_exit_code code = pil_session_open_index(session);
    if (code != PIL_EXIT_DONE)
        return code;
    pil_status status = pil_acronyms_read(&session->snapshot, &acronyms, &err);
    if (status != PIL_OK) {
        code = pil_session_fail(session, status, &err);
    } else {
        code = acronyms.n_items > 0 ? PIL_EXIT_DONE : PIL_EXIT_NO_HITS;
        status = put_all(&acronyms, session->options->format == PIL_QUERY_JSON, &err);
        if (status != PIL_OK && status != PIL_DONE) {
            pil_tell("%s", err.message);
            code = PIL_EXIT_SYSTEM;
        }
    }
    pil_acronyms_dispose(&acronyms);
    return code;
}
