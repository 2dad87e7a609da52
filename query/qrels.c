#include "qrels.h"

#include <stdlib.h>
#include <string.h>

enum { N_FIELDS = 4, GRADE_MAX = 1000 };

typedef struct field {
    const char *bytes;
    size_t length;
} field;

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

/* How many fields the line has; those beyond N_FIELDS are only counted. */
static size_t split(const char *line, size_t length, field *fields)
{
    size_t n = 0, at = 0;
    for (;;) {
        while (at < length && is_blank(line[at]))
            at++;
        if (at == length)
            return n;
        size_t begin = at;
        while (at < length && !is_blank(line[at]))
            at++;
        if (n < N_FIELDS)
            fields[n] = (field){line + begin, at - begin};
        n++;
    }
}

/* A number from -GRADE_MAX to GRADE_MAX. */
static bool read_grade(const field *text, int *grade)
{
    bool is_negative = text->bytes[0] == '-';
    int value = 0;
    if (text->length == is_negative)
        return false;
    for (size_t i = is_negative; i < text->length; i++) {
        if (text->bytes[i] < '0' || text->bytes[i] > '9')
            return false;
        value = 10 * value + (text->bytes[i] - '0');
        if (value > GRADE_MAX)
            return false;
    }
    *grade = is_negative ? -value : value;
    return true;
}

static pil_status find_or_add_topic(pil_qrels *qrels, const field *id, pil_qrels_topic **out)
{
    uint32_t number;
    bool is_new;
    if (pil_intern_add(&qrels->topic_ids, id->bytes, id->length, &number, &is_new) != PIL_OK)
        return PIL_NO_MEMORY;
    if (number == qrels->capacity) {
        size_t capacity = 2 * qrels->capacity + 16;
        pil_qrels_topic *grown = realloc(qrels->topics, capacity * sizeof *grown);
        if (grown == NULL)
            return PIL_NO_MEMORY;
        memset(grown + qrels->capacity, 0, (capacity - qrels->capacity) * sizeof *grown);
        qrels->topics = grown;
        qrels->capacity = capacity;
    }
    *out = &qrels->topics[number];
    (*out)->number = number;
    return PIL_OK;
}

static pil_status add_grade(pil_qrels_topic *topic, uint32_t document, int grade)
{
    if (topic->n == topic->capacity) {
        size_t capacity = 2 * topic->capacity + 4;
        pil_graded *grown = realloc(topic->items, capacity * sizeof *grown);
        if (grown == NULL)
            return PIL_NO_MEMORY;
        topic->items = grown;
        topic->capacity = capacity;
    }
    topic->items[topic->n++] = (pil_graded){document, grade};
    topic->n_relevant += grade > 0;
    return PIL_OK;
}

static pil_status read_line(pil_qrels *qrels, const char *line, size_t length, size_t number,
                            pil_error *err)
{
    field fields[N_FIELDS];
    int grade;
    size_t n = split(line, length, fields);
    if (n == 0)
        return PIL_OK;
    if (n != N_FIELDS || !read_grade(&fields[3], &grade))
        return pil_error_set(err, PIL_INVALID_ARGUMENT,
                             "line %zu is no judgement: topic, 0, document and grade, with blanks "
                             "between",
                             number);
    pil_qrels_topic *topic;
    uint32_t document;
    if (find_or_add_topic(qrels, &fields[0], &topic) != PIL_OK ||
        pil_intern_add(&qrels->documents, fields[2].bytes, fields[2].length, &document, NULL) !=
            PIL_OK ||
        add_grade(topic, document, grade) != PIL_OK)
        return pil_error_no_memory(err);
    return PIL_OK;
}

static int compare_documents(const void *left, const void *right)
{
    const pil_graded *a = left, *b = right;
    return a->document < b->document ? -1 : a->document > b->document;
}

/* A document that has two grades may have either. */
static pil_status sort_topic(pil_qrels *qrels, pil_qrels_topic *topic, pil_error *err)
{
    qsort(topic->items, topic->n, sizeof *topic->items, compare_documents);
    for (size_t i = 1; i < topic->n; i++)
        if (topic->items[i].document == topic->items[i - 1].document)
            return pil_error_set(err, PIL_INVALID_ARGUMENT, "%s is judged twice for topic %s",
                                 qrels->documents.entries[topic->items[i].document].bytes,
                                 qrels->topic_ids.entries[topic->number].bytes);
    return PIL_OK;
}

pil_status pil_qrels_read(const char *text, size_t length, pil_qrels *out, pil_error *err)
{
    pil_status status = PIL_OK;
    size_t number = 1;
    *out = (pil_qrels){0};
    for (size_t at = 0; at < length && status == PIL_OK; number++) {
        const char *end = memchr(text + at, '\n', length - at);
        size_t n = end == NULL ? length - at : (size_t)(end - text) - at;
        status = read_line(out, text + at, n, number, err);
        at += n + 1;
    }
    for (size_t i = 0; i < out->topic_ids.n_entries && status == PIL_OK; i++)
        status = sort_topic(out, &out->topics[i], err);
    return status;
}

void pil_qrels_dispose(pil_qrels *qrels)
{
    for (size_t i = 0; i < qrels->capacity; i++)
        free(qrels->topics[i].items);
    free(qrels->topics);
    pil_intern_dispose(&qrels->topic_ids);
    pil_intern_dispose(&qrels->documents);
    *qrels = (pil_qrels){0};
}

const pil_qrels_topic *pil_qrels_find(const pil_qrels *qrels, const char *topic_id)
{
    uint32_t number = pil_intern_find(&qrels->topic_ids, topic_id, strlen(topic_id));
    return number == PIL_INTERN_NONE ? NULL : &qrels->topics[number];
}

static const pil_graded *find(const pil_qrels *qrels, const pil_qrels_topic *topic,
                              const char *document)
{
    pil_graded wanted = {.document =
                             pil_intern_find(&qrels->documents, document, strlen(document))};
    return topic->n == 0
               ? NULL
               : bsearch(&wanted, topic->items, topic->n, sizeof wanted, compare_documents);
}

int pil_qrels_grade(const pil_qrels *qrels, const pil_qrels_topic *topic, const char *document)
{
    const pil_graded *found = find(qrels, topic, document);
    return found == NULL ? 0 : found->grade;
}

bool pil_qrels_is_judged(const pil_qrels *qrels, const pil_qrels_topic *topic, const char *document)
{
    return find(qrels, topic, document) != NULL;
}
