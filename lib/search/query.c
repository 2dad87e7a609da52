#include "search/query.h"

#include "base/buffer.h"
#include "base/intern.h"
#include "base/utf8.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* What of the query a message repeats, at most. */
enum { SHOWN_BYTES = 40 };
/* One for each kind that finish_notes writes. */
enum { MAX_NOTES = 5 };
enum { MAX_NOTE_BYTES = 512 };
/* No text has more words. */
enum { MAX_DISTANCE = 100000000 };

#define NEAR "NEAR/"

/* A family of quotes: any of its marks opens, any of its marks closes. National habits differ too
 * much to tell openers from closers („so“, “so”, ”so”, «so», »so«). */
typedef enum quote_family {
    QUOTE_NONE,
    QUOTE_DOUBLE,
    QUOTE_GUILLEMET,
    N_QUOTE_FAMILIES
} quote_family;

typedef struct slice {
    const char *bytes;
    size_t length;
} slice;

/* Something to tell once, however often it happens: the first case and how many there were. */
typedef struct once {
    slice first;
    size_t n;
} once;

typedef struct parser {
    const char *text;
    size_t length;
    size_t at;
    bool after_space;                    /* a sign here would begin a word */
    size_t last_quote[N_QUOTE_FAMILIES]; /* where the last mark begins; length if there is none */

    pil_analyser *analyser;
    pil_query *query;
    size_t capacity; /* of query->clauses */
    size_t filters_capacity;
    uint32_t n_words; /* of all clauses */
    pil_intern seen;  /* clauses by what they mean; an entry's number is the clause's */
    pil_buffer key;
    once unbalanced; /* first = from the mark on */
    once without_word;
    once contradicted;
    once no_operator;
    slice cut_at; /* where the query became too long */
} parser;

/* A clause as it was read. */
typedef struct reading {
    slice text;
    uint32_t distance;
    pil_clause_kind kind;
    pil_occur occur;
    bool is_exact;
} reading;

/* Its words. */
typedef struct word_list {
    const pil_token *tokens;
    size_t n_tokens;
    uint32_t n_positions;
} word_list;

/* Unicode's White_Space, and NUL; not U+202F, which groups the digits of a number. */
static bool is_space(uint32_t character)
{
    switch (character) {
    case 0x00:
    case 0x20:
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x205F:
    case 0x3000:
        return true;
    default:
        return (character >= 0x09 && character <= 0x0D) ||
               (character >= 0x2000 && character <= 0x200A);
    }
}

static quote_family family_of(uint32_t character)
{
    switch (character) {
    case '"':
    case 0x201C:
    case 0x201D:
    case 0x201E:
        return QUOTE_DOUBLE;
    case 0xAB:
    case 0xBB:
        return QUOTE_GUILLEMET;
    default:
        return QUOTE_NONE;
    }
}

/* The character at `at` and, in *end, the offset behind it. at must be below the length. */
static uint32_t character_at(const parser *p, size_t at, size_t *end)
{
    *end = at;
    return pil_utf8_next(p->text, p->length, end, NULL);
}

/* Knowing the last mark of each family tells in one step whether a quote will be closed: looking
 * for the closing mark each time would make 100,000 open quotes take 10^10 steps. */
static void find_last_quotes(parser *p)
{
    for (int family = 0; family < N_QUOTE_FAMILIES; family++)
        p->last_quote[family] = p->length;
    for (size_t at = 0, end; at < p->length; at = end)
        p->last_quote[family_of(character_at(p, at, &end))] = at;
}

/* The words of text in no language in particular: enough to count and to compare them. */
static pil_status analyse(parser *p, slice text, word_list *out, pil_error *err)
{
    *out = (word_list){0};
    pil_status status = pil_analyser_run(p->analyser, "", text.bytes, text.length, &out->tokens,
                                         &out->n_tokens, err);
    for (size_t i = 0; i < out->n_tokens && status == PIL_OK; i++) {
        uint32_t end = out->tokens[i].position + out->tokens[i].n_positions;
        if (end > out->n_positions)
            out->n_positions = end;
    }
    return status;
}

/* Two clauses with the same key are the same: kind, whether they exclude, and their words. */
static pil_status make_key(parser *p, const reading *clause, bool excludes, const word_list *words)
{
    pil_buffer_clear(&p->key);
    const uint32_t head[] = {clause->kind, clause->is_exact, clause->distance, excludes};
    pil_status status = pil_buffer_append(&p->key, head, sizeof head);
    for (size_t i = 0; i < words->n_tokens && status == PIL_OK; i++) {
        const pil_token *token = &words->tokens[i];
        uint32_t n_written = clause->is_exact ? (uint32_t)(token->end_byte - token->begin_byte) : 0;
        const uint32_t place[] = {token->position, token->n_positions, n_written};
        status = pil_buffer_append(&p->key, place, sizeof place);
        if (status == PIL_OK)
            status = pil_buffer_append(&p->key, clause->text.bytes + token->begin_byte, n_written);
        if (status == PIL_OK)
            status = pil_buffer_append(&p->key, token->form, token->form_bytes + (size_t)1);
    }
    return status;
}

/* The text up to the last word that is within the first n_words of words. */
static slice cut_text(slice text, const word_list *words, uint32_t n_words)
{
    size_t end = 0;
    for (size_t i = 0; i < words->n_tokens; i++) {
        const pil_token *token = &words->tokens[i];
        if (token->position + token->n_positions <= n_words && token->end_byte > end)
            end = token->end_byte;
    }
    return (slice){text.bytes, end};
}

static pil_status append_clause(parser *p, const pil_clause *clause)
{
    if (p->query->n_clauses == p->capacity) {
        size_t capacity = p->capacity == 0 ? 8 : p->capacity * 2;
        pil_clause *clauses = pil_arena_alloc(&p->query->arena, capacity * sizeof *clauses);
        if (clauses == NULL)
            return PIL_NO_MEMORY;
        if (p->query->n_clauses > 0)
            memcpy(clauses, p->query->clauses, p->query->n_clauses * sizeof *clauses);
        p->query->clauses = clauses;
        p->capacity = capacity;
    }
    p->query->clauses[p->query->n_clauses++] = *clause;
    p->n_words += clause->n_words;
    return PIL_OK;
}

static void add_remark(once *remark, slice text)
{
    if (remark->n++ == 0)
        remark->first = text;
}

/* Marks the query as cut at text; nothing behind it is read. */
static void stop_at(parser *p, slice text)
{
    p->query->is_truncated = true;
    p->cut_at = text;
    p->at = p->length;
}

/* Adds the clause that no other equals. A clause that is too long is cut rather than dropped, so
 * that a pasted paragraph in quotes still finds its source; an exclusion is dropped, because
 * cut it would exclude more than was asked. */
static pil_status add_new_clause(parser *p, const reading *read, const word_list *words)
{
    uint32_t n_free = PIL_QUERY_MAX_WORDS - p->n_words;
    pil_clause clause = {.n_words = words->n_positions,
                         .n_times = 1,
                         .distance = read->distance,
                         .occur = read->occur,
                         .kind = read->kind,
                         .is_exact = read->is_exact};
    slice text = read->text, kept = text;
    if (clause.n_words > n_free) {
        kept = clause.occur == PIL_OCCUR_MUST_NOT ? (slice){text.bytes, 0}
                                                  : cut_text(text, words, n_free);
        clause.n_words = n_free;
        stop_at(p, (slice){text.bytes + kept.length, text.length - kept.length});
        if (kept.length == 0)
            return PIL_OK;
    }
    clause.text = pil_arena_copy(&p->query->arena, kept.bytes, kept.length);
    clause.text_bytes = kept.length;
    return clause.text == NULL ? PIL_NO_MEMORY : append_clause(p, &clause);
}

static pil_status add_clause(parser *p, const reading *clause, pil_error *err)
{
    word_list words;
    pil_status status = analyse(p, clause->text, &words, err);
    if (status != PIL_OK)
        return status;
    if (words.n_tokens == 0) {
        add_remark(&p->without_word, clause->text);
        return PIL_OK;
    }
    bool excludes = clause->occur == PIL_OCCUR_MUST_NOT;
    status = make_key(p, clause, !excludes, &words);
    if (status == PIL_OK) {
        if (pil_intern_find(&p->seen, p->key.bytes, p->key.length) != PIL_INTERN_NONE)
            add_remark(&p->contradicted, clause->text);
        status = make_key(p, clause, excludes, &words);
    }
    uint32_t number;
    bool is_new;
    if (status == PIL_OK)
        status = pil_intern_add(&p->seen, p->key.bytes, p->key.length, &number, &is_new);
    if (status == PIL_OK && is_new)
        status = add_new_clause(p, clause, &words);
    else if (status == PIL_OK) {
        p->query->clauses[number].n_times++;
        if (clause->occur == PIL_OCCUR_MUST)
            p->query->clauses[number].occur = clause->occur;
    }
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

/* Reads a sign if one is here: + or - that begins a word, with the word directly behind it. Of
 * "--word" the first is none, because a dash is often typed so. */
static pil_occur read_sign(parser *p)
{
    char sign = p->text[p->at];
    if (!p->after_space || (sign != '+' && sign != '-') || p->at + 1 == p->length)
        return PIL_OCCUR_SHOULD;
    size_t end;
    uint32_t next = character_at(p, p->at + 1, &end);
    if (is_space(next) || next == '+' || next == '-')
        return PIL_OCCUR_SHOULD;
    p->at++;
    return sign == '+' ? PIL_OCCUR_MUST : PIL_OCCUR_MUST_NOT;
}

/* Passes quotes that nothing closes; there is at most one of each family. */
static void skip_unbalanced_quotes(parser *p)
{
    while (p->at < p->length) {
        size_t end;
        quote_family family = family_of(character_at(p, p->at, &end));
        if (family == QUOTE_NONE || p->last_quote[family] > p->at)
            return;
        add_remark(&p->unbalanced, (slice){p->text + p->at, p->length - p->at});
        p->at = end;
    }
}

/* Moves behind the characters that fit a word and returns them; none when at a space or quote. */
static slice read_word(parser *p)
{
    size_t begin = p->at;
    for (size_t end; p->at < p->length; p->at = end) {
        uint32_t character = character_at(p, p->at, &end);
        if (is_space(character) || family_of(character) != QUOTE_NONE)
            break;
    }
    return (slice){p->text + begin, p->at - begin};
}

/* At an opening quote that will be closed: moves behind the closing one, returns what is between.
 */
static slice read_phrase(parser *p)
{
    size_t begin;
    quote_family family = family_of(character_at(p, p->at, &begin));
    size_t close = begin;
    size_t end;
    while (family_of(character_at(p, close, &end)) != family)
        close = end;
    p->at = end;
    return (slice){p->text + begin, close - begin};
}

/* Who says how words stand together wants them so: they must occur, with or without a sign. */
static pil_occur occur_of_phrase(pil_occur sign)
{
    return sign == PIL_OCCUR_SHOULD ? PIL_OCCUR_MUST : sign;
}

static bool is_space_or_end(const parser *p, size_t at)
{
    size_t end;
    return at == p->length || is_space(character_at(p, at, &end));
}

/* Reads a number at *at, with white space or the end behind it, and moves *at there. A larger one
 * than any text has words is MAX_DISTANCE. */
static bool read_distance(const parser *p, size_t *at, uint32_t *distance)
{
    size_t end = *at;
    uint32_t number = 0;
    for (; end < p->length && p->text[end] >= '0' && p->text[end] <= '9'; end++) {
        number = number * 10 + (uint32_t)(p->text[end] - '0');
        if (number > MAX_DISTANCE)
            number = MAX_DISTANCE;
    }
    if (end == *at || !is_space_or_end(p, end))
        return false;
    *at = end;
    *distance = number;
    return true;
}

static bool begins_with(const parser *p, size_t at, const char *what)
{
    size_t length = strlen(what);
    return p->length - at >= length && memcmp(p->text + at, what, length) == 0;
}

/* Reads NEAR/ and a number at *at and moves *at behind it. */
static bool read_near(const parser *p, size_t *at, uint32_t *distance)
{
    size_t end = *at + strlen(NEAR);
    if (!begins_with(p, *at, NEAR) || !read_distance(p, &end, distance))
        return false;
    *at = end;
    return true;
}

static void skip_spaces(parser *p)
{
    for (size_t end; p->at < p->length && is_space(character_at(p, p->at, &end)); p->at = end)
        p->after_space = true;
}

/* Reads = or exact: if it is here, at the beginning of a word that follows directly. Of "==" the
 * first is none, because that is typed for something else. */
static bool read_exact(parser *p, bool begins_word)
{
    size_t length = begins_with(p, p->at, "=")        ? 1
                    : begins_with(p, p->at, "exact:") ? strlen("exact:")
                                                      : 0;
    size_t end = p->at + length;
    if (!begins_word || length == 0 || is_space_or_end(p, end) || p->text[end] == '=')
        return false;
    p->at = end;
    return true;
}

/* Whether a word that NEAR can stand behind begins here: one without sign, quote and operator. */
static bool is_plain_word(const parser *p)
{
    size_t at = p->at;
    uint32_t distance;
    return at < p->length && strchr("+-=", p->text[at]) == NULL && !begins_with(p, at, "exact:") &&
           !read_near(p, &at, &distance);
}

static pil_status has_word(parser *p, slice text, bool *has, pil_error *err)
{
    word_list words;
    pil_status status = analyse(p, text, &words, err);
    *has = status == PIL_OK && words.n_tokens > 0;
    return status;
}

/* Behind the word of *clause: when NEAR and a second word follow, reads them and makes *clause a
 * NEAR clause of both words. Else reads nothing. */
static pil_status read_second_word(parser *p, reading *clause, pil_error *err)
{
    size_t begin = p->at;
    bool after_space = p->after_space, both = false;
    slice second = {0};
    skip_spaces(p);
    bool is_near = read_near(p, &p->at, &clause->distance);
    if (is_near) {
        skip_spaces(p);
        second = is_plain_word(p) ? read_word(p) : second;
    }
    pil_status status = PIL_OK;
    if (second.length > 0)
        status = has_word(p, clause->text, &both, err);
    if (both)
        status = has_word(p, second, &both, err);
    if (status != PIL_OK || !both) {
        p->at = begin;
        p->after_space = after_space;
        clause->distance = 0;
        return status;
    }
    char *joined = pil_arena_alloc(&p->query->arena, clause->text.length + 1 + second.length);
    if (joined == NULL)
        return pil_error_no_memory(err);
    memcpy(joined, clause->text.bytes, clause->text.length);
    joined[clause->text.length] = ' ';
    memcpy(joined + clause->text.length + 1, second.bytes, second.length);
    clause->text = (slice){joined, clause->text.length + 1 + second.length};
    clause->kind = PIL_CLAUSE_NEAR;
    clause->occur = occur_of_phrase(clause->occur);
    return PIL_OK;
}

static pil_status append_filter(parser *p, const pil_filter *filter)
{
    pil_query *query = p->query;
    if (query->n_filters == p->filters_capacity) {
        size_t capacity = p->filters_capacity == 0 ? 4 : p->filters_capacity * 2;
        pil_filter *filters = pil_arena_alloc(&query->arena, capacity * sizeof *filters);
        if (filters == NULL)
            return PIL_NO_MEMORY;
        if (query->n_filters > 0)
            memcpy(filters, query->filters, query->n_filters * sizeof *filters);
        query->filters = filters;
        p->filters_capacity = capacity;
    }
    query->filters[query->n_filters++] = *filter;
    return PIL_OK;
}

/* Reads the name of a field with a value directly behind it, if they are here. */
static pil_status read_filter(parser *p, pil_occur sign, bool *is_filter, pil_error *err)
{
    pil_filter filter = {.excludes = sign == PIL_OCCUR_MUST_NOT};
    size_t begin = p->at;
    size_t n = pil_filter_name(p->text + begin, p->length - begin, &filter.field);
    *is_filter = false;
    if (n == 0 || is_space_or_end(p, begin + n))
        return PIL_OK;
    p->at = begin + n;
    skip_unbalanced_quotes(p);
    size_t end;
    bool is_quoted = p->at < p->length && family_of(character_at(p, p->at, &end)) != QUOTE_NONE;
    slice value = is_quoted ? read_phrase(p) : read_word(p);
    if (value.length == 0 && !is_quoted) {
        p->at = begin;
        return PIL_OK;
    }
    *is_filter = true;
    filter.value = pil_arena_copy(&p->query->arena, value.bytes, value.length);
    filter.value_bytes = value.length;
    if (filter.value == NULL)
        return pil_error_no_memory(err);
    pil_status status = pil_filter_read(&filter, err);
    if (status != PIL_OK)
        return status;
    return append_filter(p, &filter) == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

/* Text that was read as a word, which may have been meant for an operator. */
static pil_status read_word_clause(parser *p, slice word, pil_occur occur, bool is_exact,
                                   pil_error *err)
{
    reading clause = {.text = word, .kind = PIL_CLAUSE_WORD, .occur = occur, .is_exact = is_exact};
    size_t at = (size_t)(word.bytes - p->text);
    uint32_t distance;
    if (!is_exact && read_near(p, &at, &distance))
        add_remark(&p->no_operator, word);
    else if (!is_exact) {
        pil_status status = read_second_word(p, &clause, err);
        if (status != PIL_OK)
            return status;
    }
    return add_clause(p, &clause, err);
}

/* A phrase, or, with ~ and a number directly behind it, words near each other. */
static pil_status read_phrase_clause(parser *p, pil_occur occur, bool is_exact, pil_error *err)
{
    reading clause = {.text = read_phrase(p),
                      .kind = PIL_CLAUSE_PHRASE,
                      .occur = occur_of_phrase(occur),
                      .is_exact = is_exact};
    if (begins_with(p, p->at, "~") && !is_space_or_end(p, p->at + 1)) {
        size_t at = p->at + 1;
        if (!is_exact && read_distance(p, &at, &clause.distance)) {
            clause.kind = PIL_CLAUSE_NEAR;
            p->at = at;
        } else {
            at = p->at;
            add_remark(&p->no_operator, read_word(p));
            p->at = at;
        }
    }
    return add_clause(p, &clause, err);
}

static pil_status read_clauses(parser *p, pil_error *err)
{
    pil_status status = PIL_OK;
    p->after_space = true;
    while (status == PIL_OK) {
        skip_spaces(p);
        if (p->at == p->length)
            break;
        bool begins_word = p->after_space;
        pil_occur occur = read_sign(p);
        bool is_filter = false;
        if (begins_word)
            status = read_filter(p, occur, &is_filter, err);
        p->after_space = false;
        if (status != PIL_OK || is_filter)
            continue;
        bool is_exact = read_exact(p, begins_word);
        skip_unbalanced_quotes(p);
        slice word = read_word(p);
        size_t end;
        if (word.length > 0)
            status = read_word_clause(p, word, occur, is_exact, err);
        else if (p->at < p->length && family_of(character_at(p, p->at, &end)) != QUOTE_NONE)
            status = read_phrase_clause(p, occur, is_exact, err);
    }
    return status;
}

/* Appends “text”, mended and shortened for a message. */
static pil_status append_shown(pil_buffer *out, slice text)
{
    while (text.length > 0 && *text.bytes == ' ')
        text = (slice){text.bytes + 1, text.length - 1};
    size_t length = text.length;
    if (length > SHOWN_BYTES)
        length = pil_utf8_boundary(text.bytes, text.length, SHOWN_BYTES);
    pil_status status = pil_buffer_append_string(out, "“");
    if (status == PIL_OK)
        status = pil_utf8_repair(text.bytes, length, out, NULL);
    if (status == PIL_OK)
        status = pil_buffer_append_string(out, length < text.length ? "…”" : "”");
    return status;
}

/* A note of the form: before “text” after. How many more there were is told when there were. */
static pil_status add_note(pil_query *query, const char *before, const once *remark,
                           const char *after)
{
    pil_buffer note;
    pil_buffer_init(&note, MAX_NOTE_BYTES);
    pil_status status = pil_buffer_append_string(&note, before);
    if (status == PIL_OK)
        status = append_shown(&note, remark->first);
    if (status == PIL_OK)
        status = pil_buffer_append_string(&note, after);
    if (status == PIL_OK && remark->n > 1)
        status = pil_buffer_appendf(&note, " (and %zu more)", remark->n - 1);
    char *copy = NULL;
    if (status == PIL_OK)
        copy = pil_arena_copy(&query->arena, note.bytes, note.length);
    pil_buffer_dispose(&note);
    if (copy == NULL)
        return PIL_NO_MEMORY;
    query->notes[query->n_notes++] = copy;
    return PIL_OK;
}

static pil_status finish_notes(parser *p, pil_error *err)
{
    const once cut = {.first = p->cut_at, .n = p->query->is_truncated ? 1 : 0};
    const struct {
        const once *remark;
        const char *before, *after;
    } notes[MAX_NOTES] = {
        {&p->unbalanced, "nothing closes the quote at ", ", so it was ignored"},
        {&p->without_word, "there is no word in ", ", so it was left out"},
        {&p->no_operator, "", " is no operator where it stands, so it was read as words"},
        {&p->contradicted, "", " is both asked for and excluded: what has it is left out"},
        {&cut, "the query is too long: only its first 128 words are looked up, not ", ""},
    };
    static_assert(PIL_QUERY_MAX_WORDS == 128, "the note above says 128");
    p->query->notes = pil_arena_alloc(&p->query->arena, MAX_NOTES * sizeof *p->query->notes);
    pil_status status = p->query->notes == NULL ? PIL_NO_MEMORY : PIL_OK;
    for (size_t i = 0; i < MAX_NOTES && status == PIL_OK; i++)
        if (notes[i].remark->n > 0)
            status = add_note(p->query, notes[i].before, notes[i].remark, notes[i].after);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

/* Refuses what could find nothing at all. */
static pil_status check(const pil_query *query, pil_error *err)
{
    for (size_t i = 0; i < query->n_clauses; i++)
        if (query->clauses[i].occur != PIL_OCCUR_MUST_NOT)
            return PIL_OK;
    if (query->n_clauses > 0)
        return pil_error_set(err, PIL_BAD_QUERY,
                             "the query only excludes: add a word to look for, as in: peace -war");
    if (query->n_filters > 0)
        return pil_error_set(err, PIL_BAD_QUERY,
                             "the query only says where to look: add a word to look for, as in: "
                             "peace date:2023");
    return pil_error_set(err, PIL_BAD_QUERY,
                         "the query has no word in it: give at least one word to look for");
}

pil_status pil_query_parse(const char *text, size_t length, pil_analyser *analyser, pil_query **out,
                           pil_error *err)
{
    *out = NULL;
    if (length > PIL_QUERY_MAX_BYTES)
        return pil_error_set(
            err, PIL_BAD_QUERY,
            "the query has %zu bytes, more than the %d that are read: give fewer words", length,
            PIL_QUERY_MAX_BYTES);
    parser p = {.text = text, .length = length, .analyser = analyser};
    pil_buffer_init(&p.key, SIZE_MAX / 2);
    pil_query *query = calloc(1, sizeof *query);
    pil_status status = query == NULL ? pil_error_no_memory(err) : PIL_OK;
    if (status != PIL_OK)
        goto done;
    p.query = query;
    find_last_quotes(&p);
    status = read_clauses(&p, err);
    if (status == PIL_OK)
        status = check(query, err);
    if (status == PIL_OK)
        status = finish_notes(&p, err);
    if (status != PIL_OK)
        goto done;
    *out = query;
    query = NULL;
done:
    pil_query_free(query);
    pil_intern_dispose(&p.seen);
    pil_buffer_dispose(&p.key);
    return status;
}

void pil_query_free(pil_query *query)
{
    if (query == NULL)
        return;
    pil_arena_dispose(&query->arena);
    free(query);
}

void pil_query_require_all(pil_query *query)
{
    for (size_t i = 0; i < query->n_clauses; i++)
        if (query->clauses[i].occur == PIL_OCCUR_SHOULD)
            query->clauses[i].occur = PIL_OCCUR_MUST;
}
