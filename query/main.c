/* pilcrow: ranks the paragraphs of an index for a query and prints them. */
#include "base/error.h"
#include "cli/descriptors.h"
#include "cli/exit_code.h"
#include "cli/paths.h"
#include "cli/terminal.h"
#include "cli/terminal_text.h"
#include "query/format.h"
#include "query/query_options.h"
#include "search/lookup.h"
#include "search/searcher.h"
#include "search/suggest.h"
#include "xapian_c.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MESSAGE_MAX_BYTES = 1 << 17 };

/* Writes "pilcrow: message" to standard error; what came from outside is made safe. */
static void tell(const char *format, ...) PIL_PRINTF(1, 2);

static void tell(const char *format, ...)
{
    pil_buffer text, safe;
    pil_buffer_init(&text, MESSAGE_MAX_BYTES);
    pil_buffer_init(&safe, 8 * MESSAGE_MAX_BYTES);
    va_list values;
    va_start(values, format);
    int length = vsnprintf(NULL, 0, format, values);
    va_end(values);
    if (length >= 0 && pil_buffer_reserve(&text, (size_t)length) == PIL_OK) {
        va_start(values, format);
        vsnprintf(text.bytes, (size_t)length + 1, format, values);
        va_end(values);
        if (pil_terminal_escape(text.bytes, (size_t)length, 0, &safe) == PIL_OK)
            fprintf(stderr, "pilcrow: %s\n", safe.bytes);
    }
    pil_buffer_dispose(&text);
    pil_buffer_dispose(&safe);
}

/* ---- what stands beside the hits ---- */

/* Appends the words of numbers[0..n) as a list: "Kosovo, dialogue". */
static void append_words(pil_buffer *out, const pil_hits *hits, const uint32_t *numbers, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        /* A message that got too long for memory is shown as far as it goes. */
        if (pil_buffer_append_string(out, i > 0 ? ", " : "") != PIL_OK ||
            pil_buffer_append_string(out, hits->words[numbers[i]]) != PIL_OK)
            return;
    }
}

static void tell_unknown(const pil_hits *hits)
{
    pil_buffer words;
    pil_buffer_init(&words, MESSAGE_MAX_BYTES);
    append_words(&words, hits, hits->unknown, hits->n_unknown);
    tell("in no paragraph at all: %s", words.bytes);
    pil_buffer_dispose(&words);
}

/* Each costs a walk through the lexicon. */
enum { MAX_SUGGESTIONS = 3 };

static void suggest(pil_snapshot *snapshot, const pil_query *query, pil_analyser *analyser,
                    const pil_hits *hits)
{
    for (size_t i = 0; i < hits->n_unknown && i < MAX_SUGGESTIONS; i++) {
        const pil_clause *clause = &query->clauses[hits->unknown[i]];
        pil_buffer word;
        pil_error err = {0};
        pil_buffer_init(&word, MESSAGE_MAX_BYTES);
        if (pil_suggest(snapshot, clause, analyser, &word, &err) != PIL_OK)
            tell("%s", err.message);
        else if (word.length > 0)
            tell("did you mean %s instead of %s?", word.bytes, clause->text);
        pil_buffer_dispose(&word);
    }
}

static void tell_missing(const pil_query *query, const pil_hits *hits)
{
    pil_buffer words;
    pil_buffer_init(&words, MESSAGE_MAX_BYTES);
    uint32_t wanted[PIL_QUERY_MAX_WORDS];
    size_t n = 0;
    for (size_t i = 0; i < query->n_clauses && n < PIL_QUERY_MAX_WORDS; i++) {
        if (query->clauses[i].occur != PIL_OCCUR_MUST_NOT)
            wanted[n++] = (uint32_t)i;
    }
    append_words(&words, hits, wanted, n);
    if (n > 1)
        tell("no paragraph has all of: %s", words.bytes);
    pil_buffer_dispose(&words);
    if (hits->n_unknown > 0)
        tell_unknown(hits);
}

static void tell_notes(const pil_query *query)
{
    for (size_t i = 0; i < query->n_notes; i++)
        tell("%s", query->notes[i]);
}

/* ---- showing ---- */

static pil_formatter *make_formatter(const pil_query_options *options, const pil_hits *hits,
                                     const char *cwd)
{
    bool is_terminal = isatty(STDOUT_FILENO) == 1;
    const pil_format_settings settings = {
        .out = stdout,
        .cwd = cwd,
        .words = hits->words,
        .n_words = hits->n_words,
        .last_rank = hits->n_items > 0 ? hits->items[hits->n_items - 1].rank : 0,
        .has_context = options->context > 0,
        .is_grouped = options->grouping == PIL_QUERY_BY_ARTICLE,
        .is_ranked = !options->get,
        .color = pil_terminal_wants_color((pil_when)options->color, is_terminal, getenv("NO_COLOR"),
                                          getenv("TERM")),
        .width = is_terminal ? pil_terminal_width(STDOUT_FILENO, getenv("COLUMNS")) : 0,
        .topic = options->topic,
        .run = options->run,
        .template_text = options->template_text,
        .ends_with_nul = options->ends_with_nul,
    };
    switch (options->format) {
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
    case PIL_QUERY_FILES:
        return pil_format_files_new(&settings);
    default:
        return pil_format_text_new(&settings);
    }
}

static pil_status show(const pil_query_options *options, const pil_hits *hits, const char *cwd,
                       pil_error *err)
{
    pil_formatter *formatter = make_formatter(options, hits, cwd);
    if (formatter == NULL)
        return pil_error_no_memory(err);
    pil_status status = pil_formatter_begin(formatter, err);
    for (size_t i = 0; i < hits->n_items && status == PIL_OK; i++)
        status = pil_formatter_hit(formatter, &hits->items[i], err);
    if (status == PIL_OK)
        status = pil_formatter_end(formatter, err);
    pil_formatter_free(formatter);
    return status == PIL_DONE ? PIL_OK : status;
}

static pil_status show_count(const pil_hits *hits, pil_error *err)
{
    errno = 0;
    if (printf("%" PRIu64 "\n", hits->n_matches) >= 0 && fflush(stdout) == 0)
        return PIL_OK;
    return errno == EPIPE ? PIL_OK : pil_error_set_errno(err, errno, "cannot write the results");
}

/* ---- the search ---- */

static pil_exit_code fail(const char *directory, pil_status status, const pil_error *err)
{
    const char *advice = "";
    if (status == PIL_NOT_FOUND) {
        tell("there is no index at %s; make one with: pilcrow-index PATH...", directory);
        return PIL_EXIT_INDEX;
    }
    if (status == PIL_CORRUPT)
        advice = "; see what is damaged with pilcrow-index verify, then remove the index and "
                 "index the folders again";
    tell("%s: %s%s", directory, err->message, advice);
    return pil_exit_code_of(status);
}

/* After a limit was hit the answer stands, and the exit code says that it may lack something. */
static pil_exit_code exit_code_of(const pil_query *query, const pil_hits *hits)
{
    if (query->is_truncated)
        return PIL_EXIT_LIMIT;
    return hits->n_items > 0 || hits->n_matches > 0 ? PIL_EXIT_DONE : PIL_EXIT_NO_HITS;
}

static void tell_no_hits(const pil_query_options *options, const pil_query *query)
{
    if (query->n_filters > 0)
        tell("no hits where the fields say; there may be some elsewhere");
    else if (options->offset > 0)
        tell("no hits from number %llu on", (unsigned long long)options->offset + 1);
    else
        tell("no hits");
}

static pil_exit_code search_and_show(const pil_query_options *options, const char *directory,
                                     const char *cwd, const char *language, pil_query *query,
                                     pil_analyser *analyser)
{
    pil_error err = {0};
    pil_snapshot snapshot = {0};
    pil_hits *hits = NULL;
    const pil_search_options wanted = {
        .offset = (uint32_t)options->offset,
        .limit = (uint32_t)options->limit,
        .context = (uint32_t)options->context,
        .group_by_article = options->grouping == PIL_QUERY_BY_ARTICLE,
        .counts = options->count,
        .language = language,
    };
    pil_status status = pil_snapshot_open(&snapshot, directory, &err);
    if (status == PIL_OK)
        status = pil_search(&snapshot, query, analyser, &wanted, &hits, &err);
    if (status != PIL_OK) {
        pil_snapshot_close(&snapshot);
        return fail(directory, status, &err);
    }
    if (hits->n_items == 0 && !options->count)
        tell_no_hits(options, query);
    if (!hits->some_have_all) {
        tell_missing(query, hits);
        suggest(&snapshot, query, analyser, hits);
    }
    pil_exit_code code = exit_code_of(query, hits);
    status = options->count ? show_count(hits, &err) : show(options, hits, cwd, &err);
    if (status != PIL_OK) {
        tell("%s", err.message);
        code = PIL_EXIT_SYSTEM;
    }
    pil_hits_free(hits);
    pil_snapshot_close(&snapshot);
    return code;
}

/* ---- paragraphs by their ids ---- */

/* The ids, for the caller to free; NULL with a message. */
static uint64_t *read_ids(const pil_query_options *options, size_t *n)
{
    uint64_t *ids = calloc(options->query_bytes / 2 + 1, sizeof *ids);
    *n = 0;
    const char *at = options->query;
    while (ids != NULL && *(at += strspn(at, " \t\n")) != '\0') {
        size_t length = strcspn(at, " \t\n");
        if (!pil_lookup_read_id(at, length, &ids[(*n)++])) {
            tell("--get: %.*s is no id of a paragraph, which has 16 hexadecimal digits",
                 (int)(length < 40 ? length : 40), at);
            free(ids);
            return NULL;
        }
        at += length;
    }
    return ids;
}

static void tell_not_found(const pil_hits *hits, const uint64_t *ids, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char id[17];
        bool is_found = false;
        snprintf(id, sizeof id, "%016" PRIx64, ids[i]);
        for (size_t j = 0; j < hits->n_items && !is_found; j++)
            is_found = strcmp(hits->items[j].id, id) == 0;
        if (!is_found)
            tell("no paragraph has the id %s", id);
    }
}

static pil_exit_code get_and_show(const pil_query_options *options, const char *directory,
                                  const char *cwd)
{
    size_t n;
    uint64_t *ids = read_ids(options, &n);
    if (ids == NULL)
        return PIL_EXIT_USAGE;
    pil_error err = {0};
    pil_snapshot snapshot = {0};
    pil_hits *hits = NULL;
    pil_status status = pil_snapshot_open(&snapshot, directory, &err);
    if (status == PIL_OK)
        status = pil_lookup(&snapshot, ids, n, (uint32_t)options->context, &hits, &err);
    pil_exit_code code;
    if (status != PIL_OK) {
        code = fail(directory, status, &err);
    } else {
        tell_not_found(hits, ids, n);
        code = hits->n_items > 0 ? PIL_EXIT_DONE : PIL_EXIT_NO_HITS;
        if (show(options, hits, cwd, &err) != PIL_OK) {
            tell("%s", err.message);
            code = PIL_EXIT_SYSTEM;
        }
    }
    pil_hits_free(hits);
    pil_snapshot_close(&snapshot);
    free(ids);
    return code;
}

static char *find_directory(const pil_query_options *options, const char *cwd, pil_error *err)
{
    const pil_index_places places = {
        .option = options->index,
        .variable = getenv("PILCROW_INDEX"),
        .cwd = cwd,
        .data_home = getenv("XDG_DATA_HOME"),
        .home = getenv("HOME"),
    };
    char *directory = NULL;
    return pil_index_path(&places, &directory, NULL, err) == PIL_OK ? directory : NULL;
}

static pil_exit_code parse_and_search(const pil_query_options *options, const char *directory,
                                      const char *cwd, pil_analyser *analyser)
{
    char normalised[PIL_LANGUAGE_MAX];
    const char *language = NULL;
    if (options->language != NULL) {
        if (!pil_language_normalise(options->language, normalised)) {
            tell("--language: %s is no language; write a code, as en, sr or pt", options->language);
            return PIL_EXIT_USAGE;
        }
        language = normalised;
    }
    pil_error err = {0};
    pil_query *query;
    pil_status status =
        pil_query_parse(options->query, options->query_bytes, analyser, &query, &err);
    if (status != PIL_OK) {
        tell("%s", err.message);
        return pil_exit_code_of(status);
    }
    if (options->all)
        pil_query_require_all(query);
    tell_notes(query);
    pil_exit_code code = search_and_show(options, directory, cwd, language, query, analyser);
    pil_query_free(query);
    return code;
}

static pil_exit_code run(const pil_query_options *options)
{
    pil_error err = {0};
    pil_analyser *analyser = NULL;
    char *cwd = getcwd(NULL, 0);
    char *directory = find_directory(options, cwd, &err);
    pil_status status = directory == NULL ? err.status : pil_analyser_new(&analyser, &err);
    pil_exit_code code;
    if (status == PIL_OK && options->get) {
        code = get_and_show(options, directory, cwd);
    } else if (status == PIL_OK) {
        code = parse_and_search(options, directory, cwd, analyser);
    } else {
        tell("%s", err.message);
        code = pil_exit_code_of(status);
    }
    pil_analyser_free(analyser);
    free(directory);
    free(cwd);
    return code;
}

static pil_exit_code print_help(void)
{
    pil_buffer help;
    pil_buffer_init(&help, 1 << 16);
    bool ok = pil_options_help(&pil_query_option_table, &help) == PIL_OK &&
              fputs(help.bytes, stdout) >= 0 && fflush(stdout) == 0;
    pil_buffer_dispose(&help);
    return ok ? PIL_EXIT_DONE : PIL_EXIT_SYSTEM;
}

static pil_exit_code print_version(void)
{
    printf("pilcrow " PILCROW_VERSION " (libxapian %s)\n", xc_version_runtime());
    return fflush(stdout) == 0 ? PIL_EXIT_DONE : PIL_EXIT_SYSTEM;
}

int main(int argc, char **argv)
{
    if (!pil_descriptors_hold())
        return PIL_EXIT_SYSTEM;
    pil_error err = {0};
    pil_query_options options;
    pil_exit_code code;
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is seen as EPIPE: a quiet end */
    if (pil_query_options_parse(argc, argv, &options, &err) != PIL_OK) {
        tell("%s (see pilcrow --help)", err.message);
        code = PIL_EXIT_USAGE;
    } else if (options.help) {
        code = print_help();
    } else if (options.version) {
        code = print_version();
    } else {
        code = run(&options);
    }
    pil_query_options_dispose(&options);
    return (int)code;
}
