/* The grammar, loosest first:
 *
 *     list     chain chain ...                 white space between: each makes a paragraph better
 *     chain    both OR both ...
 *     both     operand AND operand ...
 *     operand  [+|-|NOT] (list) | field:value | [=]word | [=]"phrase" | pattern | /expression/
 */
#include "query_builder.h"
#include "query_patterns.h"
#include "query_scanner.h"
#include "query_tree.h"
#include "regex.h"
#include "search/query.h"

#include <stdlib.h>
#include <string.h>

typedef struct parser {
    pil_query_scanner scan;
    pil_query_builder build;
    uint32_t today;
    pil_query_fault fault;
    size_t n_parts; /* operands, whatever was in them, and groups */
} parser;

/* A part that was read. */
typedef struct operand {
    pil_node *node;    /* NULL when there was no word in it */
    pil_filter filter; /* when is_filter, and then there is no node */
    bool is_filter;
    bool excludes;  /* it has a - or NOT */
    bool is_wanted; /* it has a +, or says itself that it must occur */
} operand;

/* Nothing behind it is read. */
static void stop(parser *p)
{
    p->scan.at = p->scan.length;
}

/* Reads no further when the query has as many parts as it may. */
static void count_part(parser *p)
{
    if (p->n_parts++ < PIL_QUERY_MAX_PARTS || pil_scan_at_end(&p->scan))
        return;
    pil_builder_remark(&p->build, PIL_REMARK_TOO_MANY_PARTS,
                       (pil_slice){p->scan.text + p->scan.at, p->scan.length - p->scan.at});
    p->build.query->is_truncated = true;
    stop(p);
}

/* NULL when memory ran out. */
static pil_node *new_group(parser *p, bool is_any)
{
    count_part(p);
    return pil_tree_new_group(p->build.query, is_any);
}

static pil_status new_leaf(parser *p, uint32_t clause, operand *out, pil_error *err)
{
    out->node = pil_tree_new_leaf(p->build.query, clause);
    return out->node == NULL ? pil_error_no_memory(err) : PIL_OK;
}

static pil_status add_clause(parser *p, pil_read_clause *clause, operand *out, pil_error *err)
{
    uint32_t number;
    pil_added added;
    clause->excludes = out->excludes;
    pil_status status = pil_builder_add(&p->build, clause, &number, &added, err);
    if (status == PIL_OK && added != PIL_NOT_ADDED)
        status = new_leaf(p, number, out, err);
    if (p->build.query->is_truncated && (added != PIL_ADDED))
        stop(p);
    return status;
}

/* There is at most one of each family. */
static void skip_unbalanced_quotes(parser *p)
{
    pil_slice rest = {p->scan.text + p->scan.at, p->scan.length - p->scan.at};
    while (pil_scan_unbalanced_quote(&p->scan)) {
        pil_builder_remark(&p->build, PIL_REMARK_UNBALANCED, rest);
        rest = (pil_slice){p->scan.text + p->scan.at, p->scan.length - p->scan.at};
    }
}

/* ---- fields ---- */

/* Whether a field with a value is here; the value, which may be "" when it stands in quotes. */
static bool scan_filter(parser *p, pil_filter_field *field, pil_slice *value)
{
    pil_query_scanner *s = &p->scan;
    size_t begin = s->at;
    size_t n = pil_filter_name(s->text + begin, s->length - begin, field);
    if (!s->after_space || n == 0 || pil_scan_is_word_end(s, begin + n))
        return false;
    s->at = begin + n;
    skip_unbalanced_quotes(p);
    bool is_quoted = pil_scan_is_quote(s);
    *value = is_quoted ? pil_scan_phrase(s) : pil_scan_word(s);
    if (value->length > 0 || is_quoted)
        return true;
    s->at = begin;
    return false;
}

static pil_status read_filter(parser *p, operand *out, pil_error *err)
{
    pil_slice value;
    size_t begin = p->scan.at;
    out->is_filter = scan_filter(p, &out->filter.field, &value);
    if (!out->is_filter)
        return PIL_OK;
    out->filter.value = pil_arena_copy(&p->build.query->arena, value.bytes, value.length);
    out->filter.value_bytes = value.length;
    if (out->filter.value == NULL)
        return pil_error_no_memory(err);
    pil_status status = pil_filter_read(&out->filter, p->today, err);
    if (status == PIL_BAD_QUERY) {
        p->fault.begin_byte = begin;
        p->fault.end_byte = p->scan.at;
        if (pil_filter_correct(&out->filter, &p->fault.corrected) != PIL_OK)
            return pil_error_no_memory(err);
    }
    return status;
}

/* Makes a part of the tree of a filter. */
static pil_status make_filter_node(parser *p, operand *part, pil_error *err)
{
    pil_read_clause clause = {.text = {part->filter.value, part->filter.value_bytes},
                              .kind = PIL_CLAUSE_FILTER};
    pil_status status = pil_builder_add_tree_filter(&p->build, &part->filter, &clause.filter, err);
    part->is_filter = false;
    part->is_wanted = true;
    return status == PIL_OK ? add_clause(p, &clause, part, err) : status;
}

/* ---- words ---- */

/* Whether a word that NEAR can stand behind begins here: one without sign, quote and operator. */
static bool is_plain_word(parser *p)
{
    pil_query_scanner ahead = p->scan;
    uint32_t distance;
    bool in_sentence;
    return strchr("+-=(/", pil_scan_peek(&ahead)) == NULL &&
           !pil_scan_begins_with(&ahead, ahead.at, "exact:") &&
           pil_scan_operator(&ahead) == PIL_NO_OPERATOR &&
           !pil_scan_near(&ahead, &distance, &in_sentence);
}

static pil_status has_word(parser *p, pil_slice text, bool *has, pil_error *err)
{
    pil_word_list words;
    pil_status status = pil_builder_analyse(&p->build, text, &words, err);
    *has = status == PIL_OK && words.n_tokens > 0;
    return status;
}

/* "left right", in the query's arena. */
static pil_status join_words(parser *p, pil_slice left, pil_slice right, pil_slice *out,
                             pil_error *err)
{
    size_t length = left.length + 1 + right.length;
    char *joined = pil_arena_alloc(&p->build.query->arena, length);
    if (joined == NULL)
        return pil_error_no_memory(err);
    memcpy(joined, left.bytes, left.length);
    joined[left.length] = ' ';
    memcpy(joined + left.length + 1, right.bytes, right.length);
    *out = (pil_slice){joined, length};
    return PIL_OK;
}

/* Behind the word of *clause: when NEAR and a second word follow, reads them and makes *clause a
 * NEAR clause of both words. Else reads nothing. */
static pil_status read_second_word(parser *p, pil_read_clause *clause, pil_error *err)
{
    const pil_query_scanner before = p->scan;
    pil_slice second = {0};
    uint32_t distance;
    bool both = false, in_sentence;
    pil_scan_spaces(&p->scan);
    if (pil_scan_near(&p->scan, &distance, &in_sentence)) {
        pil_scan_spaces(&p->scan);
        second = is_plain_word(p) ? pil_scan_word(&p->scan) : second;
    }
    pil_status status = PIL_OK;
    if (second.length > 0)
        status = has_word(p, clause->text, &both, err);
    if (both)
        status = has_word(p, second, &both, err);
    if (status != PIL_OK || !both) {
        p->scan = before;
        return status;
    }
    clause->kind = PIL_CLAUSE_NEAR;
    clause->distance = distance;
    clause->in_sentence = in_sentence;
    return join_words(p, clause->text, second, &clause->text, err);
}

static pil_status add_part(parser *p, pil_node *group, operand *part, pil_occur occur,
                           pil_error *err)
{
    pil_status status = part->is_filter ? make_filter_node(p, part, err) : PIL_OK;
    if (status != PIL_OK || part->node == NULL)
        return status;
    part->node->occur = occur;
    pil_tree_added added = pil_tree_add(group, part->node);
    if (added == PIL_TREE_CONTRADICTED) {
        const pil_clause *clause = &p->build.query->clauses[part->node->clause];
        pil_builder_remark(&p->build, PIL_REMARK_CONTRADICTED,
                           (pil_slice){clause->text, clause->text_bytes});
    }
    return PIL_OK;
}

/* The words of a script that does not set them off, which only a dictionary can part: each makes a
 * paragraph better, or must occur when the whole was marked so. */
static pil_status read_pieces(parser *p, const pil_read_clause *whole, operand *out, pil_error *err)
{
    pil_text_range pieces[PIL_QUERY_MAX_WORDS];
    size_t n = 0;
    out->node = new_group(p, false);
    if (out->node == NULL)
        return pil_error_no_memory(err);
    pil_status status =
        pil_analyser_pieces(p->build.analyser, whole->text.bytes, whole->text.length, pieces,
                            PIL_QUERY_MAX_WORDS, &n, err);
    for (size_t i = 0; i < n && status == PIL_OK; i++) {
        operand part = {.node = NULL};
        pil_read_clause clause = {.text = {whole->text.bytes + pieces[i].begin_byte,
                                           pieces[i].end_byte - pieces[i].begin_byte},
                                  .kind = PIL_CLAUSE_WORD};
        count_part(p);
        status = add_clause(p, &clause, &part, err);
        if (status == PIL_OK)
            status = add_part(p, out->node, &part,
                              out->is_wanted ? PIL_OCCUR_MUST : PIL_OCCUR_SHOULD, err);
    }
    out->node = pil_tree_simplify(out->node);
    return status;
}

/* Text that was read as a word: an operator that stands where it cannot be one, a pattern, the
 * first of two with NEAR between, or a word. */
static pil_status read_word(parser *p, operand *out, pil_error *err)
{
    pil_query_scanner ahead = p->scan;
    uint32_t distance;
    bool in_sentence;
    bool is_operator = pil_scan_near(&ahead, &distance, &in_sentence) ||
                       pil_scan_operator(&ahead) != PIL_NO_OPERATOR;
    pil_read_clause clause = {.text = pil_scan_word(&p->scan), .kind = PIL_CLAUSE_WORD};
    p->scan.after_space = false;
    if (is_operator) {
        pil_builder_remark(&p->build, PIL_REMARK_NO_OPERATOR, clause.text);
        return add_clause(p, &clause, out, err);
    }
    pil_status status = pil_read_pattern(&p->build, &clause, err);
    if (status == PIL_OK && clause.kind == PIL_CLAUSE_WORD)
        status = read_second_word(p, &clause, err);
    out->is_wanted |= clause.kind == PIL_CLAUSE_NEAR;
    if (status == PIL_OK && clause.kind == PIL_CLAUSE_WORD && !out->excludes &&
        pil_text_is_unspaced(clause.text.bytes, clause.text.length))
        return read_pieces(p, &clause, out, err);
    return status == PIL_OK ? add_clause(p, &clause, out, err) : status;
}

/* A phrase, or, with ~ and a number directly behind it, words near each other. Who says how words
 * stand together wants them so: they must occur, with or without a sign. */
static pil_status read_phrase(parser *p, bool is_exact, operand *out, pil_error *err)
{
    pil_read_clause clause = {
        .text = pil_scan_phrase(&p->scan), .kind = PIL_CLAUSE_PHRASE, .is_exact = is_exact};
    out->is_wanted = true;
    p->scan.after_space = false;
    const pil_query_scanner before = p->scan;
    if (pil_scan_distance(&p->scan, &clause.distance, &clause.in_sentence) && !is_exact) {
        clause.kind = PIL_CLAUSE_NEAR;
    } else {
        clause.distance = 0;
        clause.in_sentence = false;
        p->scan = before;
        if (pil_scan_peek(&before) == '~' && !pil_scan_is_word_end(&before, before.at + 1)) {
            pil_builder_remark(&p->build, PIL_REMARK_NO_OPERATOR, pil_scan_word(&p->scan));
            p->scan = before;
        }
    }
    return add_clause(p, &clause, out, err);
}

static pil_status read_exact_word(parser *p, operand *out, pil_error *err)
{
    pil_read_clause clause = {
        .text = pil_scan_word(&p->scan), .kind = PIL_CLAUSE_WORD, .is_exact = true};
    p->scan.after_space = false;
    return clause.text.length > 0 ? add_clause(p, &clause, out, err) : PIL_OK;
}

/* Whether the expression that was added is one. Only a new one is compiled, which takes time. */
static pil_status check_regex(parser *p, pil_slice expression, bool ignores_case, pil_error *err)
{
    pil_regex *regex;
    size_t wrong_at = 0;
    pil_status status =
        pil_regex_new(&regex, expression.bytes, expression.length, ignores_case, &wrong_at, err);
    pil_regex_free(regex);
    if (status == PIL_BAD_QUERY) {
        p->fault.begin_byte = (size_t)(expression.bytes - p->scan.text) + wrong_at;
        p->fault.end_byte = p->fault.begin_byte + 1;
    }
    return status;
}

static pil_status read_regex(parser *p, pil_slice expression, bool ignores_case, operand *out,
                             pil_error *err)
{
    size_t n_before = p->build.query->n_clauses;
    pil_read_clause clause = {
        .text = expression, .kind = PIL_CLAUSE_REGEX, .ignores_case = ignores_case};
    clause.pattern = pil_arena_copy(&p->build.query->arena, expression.bytes, expression.length);
    if (clause.pattern == NULL)
        return pil_error_no_memory(err);
    out->is_wanted = true;
    p->scan.after_space = false;
    pil_status status = add_clause(p, &clause, out, err);
    if (status == PIL_OK && p->build.query->n_clauses > n_before)
        status = check_regex(p, expression, ignores_case, err);
    return status;
}

/* ---- the tree ---- */

static pil_status read_list(parser *p, pil_node **out, bool *is_all, pil_error *err);

/* Behind an opening parenthesis. */
static pil_status read_group(parser *p, pil_slice from, operand *out, pil_error *err)
{
    if (p->scan.depth == PIL_QUERY_MAX_DEPTH) {
        pil_builder_remark(&p->build, PIL_REMARK_TOO_DEEP, from);
        p->build.query->is_truncated = true;
        return PIL_OK;
    }
    bool is_all = false;
    p->scan.depth++;
    pil_status status = read_list(p, &out->node, &is_all, err);
    if (status == PIL_OK && !pil_scan_close(&p->scan))
        pil_builder_remark(&p->build, PIL_REMARK_OPEN,
                           (pil_slice){from.bytes + 1, from.length - 1});
    p->scan.depth--;
    p->scan.after_space = false;
    out->node = pil_tree_simplify(out->node);
    out->is_wanted |= is_all;
    return status;
}

static pil_status read_primary(parser *p, operand *out, pil_error *err)
{
    pil_slice rest = {p->scan.text + p->scan.at, p->scan.length - p->scan.at}, expression;
    bool ignores_case;
    if (pil_scan_open(&p->scan))
        return read_group(p, rest, out, err);
    pil_status status = read_filter(p, out, err);
    if (status != PIL_OK || out->is_filter) {
        p->scan.after_space = false;
        return status;
    }
    if (pil_scan_regex(&p->scan, &expression, &ignores_case))
        return read_regex(p, expression, ignores_case, out, err);
    bool is_exact = pil_scan_exact(&p->scan);
    skip_unbalanced_quotes(p);
    if (pil_scan_is_quote(&p->scan))
        return read_phrase(p, is_exact, out, err);
    if (is_exact)
        return read_exact_word(p, out, err);
    return pil_scan_is_word_end(&p->scan, p->scan.at) ? PIL_OK : read_word(p, out, err);
}

/* Whether something that an operator can stand before follows. */
static bool has_operand(const parser *p)
{
    pil_query_scanner ahead = p->scan;
    pil_scan_spaces(&ahead);
    if (pil_scan_at_end(&ahead) || pil_scan_close(&ahead))
        return false;
    pil_query_operator operator= pil_scan_operator(&ahead);
    return operator== PIL_NO_OPERATOR || operator== PIL_NOT;
}

/* Reads the operator if it is the next word and an operand follows. */
static bool read_operator(parser *p, pil_query_operator wanted)
{
    const pil_query_scanner before = p->scan;
    pil_scan_spaces(&p->scan);
    if (pil_scan_operator(&p->scan) == wanted && has_operand(p)) {
        p->scan.after_space = true;
        pil_scan_spaces(&p->scan);
        return true;
    }
    p->scan = before;
    return false;
}

static pil_status read_operand(parser *p, operand *out, pil_error *err)
{
    *out = (operand){.node = NULL};
    pil_scan_spaces(&p->scan);
    count_part(p);
    while (read_operator(p, PIL_NOT))
        out->excludes = !out->excludes;
    char sign = pil_scan_sign(&p->scan);
    out->excludes ^= sign == '-';
    out->is_wanted = sign == '+';
    return read_primary(p, out, err);
}

/* What an operand is in a list: it must not, must or should occur. What says where to look is for
 * all of the list. */
static pil_occur occur_of(const parser *p, const operand *part)
{
    bool must = part->is_wanted ||
                (part->node != NULL && pil_tree_only_restricts(p->build.query, part->node));
    return part->excludes ? PIL_OCCUR_MUST_NOT : must ? PIL_OCCUR_MUST : PIL_OCCUR_SHOULD;
}

/* In a group of OR, what excludes is a group of its own: all that has it not. */
static pil_status add_alternative(parser *p, pil_node *group, operand *part, pil_error *err)
{
    if (!part->excludes)
        return add_part(p, group, part, PIL_OCCUR_SHOULD, err);
    pil_node *without = new_group(p, false);
    if (without == NULL)
        return pil_error_no_memory(err);
    pil_status status = add_part(p, without, part, PIL_OCCUR_MUST_NOT, err);
    operand wrapped = {.node = without};
    return status == PIL_OK ? add_part(p, group, &wrapped, PIL_OCCUR_SHOULD, err) : status;
}

static pil_status read_both(parser *p, operand *out, pil_error *err);

/* The operator was read behind *first: makes a group of it and of all that follow with the same
 * operator between. */
static pil_status read_group_of(parser *p, pil_query_operator operator, operand * first,
                                pil_error *err)
{
    bool is_or = operator== PIL_OR, has_more = true;
    pil_node *group = new_group(p, is_or);
    pil_status status = group == NULL ? pil_error_no_memory(err) : PIL_OK;
    operand part = *first;
    while (status == PIL_OK) {
        status = is_or ? add_alternative(p, group, &part, err)
                       : add_part(p, group, &part,
                                  part.excludes ? PIL_OCCUR_MUST_NOT : PIL_OCCUR_MUST, err);
        if (status != PIL_OK || !has_more)
            break;
        status = is_or ? read_both(p, &part, err) : read_operand(p, &part, err);
        has_more = status == PIL_OK && read_operator(p, operator);
    }
    *first = (operand){.node = pil_tree_simplify(group), .is_wanted = !is_or};
    return status;
}

/* One operand, or several with AND between. */
static pil_status read_both(parser *p, operand *out, pil_error *err)
{
    pil_status status = read_operand(p, out, err);
    if (status != PIL_OK || !read_operator(p, PIL_AND))
        return status;
    return read_group_of(p, PIL_AND, out, err);
}

static pil_status read_chain(parser *p, operand *out, pil_error *err)
{
    pil_status status = read_both(p, out, err);
    if (status != PIL_OK || !read_operator(p, PIL_OR))
        return status;
    return read_group_of(p, PIL_OR, out, err);
}

/* A filter that stands with others, not with an operator. Outside of parentheses it is for all
 * hits; in them, too, one of several with the same field is enough. */
static pil_status add_filter(parser *p, pil_node *list, operand *part, pil_error *err)
{
    if (p->scan.depth == 0) {
        part->filter.excludes = part->excludes;
        return pil_builder_add_filter(&p->build, &part->filter, err);
    }
    pil_node *same =
        part->excludes ? NULL : pil_tree_find_filter(p->build.query, list, part->filter.field);
    if (same == NULL)
        return add_part(p, list, part, part->excludes ? PIL_OCCUR_MUST_NOT : PIL_OCCUR_MUST, err);
    if (!same->is_group && !pil_tree_wrap(p->build.query, same))
        return pil_error_no_memory(err);
    return add_part(p, same, part, PIL_OCCUR_SHOULD, err);
}

/* *is_all: everything that it wants must occur. */
static pil_status read_list(parser *p, pil_node **out, bool *is_all, pil_error *err)
{
    bool has_must = false, has_should = false;
    pil_node *list = new_group(p, false);
    pil_status status = list == NULL ? pil_error_no_memory(err) : PIL_OK;
    while (status == PIL_OK) {
        operand part;
        pil_scan_spaces(&p->scan);
        if (pil_scan_at_end(&p->scan) || (p->scan.depth > 0 && pil_scan_peek(&p->scan) == ')'))
            break;
        status = read_chain(p, &part, err);
        if (status != PIL_OK)
            break;
        pil_occur occur = occur_of(p, &part);
        has_must |= occur == PIL_OCCUR_MUST;
        has_should |= occur == PIL_OCCUR_SHOULD && part.node != NULL;
        status =
            part.is_filter ? add_filter(p, list, &part, err) : add_part(p, list, &part, occur, err);
    }
    *out = list;
    *is_all = has_must && !has_should;
    return status;
}

/* ---- the whole ---- */

/* Refuses what could find nothing at all. */
static pil_status check(pil_query_builder *build, pil_error *err)
{
    const pil_query *query = build->query;
    size_t n_wanted = 0, n_regexes = 0, n_excluded = 0, last_regex = 0;
    for (size_t i = 0; i < query->n_clauses; i++) {
        const pil_clause *clause = &query->clauses[i];
        bool is_regex = clause->kind == PIL_CLAUSE_REGEX;
        if (clause->kind == PIL_CLAUSE_FILTER)
            continue;
        n_wanted += clause->occur != PIL_OCCUR_MUST_NOT;
        n_excluded += clause->occur == PIL_OCCUR_MUST_NOT;
        n_regexes += is_regex && clause->occur != PIL_OCCUR_MUST_NOT;
        last_regex = is_regex ? i : last_regex;
    }
    if (n_wanted > 0 && n_wanted == n_regexes)
        pil_builder_remark(
            build, PIL_REMARK_ONLY_REGEX,
            (pil_slice){query->clauses[last_regex].text, query->clauses[last_regex].text_bytes});
    if (n_wanted > 0)
        return PIL_OK;
    if (n_excluded > 0)
        return pil_error_set(err, PIL_BAD_QUERY,
                             "the query only excludes: add a word to look for, as in: peace -war");
    if (query->n_filters + query->n_tree_filters > 0)
        return pil_error_set(err, PIL_BAD_QUERY,
                             "the query only says where to look: add a word to look for, as in: "
                             "peace date:2023");
    return pil_error_set(err, PIL_BAD_QUERY,
                         "the query has no word in it: give at least one word to look for");
}

static pil_status read_query(parser *p, pil_error *err)
{
    pil_query *query = p->build.query;
    bool is_all;
    pil_status status = read_list(p, &query->root, &is_all, err);
    if (status != PIL_OK)
        return status;
    pil_tree_finish(query);
    status = check(&p->build, err);
    return status == PIL_OK ? pil_builder_finish_notes(&p->build, err) : status;
}

pil_status pil_query_parse(const char *text, size_t length, const pil_query_settings *settings,
                           pil_analyser *analyser, pil_query **out, pil_query_fault *fault,
                           pil_error *err)
{
    *out = NULL;
    if (fault != NULL)
        *fault = (pil_query_fault){0};
    if (length > PIL_QUERY_MAX_BYTES)
        return pil_error_set(
            err, PIL_BAD_QUERY,
            "the query has %zu bytes, more than the %d that are read: give fewer words", length,
            PIL_QUERY_MAX_BYTES);
    parser p = {.today = settings == NULL ? 0 : settings->today};
    pil_scan_init(&p.scan, text, length);
    pil_status status = pil_builder_init(&p.build, analyser, err);
    if (status == PIL_OK)
        status = read_query(&p, err);
    if (status == PIL_OK) {
        *out = p.build.query;
        p.build.query = NULL;
    }
    if (status == PIL_BAD_QUERY && fault != NULL)
        *fault = p.fault;
    else
        free(p.fault.corrected);
    pil_builder_dispose(&p.build);
    return status;
}
