#include "support/xapian_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void require(bool holds, const char *what, const xc_error *error)
{
    if (holds)
        return;
    fprintf(stderr, "test fixture: %s: %s\n", what, error ? error->message : "");
    abort();
}

uint32_t pil_fixture_add(xc_writer *writer, const pil_fixture_doc *doc)
{
    xc_error error = {0};
    xc_document *document = NULL;
    uint32_t docid = 0;
    require(!xc_document_new(&document, &error), "new document", &error);
    for (const char *word = doc->words; *word;) {
        size_t length = strcspn(word, " ");
        require(!xc_document_add_term(document, word, length, 1, &error), "add term", &error);
        word += length + (word[length] == ' ');
    }
    require(!xc_document_set_data(document, doc->data, strlen(doc->data), &error), "set data",
            &error);
    if (doc->value)
        require(!xc_document_set_value(document, 0, doc->value, strlen(doc->value), &error),
                "set value", &error);
    require(!xc_writer_add(writer, document, &docid, &error), "add document", &error);
    xc_document_free(document);
    return docid;
}

void pil_fixture_write(const char *path, const pil_fixture_doc *docs, size_t n)
{
    xc_error error = {0};
    xc_writer *writer = NULL;
    require(!xc_writer_open(path, XC_WRITER_CREATE | XC_WRITER_NO_TERMLIST, 0, &writer, &error),
            path, &error);
    for (size_t i = 0; i < n; i++)
        (void)pil_fixture_add(writer, &docs[i]);
    require(!xc_writer_commit(writer, &error), "commit", &error);
    xc_writer_free(writer);
}

xc_database *pil_fixture_open(const char *path)
{
    xc_error error = {0};
    xc_database *database = NULL;
    require(!xc_database_open(path, &database, &error), path, &error);
    return database;
}

xc_query *pil_fixture_term(const char *word)
{
    xc_error error = {0};
    xc_query *query = NULL;
    require(!xc_query_term(word, strlen(word), 1, &query, &error), word, &error);
    return query;
}

xc_query *pil_fixture_pair(xc_operator op, xc_query *a, xc_query *b)
{
    xc_error error = {0};
    xc_query *query = NULL;
    const xc_query *parts[] = {a, b};
    require(!xc_query_combine(op, parts, 2, &query, &error), "combine", &error);
    xc_query_free(a);
    xc_query_free(b);
    return query;
}

xc_results *pil_fixture_search(xc_database *database, xc_query *query,
                               const xc_search_options *options)
{
    xc_error error = {0};
    xc_results *results = NULL;
    require(!xc_search(database, query, options, &results, &error), "search", &error);
    xc_query_free(query);
    return results;
}

char *pil_fixture_docids(const xc_results *results)
{
    size_t size = results->n_hits * 11 + 1;
    char *text = malloc(size);
    size_t used = 0;
    require(text != NULL, "out of memory", NULL);
    text[0] = '\0';
    for (size_t i = 0; i < results->n_hits; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%u", i ? " " : "",
                                 (unsigned)results->hits[i].docid);
    return text;
}
