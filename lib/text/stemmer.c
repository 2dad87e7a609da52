#include "stemmer.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "language.h"
#include "light_stemmer.h"
#include "text/analyser.h"

#include <assert.h>
#include <libstemmer.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { HASH_DIGITS = 16, KEPT_BYTES = PIL_TERM_MAX_BYTES - 1 - HASH_DIGITS };

struct pil_stemmer {
    /* When both are NULL words stay as they are. */
    struct sb_stemmer *snowball;
    const pil_light_stemmer *light;
};

pil_status pil_stemmer_new(pil_stemmer **out, const char *code, pil_error *err)
{
    *out = NULL;
    pil_stemmer *stemmer = calloc(1, sizeof *stemmer);
    if (stemmer == NULL)
        return pil_error_no_memory(err);
    const char *name = pil_language_stemmer(code);
    stemmer->light = name == NULL ? NULL : pil_light_stemmer_named(name);
    if (name != NULL && stemmer->light == NULL) {
        stemmer->snowball = sb_stemmer_new(name, "UTF_8");
        if (stemmer->snowball == NULL) {
            free(stemmer);
            return pil_error_no_memory(err);
        }
    }
    *out = stemmer;
    return PIL_OK;
}

void pil_stemmer_free(pil_stemmer *stemmer)
{
    if (stemmer == NULL)
        return;
    sb_stemmer_delete(stemmer->snowball);
    free(stemmer);
}

static pil_status append_stem(struct sb_stemmer *snowball, const char *form, size_t length,
                              pil_buffer *out)
{
    assert(length <= INT_MAX);
    const sb_symbol *stem = sb_stemmer_stem(snowball, (const sb_symbol *)form, (int)length);
    if (stem == NULL)
        return PIL_NO_MEMORY;
    int stem_length = sb_stemmer_length(snowball);
    /* Some algorithms leave nothing of a word that looks like an ending. */
    return stem_length > 0 ? pil_buffer_append(out, stem, (size_t)stem_length)
                           : pil_buffer_append(out, form, length);
}

pil_status pil_stemmer_stem(pil_stemmer *stemmer, const char *form, size_t length, pil_buffer *term,
                            pil_error *err)
{
    pil_buffer_clear(term);
    if (stemmer->light != NULL)
        length = pil_light_stemmer_stem(stemmer->light, form, length);
    pil_status status = stemmer->snowball == NULL
                            ? pil_buffer_append(term, form, length)
                            : append_stem(stemmer->snowball, form, length, term);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}

pil_status pil_stemmer_abbreviate(pil_buffer *word, const char *hashed, size_t hashed_length,
                                  pil_error *err)
{
    uint64_t hash = pil_hash64(hashed, hashed_length);
    if (word->length > KEPT_BYTES)
        pil_buffer_set_length(word, pil_utf8_boundary(word->bytes, word->length, KEPT_BYTES));
    if (pil_buffer_appendf(word, "#%016llx", (unsigned long long)hash) != PIL_OK)
        return pil_error_no_memory(err);
    return PIL_OK;
}

/* A few words with many endings for each algorithm; an algorithm that changes will treat one of
 * them differently, though that is not certain. They are never changed without reason: indexes are
 * refused when the fingerprint differs. */
static const char *const samples[][2] = {
    {"arabic", "المتحدة الدول والسلام للاجتماعات مسؤوليتهم سيتعاونون الأمنية قراراتها"},
    {"armenian", "միավորված ազգերի անվտանգության համագործակցություն որոշումները խաղաղությունը"},
    {"basque", "nazioarteko segurtasunaren lankidetzarako herrialdeetan akordioaren bakearentzat"},
    {"catalan",
     "internacionals seguretat cooperacio defensant acordarien organitzacions collectiva "
     "europees"},
    {"danish",
     "sikkerheden samarbejdet forhandlingerne udenrigsministeren beslutninger internationale"},
    {"dutch", "veiligheid samenwerking onderhandelingen buitenlandse verenigde lichamelijkheid "
              "besluiten"},
    {"english", "security defences generously agreements negotiating relational skies succeeded "
                "university communism"},
    {"finnish",
     "turvallisuudesta yhteistyo neuvotteluissa kansainvalisten sopimuksensa kaupungeissa"},
    {"french", "securite cooperation negociations internationalement europeennes decideraient "
               "majestueusement accords"},
    {"german", "sicherheit verhandlungen zusammenarbeiten auslandischen beschlossenen aufenthalte "
               "vereinten kategorischen"},
    {"greek", "ασφαλειας συνεργασια διαπραγματευσεις διεθνων αποφασεις ηνωμενων κυβερνησεων"},
    {"hindi", "सुरक्षा राष्ट्रों समझौतों सरकारें अंतरराष्ट्रीय बातचीतों"},
    {"hungarian",
     "biztonsagi egyuttmukodesek targyalasokban nemzetkozi kormanyaikkal hatarozatait"},
    {"indonesian",
     "keamanan kerjasama perundingannya mempertahankan bersatulah keputusan internasional"},
    {"irish", "slandala comhoibriu bhfeidhmeannach idirnaisiunta rialtais chinntí"},
    {"italian", "sicurezza cooperazione negoziazioni internazionalmente difenderebbero decisioni "
                "alleati"},
    {"lithuanian", "saugumo bendradarbiavimas derybomis tarptautiniuose vyriausybes sprendimu"},
    {"nepali", "सुरक्षाको राष्ट्रहरूले सम्झौतामा सरकारहरू निर्णयहरूको"},
    {"norwegian",
     "sikkerheten samarbeidet forhandlingene utenriksministeren beslutninger internasjonale"},
    {"portuguese",
     "seguranca cooperacao negociacoes internacionalmente defenderiam decisoes aliadas "
     "utilizando"},
    {"romanian",
     "securitatea cooperarii negocierilor internationale aparandu hotararile guvernelor"},
    {"russian", "безопасности сотрудничество переговорами международных решениями объединенные "
                "правительствующий"},
    {"serbian", "bezbednosti saradnju pregovaranja medunarodnih odlukama vladinim predsednikove "
                "skopskog"},
    {"spanish",
     "seguridad cooperacion negociaciones internacionalmente defenderian decisiones aliadas"},
    {"swedish",
     "sakerheten samarbetet forhandlingarna utrikesministern beslutningar internationella"},
    {"tamil", "பாதுகாப்பு நாடுகளின் ஒப்பந்தங்கள் அரசாங்கத்தில் முடிவுகளை"},
    {"turkish", "guvenligin isbirligi muzakerelerinde uluslararasi hukumetlerinin kararlarimiz"},
    {"yiddish", "זיכערקייט פאראייניקטע פארהאנדלונגען באשלוסן רעגירונגען"},
};

static pil_status append_sample_stems(const char *name, const char *words, pil_buffer *out)
{
    struct sb_stemmer *snowball = sb_stemmer_new(name, "UTF_8");
    if (snowball == NULL && pil_language_is_stemmer(name))
        return PIL_NO_MEMORY;
    pil_status status = pil_buffer_append_string(out, name);
    while (snowball != NULL && *words != '\0' && status == PIL_OK) {
        size_t length = strcspn(words, " ");
        status = pil_buffer_append_byte(out, ' ');
        if (status == PIL_OK)
            status = append_stem(snowball, words, length, out);
        words += length + (words[length] == ' ');
    }
    sb_stemmer_delete(snowball);
    return status;
}

pil_status pil_stemmer_fingerprint(uint64_t *fingerprint, pil_error *err)
{
    pil_buffer stems;
    pil_buffer_init(&stems, SIZE_MAX / 2);
    pil_status status = PIL_OK;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0] && status == PIL_OK; i++)
        status = append_sample_stems(samples[i][0], samples[i][1], &stems);
    if (status == PIL_OK)
        *fingerprint = pil_hash64(stems.bytes, stems.length);
    pil_buffer_dispose(&stems);
    return status == PIL_OK ? PIL_OK : pil_error_no_memory(err);
}
