/* The only C++ of lib/text: CLD2 has no C interface. */
#include "cld2.h"

#include <cstdio> /* CLD2's headers need it */
#include <cstring>
#include <new>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

pil_cld2_guess pil_cld2_guess_language(const char *text, size_t length, const char *expected)
{
    CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
    CLD2::Language languages[3];
    int percents[3], n_bytes = 0;
    double scores[3];
    bool is_plain = true, is_reliable = false;
    pil_cld2_guess guess = {nullptr, 0, false};
    try {
        if (expected[0] != '\0')
            hints.language_hint = CLD2::GetLanguageFromName(expected);
        CLD2::ExtDetectLanguageSummary(text, static_cast<int>(length), is_plain, &hints, 0,
                                       languages, percents, scores, nullptr, &n_bytes,
                                       &is_reliable);
    } catch (const std::bad_alloc &) {
        return guess;
    }
    if (languages[0] == CLD2::UNKNOWN_LANGUAGE)
        return guess;
    guess.code = CLD2::LanguageCode(languages[0]);
    guess.percent = static_cast<unsigned>(percents[0]);
    guess.is_reliable = is_reliable;
    return guess;
}
