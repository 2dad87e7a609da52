#include "show.h"

#include "cli/terminal.h"
#include "facets.h"
#include "timeline.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

pil_format_settings pil_show_settings(const pil_session *session, const pil_hits *hits)
{
    const pil_query_options *options = session->options;
    bool is_terminal = isatty(STDOUT_FILENO) == 1;
    bool has_color = pil_terminal_wants_color((pil_when)options->color, is_terminal,
                                              getenv("NO_COLOR"), getenv("TERM"));
    return (pil_format_settings){
        .out = stdout,
        .cwd = session->cwd,
        .is_relaxed = session->is_relaxed,
        .words = hits == NULL ? NULL : hits->words,
        .n_words = hits == NULL ? 0 : hits->n_words,
        .last_rank = pil_show_last_rank(hits),
        .has_topics = hits == NULL,
        .hits = hits == NULL ? NULL : hits->items,
        .n_hits = hits == NULL ? 0 : hits->n_items,
        .kwic_columns = (size_t)options->kwic,
        .max_sentences = (size_t)options->sentences,
        .has_context = options->context > 0 || options->section,
        .has_sections = options->section,
        .is_grouped = options->grouping == PIL_QUERY_BY_ARTICLE,
        .explains = options->explain,
        .has_copies = !options->get && options->copies == PIL_QUERY_COPIES_COLLAPSE,
        .is_ranked = !options->get && options->judge == NULL,
        .is_whole = options->judge != NULL,
        .color = has_color,
        .hyperlink = has_color ? options->hyperlink : NULL,
        .host = session->host,
        .width = is_terminal ? pil_terminal_width(STDOUT_FILENO, getenv("COLUMNS")) : 0,
        .topic = options->topic,
        .run = options->run,
        .template_text = options->template_text,
        .ends_with_nul = options->ends_with_nul,
    };
}

uint32_t pil_show_last_rank(const pil_hits *hits)
{
    return hits == NULL || hits->n_items == 0 ? 0 : hits->items[hits->n_items - 1].rank;
}

pil_formatter *pil_show_formatter_new(const pil_session *session, const pil_hits *hits)
{
    const pil_format_settings settings = pil_show_settings(session, hits);
    switch (session->options->format) {
    case PIL_QUERY_JSON:
        return pil_format_json_new(&settings);
    case PIL_QUERY_CSV:
        return pil_format_csv_new(&settings);
    case PIL_QUERY_TSV:
        return pil_format_tsv_new(&settings);
    case PIL_QUERY_MARKDOWN:
        return pil_format_markdown_new(&settings);
    case PIL_QUERY_TREC:
        return pil_format_trec_new(&settings);
    case PIL_QUERY_TEMPLATE:
        return pil_format_template_new(&settings);
    case PIL_QUERY_VIMGREP:
        return pil_format_vimgrep_new(&settings);
    case PIL_QUERY_KWIC:
        return pil_format_kwic_new(&settings);
    case PIL_QUERY_CITE_PLAIN:
        return pil_format_cite_plain_new(&settings);
    case PIL_QUERY_CITE_MARKDOWN:
        return pil_format_cite_markdown_new(&settings);
    case PIL_QUERY_BIBTEX:
        return pil_format_bibtex_new(&settings);
    case PIL_QUERY_CSL:
        return pil_format_csl_new(&settings);
    case PIL_QUERY_FILES:
        return pil_format_files_new(&settings);
    default:
        return pil_format_text_new(&settings);
    }
}

static pil_status show_hits(const pil_session *session, const pil_hits *hits, pil_error *err)
{
    pil_formatter *formatter = pil_show_formatter_new(session, hits);
    if (formatter == NULL)
        return pil_error_no_memory(err);
    pil_status status = pil_formatter_begin(formatter, err);
    for (size_t i = 0; i < hits->n_items && status == PIL_OK; i++)
        status = pil_formatter_hit(formatter, &hits->items[i], err);
    if (status == PIL_OK)
        status = pil_formatter_end(formatter, err);
    pil_formatter_free(formatter);
    return status;
}

pil_status pil_show_text(const char *text, pil_error *err)
{
    errno = 0;
    if (fputs(text, stdout) >= 0 && fflush(stdout) == 0)
        return PIL_OK;
    return errno == EPIPE ? PIL_DONE : pil_error_set_errno(err, errno, "cannot write the results");
}

pil_status pil_show_count(const pil_hits *hits, const char *topic, pil_error *err)
{
    errno = 0;
    if (printf("%s%s%" PRIu64 "\n", topic == NULL ? "" : topic, topic == NULL ? "" : "\t",
               hits->n_matches) >= 0 &&
        fflush(stdout) == 0)
        return PIL_OK;
    return errno == EPIPE ? PIL_DONE : pil_error_set_errno(err, errno, "cannot write the results");
}

static pil_status show_facets(const pil_session *session, const pil_hits *hits, pil_error *err)
{
    const pil_query_options *options = session->options;
    const pil_format_settings settings = pil_show_settings(session, hits);
    bool follows_hits = hits->n_items > 0 || options->count;
    switch (options->format) {
    case PIL_QUERY_JSON:
        return pil_facets_json(&settings, hits->facets, hits->n_facets, err);
    case PIL_QUERY_CSV:
        return pil_facets_table(&settings, hits->facets, hits->n_facets, ',', err);
    case PIL_QUERY_TSV:
        return pil_facets_table(&settings, hits->facets, hits->n_facets, '\t', err);
    default:
        if (options->timeline)
            return pil_timeline_text(&settings, hits->facets, err);
        return pil_facets_text(&settings, hits->facets, hits->n_facets, follows_hits, err);
    }
}

pil_status pil_show(const pil_session *session, const pil_hits *hits, pil_error *err)
{
    const pil_query_options *options = session->options;
    pil_status status = PIL_OK;
    if (options->count)
        status = pil_show_count(hits, NULL, err);
    else if (!options->hides_hits)
        status = show_hits(session, hits, err);
    if (status == PIL_OK && hits->n_facets > 0)
        status = show_facets(session, hits, err);
    return status;
}
