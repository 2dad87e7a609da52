#include "text/language_detector.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const char english[] =
    "The Council decided that the mandate of the mission should be extended for another year.";
static const char german[] =
    "Der Rat beschloss, das Mandat der Mission um ein weiteres Jahr zu verlängern, wie erwartet.";
static const char serbian[] = "Vlada je odlučila da se pregovori nastave sledeće nedelje, iako "
                              "opozicija traži da se prekinu.";
static const char chinese[] = "联合国安全理事会决定将特派团的任务期限再延长一年。";

static const char *detect(const char *text, const char *expected)
{
    static char code[PIL_LANGUAGE_MAX];
    bool is_clear = pil_language_detect(text, strlen(text), expected, PIL_LANGUAGE_CLEAR, code);
    cr_expect_eq(is_clear, code[0] != '\0');
    return code;
}

Test(language_detector, tells_languages)
{
    cr_expect_str_eq(detect(english, ""), "en");
    cr_expect_str_eq(detect(german, ""), "de");
    cr_expect_str_eq(detect("Совет принял решение продлить мандат миссии ещё на один год, как и "
                            "ожидалось наблюдателями.",
                            ""),
                     "ru");
    cr_expect_str_eq(detect("Këshilli vendosi që mandati i misionit të zgjatet edhe për një vit "
                            "tjetër, siç pritej.",
                            ""),
                     "sq");
}

Test(language_detector, does_not_believe_what_is_expected_against_the_text)
{
    cr_expect_str_eq(detect(english, "sr"), "en");
    cr_expect_str_eq(detect(german, "en"), "de");
}

Test(language_detector, cannot_tell_of_short_texts)
{
    cr_expect_str_eq(detect("The Council decided that", ""), "");
    cr_expect_str_eq(detect("", "en"), "");
}

Test(language_detector, needs_fewer_characters_of_other_scripts)
{
    cr_expect_str_eq(detect(chinese, ""), "zh");
}

Test(language_detector, cannot_tell_of_what_is_no_language)
{
    cr_expect_str_eq(
        detect("0x1F 12 345 6789 +-+- 3.1415 == 2.7182 ; 1000 2000 3000 4000 5000 600", ""), "");
}

Test(language_detector, cannot_tell_of_two_languages_at_a_time)
{
    char both[512];
    int n = snprintf(both, sizeof both, "%s\n%s", english, german);
    char code[PIL_LANGUAGE_MAX];
    cr_expect_not(pil_language_detect(both, (size_t)n, "", PIL_LANGUAGE_CLEAR, code));
}

Test(language_detector, leaves_names_of_one_language_to_who_says_them)
{
    cr_expect_str_eq(detect(serbian, "cnr"), "cnr");
    cr_expect_str_eq(detect(serbian, "bs"), "bs");
    cr_expect(pil_language_is_close("sr", "hr"));
    cr_expect(pil_language_is_close("nb", "no"));
    cr_expect(pil_language_is_close("mk", "mk"));
    cr_expect_not(pil_language_is_close("mk", "bg"));
    cr_expect_not(pil_language_is_close("da", "no"));
    cr_expect_not(pil_language_is_close("en", ""));
}
