/* How well do CLD2 and libexttextcat tell the languages of paragraphs, one by one? Reads lines of a
 * language's code, a tab and a paragraph; prints for each library and language how many paragraphs
 * it told right and how many wrongly, and how fast it was. */
#include "lib/text/cld2.h"
#include "text/language_detector.h"

#include <libexttextcat/textcat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_LANGUAGES = 32, MIN_PERCENT = 80 };

#define TEXTCAT_FILES "/usr/share/libexttextcat/"

typedef struct paragraph {
    char *language, *text;
} paragraph;

/* What a library answers: a code in out, "" when it cannot tell. */
typedef void (*guesser)(void *library, const char *text, char out[PIL_LANGUAGE_MAX]);

typedef struct tally {
    char language[PIL_LANGUAGE_MAX];
    unsigned n, n_right, n_wrong;
} tally;

static paragraph *paragraphs;
static size_t n_paragraphs;

static void read_paragraphs(void)
{
    char *line = NULL;
    size_t capacity = 0, room = 0;
    for (ssize_t n; (n = getline(&line, &capacity, stdin)) > 0;) {
        char *tab = strchr(line, '\t');
        if (tab == NULL)
            continue;
        line[n - 1] = '\0';
        *tab = '\0';
        if (n_paragraphs == room) {
            room = room == 0 ? 1024 : room * 2;
            paragraphs = realloc(paragraphs, room * sizeof *paragraphs);
        }
        if (paragraphs == NULL)
            exit(1);
        paragraphs[n_paragraphs++] = (paragraph){strdup(line), strdup(tab + 1)};
    }
    free(line);
}

static void guess_cld2(void *library, const char *text, char out[PIL_LANGUAGE_MAX])
{
    (void)library;
    pil_cld2_guess guess = pil_cld2_guess_language(text, strlen(text), "");
    out[0] = '\0';
    if (guess.code != NULL && guess.is_reliable && guess.percent >= MIN_PERCENT)
        (void)pil_language_normalise(guess.code, out);
}

/* Its answer is "[en--utf8][sco--utf8]", the likeliest first. */
static void guess_textcat(void *library, const char *text, char out[PIL_LANGUAGE_MAX])
{
    char name[16] = "";
    out[0] = '\0';
    if (sscanf(textcat_Classify(library, text, strlen(text)), "[%15[a-zA-Z]", name) == 1)
        (void)pil_language_normalise(name, out);
}

static tally *find_tally(tally *tallies, const char *language)
{
    size_t i = 0;
    while (i + 1 < MAX_LANGUAGES && tallies[i].n > 0 && strcmp(tallies[i].language, language) != 0)
        i++;
    snprintf(tallies[i].language, sizeof tallies[i].language, "%s", language);
    return &tallies[i];
}

static void measure(const char *name, guesser guess, void *library)
{
    tally tallies[MAX_LANGUAGES] = {0};
    size_t n_bytes = 0;
    clock_t begin = clock();
    for (size_t i = 0; i < n_paragraphs; i++) {
        char code[PIL_LANGUAGE_MAX];
        guess(library, paragraphs[i].text, code);
        tally *all = find_tally(tallies, paragraphs[i].language);
        all->n++;
        if (code[0] != '\0')
            *(pil_language_is_close(code, all->language) ? &all->n_right : &all->n_wrong) += 1;
        n_bytes += strlen(paragraphs[i].text);
    }
    double speed = (double)n_bytes / 1e6 / ((double)(clock() - begin) / CLOCKS_PER_SEC);
    for (size_t i = 0; i < MAX_LANGUAGES && tallies[i].n > 0; i++)
        printf("| %s | %s | %u | %.2f | %.2f | %.1f |\n", name, tallies[i].language, tallies[i].n,
               100.0 * tallies[i].n_right / tallies[i].n, 100.0 * tallies[i].n_wrong / tallies[i].n,
               speed);
}

int main(void)
{
    void *textcat = special_textcat_Init(TEXTCAT_FILES "fpdb.conf", TEXTCAT_FILES);
    if (textcat == NULL) {
        fprintf(stderr, "language_guessers: %s cannot be read\n", TEXTCAT_FILES);
        return 1;
    }
    read_paragraphs();
    measure("CLD2", guess_cld2, NULL);
    measure("libexttextcat", guess_textcat, textcat);
    textcat_Done(textcat);
    for (size_t i = 0; i < n_paragraphs; i++) {
        free(paragraphs[i].language);
        free(paragraphs[i].text);
    }
    free(paragraphs);
    return 0;
}
