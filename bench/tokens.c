/* tokens LANGUAGE: for each line of standard input a line with its words, blanks between them: the
 * form of each, a colon and its stem; + for a stop word, - for others. */
#include "text/analyser.h"
#include "text/stop_words.h"

#include <stdio.h>
#include <stdlib.h>

static void check(pil_status status, const pil_error *err)
{
    if (status == PIL_OK)
        return;
    fprintf(stderr, "tokens: %s\n", err->message);
    exit(EXIT_FAILURE);
}

static void print(const char *language, const pil_token *tokens, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (tokens[i].kind == PIL_TOKEN_WORD)
            printf("%c%s:%.*s ", pil_is_stop_word(language, tokens[i].form) ? '+' : '-',
                   tokens[i].form, (int)tokens[i].term_bytes, tokens[i].term);
    putchar('\n');
}

int main(int argc, char **argv)
{
    char language[PIL_LANGUAGE_MAX], *line = NULL;
    size_t size = 0;
    ssize_t length;
    pil_analyser *analyser;
    pil_error err;
    if (argc != 2 || !pil_language_normalise(argv[1], language)) {
        fputs("usage: tokens LANGUAGE\n", stderr);
        return EXIT_FAILURE;
    }
    check(pil_analyser_new(&analyser, &err), &err);
    while ((length = getline(&line, &size, stdin)) > 0) {
        const pil_token *tokens;
        size_t n;
        check(pil_analyser_run(analyser, language, line, (size_t)length, &tokens, &n, &err), &err);
        print(language, tokens, n);
    }
    free(line);
    pil_analyser_free(analyser);
    return fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
