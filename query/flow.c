#include "flow.h"

#include "base/utf8.h"
#include "cli/terminal_text.h"

#include <stdlib.h>
#include <string.h>
#include <unilbrk.h>
#include <uniwidth.h>

static const char ELLIPSIS[] = "\xE2\x80\xA6";

enum {
    TEXT_MAX_BYTES = 64 * 1024 * 1024,
    WORDS_MAX =
        1024 /* words that are told apart when the best part is chosen; queries have fewer */
};

void pil_flow_init(pil_flow *flow)
{
    *flow = (pil_flow){0};
    pil_buffer_init(&flow->text, TEXT_MAX_BYTES);
}

void pil_flow_dispose(pil_flow *flow)
{
    pil_buffer_dispose(&flow->text);
    free(flow->ranges);
    free(flow->pieces);
    free(flow->lines);
    pil_flow_init(flow);
}

/* Makes room for one more item in an array. */
static bool grow(void **items, size_t *capacity, size_t n_items, size_t item_bytes)
{
    if (n_items < *capacity)
        return true;
    size_t wanted = *capacity < 64 ? 64 : *capacity * 2;
    void *grown = realloc(*items, wanted * item_bytes);
    if (grown == NULL)
        return false;
    *items = grown;
    *capacity = wanted;
    return true;
}

static pil_status add_range(pil_flow *flow, size_t begin, uint32_t word)
{
    void *items = flow->ranges;
    if (!grow(&items, &flow->ranges_capacity, flow->n_ranges, sizeof *flow->ranges))
        return PIL_NO_MEMORY;
    flow->ranges = items;
    flow->ranges[flow->n_ranges++] = (pil_match_range){(uint32_t)begin, (uint32_t)begin, word};
    return PIL_OK;
}

static bool is_white_space(uint32_t character)
{
    return character == ' ' || (character >= '\t' && character <= '\r') || character == 0x85 ||
           character == 0x2028 || character == 0x2029;
}

/* A soft hyphen shows only where a line is broken at it, which we do not do. */
static bool is_dropped(uint32_t character)
{
    return character == 0xAD;
}

/* The state of taking a text in: the range that comes next, or is open. */
typedef struct flow_intake {
    const pil_match_range *ranges;
    size_t n_ranges;
    size_t next;
    bool is_open;
} flow_intake;

/* Closes the open range when offset at of the original is behind it. */
static void close_range(pil_flow *flow, flow_intake *intake, size_t at)
{
    if (!intake->is_open || intake->ranges[intake->next].end > at)
        return;
    pil_match_range *range = &flow->ranges[flow->n_ranges - 1];
    range->end = (uint32_t)flow->text.length;
    if (range->end == range->begin)
        flow->n_ranges--;
    intake->is_open = false;
    intake->next++;
}

/* Opens the range that the character at offset at of the original is in. */
static pil_status open_range(pil_flow *flow, flow_intake *intake, size_t at)
{
    if (intake->is_open)
        return PIL_OK;
    while (intake->next < intake->n_ranges && intake->ranges[intake->next].end <= at)
        intake->next++;
    if (intake->next >= intake->n_ranges || intake->ranges[intake->next].begin > at)
        return PIL_OK;
    intake->is_open = true;
    return add_range(flow, flow->text.length, intake->ranges[intake->next].word);
}

pil_status pil_flow_set(pil_flow *flow, const char *text, size_t length,
                        const pil_match_range *ranges, size_t n_ranges)
{
    flow_intake intake = {.ranges = ranges, .n_ranges = n_ranges};
    bool has_space = false;
    pil_buffer_clear(&flow->text);
    flow->n_ranges = 0;
    pil_status status = length > TEXT_MAX_BYTES / 8 ? PIL_INVALID_ARGUMENT
                                                    : pil_buffer_reserve(&flow->text, length);
    for (size_t at = 0; at < length && status == PIL_OK;) {
        size_t begin = at;
        uint32_t character = pil_utf8_next(text, length, &at, NULL);
        close_range(flow, &intake, begin);
        if (is_white_space(character)) {
            has_space = flow->text.length > 0;
            continue;
        }
        if (is_dropped(character))
            continue;
        if (has_space)
            status = pil_buffer_append_byte(&flow->text, ' ');
        has_space = false;
        if (status == PIL_OK)
            status = open_range(flow, &intake, begin);
        if (status == PIL_OK)
            status = pil_terminal_escape(text + begin, at - begin, 0, &flow->text);
    }
    close_range(flow, &intake, SIZE_MAX);
    return status;
}

static pil_status add_piece(pil_flow *flow, size_t begin)
{
    void *items = flow->pieces;
    if (!grow(&items, &flow->pieces_capacity, flow->n_pieces, sizeof *flow->pieces))
        return PIL_NO_MEMORY;
    flow->pieces = items;
    flow->pieces[flow->n_pieces++] = (pil_flow_piece){.begin_byte = begin, .end_byte = begin};
    return PIL_OK;
}

/* Goes through the text with the breaks that libunistring found: breaks[i] tells whether a line
 * may begin at byte i. */
static pil_status make_pieces(pil_flow *flow, unsigned width, const char *breaks)
{
    const char *text = flow->text.bytes;
    pil_flow_piece *piece = NULL;
    for (size_t at = 0; at < flow->text.length;) {
        size_t begin = at;
        uint32_t character = pil_utf8_next(text, flow->text.length, &at, NULL);
        int measured = uc_width(character, "UTF-8");
        unsigned columns = measured > 0 ? (unsigned)measured : 0;
        bool may_break = breaks[begin] == UC_BREAK_POSSIBLE || breaks[begin] == UC_BREAK_MANDATORY;
        /* Combining characters have no width, so that they stay with what they belong to. */
        bool must_break = piece != NULL && columns > 0 && character != ' ' &&
                          piece->columns + piece->space_columns + columns > width;
        if (piece == NULL || may_break || must_break) {
            if (add_piece(flow, begin) != PIL_OK)
                return PIL_NO_MEMORY;
            piece = &flow->pieces[flow->n_pieces - 1];
            piece->first_column = flow->n_columns;
        }
        flow->n_columns += columns;
        if (character == ' ') {
            piece->space_columns++;
        } else {
            piece->columns += piece->space_columns + columns;
            piece->space_columns = 0;
            piece->end_byte = at;
        }
    }
    return PIL_OK;
}

pil_status pil_flow_break(pil_flow *flow, unsigned width)
{
    size_t length = flow->text.length;
    flow->n_pieces = 0;
    flow->n_columns = 0;
    char *breaks = malloc(length + 1);
    if (breaks == NULL)
        return PIL_NO_MEMORY;
    u8_possible_linebreaks((const uint8_t *)flow->text.bytes, length, "UTF-8", breaks);
    pil_status status = make_pieces(flow, width, breaks);
    free(breaks);
    return status;
}

static size_t columns_of(const pil_flow_piece *piece)
{
    return (size_t)piece->columns + piece->space_columns;
}

/* A part of the text, in pieces: [begin, end). */
typedef struct flow_part {
    size_t begin, end;
} flow_part;

/* The columns that a part takes on one line. */
static size_t part_columns(const pil_flow *flow, flow_part part)
{
    if (part.begin >= part.end)
        return 0;
    const pil_flow_piece *last = &flow->pieces[part.end - 1];
    return last->first_column + columns_of(last) - flow->pieces[part.begin].first_column;
}

/* The number of the piece that holds the byte at offset at. */
static size_t piece_at(const pil_flow *flow, size_t at)
{
    size_t low = 0, high = flow->n_pieces;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (flow->pieces[middle].begin_byte <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static flow_part part_of_ranges(const pil_flow *flow, size_t first, size_t last)
{
    return (flow_part){piece_at(flow, flow->ranges[first].begin),
                       piece_at(flow, flow->ranges[last].end - 1) + 1};
}

/* Finds the part of at most max_columns with the most of the different words, then the most
 * matches, then the first; from its first match to its last. There is a range. PIL_NO_MEMORY. */
static pil_status best_part(const pil_flow *flow, size_t max_columns, flow_part *best)
{
    size_t best_distinct = 0, best_matches = 0, n_distinct = 0, first = 0;
    uint32_t *counts = calloc(WORDS_MAX, sizeof *counts);
    if (counts == NULL)
        return PIL_NO_MEMORY;
    for (size_t last = 0; last < flow->n_ranges; last++) {
        n_distinct += counts[flow->ranges[last].word % WORDS_MAX]++ == 0;
        flow_part part = part_of_ranges(flow, first, last);
        while (first < last && part_columns(flow, part) > max_columns) {
            n_distinct -= --counts[flow->ranges[first].word % WORDS_MAX] == 0;
            part = part_of_ranges(flow, ++first, last);
        }
        size_t n_matches = last - first + 1;
        if (n_distinct > best_distinct ||
            (n_distinct == best_distinct && n_matches > best_matches)) {
            best_distinct = n_distinct;
            best_matches = n_matches;
            *best = part;
        }
    }
    free(counts);
    return PIL_OK;
}

/* Whether a sentence seems to begin at this piece; a miss only makes the cut less handsome. */
static bool begins_sentence(const pil_flow *flow, size_t piece)
{
    if (piece == 0)
        return true;
    const pil_flow_piece *before = &flow->pieces[piece - 1];
    const char *text = flow->text.bytes;
    size_t end = before->end_byte;
    while (end > before->begin_byte && strchr("\")'", text[end - 1]) != NULL)
        end--;
    if (end >= before->begin_byte + 3 && (memcmp(text + end - 3, "\xE2\x80\x9D", 3) == 0 ||
                                          memcmp(text + end - 3, "\xE2\x80\x99", 3) == 0))
        end -= 3; /* a closing quotation mark */
    if (end == before->begin_byte)
        return false;
    bool is_cjk = end >= before->begin_byte + 3 && memcmp(text + end - 3, "\xE3\x80\x82", 3) == 0;
    return is_cjk || (before->space_columns > 0 && strchr(".!?", text[end - 1]) != NULL);
}

/* Widens the part to max_columns: back to the beginning of a sentence when there is one near,
 * else by a little context, then forward, and back again when the text ends before. */
static void widen(const pil_flow *flow, size_t max_columns, flow_part *part)
{
    size_t n_columns = part_columns(flow, *part);
    size_t slack = max_columns > n_columns ? max_columns - n_columns : 0;
    size_t begin = part->begin, taken = 0;
    while (!begins_sentence(flow, begin) &&
           taken + columns_of(&flow->pieces[begin - 1]) <= slack * 2 / 3)
        taken += columns_of(&flow->pieces[--begin]);
    if (!begins_sentence(flow, begin))
        for (; begin < part->begin && taken > slack / 3; begin++)
            taken -= columns_of(&flow->pieces[begin]);
    slack -= taken;
    part->begin = begin;
    while (part->end < flow->n_pieces && columns_of(&flow->pieces[part->end]) <= slack)
        slack -= columns_of(&flow->pieces[part->end++]);
    if (part->end < flow->n_pieces)
        return;
    while (part->begin > 0 && columns_of(&flow->pieces[part->begin - 1]) <= slack)
        slack -= columns_of(&flow->pieces[--part->begin]);
}

/* Cuts the text to [begin, end) with ellipses, and the ranges with it. */
static pil_status cut(pil_flow *flow, size_t begin, size_t end)
{
    pil_buffer text;
    pil_buffer_init(&text, TEXT_MAX_BYTES);
    pil_status status = PIL_OK;
    if (begin > 0)
        status = pil_buffer_appendf(&text, "%s ", ELLIPSIS);
    size_t shift = text.length;
    if (status == PIL_OK)
        status = pil_buffer_append(&text, flow->text.bytes + begin, end - begin);
    if (status == PIL_OK && end < flow->text.length)
        status = pil_buffer_appendf(&text, " %s", ELLIPSIS);
    if (status != PIL_OK) {
        pil_buffer_dispose(&text);
        return status;
    }
    size_t n_kept = 0;
    for (size_t i = 0; i < flow->n_ranges; i++) {
        pil_match_range range = flow->ranges[i];
        if (range.end <= begin || range.begin >= end)
            continue;
        range.begin = (uint32_t)((range.begin > begin ? range.begin - begin : 0) + shift);
        range.end = (uint32_t)((range.end < end ? range.end : end) - begin + shift);
        flow->ranges[n_kept++] = range;
    }
    flow->n_ranges = n_kept;
    pil_buffer_dispose(&flow->text);
    flow->text = text;
    return PIL_OK;
}

pil_status pil_flow_trim(pil_flow *flow, unsigned width, size_t max_columns, pil_flow_keep keep)
{
    if (flow->n_columns <= max_columns + max_columns / 8 || flow->n_pieces == 0)
        return PIL_OK;
    flow_part kept = {0, 0};
    if (keep == PIL_FLOW_KEEP_END)
        kept = (flow_part){flow->n_pieces, flow->n_pieces};
    if (keep == PIL_FLOW_KEEP_BEST && flow->n_ranges > 0 &&
        best_part(flow, max_columns, &kept) != PIL_OK)
        return PIL_NO_MEMORY;
    widen(flow, max_columns, &kept);
    if (kept.begin == kept.end)
        kept.end++;
    pil_status status =
        cut(flow, kept.begin == 0 ? 0 : flow->pieces[kept.begin].begin_byte,
            kept.end == flow->n_pieces ? flow->text.length : flow->pieces[kept.end - 1].end_byte);
    return status == PIL_OK ? pil_flow_break(flow, width) : status;
}

pil_status pil_flow_shorten(pil_flow *flow, unsigned width)
{
    if (flow->n_columns <= width)
        return PIL_OK;
    size_t end = 0, column = 0;
    for (size_t at = 0; at < flow->text.length;) {
        uint32_t character = pil_utf8_next(flow->text.bytes, flow->text.length, &at, NULL);
        int columns = uc_width(character, "UTF-8");
        column += columns > 0 ? (size_t)columns : 0;
        if (column + 1 > width)
            break;
        if (character != ' ')
            end = at;
    }
    flow->n_ranges = 0;
    pil_buffer_set_length(&flow->text, end);
    return pil_buffer_append_string(&flow->text, ELLIPSIS);
}

pil_status pil_flow_wrap(pil_flow *flow, unsigned width)
{
    size_t column = 0;
    flow->n_lines = 0;
    for (size_t i = 0; i < flow->n_pieces; i++) {
        const pil_flow_piece *piece = &flow->pieces[i];
        if (i == 0 || column + piece->columns > width) {
            void *items = flow->lines;
            if (!grow(&items, &flow->lines_capacity, flow->n_lines, sizeof *flow->lines))
                return PIL_NO_MEMORY;
            flow->lines = items;
            flow->lines[flow->n_lines++] = (pil_flow_line){.begin_byte = piece->begin_byte};
            column = 0;
        }
        flow->lines[flow->n_lines - 1].end_byte = piece->end_byte;
        column += columns_of(piece);
    }
    return PIL_OK;
}
