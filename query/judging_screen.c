#include "judging_screen.h"

#include "show.h"
#include "style.h"

/* "topic 3 of 42, paragraph 7 of 31, 58 judged" */
static pil_status put_progress(const pil_judging_place *place, bool color, pil_error *err)
{
    pil_output output;
    pil_output_init(&output, stdout);
    pil_output_string(&output, "\n");
    pil_style_begin(&output, color, PIL_STYLE_DIM);
    pil_output_format(&output, "topic %zu of %zu, paragraph %zu of %zu, %zu judged",
                      place->topic_number, place->n_topics, place->paragraph + 1, place->pool->n,
                      place->n_judged);
    pil_style_end(&output, color, PIL_STYLE_DIM);
    pil_output_string(&output, "\n");
    pil_status status = pil_output_flush(&output, err);
    pil_output_dispose(&output);
    return status;
}

/* The hit without what search makes of it: its number is that in the pool, and its copies are the
 * paragraphs that get the same grade. */
static pil_hit hit_to_show(const pil_judging_place *place)
{
    const pil_pool_paragraph *paragraph = &place->pool->paragraphs[place->paragraph];
    pil_hit hit = *paragraph->documents[0].hit;
    hit.rank = (uint32_t)place->paragraph + 1;
    hit.n_missing = 0;
    hit.n_copies = paragraph->n_documents - 1;
    hit.group_number = 0;
    hit.n_more_in_article = 0;
    return hit;
}

pil_status pil_judging_show(const pil_session *session, const pil_judging_place *place,
                            pil_error *err)
{
    const pil_hit hit = hit_to_show(place);
    const pil_format_settings topic = {.topic = place->topic->id,
                                       .query = place->topic->query,
                                       .last_rank = (uint32_t)place->pool->n,
                                       .hits = &hit,
                                       .n_hits = 1};
    /* A new one each time: the terminal may have another width now. */
    pil_formatter *formatter = pil_show_formatter_new(session, NULL);
    if (formatter == NULL)
        return pil_error_no_memory(err);
    pil_status status = put_progress(place, formatter->settings.color, err);
    if (status == PIL_OK)
        status = pil_formatter_begin(formatter, err);
    if (status == PIL_OK)
        status = pil_formatter_topic(formatter, &topic, err);
    if (status == PIL_OK)
        status = pil_formatter_hit(formatter, &hit, err);
    if (status == PIL_OK)
        status = pil_formatter_end(formatter, err);
    pil_formatter_free(formatter);
    return status;
}

pil_status pil_judging_ask(pil_error *err)
{
    return pil_show_text("relevant? y n 0 1 2 3, s skip, b back, q quit, ? help: ", err);
}

pil_status pil_judging_echo(int key, pil_error *err)
{
    const char text[] = {(char)(key < 0 ? '\n' : key), key < 0 ? '\0' : '\n', '\0'};
    return pil_show_text(text, err);
}

pil_status pil_judging_help(pil_error *err)
{
    return pil_show_text("  y  relevant, the same as 1\n"
                         "  n  not relevant, the same as 0\n"
                         "  0 1 2 3  a grade: the higher, the more relevant\n"
                         "  s  skip it for now: it comes again when you start again\n"
                         "  b  back to the paragraph before, whose grade is taken back\n"
                         "  q  quit: what you judged is saved, and starting again goes on here\n",
                         err);
}
