#include "short_words.h"

enum { MAX_CHARACTERS = 4, MAX_BYTES = 8, ENOUGH_KNOWN = 10, ONE_IN = 4 };

/* A word under way: the bytes of ASCII letters, in lower case, and of all other letters. */
typedef struct short_word {
    uint64_t bytes;
    unsigned n_bytes, n_characters;
} short_word;

static bool is_letter(unsigned char byte)
{
    unsigned char lower = byte | 0x20;
    return byte >= 0x80 || (lower >= 'a' && lower <= 'z');
}

/* The next word at or behind *at, moving it behind that; false when there is none. */
static bool next_word(const char *text, size_t length, size_t *at, short_word *word)
{
    size_t begin = *at;
    *word = (short_word){0};
    while (begin < length && !is_letter((unsigned char)text[begin]))
        begin++;
    for (*at = begin; *at < length; ++*at) {
        unsigned char byte = (unsigned char)text[*at];
        if (!is_letter(byte))
            break;
        word->n_characters += (byte & 0xC0) != 0x80;
        word->bytes = word->bytes << 8 | (byte < 0x80 ? byte | 0x20u : byte);
    }
    word->n_bytes = (unsigned)(*at - begin);
    return *at > begin;
}

static bool is_short(const short_word *word)
{
    return word->n_characters <= MAX_CHARACTERS && word->n_bytes <= MAX_BYTES;
}

static unsigned bit_of(const short_word *word)
{
    return (unsigned)(word->bytes * 0x9E3779B97F4A7C15u >> 50);
}

void pil_short_words_learn(pil_short_words *words, const char *text, size_t length)
{
    _Static_assert(PIL_SHORT_WORDS_BITS == 1 << (64 - 50), "as many bits as the hash has values");
    short_word word;
    for (size_t at = 0; next_word(text, length, &at, &word);) {
        unsigned bit = bit_of(&word);
        if (is_short(&word))
            words->bits[bit / 64] |= (uint64_t)1 << bit % 64;
    }
    words->n_bytes += length;
}

bool pil_short_words_fit(const pil_short_words *words, const char *text, size_t length)
{
    short_word word;
    size_t n = 0, n_known = 0;
    for (size_t at = 0; n < ENOUGH_KNOWN * ONE_IN && next_word(text, length, &at, &word); n++) {
        unsigned bit = bit_of(&word);
        n_known += is_short(&word) && (words->bits[bit / 64] >> bit % 64 & 1) != 0;
        if (n_known == ENOUGH_KNOWN)
            return true;
    }
    return n > 0 && n_known * ONE_IN >= n;
}
