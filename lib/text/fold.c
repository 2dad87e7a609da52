#include "fold.h"

#include "base/utf8.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

/* NFKC makes at most 18 characters of one, which has three bytes at least. */
enum { RAW_UNITS = PIL_FOLD_MAX_BYTES, FOLDED_UNITS = PIL_FOLD_MAX_BYTES * 18 };

struct pil_folder {
    const UNormalizer2 *casefold; /* owned by ICU, as is the next */
    const UNormalizer2 *decompose;
    UChar raw[RAW_UNITS];
    UChar folded[FOLDED_UNITS];
};

typedef struct fold_entry {
    uint16_t character;
    char written[6];
} fold_entry;

/* Letters without a decomposition, as people write them who lack the key. Lower case only: case
 * is folded before. In order of character. */
static const fold_entry plain_letters[] = {
    {0x00DF, "ss"}, {0x00E6, "ae"}, {0x00F0, "d"}, {0x00F8, "o"}, {0x00FE, "th"}, {0x0111, "d"},
    {0x0127, "h"},  {0x0131, "i"},  {0x0138, "q"}, {0x0142, "l"}, {0x014B, "n"},  {0x0153, "oe"},
    {0x0167, "t"},  {0x0180, "b"},  {0x0188, "c"}, {0x018C, "d"}, {0x0192, "f"},  {0x0199, "k"},
    {0x019A, "l"},  {0x019E, "n"},  {0x01A5, "p"}, {0x01AB, "t"}, {0x01AD, "t"},  {0x01B4, "y"},
    {0x01B6, "z"},  {0x01DD, "e"},  {0x01E5, "g"}, {0x0225, "z"}, {0x0237, "j"},  {0x023C, "c"},
    {0x0247, "e"},  {0x0249, "j"},  {0x024D, "r"}, {0x024F, "y"}, {0x0253, "b"},  {0x0254, "o"},
    {0x0256, "d"},  {0x0257, "d"},  {0x0259, "e"}, {0x025B, "e"}, {0x0260, "g"},  {0x0263, "g"},
    {0x0268, "i"},  {0x0269, "i"},  {0x0272, "n"}, {0x0289, "u"}, {0x028B, "v"},  {0x0292, "z"},
};

/* Apostrophes become one; the modifier letters of scholarly transliteration (ain, hamza, soft
 * sign) go, as does the Catalan middle dot. In order of character. */
static const fold_entry signs[] = {
    {0x00B7, ""}, {0x02B9, ""},  {0x02BA, ""},  {0x02BB, "'"}, {0x02BC, "'"}, {0x02BE, ""},
    {0x02BF, ""}, {0x02C8, "'"}, {0x2018, "'"}, {0x2019, "'"}, {0x201B, "'"}, {0x2024, "."},
};

/* Vowels with stress marks that have characters of their own, and the Russian yo. */
static const fold_entry cyrillic_letters[] = {
    {0x0450, "\xD0\xB5"}, /* ie with grave */
    {0x0451, "\xD0\xB5"}, /* io */
    {0x045D, "\xD0\xB8"}, /* i with grave */
};

/* Serbian Cyrillic as its Latin letters are folded. In order of character. */
static const fold_entry serbian_letters[] = {
    {0x0430, "a"}, {0x0431, "b"}, {0x0432, "v"},  {0x0433, "g"}, {0x0434, "d"},  {0x0435, "e"},
    {0x0436, "z"}, {0x0437, "z"}, {0x0438, "i"},  {0x043A, "k"}, {0x043B, "l"},  {0x043C, "m"},
    {0x043D, "n"}, {0x043E, "o"}, {0x043F, "p"},  {0x0440, "r"}, {0x0441, "s"},  {0x0442, "t"},
    {0x0443, "u"}, {0x0444, "f"}, {0x0445, "h"},  {0x0446, "c"}, {0x0447, "c"},  {0x0448, "s"},
    {0x0450, "e"}, {0x0451, "e"}, {0x0452, "d"},  {0x0458, "j"}, {0x0459, "lj"}, {0x045A, "nj"},
    {0x045B, "c"}, {0x045D, "i"}, {0x045F, "dz"},
};

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))

static const char *look_up(const fold_entry *table, size_t n, UChar32 c)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (table[middle].character == c)
            return table[middle].written;
        if (table[middle].character < c)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

pil_status pil_folder_new(pil_folder **out, pil_error *err)
{
    *out = NULL;
    pil_folder *folder = calloc(1, sizeof *folder);
    if (folder == NULL)
        return pil_error_no_memory(err);
    UErrorCode code = U_ZERO_ERROR;
    folder->casefold = unorm2_getNFKCCasefoldInstance(&code);
    folder->decompose = unorm2_getNFDInstance(&code);
    if (U_FAILURE(code)) {
        free(folder);
        return pil_error_set(err, PIL_INTERNAL, "ICU cannot normalise: %s", u_errorName(code));
    }
    *out = folder;
    return PIL_OK;
}

void pil_folder_free(pil_folder *folder)
{
    free(folder);
}

/* No character takes more units than it has bytes. */
static int32_t to_utf16(const char *word, size_t length, UChar *units)
{
    int32_t n = 0;
    for (size_t at = 0; at < length;) {
        UChar32 c = (UChar32)pil_utf8_next(word, length, &at, NULL);
        U16_APPEND_UNSAFE(units, n, c);
    }
    return n;
}

static bool loses_marks(UScriptCode script)
{
    return script == USCRIPT_LATIN || script == USCRIPT_GREEK;
}

static UScriptCode script_of(UChar32 c)
{
    UErrorCode code = U_ZERO_ERROR;
    return uscript_getScript(c, &code);
}

static UChar32 without_marks(const pil_folder *folder, UChar32 c)
{
    UChar decomposed[8];
    UErrorCode code = U_ZERO_ERROR;
    int32_t n =
        unorm2_getDecomposition(folder->decompose, c, decomposed, (int32_t)N_OF(decomposed), &code);
    if (n <= 0 || U_FAILURE(code))
        return c;
    UChar32 base;
    U16_GET(decomposed, 0, 0, n, base);
    return base;
}

static pil_status append_character(pil_buffer *form, UChar32 c)
{
    char encoded[4];
    return pil_buffer_append(form, encoded, pil_utf8_encode((uint32_t)c, encoded));
}

/* base is the script of the letter before, which combining marks belong to. */
static bool is_dropped(UChar32 c, UScriptCode base)
{
    if ((U_GET_GC_MASK(c) & U_GC_ZS_MASK) != 0)
        return true;
    if ((U_GET_GC_MASK(c) & U_GC_MN_MASK) == 0)
        return false;
    /* On Cyrillic letters, an accent that has not made a letter of its own marks the stress. */
    return loses_marks(base) || (base == USCRIPT_CYRILLIC && (c == 0x0300 || c == 0x0301));
}

static const char *written_as(const pil_fold_rules *rules, UChar32 c)
{
    const char *written = look_up(signs, N_OF(signs), c);
    if (written == NULL)
        written = look_up(plain_letters, N_OF(plain_letters), c);
    if (written == NULL && rules->is_serbian)
        written = look_up(serbian_letters, N_OF(serbian_letters), c);
    if (written == NULL)
        written = look_up(cyrillic_letters, N_OF(cyrillic_letters), c);
    return written;
}

static pil_status fold_characters(const pil_folder *folder, const pil_fold_rules *rules,
                                  int32_t n_units, pil_buffer *form)
{
    pil_status status = PIL_OK;
    UScriptCode base = USCRIPT_COMMON;
    for (int32_t at = 0; at < n_units && status == PIL_OK;) {
        UChar32 c;
        U16_NEXT(folder->folded, at, n_units, c);
        if (c < 0x80 && c != ' ') {
            base = USCRIPT_LATIN;
            status = pil_buffer_append_byte(form, (char)c);
            continue;
        }
        if (is_dropped(c, base))
            continue;
        if ((U_GET_GC_MASK(c) & U_GC_L_MASK) != 0)
            base = script_of(c);
        if (loses_marks(base))
            c = without_marks(folder, c);
        const char *written = written_as(rules, c);
        status =
            written != NULL ? pil_buffer_append_string(form, written) : append_character(form, c);
    }
    return status;
}

/* Endings that tell a contraction; other apostrophes inside a word are dropped, as Sana'a, Qur'an
 * and O'Brien are written without as well. */
static bool is_contraction(const char *tail, size_t length)
{
    static const char *const endings[] = {"t", "d", "m", "ll", "re", "ve"};
    for (size_t i = 0; i < N_OF(endings); i++)
        if (strlen(endings[i]) == length && memcmp(tail, endings[i], length) == 0)
            return true;
    return false;
}

static void fold_apostrophes(const pil_fold_rules *rules, pil_buffer *form)
{
    char *bytes = form->bytes;
    size_t begin = 0, length = form->length;
    while (begin < length && bytes[begin] == '\'')
        begin++;
    while (length > begin && bytes[length - 1] == '\'')
        length--;
    if (length - begin > 2 && bytes[length - 2] == '\'' && bytes[length - 1] == 's')
        length -= 2;
    size_t tail = length;
    while (tail > begin && bytes[tail - 1] != '\'')
        tail--;
    bool keeps_last = is_contraction(bytes + tail, length - tail);
    size_t kept = 0;
    for (size_t at = begin; at < length; at++) {
        if (bytes[at] == '\'' && rules->apostrophe_ends_word)
            break;
        if (bytes[at] != '\'' || (keeps_last && at + 1 == tail))
            bytes[kept++] = bytes[at];
    }
    pil_buffer_set_length(form, kept);
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* Full stops stay between digits only: "U.N", "3.5". */
static void fold_stops(pil_buffer *form)
{
    char *bytes = form->bytes;
    size_t kept = 0;
    for (size_t at = 0; at < form->length; at++)
        if (bytes[at] != '.' ||
            (at > 0 && at + 1 < form->length && is_digit(bytes[at - 1]) && is_digit(bytes[at + 1])))
            bytes[kept++] = bytes[at];
    pil_buffer_set_length(form, kept);
}

/* Where the letter d with stroke is missing it is written "dj". */
static void fold_serbian_dj(pil_buffer *form)
{
    char *bytes = form->bytes;
    size_t kept = 0;
    for (size_t at = 0; at < form->length; at++)
        if (bytes[at] != 'j' || at == 0 || bytes[at - 1] != 'd')
            bytes[kept++] = bytes[at];
    pil_buffer_set_length(form, kept);
}

static bool fold_ascii(const char *word, size_t length, char *out)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)word[i];
        if (byte >= 0x80)
            return false;
        out[i] = (char)(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte);
    }
    return true;
}

static pil_status fold_unicode(pil_folder *folder, const pil_fold_rules *rules, const char *word,
                               size_t length, pil_buffer *form, pil_error *err)
{
    int32_t n_raw = to_utf16(word, length, folder->raw);
    UErrorCode code = U_ZERO_ERROR;
    int32_t n_folded =
        unorm2_normalize(folder->casefold, folder->raw, n_raw, folder->folded, FOLDED_UNITS, &code);
    if (code == U_MEMORY_ALLOCATION_ERROR)
        return pil_error_no_memory(err);
    if (U_FAILURE(code))
        return pil_error_set(err, PIL_INTERNAL, "ICU cannot normalise: %s", u_errorName(code));
    if (fold_characters(folder, rules, n_folded, form) != PIL_OK)
        return pil_error_no_memory(err);
    return PIL_OK;
}

pil_status pil_fold_word(pil_folder *folder, const pil_fold_rules *rules, const char *word,
                         size_t length, pil_buffer *form, pil_error *err)
{
    assert(length <= PIL_FOLD_MAX_BYTES);
    pil_buffer_clear(form);
    if (pil_buffer_reserve(form, length) != PIL_OK)
        return pil_error_no_memory(err);
    if (fold_ascii(word, length, form->bytes)) {
        pil_buffer_set_length(form, length);
    } else {
        pil_status status = fold_unicode(folder, rules, word, length, form, err);
        if (status != PIL_OK)
            return status;
    }
    fold_stops(form);
    fold_apostrophes(rules, form);
    if (rules->is_serbian)
        fold_serbian_dj(form);
    return PIL_OK;
}
