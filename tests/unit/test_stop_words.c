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
    cr_expect_not(pil_is_stop_word("en", "die"));
    cr_expect_not(pil_is_stop_word("en", "he the"));
    cr_expect_not(pil_is_stop_word("en", "thes"));
    cr_expect_not(pil_is_stop_word("en", "t"));
    cr_expect_not(pil_is_stop_word("en", ""));
    cr_expect_not(pil_is_stop_word("mk", "на"));
    cr_expect_not(pil_is_stop_word("", "the"));
}

/* Otherwise a word on a list would never be met. */
Test(stop_words, are_written_as_forms)
{
    pil_analyser *analyser;
    size_t n_lists = 0;
    cr_assert_eq(pil_analyser_new(&analyser, NULL), PIL_OK);
    for (const char *const *code = pil_analyser_languages(); *code != NULL; code++) {
        const char *words = pil_stop_words(*code);
        n_lists += words != NULL;
        while (words != NULL && *(words += strspn(words, " ")) != '\0') {
            const pil_token *tokens;
            size_t n_tokens, length = strcspn(words, " ");
            cr_assert_eq(pil_analyser_run(analyser, *code, words, length, &tokens, &n_tokens, NULL),
                         PIL_OK);
            cr_assert_eq(n_tokens, 1, "%s: %.*s", *code, (int)length, words);
            cr_expect(strlen(tokens[0].form) == length &&
                          memcmp(tokens[0].form, words, length) == 0,
                      "%s: %.*s is %s", *code, (int)length, words, tokens[0].form);
            words += length;
        }
    }
    cr_expect_eq(n_lists, 16);
    pil_analyser_free(analyser);
}
