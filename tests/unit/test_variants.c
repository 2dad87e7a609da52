#include "variants.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static bool gives(const char *form, const char *other)
{
    pil_variant variants[PIL_VARIANTS_MAX];
    size_t n = pil_variants_of(form, strlen(form), variants);
    cr_assert_leq(n, (size_t)PIL_VARIANTS_MAX);
    for (size_t i = 0; i < n; i++) {
        cr_expect_str_neq(variants[i].form, form, "%s gives itself", form);
        if (strcmp(variants[i].form, other) == 0)
            return true;
    }
    return false;
}

Test(variants, both_spellings_of_a_word_give_each_other)
{
    static const char *const pairs[][2] = {
        {"defence", "defense"},
        {"offences", "offenses"},
        {"defenceless", "defenseless"},
        {"licence", "license"},
        {"licenced", "licensed"},
        {"practise", "practice"},
        {"practising", "practicing"},
        {"organise", "organize"},
        {"organised", "organized"},
        {"organisation", "organization"},
        {"organisations", "organizations"},
        {"organisational", "organizational"},
        {"reorganising", "reorganizing"},
        {"recognisable", "recognizable"},
        {"organiser", "organizer"},
        {"realise", "realize"},
        {"analyse", "analyze"},
        {"paralysing", "paralyzing"},
        {"centre", "center"},
        {"centred", "centered"},
        {"centring", "centering"},
        {"kilometres", "kilometers"},
        {"metre", "meter"},
        {"theatre", "theater"},
        {"fibre", "fiber"},
        {"programme", "program"},
        {"programmes", "programs"},
        {"kilogramme", "kilogram"},
        {"labour", "labor"},
        {"labourers", "laborers"},
        {"behavioural", "behavioral"},
        {"neighbourhood", "neighborhood"},
        {"favourite", "favorite"},
        {"honourable", "honorable"},
        {"colouring", "coloring"},
        {"colourise", "colorize"},
        {"odour", "odor"},
        {"travelling", "traveling"},
        {"cancelled", "canceled"},
        {"fuelled", "fueled"},
        {"dialled", "dialed"},
        {"counsellor", "counselor"},
        {"marvellous", "marvelous"},
        {"fulfil", "fulfill"},
        {"instalment", "installment"},
        {"enrolment", "enrollment"},
        {"skilful", "skillful"},
        {"judgement", "judgment"},
        {"acknowledgement", "acknowledgment"},
        {"catalogue", "catalog"},
        {"dialogues", "dialogs"},
        {"cataloguing", "cataloging"},
        {"grey", "gray"},
        {"greyish", "grayish"},
        {"ageing", "aging"},
        {"aluminium", "aluminum"},
        {"encyclopaedia", "encyclopedia"},
        {"foetus", "fetus"},
        {"manoeuvre", "maneuver"},
        {"manoeuvring", "maneuvering"},
        {"archaeology", "archeology"},
        {"paediatric", "pediatric"},
        {"anaemia", "anemia"},
        {"haemorrhage", "hemorrhage"},
        {"mediaeval", "medieval"},
        {"sulphate", "sulfate"},
        {"anaesthetise", "anesthetize"},
        {"sceptical", "skeptical"},
        {"ploughing", "plowing"},
        {"mould", "mold"},
        {"artefact", "artifact"},
        {"enquiry", "inquiry"},
        {"tsar", "czar"},
        {"sizeable", "sizable"},
        {"focussed", "focused"},
        {"kidnapped", "kidnaped"},
        {"adviser", "advisor"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        cr_expect(gives(pairs[i][0], pairs[i][1]), "%s -> %s", pairs[i][0], pairs[i][1]);
        cr_expect(gives(pairs[i][1], pairs[i][0]), "%s -> %s", pairs[i][1], pairs[i][0]);
    }
}

/* Both are words, so that no lexicon would tell them apart. */
Test(variants, different_words_do_not_give_each_other)
{
    static const char *const pairs[][2] = {
        {"four", "for"},        {"tour", "tor"},       {"hours", "hors"},
        {"pour", "por"},        {"prise", "prize"},    {"prises", "prizes"},
        {"rise", "rize"},       {"size", "sise"},      {"wise", "wize"},
        {"seize", "seise"},     {"raise", "raize"},    {"maize", "maise"},
        {"reprise", "reprize"}, {"assise", "assize"},  {"apprise", "apprize"},
        {"timbre", "timber"},   {"livre", "liver"},    {"entre", "enter"},
        {"acre", "acer"},       {"there", "theer"},    {"were", "weer"},
        {"advice", "advise"},   {"device", "devise"},  {"prophecy", "prophesy"},
        {"filing", "filling"},  {"filed", "filled"},   {"refiling", "refilling"},
        {"tiling", "tilling"},  {"miler", "miller"},   {"poled", "polled"},
        {"stared", "starred"},  {"michael", "michel"}, {"poet", "pet"},
        {"shoe", "she"},        {"rae", "re"},         {"does", "des"},
        {"vice", "vise"},       {"ensure", "insure"},  {"rogue", "rog"},
        {"cheque", "check"},    {"story", "storey"},   {"mourning", "morning"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        cr_expect_not(gives(pairs[i][0], pairs[i][1]), "%s -> %s", pairs[i][0], pairs[i][1]);
        cr_expect_not(gives(pairs[i][1], pairs[i][0]), "%s -> %s", pairs[i][1], pairs[i][0]);
    }
}

Test(variants, a_variant_has_other_forms_of_the_same_word)
{
    pil_variant variants[PIL_VARIANTS_MAX];
    char form[PIL_TERM_MAX_BYTES + 1];
    cr_assert_eq(pil_variants_of("organising", 10, variants), 1);
    static const char *const wanted[PIL_VARIANT_FORMS] = {"organizing",   "organize",  "organized",
                                                          "organization", "organizes", "organizer"};
    for (size_t i = 0; i < PIL_VARIANT_FORMS; i++) {
        cr_assert(pil_variants_form(&variants[0], i, form));
        cr_expect_str_eq(form, wanted[i]);
    }
    cr_expect_not(pil_variants_form(&variants[0], PIL_VARIANT_FORMS, form));
    cr_assert_eq(pil_variants_of("centring", 8, variants), 1);
    cr_assert(pil_variants_form(&variants[0], 1, form));
    cr_expect_str_eq(form, "center");
    cr_assert_eq(pil_variants_of("foetus", 6, variants), 1);
    cr_expect_not(pil_variants_form(&variants[0], 1, form));
}

Test(variants, words_of_all_lengths_stay_within_bounds)
{
    static const char *const ends[] = {"",   "ise",  "our",   "isation", "centre",
                                       "ll", "lled", "aemia", "e",       "haemo"};
    char word[PIL_TERM_MAX_BYTES + 1], form[PIL_TERM_MAX_BYTES + 1];
    pil_variant variants[PIL_VARIANTS_MAX];
    for (size_t e = 0; e < sizeof ends / sizeof ends[0]; e++) {
        size_t n_end = strlen(ends[e]);
        for (size_t length = n_end; length <= PIL_TERM_MAX_BYTES; length++) {
            memset(word, 'a', length - n_end);
            memcpy(word + length - n_end, ends[e], n_end + 1);
            size_t n = pil_variants_of(word, length, variants);
            for (size_t i = 0; i < n; i++)
                for (size_t number = 0; pil_variants_form(&variants[i], number, form); number++)
                    cr_assert_leq(strlen(form), (size_t)PIL_TERM_MAX_BYTES);
        }
    }
}
