#include "peer.h"

#include "corpus.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Lines of "id TAB words". */
typedef struct query_list {
    char **words; /* [0..n) */
    size_t n;
} query_list;

static void *take(void *memory)
{
    if (memory == NULL)
        fail("memory", "there is none left");
    return memory;
}

static void read_queries(query_list *out, const char *path)
{
    *out = (query_list){0};
    FILE *file = fopen(path, "r");
    if (file == NULL)
        fail(path, strerror(errno));
    char *line = NULL;
    size_t capacity = 0;
    while (getline(&line, &capacity, file) > 0) {
        char *words = strchr(line, '\t');
        if (words == NULL)
            continue;
        words[strcspn(words, "\n")] = '\0';
        out->words = take(realloc(out->words, (out->n + 1) * sizeof *out->words));
        out->words[out->n++] = take(strdup(words + 1));
    }
    free(line);
    fclose(file);
    if (out->n == 0)
        fail(path, "no queries");
}

static void dispose_queries(query_list *queries)
{
    for (size_t i = 0; i < queries->n; i++)
        free(queries->words[i]);
    free(queries->words);
}

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(double *latencies_ms, size_t n, size_t n_hits)
{
    qsort(latencies_ms, n, sizeof *latencies_ms, compare_numbers);
    printf("%.4f %.4f %.4f %zu\n", latencies_ms[n / 2], latencies_ms[n * 95 / 100],
           latencies_ms[n * 99 / 100], n_hits);
}

void report_committed(size_t n_articles, size_t n_paragraphs, long peak_kb)
{
    printf("%zu %zu %ld\n", n_articles, n_paragraphs, peak_kb);
    if (fflush(stdout) != 0)
        fail("output", strerror(errno));
}

static search_mode mode_named(const char *name)
{
    if (strcmp(name, "or") == 0)
        return SEARCH_OR;
    if (strcmp(name, "and") == 0)
        return SEARCH_AND;
    if (strcmp(name, "phrase") == 0)
        return SEARCH_PHRASE;
    fail(name, "no such mode");
    return SEARCH_OR;
}

/* Once through the queries to warm up, then n_rounds times with the clock running. */
static void measure(const peer *engine, void *opened, const query_list *queries, search_mode mode,
                    unsigned n_rounds, unsigned limit, bool reads_text)
{
    double *latencies_ms = take(malloc(n_rounds * queries->n * sizeof *latencies_ms));
    size_t n = 0, n_hits = 0;
    for (size_t i = 0; i < queries->n; i++)
        n_hits += engine->search(opened, queries->words[i], mode, limit, reads_text, NULL);
    for (unsigned round = 0; round < n_rounds; round++) {
        for (size_t i = 0; i < queries->n; i++) {
            double begin = now_ms();
            engine->search(opened, queries->words[i], mode, limit, reads_text, NULL);
            latencies_ms[n++] = now_ms() - begin;
        }
    }
    report(latencies_ms, n, n_hits);
    free(latencies_ms);
}

static unsigned number(const char *text)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*text == '\0' || *end != '\0' || value == 0 || value > 1000000)
        fail(text, "not a number");
    return (unsigned)value;
}

int peer_main(int argc, char **argv, const peer *engine)
{
    const char *command = argc > 2 ? argv[1] : "";
    if (strcmp(command, "index") == 0 && argc == 5 && engine->index != NULL) {
        engine->index(argv[2], argv[3], number(argv[4]));
    } else if (strcmp(command, "update") == 0 && argc == 4 && engine->update != NULL) {
        engine->update(argv[2], argv[3]);
    } else if (strcmp(command, "one") == 0 && argc == 5) {
        void *opened = engine->open(argv[2]);
        engine->search(opened, argv[4], SEARCH_OR, number(argv[3]), true, stdout);
        engine->close(opened);
    } else if (strcmp(command, "query") == 0 && argc == 8) {
        query_list queries;
        read_queries(&queries, argv[3]);
        void *opened = engine->open(argv[2]);
        measure(engine, opened, &queries, mode_named(argv[4]), number(argv[5]), number(argv[6]),
                strcmp(argv[7], "text") == 0);
        engine->close(opened);
        dispose_queries(&queries);
    } else {
        fputs("usage: index DB CORPUS THREADS | update DB CORPUS | one DB LIMIT WORDS |\n"
              "       query DB QUERIES or|and|phrase ROUNDS LIMIT text|rank\n",
              stderr);
        return 2;
    }
    return fflush(stdout) == 0 ? 0 : 1;
}

static char *append(char *to, const char *string)
{
    size_t length = strlen(string);
    memcpy(to, string, length);
    return to + length;
}

char *join_words(const char *words, const char *before, const char *between, const char *after)
{
    size_t n_bytes = strlen(before) + strlen(after) + 1;
    for (const char *c = words; *c != '\0'; c++)
        n_bytes += *c == ' ' ? strlen(between) : 1;
    char *joined = take(malloc(n_bytes)), *to = append(joined, before);
    for (const char *c = words; *c != '\0'; c++) {
        if (*c == ' ')
            to = append(to, between);
        else
            *to++ = *c;
    }
    to = append(to, after);
    *to = '\0';
    return joined;
}
