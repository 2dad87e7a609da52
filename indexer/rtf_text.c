#include "rtf_text.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>

/* Groups deeper than that are no document's. */
enum { DEPTH_MAX = 1000, WORD_MAX_BYTES = 32 };

/* What a group inherits from the one that it is in. */
typedef struct rtf_group {
    bool is_skipped;
    pil_read_field field; /* its text is that, PIL_FIELDS: none */
    int unicode_skip;     /* bytes that stand for a \u in old programs */
} rtf_group;

typedef struct rtf_reading {
    const char *at, *end;
    pil_reading *reading;
    pil_block_list *blocks;
    rtf_group *groups; /* [0..depth] */
    size_t depth;
    bool is_new_group; /* nothing came in it yet */
    int outline;       /* of the paragraph: level, or 0 */
    bool is_in_table;
    bool cell_waits;    /* the next text begins another cell */
    int to_skip;        /* bytes behind a \u */
    pil_buffer bytes;   /* of the code page, not decoded yet */
    pil_buffer value;   /* of a field */
    UConverter *from;   /* the code page; NULL: windows-1252 is not there */
    uint32_t surrogate; /* the first half of a pair, or 0 */
    pil_status status;
} rtf_reading;

static rtf_group *group_of(rtf_reading *run)
{
    return &run->groups[run->depth];
}

/* ---- text ---- */

static void put_text(rtf_reading *run, const char *text, size_t length)
{
    const rtf_group *group = group_of(run);
    if (run->status != PIL_OK || group->is_skipped || length == 0)
        return;
    if (group->field != PIL_FIELDS) {
        if (length <= run->value.max_length - run->value.length)
            run->status = pil_buffer_append(&run->value, text, length);
        return;
    }
    if (!run->blocks->is_open) {
        pil_block_kind kind = run->is_in_table   ? PIL_BLOCK_LIST_ITEM
                              : run->outline > 0 ? PIL_BLOCK_HEADING
                                                 : PIL_BLOCK_PARAGRAPH;
        run->status = pil_block_list_open(run->blocks, kind, run->outline, 0);
    }
    if (run->status == PIL_OK && run->cell_waits)
        run->status = pil_block_list_add(run->blocks, " | ", 3);
    run->cell_waits = false;
    if (run->status == PIL_OK)
        run->status = pil_block_list_add(run->blocks, text, length);
}

/* Bytes of the code page are decoded together: some take two. */
static void flush_bytes(rtf_reading *run)
{
    UErrorCode failure = U_ZERO_ERROR;
    const char *source = run->bytes.bytes, *end = source + run->bytes.length;
    while (run->bytes.length > 0 && source < end && run->from != NULL && U_SUCCESS(failure)) {
        char text[64];
        UChar32 c = ucnv_getNextUChar(run->from, &source, end, &failure);
        if (U_SUCCESS(failure) && c >= ' ' && c != 0x7F)
            put_text(run, text, pil_utf8_encode((uint32_t)c, text));
    }
    pil_buffer_clear(&run->bytes);
}

static void put_byte(rtf_reading *run, char byte)
{
    if (run->to_skip > 0) {
        run->to_skip--;
        return;
    }
    if (group_of(run)->is_skipped || run->status != PIL_OK)
        return;
    run->status = pil_buffer_append_byte(&run->bytes, byte);
}

static void put_character(rtf_reading *run, uint32_t c)
{
    char text[4];
    flush_bytes(run);
    if (c >= 0xD800 && c < 0xDC00) {
        run->surrogate = c;
        return;
    }
    if (c >= 0xDC00 && c < 0xE000) {
        c = run->surrogate == 0 ? PIL_UTF8_REPLACEMENT
                                : 0x10000 + ((run->surrogate - 0xD800) << 10) + (c - 0xDC00);
    }
    run->surrogate = 0;
    if (c >= ' ' || c == '\t' || c == '\n')
        put_text(run, text, pil_utf8_encode(c, text));
}

static void end_paragraph(rtf_reading *run)
{
    flush_bytes(run);
    if (!group_of(run)->is_skipped && !run->is_in_table)
        pil_block_list_close(run->blocks);
}

/* ---- groups ---- */

static void open_group(rtf_reading *run)
{
    flush_bytes(run);
    if (run->depth + 1 == DEPTH_MAX) {
        run->status = PIL_BAD_INPUT;
        return;
    }
    run->groups[run->depth + 1] = run->groups[run->depth];
    run->depth++;
    run->is_new_group = true;
    run->to_skip = 0;
}

static void close_group(rtf_reading *run)
{
    flush_bytes(run);
    pil_read_field field = group_of(run)->field;
    run->to_skip = 0;
    if (run->depth == 0)
        return;
    run->depth--;
    if (field == PIL_FIELDS || group_of(run)->field == field || run->status != PIL_OK)
        return;
    run->status = pil_reading_set(run->reading, field, run->value.bytes, run->value.length);
    pil_buffer_clear(&run->value);
}

/* ---- control words ---- */

static bool is_one_of(const char *word, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (strcmp(word, *words) == 0)
            return true;
    }
    return false;
}

/* Groups whose text is not the document's. */
static const char *const skipped[] = {
    "fonttbl",    "colortbl",     "stylesheet", "listtable",  "listoverridetable",
    "rsidtbl",    "generator",    "pict",       "object",     "header",
    "headerl",    "headerr",      "headerf",    "footer",     "footerl",
    "footerr",    "footerf",      "fldinst",    "themedata",  "colorschememapping",
    "datastore",  "latentstyles", "xmlnstbl",   "info",       "private",
    "bkmkstart",  "bkmkend",      "pntext",     "listtext",   "deleted",
    "annotation", "atnid",        "atnauthor",  "nonshppict", "shpinst",
    "filetbl",    "revtbl",       NULL};

/* Characters that have a word. */
static uint32_t named_character(const char *word)
{
    static const struct {
        const char *word;
        uint32_t character;
    } names[] = {{"tab", '\t'},         {"line", '\n'},        {"emdash", 0x2014},
                 {"endash", 0x2013},    {"lquote", 0x2018},    {"rquote", 0x2019},
                 {"ldblquote", 0x201C}, {"rdblquote", 0x201D}, {"bullet", 0x2022},
                 {"emspace", ' '},      {"enspace", ' '},      {"page", '\n'}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(word, names[i].word) == 0)
            return names[i].character;
    }
    return 0;
}

static void begin_field(rtf_reading *run, pil_read_field field)
{
    group_of(run)->is_skipped = false;
    group_of(run)->field = field;
    pil_buffer_clear(&run->value);
}

/* A code page by its number in Windows. */
static void set_code_page(rtf_reading *run, int number)
{
    char name[24];
    UErrorCode failure = U_ZERO_ERROR;
    snprintf(name, sizeof name,
             number == 10000   ? "macintosh"
             : number == 65001 ? "UTF-8"
                               : "windows-%d",
             number);
    UConverter *from = ucnv_open(name, &failure);
    if (U_FAILURE(failure))
        return;
    ucnv_close(run->from);
    run->from = from;
}

static void take_table_word(rtf_reading *run, const char *word)
{
    if (strcmp(word, "trowd") == 0) {
        run->is_in_table = true;
        run->cell_waits = false;
    } else if (strcmp(word, "cell") == 0) {
        flush_bytes(run);
        run->cell_waits = run->is_in_table && run->blocks->is_open;
    } else if (strcmp(word, "row") == 0) {
        flush_bytes(run);
        pil_block_list_close(run->blocks);
        run->is_in_table = run->cell_waits = false;
    }
}

static void take_word(rtf_reading *run, const char *word, bool has_number, int number)
{
    uint32_t character = named_character(word);
    rtf_group *group = group_of(run);
    if (is_one_of(word, skipped)) {
        flush_bytes(run);
        group->is_skipped = true;
    } else if (strcmp(word, "title") == 0 && group->is_skipped) {
        begin_field(run, PIL_FIELD_TITLE);
    } else if (strcmp(word, "author") == 0 && group->is_skipped) {
        begin_field(run, PIL_FIELD_AUTHOR);
    } else if (character != 0) {
        put_character(run, character);
    } else if (strcmp(word, "par") == 0 || strcmp(word, "sect") == 0) {
        if (run->is_in_table)
            put_character(run, ' ');
        end_paragraph(run);
    } else if (strcmp(word, "pard") == 0) {
        run->outline = 0;
    } else if (strcmp(word, "outlinelevel") == 0 && has_number) {
        run->outline = number >= 0 && number <= 5 ? number + 1 : 0;
    } else if (strcmp(word, "u") == 0 && has_number) {
        put_character(run, (uint32_t)(number < 0 ? number + 65536 : number) & 0xFFFF);
        run->to_skip = group->unicode_skip;
    } else if (strcmp(word, "uc") == 0 && has_number && number >= 0 && number <= 8) {
        group->unicode_skip = number;
    } else if (strcmp(word, "ansicpg") == 0 && has_number) {
        set_code_page(run, number);
    } else if (strcmp(word, "bin") == 0 && number > 0) {
        run->at += number < run->end - run->at ? number : run->end - run->at;
    } else {
        take_table_word(run, word);
    }
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* A backslash and one character that is no letter. */
static void take_symbol(rtf_reading *run, char symbol)
{
    int high = symbol == '\'' && run->end - run->at >= 2 ? hex_digit(run->at[0]) : -1;
    int low = high >= 0 ? hex_digit(run->at[1]) : -1;
    if (low >= 0) {
        run->at += 2;
        put_byte(run, (char)(high * 16 + low));
    } else if (symbol == '*' && run->is_new_group) {
        group_of(run)->is_skipped = true; /* a group for programs that know it */
    } else if (symbol == '~') {
        put_character(run, ' ');
    } else if (symbol == '_') {
        put_character(run, '-');
    } else if (symbol == '\n' || symbol == '\r') {
        end_paragraph(run);
    } else if (symbol == '\\' || symbol == '{' || symbol == '}') {
        put_byte(run, symbol);
    }
}

/* What stands behind a backslash. */
static void take_control(rtf_reading *run)
{
    char word[WORD_MAX_BYTES + 1];
    size_t n = 0;
    if (run->at == run->end)
        return;
    while (run->at < run->end &&
           ((*run->at >= 'a' && *run->at <= 'z') || (*run->at >= 'A' && *run->at <= 'Z'))) {
        if (n < WORD_MAX_BYTES)
            word[n++] = *run->at;
        run->at++;
    }
    if (n == 0) {
        take_symbol(run, *run->at++);
        return;
    }
    word[n] = '\0';
    bool is_negative = run->at < run->end && *run->at == '-';
    const char *digits = run->at + is_negative;
    int number = 0;
    bool has_number = false;
    while (digits < run->end && *digits >= '0' && *digits <= '9') {
        number = number < 100000000 ? number * 10 + (*digits - '0') : number;
        has_number = true;
        run->at = ++digits;
    }
    if (run->at < run->end && *run->at == ' ')
        run->at++;
    take_word(run, word, has_number, is_negative ? -number : number);
}

static void read_all(rtf_reading *run)
{
    while (run->at < run->end && run->status == PIL_OK) {
        char c = *run->at++;
        bool was_new = run->is_new_group;
        if (c == '{')
            open_group(run);
        else if (c == '}')
            close_group(run);
        else if (c == '\\')
            take_control(run);
        else if (c != '\r' && c != '\n')
            put_byte(run, c);
        /* "\*" comes first in its group. */
        run->is_new_group = c == '{' || (was_new && (c == '\r' || c == '\n'));
    }
    flush_bytes(run);
}

pil_status pil_rtf_read(pil_reading *reading, const char *rtf, size_t length,
                        pil_block_list *blocks, pil_error *err)
{
    UErrorCode failure = U_ZERO_ERROR;
    rtf_reading run = {.at = rtf, .end = rtf + length, .reading = reading, .blocks = blocks};
    if (length < 5 || memcmp(rtf, "{\\rtf", 5) != 0)
        return pil_error_set(err, PIL_BAD_INPUT, "not RTF: it does not begin with {\\rtf");
    run.groups = malloc(DEPTH_MAX * sizeof *run.groups);
    if (run.groups == NULL)
        return pil_error_no_memory(err);
    run.groups[0] = (rtf_group){.field = PIL_FIELDS, .unicode_skip = 1};
    run.from = ucnv_open("windows-1252", &failure);
    pil_buffer_init(&run.bytes, SIZE_MAX - 1);
    pil_buffer_init(&run.value, PIL_METADATA_MAX_BYTES);
    read_all(&run);
    ucnv_close(run.from);
    pil_buffer_dispose(&run.bytes);
    pil_buffer_dispose(&run.value);
    free(run.groups);
    if (run.status == PIL_BAD_INPUT)
        return pil_error_set(err, PIL_BAD_INPUT, "RTF with groups more than %d deep: hostile",
                             DEPTH_MAX);
    return run.status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}
