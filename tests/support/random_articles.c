#include "support/random_articles.h"

#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TEXT_BYTES = 1 << 26 };

static void require(pil_status status)
{
    if (status != PIL_OK)
        abort();
}

/* ---- random numbers: xorshift64* ---- */

pil_random pil_random_from(uint64_t seed)
{
    return (pil_random){.state = seed * UINT64_C(0x9E3779B97F4A7C15) + 1};
}

uint32_t pil_random_below(pil_random *random, uint32_t n)
{
    random->state ^= random->state >> 12;
    random->state ^= random->state << 25;
    random->state ^= random->state >> 27;
    return (uint32_t)((random->state * UINT64_C(0x2545F4914F6CDD1D)) >> 32) % n;
}

bool pil_random_once_in(pil_random *random, uint32_t n)
{
    return pil_random_below(random, n) == 0;
}

/* ---- words ---- */

static const char *const common[] = {"the",  "of", "and", "to", "in",  "a",    "is",  "that",
                                     "for",  "it", "be",  "or", "not", "with", "are", "have",
                                     "this", "on", "by",  "we", "The", "In",   "Of",  "And"};
static const char *const odd[] = {
    "Euro-Atlantic",
    "EuroAtlantic",
    "NATO\xE2\x80\x99s",
    "U.N.",
    "O'Brien",
    "well-being's",
    "x",
    "3.14",
    "2023-11-22",
    "1,000,000",
    "C++",
    "caf\xC3\xA9",
    "na\xC3\xAFve",
    "Stra\xC3\x9F"
    "e",
    "\xC5\x81\xC3\xB3"
    "d\xC5\xBA",
    "\xD0\x9A\xD0\xBE\xD1\x81\xD0\xBE\xD0\xB2\xD0\xBE",
    "\xD0\x91\xD0\xB5\xD0\xBE\xD0\xB3\xD1\x80\xD0\xB0\xD0\xB4\xD1\x83",
    "\xE6\x97\xA5\xE6\x9C\xAC\xE8\xAA\x9E",
    "\xF0\x9F\x95\x8A",
    "...",
    "--",
    "\xC2\xB6",
    "_",
    "state-of-the-art",
    "iPhone",
    "McDonaldIsland",
    "e-mail@example.org",
    "\xEF\xAC\x81nal"};
static const char *const stems[] = {"secur",  "defen",  "govern", "develop", "nation", "organis",
                                    "peac",   "region", "nuclea", "econom",  "polit",  "humanit",
                                    "territ", "commun", "agre",   "constit", "sover",  "settl"};
static const char *const endings[] = {"",    "s",   "ed",   "ing",  "ment",  "ation", "ity", "al",
                                      "ise", "ive", "ally", "ness", "ments", "er",    "ers", "ung"};

static const char *one_of(pil_random *random, const char *const *words, size_t n)
{
    return words[pil_random_below(random, (uint32_t)n)];
}
#define ONE_OF(random, words) one_of(random, words, sizeof words / sizeof words[0])

static void add_long_word(pil_random *random, pil_buffer *out)
{
    uint32_t length = pil_random_once_in(random, 20) ? 70000 : 30 + pil_random_below(random, 200);
    for (uint32_t i = 0; i < length; i++)
        require(pil_buffer_append_byte(out, (char)('a' + pil_random_below(random, 26))));
}

/* Ranks of made-up words are as uneven as those of words are. */
static void add_made_up_word(pil_random *random, pil_buffer *out)
{
    uint32_t rank = pil_random_below(random, 1 + pil_random_below(random, 40000));
    char word[32];
    int length = 0;
    do {
        static const char consonants[] = "bdfgklmnprstvz", vowels[] = "aeiou";
        word[length++] = consonants[rank % 14];
        word[length++] = vowels[rank / 14 % 5];
        rank /= 70;
    } while (rank > 0);
    require(pil_buffer_append(out, word, (size_t)length));
}

static void add_word(pil_random *random, pil_buffer *out)
{
    uint32_t kind = pil_random_below(random, 1000);
    if (kind < 400)
        require(pil_buffer_append_string(out, ONE_OF(random, common)));
    else if (kind < 700)
        require(pil_buffer_appendf(out, "%s%s", ONE_OF(random, stems), ONE_OF(random, endings)));
    else if (kind < 950)
        add_made_up_word(random, out);
    else if (kind < 999)
        require(pil_buffer_append_string(out, ONE_OF(random, odd)));
    else
        add_long_word(random, out);
}

/* ---- articles ---- */

static void add_paragraph(pil_paragraphs *paragraphs, const char *text, size_t length,
                          size_t offset, uint32_t line)
{
    pil_block block = {.kind = PIL_BLOCK_WHOLE,
                       .text = text,
                       .length_bytes = length,
                       .begin_byte = offset,
                       .end_byte = offset + length,
                       .line = line};
    require(pil_paragraphs_from_blocks(paragraphs, &block, 1, NULL));
}

static void add_article(pil_batch *batch, const pil_article_meta *meta, const char *text,
                        const pil_paragraphs *paragraphs, uint32_t line_offset)
{
    pil_new_article article = {.meta = *meta,
                               .content = pil_digest_of(text, strlen(text)),
                               .paragraphs = paragraphs,
                               .line_offset = line_offset};
    if (meta->language == NULL)
        article.meta.language = "en";
    require(pil_batch_add(batch, &article, NULL));
    pil_batch_article *added = &batch->articles[batch->n_articles - 1];
    added->is_wanted = true;
    added->meta.generation = batch->n_articles;
}

static void split(const char *text, size_t length, pil_paragraphs *out)
{
    uint32_t line = 1;
    for (const char *at = text, *end = text + length; at < end;) {
        const char *blank = strstr(at, "\n\n");
        const char *stop = blank == NULL ? end : blank + 2;
        add_paragraph(out, at, (size_t)((blank == NULL ? end : blank) - at), (size_t)(at - text),
                      line);
        for (; at < stop; at++)
            line += *at == '\n';
    }
}

void pil_text_article_add(pil_batch *batch, const char *id, const char *language, const char *text,
                          size_t length)
{
    pil_paragraphs paragraphs = {0};
    const pil_article_meta meta = {.id = id, .path = id, .title = id, .language = language};
    split(text, length, &paragraphs);
    add_article(batch, &meta, text, &paragraphs, 0);
    pil_paragraphs_dispose(&paragraphs);
}

/* Words in paragraphs; now and then the same paragraph again, or one without words. */
static void write_text(pil_random *random, uint32_t n_words, pil_buffer *text)
{
    uint32_t wanted = pil_random_below(random, n_words * 2 + 1);
    if (pil_random_once_in(random, 20))
        wanted *= 3;
    for (uint32_t i = 0; i < wanted; i++) {
        add_word(random, text);
        if (pil_random_once_in(random, 60))
            require(pil_buffer_append_string(text, ".\n\n"));
        else
            require(pil_buffer_append_string(text, pil_random_once_in(random, 12) ? ", " : " "));
        if (pil_random_once_in(random, 400))
            require(pil_buffer_append_string(text, "\n\nAgain the same.\n\nAgain the same.\n\n"));
        if (pil_random_once_in(random, 800))
            require(pil_buffer_append_string(text, "\n\n***\n\n"));
    }
}

void pil_random_articles_add(pil_batch *batch, pil_random *random, const char *name,
                             size_t n_articles, uint32_t n_words)
{
    static const char *const languages[] = {"en", "en", "en", "de", "fr", "sr", "mk", "xx", ""};
    static const char *const dates[] = {"2023-11-22", "1999", "2001-08-13", ""};
    static const char *const sources[] = {"Paper", "Gazette", "\xD0\x9B\xD0\xB8\xD1\x81\xD1\x82",
                                          "", ""};
    pil_buffer text;
    pil_buffer_init(&text, MAX_TEXT_BYTES);
    for (size_t i = 0; i < n_articles; i++) {
        char id[64], author[32];
        pil_paragraphs paragraphs = {0};
        snprintf(id, sizeof id, "%s#%zu", name, i);
        snprintf(author, sizeof author, "Author %u", pil_random_below(random, 300));
        pil_article_meta meta = {.id = id,
                                 .path = name,
                                 .title = pil_random_once_in(random, 3) ? NULL : id,
                                 .author = pil_random_once_in(random, 3) ? NULL : author,
                                 .date = ONE_OF(random, dates),
                                 .source = ONE_OF(random, sources),
                                 .language = ONE_OF(random, languages)};
        pil_buffer_clear(&text);
        write_text(random, n_words, &text);
        split(text.bytes, text.length, &paragraphs);
        add_article(batch, &meta, text.bytes, &paragraphs, pil_random_below(random, 1000));
        pil_paragraphs_dispose(&paragraphs);
    }
    pil_buffer_dispose(&text);
}
