/* TeX as LaTeX has it: the text, without the commands that are known to be none. Nothing is run. */
#define _GNU_SOURCE /* memmem */
#include "markup_lines.h"

#include "base/utf8.h"

#include <string.h>

enum { NAME_MAX_BYTES = 32, DEPTH_MAX = 8 };

typedef struct tex_reading {
    const char *text;
    size_t length, at;
    pil_reading *reading; /* for the title and its like; NULL: not now */
    pil_markup_lines *lines;
    uint32_t line;
    bool space_waits, in_table;
    int depth; /* of arguments that are read as text */
    pil_status status;
} tex_reading;

static void read_text(tex_reading *run);

/* ---- out ---- */

static void put(tex_reading *run, const char *text, size_t length)
{
    pil_block_list *blocks = &run->lines->blocks;
    run->lines->number = run->line;
    if (run->status == PIL_OK && !blocks->is_open)
        run->status = pil_markup_open(run->lines, PIL_BLOCK_PARAGRAPH, 0);
    else if (run->status == PIL_OK && run->space_waits)
        run->status = pil_block_list_add(blocks, " ", 1);
    run->space_waits = false;
    if (run->status == PIL_OK)
        run->status = pil_block_list_add(blocks, text, length);
}

static void put_character(tex_reading *run, uint32_t c)
{
    char text[4];
    put(run, text, pil_utf8_encode(c, text));
}

static void close_block(tex_reading *run)
{
    pil_block_list_close(&run->lines->blocks);
    run->space_waits = false;
}

static void open_block(tex_reading *run, pil_block_kind kind, int level)
{
    run->lines->number = run->line;
    run->space_waits = false;
    if (run->status == PIL_OK)
        run->status = pil_markup_open(run->lines, kind, level);
}

/* ---- arguments ---- */

static void skip_space(tex_reading *run)
{
    while (run->at < run->length && strchr(" \t\r\n", run->text[run->at]) != NULL) {
        run->line += run->text[run->at] == '\n';
        run->at++;
    }
}

/* The argument in these brackets at the place at hand, which moves behind it; false: there is none.
 */
static bool take_argument(tex_reading *run, char open, char close, const char **argument, size_t *n)
{
    size_t depth = 0, begin = run->at;
    if (begin == run->length || run->text[begin] != open)
        return false;
    for (size_t at = begin; at < run->length; at++) {
        char c = run->text[at];
        at += c == '\\';
        depth += c == open;
        depth -= c == close;
        if (c == '\n')
            run->line++;
        if (depth > 0)
            continue;
        *argument = run->text + begin + 1;
        *n = at - begin - 1;
        run->at = at + 1;
        return true;
    }
    run->at = run->length;
    return false;
}

static void skip_arguments(tex_reading *run)
{
    const char *argument;
    size_t n;
    while (take_argument(run, '[', ']', &argument, &n) ||
           take_argument(run, '{', '}', &argument, &n))
        ;
}

/* Reads argument[0..n) as text, where the reading stands. */
static void read_argument(tex_reading *run, const char *argument, size_t n)
{
    tex_reading inner = *run;
    inner.text = argument;
    inner.length = n;
    inner.at = 0;
    inner.depth++;
    if (inner.depth <= DEPTH_MAX)
        read_text(&inner);
    run->status = inner.status;
    run->space_waits = inner.space_waits;
}

/* The argument as text into a field. */
static void take_field(tex_reading *run, pil_read_field field)
{
    const char *argument;
    size_t n;
    pil_markup_lines lines;
    skip_space(run);
    if (!take_argument(run, '{', '}', &argument, &n) || run->reading == NULL)
        return;
    pil_markup_init(&lines, "", 0);
    tex_reading inner = *run;
    inner.lines = &lines;
    inner.reading = NULL;
    read_argument(&inner, argument, n);
    run->status = inner.status;
    pil_block_list_close(&lines.blocks);
    if (run->status == PIL_OK)
        run->status =
            pil_reading_set(run->reading, field, lines.blocks.text.bytes, lines.blocks.text.length);
    pil_markup_dispose(&lines);
}

static void take_heading(tex_reading *run, int level)
{
    const char *argument;
    size_t n;
    if (run->at < run->length && run->text[run->at] == '*')
        run->at++;
    skip_space(run);
    take_argument(run, '[', ']', &argument, &n);
    if (!take_argument(run, '{', '}', &argument, &n))
        return;
    open_block(run, PIL_BLOCK_HEADING, level);
    read_argument(run, argument, n);
    close_block(run);
}

/* ---- environments ---- */

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names != NULL; names++) {
        if (strcmp(name, *names) == 0)
            return true;
    }
    return false;
}

/* Goes behind the end of the environment; what stands in it is text[begin..*end). */
static void find_end(tex_reading *run, const char *name, size_t *end)
{
    char words[NAME_MAX_BYTES + 8] = "\\end{";
    size_t n = strlen(name);
    memcpy(words + 5, name, n);
    words[5 + n] = '}';
    const char *found = memmem(run->text + run->at, run->length - run->at, words, n + 6);
    *end = found == NULL ? run->length : (size_t)(found - run->text);
    for (size_t i = run->at; i < *end; i++)
        run->line += run->text[i] == '\n';
    run->at = found == NULL ? run->length : *end + n + 6;
}

static void begin_environment(tex_reading *run, const char *name)
{
    static const char *const code[] = {"verbatim", "lstlisting", "minted", "Verbatim", NULL};
    static const char *const no_text[] = {"equation",        "align",    "eqnarray", "displaymath",
                                          "gather",          "multline", "comment",  "tikzpicture",
                                          "equation*",       "align*",   "gather*",  "multline*",
                                          "thebibliography", NULL};
    static const char *const tables[] = {"tabular", "tabularx", "longtable", "tabular*", NULL};
    size_t end;
    close_block(run);
    if (is_one_of(name, code)) {
        const char *argument;
        size_t n, begin;
        take_argument(run, '[', ']', &argument, &n);
        begin = run->at;
        find_end(run, name, &end);
        open_block(run, PIL_BLOCK_VERBATIM, 0);
        put(run, run->text + begin, end - begin);
        close_block(run);
    } else if (is_one_of(name, no_text)) {
        find_end(run, name, &end);
    } else {
        run->in_table = is_one_of(name, tables);
        skip_arguments(run);
    }
}

/* ---- commands ---- */

static const struct {
    const char *name;
    int level;
} sections[] = {{"part", 1},       {"chapter", 1},       {"section", 2},
                {"subsection", 3}, {"subsubsection", 4}, {"paragraph", 5}};

static const struct {
    const char *name;
    uint32_t character;
} letters[] = {{"ss", 0xDF},
               {"o", 0xF8},
               {"O", 0xD8},
               {"l", 0x142},
               {"L", 0x141},
               {"ae", 0xE6},
               {"AE", 0xC6},
               {"oe", 0x153},
               {"OE", 0x152},
               {"aa", 0xE5},
               {"AA", 0xC5},
               {"i", 0x131},
               {"dots", 0x2026},
               {"ldots", 0x2026},
               {"dj", 0x111},
               {"DJ", 0x110},
               {"S", 0xA7},
               {"textbackslash", '\\'},
               {"quad", ' '},
               {"textendash", 0x2013},
               {"textemdash", 0x2014},
               {"LaTeX", 0},
               {"TeX", 0}};

/* Combining marks of the accents that are commands of one character. */
static uint32_t accent(char name)
{
    static const struct {
        char name;
        uint16_t mark;
    } accents[] = {{'\'', 0x301}, {'`', 0x300}, {'^', 0x302}, {'"', 0x308}, {'~', 0x303},
                   {'=', 0x304},  {'.', 0x307}, {'c', 0x327}, {'v', 0x30C}, {'H', 0x30B},
                   {'u', 0x306},  {'k', 0x328}, {'r', 0x30A}, {'d', 0x323}, {'b', 0x331}};
    for (size_t i = 0; i < sizeof accents / sizeof accents[0]; i++) {
        if (accents[i].name == name)
            return accents[i].mark;
    }
    return 0;
}

/* The letter behind an accent: "e", "{e}", "\i" or "{\i}". */
static void put_accented(tex_reading *run, uint32_t mark)
{
    skip_space(run);
    bool has_brace = run->at < run->length && run->text[run->at] == '{';
    run->at += has_brace;
    if (run->at < run->length && run->text[run->at] == '\\')
        run->at++;
    if (run->at < run->length && run->text[run->at] != '}')
        put_character(run, pil_utf8_next(run->text, run->length, &run->at, NULL));
    put_character(run, mark);
    run->at += has_brace && run->at < run->length && run->text[run->at] == '}';
}

static void take_known(tex_reading *run, const char *name)
{
    static const char *const dropped[] = {
        "label",           "ref",           "cite",           "citep",
        "citet",           "parencite",     "textcite",       "autocite",
        "footcite",        "nocite",        "bibliography",   "bibliographystyle",
        "input",           "include",       "usepackage",     "eqref",
        "includegraphics", "vspace",        "hspace",         "pagestyle",
        "thispagestyle",   "setlength",     "index",          "newcommand",
        "renewcommand",    "documentclass", "pageref",        "setcounter",
        "addtocounter",    "hypersetup",    "selectlanguage", "color",
        "fontsize",        "def",           "newtheorem",     NULL};
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++) {
        if (strcmp(name, sections[i].name) == 0) {
            take_heading(run, sections[i].level);
            return;
        }
    }
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        if (strcmp(name, letters[i].name) != 0)
            continue;
        if (letters[i].character == 0)
            put(run, name, strlen(name));
        else
            put_character(run, letters[i].character);
        return;
    }
    if (is_one_of(name, dropped))
        skip_arguments(run);
    else if (strcmp(name, "title") == 0)
        take_field(run, PIL_FIELD_TITLE);
    else if (strcmp(name, "author") == 0)
        take_field(run, PIL_FIELD_AUTHOR);
    else if (strcmp(name, "date") == 0)
        take_field(run, PIL_FIELD_DATE);
    else if (strcmp(name, "item") == 0) {
        open_block(run, PIL_BLOCK_LIST_ITEM, 0);
        put(run, "- ", 2);
    } else if (strcmp(name, "par") == 0) {
        close_block(run);
    }
}

/* The name in braces of \begin and \end. */
static void take_environment(tex_reading *run, bool begins)
{
    const char *argument;
    char name[NAME_MAX_BYTES + 1];
    size_t n;
    if (!take_argument(run, '{', '}', &argument, &n) || n > NAME_MAX_BYTES)
        return;
    memcpy(name, argument, n);
    name[n] = '\0';
    if (begins) {
        begin_environment(run, name);
    } else {
        close_block(run);
        run->in_table = false;
    }
}

/* What stands behind a backslash that is no letter. */
static void take_symbol(tex_reading *run, char symbol)
{
    uint32_t mark = accent(symbol);
    if (mark != 0) {
        put_accented(run, mark);
    } else if (symbol == '\\') {
        if (run->in_table)
            close_block(run);
        run->space_waits = true;
    } else if (symbol == '[') {
        const char *end = memmem(run->text + run->at, run->length - run->at, "\\]", 2);
        run->at = end == NULL ? run->length : (size_t)(end - run->text) + 2;
    } else if (strchr("&%$#_{}", symbol) != NULL) {
        put(run, &symbol, 1);
    } else {
        run->space_waits = run->lines->blocks.is_open;
    }
}

static void take_command(tex_reading *run)
{
    char name[NAME_MAX_BYTES + 1];
    size_t n = 0;
    if (run->at == run->length)
        return;
    while (run->at < run->length && n < NAME_MAX_BYTES &&
           ((run->text[run->at] >= 'a' && run->text[run->at] <= 'z') ||
            (run->text[run->at] >= 'A' && run->text[run->at] <= 'Z')))
        name[n++] = run->text[run->at++];
    if (n == 0 && (unsigned char)run->text[run->at] >= 0x80)
        return; /* a letter of more than one byte is text */
    if (n == 0) {
        char symbol = run->text[run->at++];
        run->line += symbol == '\n';
        take_symbol(run, symbol);
        return;
    }
    name[n] = '\0';
    if (n == 1 && accent(name[0]) != 0 && run->at < run->length && run->text[run->at] == '{') {
        put_accented(run, accent(name[0]));
        return;
    }
    while (run->at < run->length && run->text[run->at] == ' ')
        run->at++;
    if (strcmp(name, "begin") == 0 || strcmp(name, "end") == 0)
        take_environment(run, name[0] == 'b');
    else
        take_known(run, name);
}

/* ---- characters ---- */

static void take_line_end(tex_reading *run)
{
    size_t at = run->at;
    run->line++;
    while (at < run->length && strchr(" \t\r", run->text[at]) != NULL)
        at++;
    if (at < run->length && run->text[at] == '\n' && run->depth == 0)
        close_block(run);
    else
        run->space_waits = run->lines->blocks.is_open;
}

static void skip_comment(tex_reading *run)
{
    const char *end = memchr(run->text + run->at, '\n', run->length - run->at);
    run->at = end == NULL ? run->length : (size_t)(end - run->text) + 1;
    run->line += end != NULL;
}

/* Characters of which several are one: quotes and dashes. False when the one at hand is none. */
static bool take_ligature(tex_reading *run)
{
    static const struct {
        const char *bytes;
        uint32_t character;
    } ligatures[] = {{"---", 0x2014}, {"--", 0x2013}, {"``", 0x201C}, {"''", 0x201D}};
    for (size_t i = 0; i < sizeof ligatures / sizeof ligatures[0]; i++) {
        size_t n = strlen(ligatures[i].bytes);
        if (run->length - run->at >= n && memcmp(run->text + run->at, ligatures[i].bytes, n) == 0) {
            run->at += n;
            put_character(run, ligatures[i].character);
            return true;
        }
    }
    return false;
}

static void put_cell_edge(tex_reading *run)
{
    run->space_waits = false;
    put(run, " |", 2);
    run->space_waits = true;
}

static void read_text(tex_reading *run)
{
    while (run->at < run->length && run->status == PIL_OK) {
        if (take_ligature(run))
            continue;
        size_t n = 0;
        while (run->at + n < run->length &&
               strchr("\\%{}~$&\n\r\t -`'", run->text[run->at + n]) == NULL)
            n++;
        if (n > 0) {
            put(run, run->text + run->at, n);
            run->at += n;
            continue;
        }
        char c = run->text[run->at++];
        if (c == '\\')
            take_command(run);
        else if (c == '%')
            skip_comment(run);
        else if (c == '\n')
            take_line_end(run);
        else if (c == '&' && run->in_table)
            put_cell_edge(run);
        else if (c == '-' || c == '`' || c == '\'' || c == '&')
            put(run, &c, 1);
        else if (c == ' ' || c == '\t' || c == '~')
            run->space_waits = run->lines->blocks.is_open;
    }
}

static pil_status read_lines(pil_reading *reading, pil_markup_lines *lines)
{
    static const char begin[] = "\\begin{document}", end[] = "\\end{document}";
    tex_reading run = {.text = lines->text,
                       .length = lines->length,
                       .reading = reading,
                       .lines = lines,
                       .line = 1};
    const char *body = memmem(lines->text, lines->length, begin, sizeof begin - 1);
    if (body != NULL) {
        /* Of what stands before it only the title and its like are text. */
        pil_markup_lines nowhere;
        pil_markup_init(&nowhere, "", 0);
        tex_reading preamble = run;
        preamble.length = (size_t)(body - lines->text);
        preamble.lines = &nowhere;
        read_text(&preamble);
        pil_markup_dispose(&nowhere);
        run.at = preamble.length + sizeof begin - 1;
        run.line = preamble.line;
        run.status = preamble.status;
        const char *behind =
            memmem(lines->text + run.at, lines->length - run.at, end, sizeof end - 1);
        if (behind != NULL)
            run.length = (size_t)(behind - lines->text);
    }
    read_text(&run);
    return run.status;
}

pil_status pil_read_tex(pil_reading *reading, const char *bytes, size_t length, pil_error *err)
{
    return pil_markup_read(reading, bytes, length, read_lines, err);
}
