#include "cli/command_words.h"

#include <stdbool.h>
#include <string.h>

/* The words while they are found. Each is shorter than the command and of words, with their ends,
 * there are no more than it has bytes. */
typedef struct word_splitting {
    const char *at;
    char *out; /* where the next byte of a word goes */
    char **words;
    size_t n_words;
} word_splitting;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Takes one word. False when a quote in it is not closed. */
static bool take_word(word_splitting *run)
{
    char quote = '\0';
    run->words[run->n_words++] = run->out;
    for (; *run->at != '\0' && (quote != '\0' || !is_blank(*run->at)); run->at++) {
        char c = *run->at;
        if (c == quote)
            quote = '\0';
        else if (quote == '\0' && (c == '\'' || c == '"'))
            quote = c;
        else
            *run->out++ = c;
    }
    *run->out++ = '\0';
    return quote == '\0';
}

pil_status pil_command_words_split(const char *text, pil_arena *arena, char ***words, size_t *n,
                                   pil_error *err)
{
    size_t length = strlen(text);
    word_splitting run = {.at = text};
    run.words = pil_arena_alloc(arena, (length / 2 + 2) * sizeof *run.words);
    run.out = pil_arena_alloc(arena, length + 1);
    if (run.words == NULL || run.out == NULL)
        return pil_error_no_memory(err);
    for (;;) {
        while (is_blank(*run.at))
            run.at++;
        if (*run.at == '\0')
            break;
        if (!take_word(&run))
            return pil_error_set(err, PIL_INVALID_ARGUMENT, "a quote is not closed");
    }
    run.words[run.n_words] = NULL;
    *words = run.words;
    *n = run.n_words;
    return PIL_OK;
}
