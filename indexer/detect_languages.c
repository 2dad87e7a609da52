#include "detect_languages.h"

#include "base/utf8.h"
#include "short_words.h"
#include "text/language_detector.h"

#include <stdlib.h>
#include <string.h>

enum {
    FEW_PIECES = 4, /* an article is known by so many pieces of it, or else by more */
    MANY_PIECES = 32,
    PIECE_BYTES = 256, /* so much of a paragraph is as good as all of it */
    SAMPLE_BYTES = MANY_PIECES * (PIECE_BYTES + 1),
    LEARNT_BYTES = 4096, /* from so much text the short words of a language are known */
    MAX_KNOWN = 8        /* languages of which they are kept */
};

static const char last_resort[] = "en";

/* A language that texts are clearly in. */
typedef struct known_language {
    char code[PIL_LANGUAGE_MAX];
    pil_short_words words;
    uint64_t n_bytes; /* of the articles of the source in it */
} known_language;

struct pil_detection {
    known_language known[MAX_KNOWN]; /* [0..n_known) */
    size_t n_known;
    char sample[SAMPLE_BYTES];
    /* the articles at hand */
    pil_batch *batch;
    const char *usual;
};

pil_detection *pil_detection_new(void)
{
    return calloc(1, sizeof(pil_detection));
}

void pil_detection_free(pil_detection *detection)
{
    free(detection);
}

static known_language *find_known(pil_detection *run, const char *code)
{
    for (size_t i = 0; i < run->n_known; i++)
        if (strcmp(run->known[i].code, code) == 0)
            return &run->known[i];
    return NULL;
}

/* NULL when there are as many already. */
static known_language *add_known(pil_detection *run, const char *code)
{
    known_language *known = find_known(run, code);
    if (known == NULL && run->n_known < MAX_KNOWN) {
        known = &run->known[run->n_known++];
        memcpy(known->code, code, strlen(code) + 1);
    }
    return known;
}

/* How long the beginning of text is, cut at a character. */
static size_t beginning(const char *text, size_t length, size_t max_bytes)
{
    return length <= max_bytes ? length : pil_utf8_boundary(text, length, max_bytes);
}

/* At most n_pieces pieces from all over the article, a line each. Returns how long they are. */
static size_t take_sample(pil_detection *run, const pil_batch_article *article, size_t n_pieces,
                          size_t max_bytes)
{
    size_t n = article->meta.n_paragraphs, length = 0;
    size_t step = n <= n_pieces ? 1 : (n + n_pieces - 1) / n_pieces;
    for (size_t i = 0; i < n; i += step) {
        const pil_record *paragraph = &article->paragraphs[i];
        size_t n_bytes = beginning(paragraph->text, paragraph->text_bytes, max_bytes);
        memcpy(run->sample + length, paragraph->text, n_bytes);
        length += n_bytes;
        run->sample[length++] = '\n';
    }
    return length;
}

/* The short words of a text tell whether it is what was expected, as it mostly is. */
static bool fits(pil_detection *run, const char *text, size_t length, const char *expected)
{
    const known_language *known = find_known(run, expected);
    return known != NULL && pil_short_words_fit(&known->words, text, length);
}

static bool detect_article(pil_detection *run, const pil_batch_article *article,
                           char code[PIL_LANGUAGE_MAX])
{
    bool says_it = article->meta.language[0] != '\0';
    const char *expected = says_it ? article->meta.language : run->usual;
    size_t length = take_sample(run, article, FEW_PIECES, PIECE_BYTES);
    if (expected[0] != '\0' && fits(run, run->sample, length, expected)) {
        memcpy(code, expected, strlen(expected) + 1);
        return true;
    }
    if (pil_language_detect(run->sample, length, expected, PIL_LANGUAGE_CLEAR, code))
        return true;
    /* Few paragraphs may be long. */
    size_t n = article->meta.n_paragraphs < MANY_PIECES ? article->meta.n_paragraphs : MANY_PIECES;
    length = take_sample(run, article, MANY_PIECES, SAMPLE_BYTES / (n + 1) - 1);
    return pil_language_detect(run->sample, length, expected,
                               expected[0] == '\0' ? PIL_LANGUAGE_MOST : PIL_LANGUAGE_CLEAR, code);
}

static pil_status set_language(pil_batch *batch, const char **language, const char *code,
                               pil_error *err)
{
    if (strcmp(*language, code) == 0)
        return PIL_OK;
    *language = pil_arena_copy(&batch->arena, code, strlen(code));
    return *language == NULL ? pil_error_no_memory(err) : PIL_OK;
}

static void learn(pil_detection *run, const pil_record *paragraph)
{
    known_language *known = add_known(run, paragraph->language);
    if (known != NULL && known->words.n_bytes < LEARNT_BYTES)
        pil_short_words_learn(&known->words, paragraph->text,
                              beginning(paragraph->text, paragraph->text_bytes, PIECE_BYTES));
}

/* Those that do not tell follow their article. */
static pil_status detect_paragraph(pil_detection *run, const pil_batch_article *article,
                                   pil_record *paragraph, pil_error *err)
{
    char code[PIL_LANGUAGE_MAX];
    size_t length = beginning(paragraph->text, paragraph->text_bytes, PIECE_BYTES);
    paragraph->language = article->meta.language;
    if (fits(run, paragraph->text, length, paragraph->language) ||
        !pil_language_detect(paragraph->text, length, paragraph->language, PIL_LANGUAGE_CLEAR,
                             code))
        return PIL_OK;
    pil_status status = set_language(run->batch, &paragraph->language, code, err);
    if (status == PIL_OK)
        learn(run, paragraph);
    return status;
}

static pil_status detect_paragraphs(pil_detection *run, const pil_batch_article *article,
                                    pil_error *err)
{
    pil_status status = PIL_OK;
    for (size_t i = 0; i < article->meta.n_paragraphs && status == PIL_OK; i++)
        status = detect_paragraph(run, article, &article->paragraphs[i], err);
    return status;
}

static void count_article(pil_detection *run, const pil_batch_article *article)
{
    known_language *known = find_known(run, article->meta.language);
    for (size_t i = 0; known != NULL && i < article->meta.n_paragraphs; i++)
        known->n_bytes += article->paragraphs[i].text_bytes;
}

/* Of texts that neither say nor tell it. */
static const char *find_usual(const pil_detection *run)
{
    const known_language *best = NULL;
    if (run->usual[0] != '\0')
        return run->usual;
    for (size_t i = 0; i < run->n_known; i++)
        if (run->known[i].n_bytes > (best == NULL ? 0 : best->n_bytes))
            best = &run->known[i];
    return best == NULL ? last_resort : best->code;
}

/* The article's language, "" as long as there is none, then those of its paragraphs. */
static pil_status detect_one(pil_detection *run, pil_batch_article *article, pil_error *err)
{
    char code[PIL_LANGUAGE_MAX];
    pil_status status = PIL_OK;
    if (detect_article(run, article, code))
        status = set_language(run->batch, &article->meta.language, code, err);
    else if (article->meta.language[0] == '\0')
        status = set_language(run->batch, &article->meta.language, run->usual, err);
    if (status != PIL_OK || article->meta.language[0] == '\0')
        return status;
    status = detect_paragraphs(run, article, err);
    count_article(run, article);
    return status;
}

pil_status pil_detect_languages(pil_detection *detection, pil_batch *batch, size_t first,
                                const char *usual, pil_error *err)
{
    detection->batch = batch;
    detection->usual = usual;
    for (size_t i = 0; i < detection->n_known; i++)
        detection->known[i].n_bytes = 0;
    pil_status status = PIL_OK;
    for (size_t i = first; i < batch->n_articles && status == PIL_OK; i++)
        status = detect_one(detection, &batch->articles[i], err);
    const char *rest = find_usual(detection);
    for (size_t i = first; i < batch->n_articles && status == PIL_OK; i++) {
        pil_batch_article *article = &batch->articles[i];
        if (article->meta.language[0] != '\0')
            continue;
        status = set_language(batch, &article->meta.language, rest, err);
        if (status == PIL_OK)
            status = detect_paragraphs(detection, article, err);
    }
    return status;
}
