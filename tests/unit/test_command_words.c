#include "cli/command_words.h"

#include <criterion/criterion.h>

enum { WORDS_MAX = 6 };

Test(command_words, blanks_part_them_unless_they_are_quoted)
{
    static const struct {
        const char *text, *words[WORDS_MAX];
    } cases[] = {
        {"", {NULL}},
        {" \t ", {NULL}},
        {"--all", {"--all"}},
        {"  --all\t-L  en ", {"--all", "-L", "en"}},
        {"--synonyms='my own words' -n5", {"--synonyms=my own words", "-n5"}},
        {"'a \"b\" c' \"d 'e'\"", {"a \"b\" c", "d 'e'"}},
        {"a'b 'c\" d\" ''", {"ab c d", ""}},
        {"\\ $HOME * #", {"\\", "$HOME", "*", "#"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pil_arena arena = {0};
        pil_error err = {0};
        char **words;
        size_t n = 99, n_wanted = 0;
        cr_assert_eq(pil_command_words_split(cases[i].text, &arena, &words, &n, &err), PIL_OK);
        for (; cases[i].words[n_wanted] != NULL; n_wanted++) {
            cr_assert_lt(n_wanted, n, "[%s]", cases[i].text);
            cr_expect_str_eq(words[n_wanted], cases[i].words[n_wanted], "[%s]", cases[i].text);
        }
        cr_expect_eq(n, n_wanted, "[%s]", cases[i].text);
        cr_expect_null(words[n], "[%s]", cases[i].text);
        pil_arena_dispose(&arena);
    }
}

Test(command_words, a_quote_that_is_not_closed_is_refused)
{
    static const char *const texts[] = {"'", "a \"b", "a 'b\" c", "\"a' b"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        pil_arena arena = {0};
        pil_error err = {0};
        char **words;
        size_t n;
        cr_expect_eq(pil_command_words_split(texts[i], &arena, &words, &n, &err),
                     PIL_INVALID_ARGUMENT, "[%s]", texts[i]);
        cr_expect_str_eq(err.message, "a quote is not closed");
        pil_arena_dispose(&arena);
    }
}
