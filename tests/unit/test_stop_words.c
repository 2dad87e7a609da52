#include "text/analyser.h"
#include "text/stop_words.h"

#include <criterion/criterion.h>
#include <string.h>

Test(stop_words, are_known_by_language_and_form)
{
    cr_expect(pil_is_stop_word("en", "the"));
    cr_expect(pil_is_stop_word("de", "die"));
    cr_expect(pil_is_stop_word("nb", "ikke"));
    cr_expect(pil_is_stop_word("ru", "что"));
    cr_expect(pil_is_stop_word("ro", "pentru"));
    cr_expect(pil_is_stop_word("mk", "на"));
    cr_expect(pil_is_stop_word("sq", "te"));
    cr_expect_not(pil_is_stop_word("en", "die"));
    cr_expect_not(pil_is_stop_word("en", "he the"));
    cr_expect_not(pil_is_stop_word("en", "thes"));
    cr_expect_not(pil_is_stop_word("en", "t"));
    cr_expect_not(pil_is_stop_word("en", ""));
    cr_expect_not(pil_is_stop_word("mk", "мир"));
    cr_expect_not(pil_is_stop_word("ja", "の"));
    cr_expect_not(pil_is_stop_word("", "the"));
}

Test(stop_words, of_serbian_are_known_in_both_scripts)
{
    static const char *const codes[] = {"sr", "hr", "bs", "cnr", "sh"};
    static const char *const words[] = {"који", "koji", "између", "između", "šta", "шта"};
    pil_analyser *analyser;
    cr_assert_eq(pil_analyser_new(&analyser, NULL), PIL_OK);
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        for (size_t j = 0; j < sizeof words / sizeof words[0]; j++) {
            const pil_token *tokens;
            size_t n_tokens;
            cr_assert_eq(pil_analyser_run(analyser, codes[i], words[j], strlen(words[j]), &tokens,
                                          &n_tokens, NULL),
                         PIL_OK);
            cr_assert_eq(n_tokens, 1);
            cr_expect(pil_is_stop_word(codes[i], tokens[0].form), "%s: %s", codes[i], words[j]);
        }
    }
    pil_analyser_free(analyser);
}

/* Otherwise a word on a list would never be met. */
static void check_forms(pil_analyser *analyser, const char *code)
{
    const char *words = pil_stop_words(code);
    cr_assert_not_null(words, "%s", code);
    while (*(words += strspn(words, " ")) != '\0') {
        const pil_token *tokens;
        size_t n_tokens, length = strcspn(words, " ");
        cr_assert_eq(pil_analyser_run(analyser, code, words, length, &tokens, &n_tokens, NULL),
                     PIL_OK);
        cr_assert_eq(n_tokens, 1, "%s: %.*s", code, (int)length, words);
        cr_expect(strlen(tokens[0].form) == length && memcmp(tokens[0].form, words, length) == 0,
                  "%s: %.*s is %s", code, (int)length, words, tokens[0].form);
        words += length;
    }
}

Test(stop_words, of_each_language_with_a_stemmer_are_written_as_forms)
{
    pil_analyser *analyser;
    cr_assert_eq(pil_analyser_new(&analyser, NULL), PIL_OK);
    for (const char *const *code = pil_analyser_languages(); *code != NULL; code++)
        check_forms(analyser, *code);
    check_forms(analyser, "bg");
    pil_analyser_free(analyser);
}
