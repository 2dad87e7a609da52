#include "indexer/detect_languages.h"
#include "indexer/short_words.h"
#include "text/analyser.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ENGLISH "The Council decided that the mandate of the mission should be extended for a year."
#define MORE_ENGLISH                                                                               \
    "It was not for the first time that the members of the mission had to leave the town at "      \
    "night."
#define FRENCH                                                                                     \
    "Le Conseil a décidé que le mandat de la mission serait prolongé d'une année, comme prévu."
#define NORWEGIAN                                                                                  \
    "Rådet bestemte at mandatet for oppdraget skulle forlenges med ett år til, som ventet av "   \
    "alle."
#define SERBIAN                                                                                    \
    "Vlada je odlučila da se pregovori nastave sledeće nedelje, iako opozicija traži da se "    \
    "prekinu."

/* An article of up to three paragraphs. */
static void add(pil_batch *batch, const char *language, const char *one, const char *two,
                const char *three)
{
    const char *const texts[] = {one, two, three};
    pil_paragraph items[3];
    pil_paragraphs paragraphs = {.items = items};
    for (size_t i = 0; i < 3 && texts[i] != NULL; i++)
        items[paragraphs.n_items++] = (pil_paragraph){
            .text = texts[i], .length_bytes = strlen(texts[i]), .line = (uint32_t)i + 1};
    const pil_new_article article = {.meta = {.id = "a", .path = "a", .language = language},
                                     .paragraphs = &paragraphs};
    cr_assert_eq(pil_batch_add(batch, &article, NULL), PIL_OK);
}

/* "article:paragraph,paragraph", for each article from first on. */
static const char *languages_of(pil_batch *batch, size_t first, const char *usual)
{
    static char out[512];
    int n = 0;
    pil_detection *detection = pil_detection_new();
    cr_assert_not_null(detection);
    cr_assert_eq(pil_detect_languages(detection, batch, first, usual, NULL), PIL_OK);
    pil_detection_free(detection);
    for (size_t i = first; i < batch->n_articles; i++) {
        const pil_batch_article *article = &batch->articles[i];
        n += snprintf(out + n, sizeof out - (size_t)n, "%s%s:", i == first ? "" : " ",
                      article->meta.language);
        for (size_t j = 0; j < article->meta.n_paragraphs; j++)
            n += snprintf(out + n, sizeof out - (size_t)n, "%s%s", j == 0 ? "" : ",",
                          article->paragraphs[j].language);
    }
    return out;
}

/* The same of one article that says language. */
static const char *of_one(const char *language, const char *usual, const char *one, const char *two,
                          const char *three)
{
    pil_batch *batch = pil_batch_new();
    cr_assert_not_null(batch);
    add(batch, language, one, two, three);
    const char *found = languages_of(batch, 0, usual);
    pil_batch_free(batch);
    return found;
}

Test(detect_languages, tells_the_language_of_each_paragraph)
{
    cr_expect_str_eq(of_one(NULL, "", ENGLISH, FRENCH, MORE_ENGLISH), "en:en,fr,en");
}

Test(detect_languages, short_paragraphs_follow_their_article)
{
    cr_expect_str_eq(of_one(NULL, "", FRENCH, "The end", "Fin"), "fr:fr,fr,fr");
}

Test(detect_languages, what_an_article_says_yields_to_clear_evidence)
{
    cr_expect_str_eq(of_one("en", "", SERBIAN, "Kraj", NULL), "sr:sr,sr");
    cr_expect_str_eq(of_one("fr", "", "The end", NULL, NULL), "fr:fr");
}

Test(detect_languages, what_an_article_says_decides_between_names_of_one_language)
{
    cr_expect_str_eq(of_one("cnr", "", SERBIAN, SERBIAN, NULL), "cnr:cnr,cnr");
    cr_expect_str_eq(of_one("nb", "", NORWEGIAN, NULL, NULL), "nb:nb");
}

Test(detect_languages, what_is_usual_counts_as_if_the_article_said_it)
{
    cr_expect_str_eq(of_one(NULL, "hr", SERBIAN, "Kraj", NULL), "hr:hr,hr");
    cr_expect_str_eq(of_one(NULL, "de", "The end", NULL, NULL), "de:de");
    cr_expect_str_eq(of_one("fr", "de", "The end", NULL, NULL), "fr:fr");
}

Test(detect_languages, short_articles_follow_the_others_of_their_source)
{
    pil_batch *batch = pil_batch_new();
    cr_assert_not_null(batch);
    add(batch, NULL, "Another source", NULL, NULL);
    add(batch, NULL, "Slutt", NULL, NULL);
    add(batch, NULL, NORWEGIAN, NULL, NULL);
    add(batch, NULL, ENGLISH, NULL, NULL);
    add(batch, NULL, NORWEGIAN, NULL, NULL);
    cr_expect_str_eq(languages_of(batch, 1, ""), "no:no no:no en:en no:no");
    cr_expect_str_eq(batch->articles[0].meta.language, "");
    pil_batch_free(batch);
}

Test(detect_languages, an_article_in_two_languages_is_in_both_whatever_it_says)
{
    cr_expect_str_eq(of_one("de", "", FRENCH, ENGLISH, "Fin"), "de:fr,en,de");
}

Test(detect_languages, what_nothing_tells_is_english)
{
    cr_expect_str_eq(of_one(NULL, "", "12 345", "Zvečan", NULL), "en:en,en");
}

Test(detect_languages, an_article_without_paragraphs_has_a_language)
{
    cr_expect_str_eq(of_one(NULL, "", NULL, NULL, NULL), "en:");
}

Test(short_words, fit_texts_in_their_language_only)
{
    pil_short_words *words = calloc(1, sizeof *words);
    cr_assert_not_null(words);
    cr_expect_not(pil_short_words_fit(words, ENGLISH, strlen(ENGLISH)));
    pil_short_words_learn(words, ENGLISH, strlen(ENGLISH));
    pil_short_words_learn(words, MORE_ENGLISH, strlen(MORE_ENGLISH));
    const char other[] = "For the people of that town it was the end of the year, and they left.";
    cr_expect(pil_short_words_fit(words, other, strlen(other)));
    cr_expect_not(pil_short_words_fit(words, FRENCH, strlen(FRENCH)));
    cr_expect_not(pil_short_words_fit(words, SERBIAN, strlen(SERBIAN)));
    cr_expect_not(pil_short_words_fit(words, "", 0));
    free(words);
}
