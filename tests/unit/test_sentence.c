#include "text/sentence.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* The sentences of text, each in brackets. The text is copied to the end of an allocation, so that
 * a byte read past it is seen. */
static const char *cut_in(const char *language, const char *text)
{
    static char out[4096];
    size_t length = strlen(text), begin, end, at = 0;
    char *exact = malloc(length > 0 ? length : 1);
    cr_assert_not_null(exact);
    memcpy(exact, text, length);
    pil_sentences sentences;
    pil_sentences_start(&sentences, language, exact, length);
    while (pil_sentences_next(&sentences, &begin, &end)) {
        cr_assert_lt(at + end - begin + 3, sizeof out);
        out[at++] = '[';
        memcpy(out + at, exact + begin, end - begin);
        at += end - begin;
        out[at++] = ']';
    }
    out[at] = '\0';
    free(exact);
    return out;
}

static void is_cut_as(const char *expected, const char *language, const char *text)
{
    cr_expect_str_eq(cut_in(language, text), expected, "%s\n%s\n%s", text, cut_in(language, text),
                     expected);
}

Test(sentence, ends_at_full_stops_question_and_exclamation_marks)
{
    is_cut_as("[One here.][Two there!][And three?][Four]", "en",
              "One here. Two there!  And three? Four");
    is_cut_as("[What?!][Wait...][Then]", "en", "What?! Wait... Then");
}

Test(sentence, a_text_without_a_full_stop_is_one)
{
    is_cut_as("[no stop at all]", "en", "  no stop at all \n");
    is_cut_as("", "en", "");
    is_cut_as("", "en", " \n\t ");
    is_cut_as("[.]", "en", ".");
}

Test(sentence, takes_in_quotes_brackets_and_footnote_marks_behind_the_full_stop)
{
    is_cut_as("[\"Come.\"][\"Go!\"][(He went.)][Then]", "en", "\"Come.\" \"Go!\" (He went.) Then");
    is_cut_as("[He said “no.”][“Why?”][He left.]", "en", "He said “no.” “Why?” He left.");
    is_cut_as("[„Ja.“][„Nein!“][Dann]", "de", "„Ja.“ „Nein!“ Dann");
    is_cut_as("[« Oui. »][Puis]", "fr", "« Oui. » Puis");
    is_cut_as("[Er kam.][»Nein!«][Dann]", "de", "Er kam. »Nein!« Dann");
    is_cut_as("[As agreed.[12]][Then][And.²][So]", "en", "As agreed.[12] Then\nAnd.² So");
    is_cut_as("[As agreed.[1][2]][Then]", "en", "As agreed.[1][2]Then");
}

Test(sentence, goes_on_before_a_lower_case_letter)
{
    is_cut_as("[Section 5. of it]", "en", "Section 5. of it");
    is_cut_as("[\"Why?\" she asked.][He left.]", "en", "\"Why?\" she asked. He left.");
    is_cut_as("[At noon. — and later]", "en", "At noon. — and later");
    is_cut_as("[указ от 5 г. о выборах.][Новый]", "ru", "указ от 5 г. о выборах. Новый");
}

Test(sentence, begins_at_a_number_or_a_dash)
{
    is_cut_as("[It ended in 1990.][25 of them left.]", "en", "It ended in 1990. 25 of them left.");
    is_cut_as("[— Да.][— Нет.]", "ru", "— Да. — Нет.");
}

Test(sentence, no_full_stop_inside_a_word_ends_it)
{
    is_cut_as("[See nato.int, v1.2 and 3.5 or end.Begin there.]", "en",
              "See nato.int, v1.2 and 3.5 or end.Begin there.");
    is_cut_as("[At http://a.org/?Id=1!X it is.]", "en", "At http://a.org/?Id=1!X it is.");
}

Test(sentence, initials_and_acronyms_do_not_end_it)
{
    is_cut_as("[The U.N. Security Council met.][J. Smith and J.-P. Roux spoke.]", "en",
              "The U.N. Security Council met. J. Smith and J.-P. Roux spoke.");
    is_cut_as("[Some, e.g. NATO, z.B. Kosovo.][At 5 p.m.][It ended.]", "en",
              "Some, e.g. NATO, z.B. Kosovo. At 5 p.m. It ended.");
    is_cut_as("[Писал А. С. Пушкин.][Потом]", "ru", "Писал А. С. Пушкин. Потом");
}

Test(sentence, abbreviations_do_not_end_it)
{
    is_cut_as("[Mr. Rama met Dr. Osmani and Gen. Clark.][They spoke.]", "en",
              "Mr. Rama met Dr. Osmani and Gen. Clark. They spoke.");
    is_cut_as("[Говорил проф. Попов.][Акад. Павлов молчал.]", "ru",
              "Говорил проф. Попов. Акад. Павлов молчал.");
}

Test(sentence, some_abbreviations_do_not_end_it_before_a_number)
{
    is_cut_as("[See No. 5, Art. 3 and p. 12.][He said no.][They left.]", "en",
              "See No. 5, Art. 3 and p. 12. He said no. They left.");
    is_cut_as("[Закон, чл. 5 и стр. 712.][Крај]", "sr", "Закон, чл. 5 и стр. 712. Крај");
}

Test(sentence, a_number_that_begins_it_does_not_end_it)
{
    is_cut_as("[1. Missions of today.][2. Outlook]", "en", "1. Missions of today. 2. Outlook");
}

Test(sentence, ordinals_do_not_end_it_in_languages_that_write_them_so)
{
    is_cut_as("[Am 3. Oktober begann das 19. Jahrhundert.][So ist es.]", "de",
              "Am 3. Oktober begann das 19. Jahrhundert. So ist es.");
    is_cut_as("[It was 19.][Jack left.]", "en", "It was 19. Jack left.");
    is_cut_as("[Es war 1990.][Jack ging.]", "de", "Es war 1990. Jack ging.");
}

Test(sentence, chinese_and_japanese_need_no_space)
{
    is_cut_as("[他来了。][她走了！][真的？][是]", "zh", "他来了。她走了！真的？是");
    is_cut_as("[他说：「好。」][「不好。」][NATO来了。]", "zh",
              "他说：「好。」「不好。」NATO来了。");
    is_cut_as("[終わり。][iPhoneです。]", "ja", "終わり。iPhoneです。");
    is_cut_as("[是吗?][他走了]", "zh", "是吗?他走了");
}

Test(sentence, knows_the_full_stops_of_other_scripts)
{
    is_cut_as("[यह है।][वह है।]", "hi", "यह है। वह है।");
    is_cut_as("[متى؟][غدا.]", "ar", "متى؟ غدا.");
}

Test(sentence, ends_with_its_line_unless_the_next_goes_on_in_lower_case)
{
    is_cut_as("[A first item][A second item][Third]", "en",
              "A first item\nA second item \r\n Third");
    is_cut_as("[A line that\ngoes on.][Done]", "en", "A line that\ngoes on. Done");
    is_cut_as("[Etc.\nand more]", "en", "Etc.\nand more");
    is_cut_as("[apart][by a blank line]", "en", "apart\n\nby a blank line");
    is_cut_as("[with\r\none line end]", "en", "with\r\none line end");
}

Test(sentence, bytes_that_are_not_utf8_are_as_any_other_character)
{
    is_cut_as("[\xFF one.][\xC3.][\x80\xE2\x80]", "en", "\xFF one. \xC3. \x80\xE2\x80");
}

Test(sentence, a_long_text_takes_time_linear_in_it)
{
    static const char *const pieces[] = {".",  ". ", "a.", "[1", "(",        "\n",
                                         "\r", ".)", "1.", "A.", "\xCC\x81", "\" "};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t length = 1 << 20, piece = strlen(pieces[i]), begin, end;
        char *text = malloc(length);
        cr_assert_not_null(text);
        for (size_t at = 0; at < length; at++)
            text[at] = pieces[i][at % piece];
        pil_sentences sentences;
        pil_sentences_start(&sentences, "de", text, length);
        size_t behind = 0;
        while (pil_sentences_next(&sentences, &begin, &end)) {
            cr_assert(begin >= behind && end > begin && end <= length);
            behind = end;
        }
        free(text);
    }
}
