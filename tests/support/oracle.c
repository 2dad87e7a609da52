#include "support/oracle.h"

#include "base/buffer.h"
#include "base/intern.h"
#include "index/schema.h"
#include "lib/index/acronym_blocks.h"
#include "lib/index/lexicon.h"
#include "xapian_c.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the lexicon is to say of a form, worked out a paragraph at a time. */
typedef struct word_count {
    pil_lexicon_word word;
    uint32_t last_written, last_derived; /* documents, to count each once */
} word_count;

typedef struct oracle {
    xc_writer *writer;
    xc_document *document;
    pil_analyser *analyser;
    uint32_t docid; /* of the last document added */
    pil_acronym_table acronyms;
    pil_intern forms;
    word_count *counts; /* [0..forms.n_entries) */
    size_t counts_capacity;
    pil_arena arena;
    pil_buffer scratch;
} oracle;

static void give_up(const char *what, const char *message)
{
    fprintf(stderr, "oracle: %s: %s\n", what, message);
    abort();
}

static void require(pil_status status, const pil_error *err, const char *what)
{
    if (status != PIL_OK)
        give_up(what, err == NULL ? pil_status_name(status) : err->message);
}

static void require_xapian(xc_status status, const xc_error *err, const char *what)
{
    if (status != XC_OK)
        give_up(what, err->message);
}

/* ---- terms ---- */

static void add_term(oracle *made, const char *term, size_t length, uint32_t wdf)
{
    xc_error failure;
    require_xapian(xc_document_add_term(made->document, term, length, wdf, &failure), &failure,
                   "a term");
}

static void add_prefixed(oracle *made, const char *prefix, const char *rest, uint32_t wdf)
{
    char term[XC_MAX_TERM_BYTES + 1];
    int length = snprintf(term, sizeof term, "%s%s", prefix, rest);
    add_term(made, term, (size_t)length, wdf);
}

/* Every token beside every other: which follow one another? */
static void add_grams(oracle *made, const pil_common_words *common, const pil_token *tokens,
                      size_t n_tokens)
{
    for (size_t i = 0; i < n_tokens; i++) {
        const pil_token *first = &tokens[i];
        if (!pil_common_words_has(common, first->term, first->term_bytes))
            continue;
        /* They come in order of position. */
        uint32_t wanted = first->position + first->n_positions;
        for (size_t k = i + 1; k < n_tokens && tokens[k].position <= wanted; k++) {
            char gram[XC_MAX_TERM_BYTES + 1];
            if (tokens[k].position != wanted ||
                !pil_common_words_has(common, tokens[k].term, tokens[k].term_bytes))
                continue;
            snprintf(gram, sizeof gram, "%s %s", first->term, tokens[k].term);
            add_prefixed(made, PIL_PREFIX_GRAM, gram, 0);
        }
    }
}

/* ---- lexicon ---- */

static word_count *find_count(oracle *made, const pil_token *token, const char *language)
{
    char key[2 * PIL_TERM_MAX_BYTES + 64];
    int length = snprintf(key, sizeof key, "%s/%s", language, token->form);
    uint32_t number;
    bool is_new;
    require(pil_intern_add(&made->forms, key, (size_t)length, &number, &is_new), NULL, "a form");
    if (number == made->counts_capacity) {
        made->counts_capacity = number == 0 ? 1024 : (size_t)number * 2;
        made->counts = realloc(made->counts, made->counts_capacity * sizeof *made->counts);
        if (made->counts == NULL)
            give_up("a form", "out of memory");
    }
    word_count *count = &made->counts[number];
    if (is_new) {
        pil_arena *arena = &made->arena;
        *count =
            (word_count){.word = {.language = pil_arena_copy(arena, language, strlen(language)),
                                  .form = pil_arena_copy(arena, token->form, token->form_bytes),
                                  .stem = pil_arena_copy(arena, token->term, token->term_bytes)}};
    }
    if (strcmp(count->word.stem, token->term) != 0)
        give_up(key, "it has two stems");
    return count;
}

static void count_form(oracle *made, const pil_token *token, const char *language)
{
    word_count *count = find_count(made, token, language);
    if (token->kind == PIL_TOKEN_WORD) {
        count->word.n_written += count->last_written != made->docid;
        count->last_written = made->docid;
    } else {
        count->word.n_derived += count->last_derived != made->docid;
        count->last_derived = made->docid;
    }
}

static int by_lexicon(const void *left, const void *right)
{
    const word_count *a = left, *b = right;
    return pil_lexicon_compare(&a->word, &b->word);
}

static pil_status set_block(void *context, const char *key, size_t key_length, const char *value,
                            size_t value_length, pil_error *err)
{
    (void)err;
    oracle *made = context;
    xc_error failure;
    require_xapian(
        xc_writer_set_metadata(made->writer, key, key_length, value, value_length, &failure),
        &failure, "a block of the lexicon");
    return PIL_OK;
}

static void write_lexicon(oracle *made)
{
    pil_error err = {0};
    pil_lexicon_writer *writer = pil_lexicon_writer_new(set_block, made);
    if (writer == NULL)
        give_up("the lexicon", "out of memory");
    if (made->forms.n_entries > 0)
        qsort(made->counts, made->forms.n_entries, sizeof *made->counts, by_lexicon);
    for (uint32_t i = 0; i < made->forms.n_entries; i++)
        require(pil_lexicon_writer_add(writer, &made->counts[i].word, &err), &err, "a word");
    require(pil_lexicon_writer_finish(writer, &err), &err, "the lexicon");
    pil_lexicon_writer_free(writer);
}

static void write_acronyms(oracle *made)
{
    pil_error err = {0};
    pil_acronym *list;
    size_t n;
    require(pil_acronym_table_list(&made->acronyms, PIL_ACRONYMS_MAX, &list, &n), NULL, "acronyms");
    require(pil_acronym_blocks_write(list, n, set_block, made, &err), &err, "acronyms");
    free(list);
}

/* ---- articles ---- */

static void add_tokens(oracle *made, const pil_record *record, const pil_common_words *common)
{
    const pil_token *tokens;
    size_t n_tokens;
    pil_error err = {0};
    require(pil_analyser_run(made->analyser, record->language, record->text, record->text_bytes,
                             &tokens, &n_tokens, &err),
            &err, "the analyser");
    for (size_t i = 0; i < n_tokens; i++) {
        add_prefixed(made, PIL_PREFIX_STEM, tokens[i].term, tokens[i].kind == PIL_TOKEN_WORD);
        count_form(made, &tokens[i], record->language);
    }
    if (common != NULL)
        add_grams(made, common, tokens, n_tokens);
    require(
        pil_acronym_table_mine(&made->acronyms, record->text, record->text_bytes, tokens, n_tokens),
        NULL, "acronyms");
}

static void set_value(oracle *made, uint32_t slot, const char *value)
{
    xc_error failure;
    if (value[0] != '\0')
        require_xapian(xc_document_set_value(made->document, slot, value, strlen(value), &failure),
                       &failure, "a value");
}

/* What only the first paragraph of an article has. */
static void add_labels(oracle *made, const pil_batch_article *article)
{
    char seed[9];
    snprintf(seed, sizeof seed, "%08x", (unsigned)article->meta.id_seed);
    if (strncmp(seed, article->key.hex, 8) != 0)
        add_prefixed(made, PIL_PREFIX_ID, seed, 0);
    add_prefixed(made, PIL_PREFIX_ARTICLE, article->key.hex, 0);
    set_value(made, PIL_SLOT_DATE, article->meta.date);
    set_value(made, PIL_SLOT_SOURCE, article->meta.source);
    set_value(made, PIL_SLOT_AUTHOR, article->meta.author);
}

static void add_paragraph(oracle *made, const pil_batch_article *article, uint32_t number,
                          const pil_oracle_input *input)
{
    const pil_record *record = &article->paragraphs[number];
    xc_error failure;
    pil_error err = {0};
    made->docid++;
    require_xapian(xc_document_clear(made->document, &failure), &failure, "a document");
    pil_buffer_clear(&made->scratch);
    require(pil_record_encode(record, input->compressor, &made->scratch, &err), &err, "a record");
    require_xapian(
        xc_document_set_data(made->document, made->scratch.bytes, made->scratch.length, &failure),
        &failure, "a record");
    if (number == 0)
        add_labels(made, article);
    if (number == 0 || strcmp(record->language, record[-1].language) != 0)
        add_prefixed(made, PIL_PREFIX_LANGUAGE, record->language, 0);
    add_tokens(made, record, input->common);
    uint32_t docid;
    require_xapian(xc_writer_add(made->writer, made->document, &docid, &failure), &failure,
                   "a document");
    if (docid != made->docid)
        give_up("a document", "it has another id");
}

static void add_article(oracle *made, const pil_batch_article *article,
                        const pil_oracle_input *input)
{
    char key[32];
    xc_error failure;
    pil_error err = {0};
    if (!article->is_wanted || article->meta.n_paragraphs == 0)
        return;
    int length = snprintf(key, sizeof key, "%s%08x", PIL_KEY_ARTICLE, (unsigned)made->docid + 1);
    pil_buffer_clear(&made->scratch);
    require(pil_article_meta_encode(&article->meta, &made->scratch, &err), &err, "an article");
    require_xapian(xc_writer_set_metadata(made->writer, key, (size_t)length, made->scratch.bytes,
                                          made->scratch.length, &failure),
                   &failure, "an article");
    for (uint32_t i = 0; i < article->meta.n_paragraphs; i++)
        add_paragraph(made, article, i, input);
}

static void write_format(oracle *made)
{
    char format[16];
    xc_error failure;
    int length = snprintf(format, sizeof format, "%d", PIL_FORMAT_NUMBER);
    require_xapian(xc_writer_set_metadata(made->writer, PIL_KEY_FORMAT, strlen(PIL_KEY_FORMAT),
                                          format, (size_t)length, &failure),
                   &failure, "the format");
}

void pil_oracle_build(const char *path, const pil_oracle_input *inputs, size_t n,
                      pil_analyser *analyser)
{
    unsigned flags =
        XC_WRITER_CREATE | XC_WRITER_NO_TERMLIST | XC_WRITER_NO_SYNC | XC_WRITER_DANGEROUS;
    oracle made = {.analyser = analyser};
    xc_error failure;
    pil_buffer_init(&made.scratch, PIL_RECORD_MAX_BYTES);
    require_xapian(xc_writer_open(path, flags, 0, &made.writer, &failure), &failure, path);
    require_xapian(xc_document_new(&made.document, &failure), &failure, path);
    write_format(&made);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < inputs[i].batch->n_articles; k++)
            add_article(&made, &inputs[i].batch->articles[k], &inputs[i]);
    }
    write_lexicon(&made);
    write_acronyms(&made);
    require_xapian(xc_writer_commit(made.writer, &failure), &failure, path);
    xc_writer_free(made.writer);
    xc_document_free(made.document);
    pil_intern_dispose(&made.forms);
    pil_acronym_table_dispose(&made.acronyms);
    free(made.counts);
    pil_arena_dispose(&made.arena);
    pil_buffer_dispose(&made.scratch);
}
