#include "variants.h"

#include <string.h>

/* ---- endings ----
 *
 * Those that are looked for in place of the one at hand come first. */

#define SAME(ending)                                                                               \
    {                                                                                              \
        (ending), (ending)                                                                         \
    }
#define END                                                                                        \
    {                                                                                              \
        NULL, NULL                                                                                 \
    }

static const pil_variant_ending of_ise[] = {
    SAME("e"),     SAME("ed"),      SAME("ing"),     SAME("ation"),     SAME("es"),   SAME("er"),
    SAME("ers"),   SAME("ations"),  SAME("ational"), SAME("ationally"), SAME("able"), SAME("ement"),
    SAME("ingly"), SAME("ability"), SAME("edly"),    SAME("ational"),   END};
static const pil_variant_ending of_our[] = {
    SAME(""),     SAME("s"),    SAME("ed"),    SAME("ing"),  SAME("able"),   SAME("er"),
    SAME("ers"),  SAME("ably"), SAME("al"),    SAME("ally"), SAME("ite"),    SAME("ites"),
    SAME("less"), SAME("ful"),  SAME("fully"), SAME("hood"), SAME("hoods"),  SAME("ly"),
    SAME("y"),    SAME("ies"),  SAME("ist"),   SAME("ists"), SAME("ism"),    SAME("itism"),
    SAME("ings"), SAME("edly"), SAME("ation"), SAME("ise"),  SAME("ised"),   SAME("ising"),
    SAME("ize"),  SAME("ized"), SAME("izing"), SAME("some"), SAME("liness"), SAME("ingly"),
    END};
/* Verbs that end in l: their l is doubled here and not there. */
static const pil_variant_ending of_verb[] = {SAME("ed"),  SAME("ing"),   SAME("er"),   SAME("ers"),
                                             SAME("or"),  SAME("ors"),   SAME("ings"), SAME("ery"),
                                             SAME("ous"), SAME("ously"), END};
static const pil_variant_ending of_re[] = {
    {"e", ""}, {"es", "s"}, {"ed", "ed"}, {"ing", "ing"}, END};
static const pil_variant_ending of_noun[] = {SAME(""), SAME("s"), END};
static const pil_variant_ending of_gramme[] = {{"e", ""}, {"es", "s"}, END};
static const pil_variant_ending of_defence[] = {
    SAME("e"),     SAME("es"), SAME("ed"),  SAME("ing"), SAME("er"),  SAME("ers"),
    SAME("eless"), SAME("y"),  SAME("ies"), SAME("ee"),  SAME("ees"), END};
static const pil_variant_ending of_any_word[] = {
    SAME(""),     SAME("s"),    SAME("ed"),    SAME("ing"), SAME("er"),   SAME("ers"),
    SAME("es"),   SAME("ment"), SAME("ments"), SAME("ly"),  SAME("y"),    SAME("ish"),
    SAME("ness"), SAME("al"),   SAME("ally"),  SAME("ism"), SAME("ings"), END};
static const pil_variant_ending of_able[] = {SAME("e"), SAME("y"), SAME("es"), SAME("ility"), END};
static const pil_variant_ending alone[] = {SAME(""), END};
#undef SAME

/* ---- rules ---- */

/* A word whose end is one, or other, and an ending of them. */
typedef struct rule {
    const char *one, *other;
    const pil_variant_ending *endings;
    unsigned min_before; /* bytes that must stand before */
    bool is_whole;       /* nothing may stand before */
} rule;

/* Behind any beginning: "kilometre", "cyberdefence". */
#define SUFFIX(one, other, endings)                                                                \
    {                                                                                              \
        (one), (other), (endings), 0, false                                                        \
    }
#define WHOLE(one, other, endings)                                                                 \
    {                                                                                              \
        (one), (other), (endings), 0, true                                                         \
    }

static const rule rules[] = {
    /* productive endings; shorter words are others: prise and prize, four and for, rogue */
    {"is", "iz", of_ise, 3, false},
    {"lys", "lyz", of_ise, 2, false},
    {"our", "or", of_our, 3, false},
    {"logue", "log", of_noun, 2, false},
    {"logu", "log", of_ise, 4, false},
    {"gogue", "gog", of_noun, 2, false},
    {"dgement", "dgment", of_any_word, 2, false},
    {"gramm", "gram", of_gramme, 0, false},
    /* -re and -er are too often of different words (timbre, livre, entre) for a rule */
    SUFFIX("centr", "center", of_re),
    SUFFIX("metr", "meter", of_re),
    SUFFIX("litr", "liter", of_re),
    SUFFIX("theatr", "theater", of_re),
    SUFFIX("fibr", "fiber", of_re),
    SUFFIX("calibr", "caliber", of_re),
    SUFFIX("spectr", "specter", of_re),
    SUFFIX("sceptr", "scepter", of_re),
    SUFFIX("sepulchr", "sepulcher", of_re),
    SUFFIX("meagr", "meager", of_re),
    SUFFIX("goitr", "goiter", of_re),
    WHOLE("sabr", "saber", of_re),
    WHOLE("sombr", "somber", of_re),
    WHOLE("lustr", "luster", of_re),
    WHOLE("ochr", "ocher", of_re),
    WHOLE("reconnoitr", "reconnoiter", of_re),
    WHOLE("saltpetr", "saltpeter", of_re),
    /* so are -ce and -se (advice, prophecy) */
    SUFFIX("defenc", "defens", of_defence),
    WHOLE("offenc", "offens", of_defence),
    WHOLE("pretenc", "pretens", of_defence),
    SUFFIX("licenc", "licens", of_defence),
    SUFFIX("practic", "practis", of_defence),
    /* words */
    WHOLE("ageing", "aging", of_noun),
    WHOLE("grey", "gray", of_any_word),
    WHOLE("odour", "odor", of_our),
    SUFFIX("aluminium", "aluminum", of_noun),
    SUFFIX("likeabl", "likabl", of_able),
    SUFFIX("lovabl", "loveabl", of_able),
    SUFFIX("moveabl", "movabl", of_able),
    SUFFIX("saleabl", "salabl", of_able),
    SUFFIX("shakeabl", "shakabl", of_able),
    SUFFIX("sizeabl", "sizabl", of_able),
    SUFFIX("mistakeabl", "mistakabl", of_able),
    SUFFIX("useabl", "usabl", of_able),
    WHOLE("acknowledgement", "acknowledgment", of_noun),
    WHOLE("adviser", "advisor", of_noun),
    WHOLE("appal", "appall", of_noun),
    WHOLE("artefact", "artifact", of_any_word),
    WHOLE("benefitt", "benefit", of_verb),
    WHOLE("biass", "bias", of_any_word),
    WHOLE("cosy", "cozy", alone),
    WHOLE("distil", "distill", of_noun),
    WHOLE("enrol", "enroll", of_any_word),
    WHOLE("enthral", "enthrall", of_any_word),
    WHOLE("enquir", "inquir", of_defence),
    WHOLE("focuss", "focus", of_any_word),
    WHOLE("fulfil", "fulfill", of_any_word),
    WHOLE("gipsy", "gypsy", alone),
    WHOLE("gipsies", "gypsies", alone),
    WHOLE("instal", "install", of_any_word),
    WHOLE("instil", "instill", of_noun),
    WHOLE("jewellery", "jewelry", alone),
    WHOLE("kidnapp", "kidnap", of_verb),
    WHOLE("manoeuvrabl", "maneuverabl", of_able),
    WHOLE("manoeuvr", "maneuver", of_re),
    WHOLE("mould", "mold", of_any_word),
    WHOLE("moult", "molt", of_any_word),
    WHOLE("moustach", "mustach", of_able),
    WHOLE("outmanoeuvr", "outmaneuver", of_re),
    SUFFIX("plough", "plow", of_any_word),
    WHOLE("pyjama", "pajama", of_noun),
    WHOLE("sceptic", "skeptic", of_any_word),
    WHOLE("skilful", "skillful", of_any_word),
    WHOLE("smoulder", "smolder", of_any_word),
    WHOLE("targett", "target", of_verb),
    WHOLE("tranquillity", "tranquility", alone),
    WHOLE("tsar", "czar", of_any_word),
    WHOLE("unskilful", "unskillful", of_any_word),
    WHOLE("wilful", "willful", of_any_word),
    WHOLE("woollen", "woolen", of_noun),
    WHOLE("worshipp", "worship", of_verb),
    WHOLE("yoghurt", "yogurt", of_noun),
};
enum { N_RULES = sizeof rules / sizeof rules[0] };

/* Greek and Latin roots with ae and oe, wherever they stand in a word. "ae" and "oe" at large are
 * of other words: Michael and Michel, poet and pet. */
static const struct {
    const char *one, *other;
} roots[] = {
    {"aemia", "emia"},
    {"aemic", "emic"},
    {"aesthe", "esthe"},
    {"aetiolog", "etiolog"},
    {"amoeb", "ameb"},
    {"archaeo", "archeo"},
    {"caesarea", "cesarea"},
    {"chimaer", "chimer"},
    {"coeliac", "celiac"},
    {"diarrhoea", "diarrhea"},
    {"encyclopaedi", "encyclopedi"},
    {"faec", "fec"},
    {"foet", "fet"},
    {"gynaec", "gynec"},
    {"haema", "hema"},
    {"haemo", "hemo"},
    {"homoeo", "homeo"},
    {"mediaeval", "medieval"},
    {"oecumen", "ecumen"},
    {"oedema", "edema"},
    {"oesoph", "esoph"},
    {"oestrogen", "estrogen"},
    {"orthopaed", "orthoped"},
    {"paediatri", "pediatri"},
    {"paedophil", "pedophil"},
    {"palaeo", "paleo"},
    {"primaeval", "primeval"},
    {"sulph", "sulf"},
};
enum { N_ROOTS = sizeof roots / sizeof roots[0] };

/* What stands before "is" or "iz" in words that are two: reprise and reprize, assise and assize. */
static const char *const not_before_ise[] = {"appr", "ass", "bel", "el", "lou", "repr", NULL};
/* What stands before l or ll: refiling is not refilling. */
static const char *const not_before_l[] = {"refi", "unfi", "backfi", "misfi", "reti", "unti", NULL};

static bool is_in(const char *const *list, const char *text, size_t length)
{
    for (; *list != NULL; list++)
        if (strlen(*list) == length && memcmp(*list, text, length) == 0)
            return true;
    return false;
}

/* ---- making them ---- */

/* What has been made of a word; the word itself is not among it. */
typedef struct variant_list {
    const char *word;
    size_t word_bytes;
    pil_variant *items;
    size_t n;
} variant_list;

static bool is_known(const variant_list *list, const char *form, size_t length)
{
    if (length == list->word_bytes && memcmp(form, list->word, length) == 0)
        return true;
    for (size_t i = 0; i < list->n; i++)
        if (strlen(list->items[i].form) == length && memcmp(list->items[i].form, form, length) == 0)
            return true;
    return false;
}

/* Adds begin[0..n_begin) and then core and ending, or core and the rest of the word. */
static void add(variant_list *list, const char *begin, size_t n_begin, const char *core,
                const char *ending, size_t n_ending, const pil_variant_ending *endings,
                bool is_other)
{
    char form[PIL_TERM_MAX_BYTES + 1];
    size_t n_core = strlen(core), length = n_begin + n_core + n_ending;
    if (list->n == PIL_VARIANTS_MAX || length > PIL_TERM_MAX_BYTES)
        return;
    memcpy(form, begin, n_begin);
    memcpy(form + n_begin, core, n_core);
    memcpy(form + n_begin + n_core, ending, n_ending);
    form[length] = '\0';
    if (is_known(list, form, length))
        return;
    pil_variant *added = &list->items[list->n++];
    *added =
        (pil_variant){.core_bytes = n_begin + n_core, .endings = endings, .is_other = is_other};
    memcpy(added->form, form, length + 1);
}

static bool ends_with(const char *form, size_t length, const char *end)
{
    size_t n = strlen(end);
    return length >= n && memcmp(form + length - n, end, n) == 0;
}

/* Calls add for each way in which form is something, from and an ending. */
static void exchange(variant_list *list, const char *form, size_t length, const rule *applied,
                     bool to_other, bool (*may_stand_before)(const char *before, size_t length))
{
    const char *from = to_other ? applied->one : applied->other;
    const char *to = to_other ? applied->other : applied->one;
    for (const pil_variant_ending *ending = applied->endings; ending->one != NULL; ending++) {
        const char *old = to_other ? ending->one : ending->other;
        const char *new = to_other ? ending->other : ending->one;
        size_t rest = length - strlen(old);
        if (!ends_with(form, length, old) || !ends_with(form, rest, from))
            continue;
        size_t before = rest - strlen(from);
        if (before < applied->min_before || (applied->is_whole && before > 0) ||
            (may_stand_before != NULL && !may_stand_before(form, before)))
            continue;
        add(list, form, before, to, new, strlen(new), applied->endings, to_other);
    }
}

static bool is_vowel(char letter)
{
    return letter != '\0' && strchr("aeiouy", letter) != NULL;
}

/* Whether a verb that ends in a single l has two syllables: travel, fuel, dial; not file, fill. */
static bool may_double_l(const char *before, size_t length)
{
    size_t n_syllables = 0;
    if (length < 2 || !is_vowel(before[length - 1]) || is_in(not_before_l, before, length))
        return false;
    for (size_t i = 0; i < length; i++)
        n_syllables += is_vowel(before[i]) && (i == 0 || !is_vowel(before[i - 1]));
    return n_syllables > 1 || ends_with(before, length, "ue") || ends_with(before, length, "ia");
}

static bool may_stand_before_ise(const char *before, size_t length)
{
    return !is_in(not_before_ise, before, length);
}

static const char *find(const char *form, size_t length, const char *root)
{
    size_t n = strlen(root);
    for (size_t at = 0; at + n <= length; at++)
        if (memcmp(form + at, root, n) == 0)
            return form + at;
    return NULL;
}

static void exchange_root(variant_list *list, const char *form, size_t length, const char *from,
                          const char *to)
{
    const char *found = find(form, length, from);
    if (found == NULL)
        return;
    const char *rest = found + strlen(from);
    add(list, form, (size_t)(found - form), to, rest, length - (size_t)(rest - form), NULL, false);
}

static void apply_rules(variant_list *list, const char *form, size_t length)
{
    static const rule double_l = {"ll", "l", of_verb, 2, false};
    for (size_t i = 0; i < N_RULES; i++) {
        bool is_ise = rules[i].endings == of_ise;
        for (int to_other = 0; to_other < 2; to_other++)
            exchange(list, form, length, &rules[i], to_other, is_ise ? may_stand_before_ise : NULL);
    }
    exchange(list, form, length, &double_l, true, may_double_l);
    exchange(list, form, length, &double_l, false, may_double_l);
    for (size_t i = 0; i < N_ROOTS; i++) {
        exchange_root(list, form, length, roots[i].one, roots[i].other);
        exchange_root(list, form, length, roots[i].other, roots[i].one);
    }
}

size_t pil_variants_of(const char *form, size_t length, pil_variant variants[PIL_VARIANTS_MAX])
{
    variant_list list = {.word = form, .word_bytes = length, .items = variants};
    apply_rules(&list, form, length);
    /* Two rules may apply: anaesthetise is anesthetize. */
    size_t n_direct = list.n;
    for (size_t i = 0; i < n_direct; i++)
        apply_rules(&list, variants[i].form, strlen(variants[i].form));
    return list.n;
}

bool pil_variants_form(const pil_variant *variant, size_t number, char form[PIL_TERM_MAX_BYTES + 1])
{
    size_t n_core = variant->core_bytes;
    if (number == 0) {
        memcpy(form, variant->form, sizeof variant->form);
        return true;
    }
    if (variant->endings == NULL || number >= PIL_VARIANT_FORMS)
        return false;
    for (const pil_variant_ending *at = variant->endings; at->one != NULL; at++) {
        const char *ending = variant->is_other ? at->other : at->one;
        if (strcmp(ending, variant->form + n_core) == 0 || --number > 0)
            continue;
        size_t n_ending = strlen(ending);
        if (n_core + n_ending > PIL_TERM_MAX_BYTES)
            return false;
        memcpy(form, variant->form, n_core);
        memcpy(form + n_core, ending, n_ending + 1);
        return true;
    }
    return false;
}
