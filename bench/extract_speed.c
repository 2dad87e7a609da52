/* extract_speed SECONDS FILE...: reads the files over and over, in this process and not in the
 * cage, and prints the bytes read, the bytes of text that came, and the seconds of the processor,
 * of one round. */
#include "base/file.h"
#include "indexer/article.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static pil_status on_article(void *context, const pil_article *article, pil_error *err)
{
    uint64_t *n_text = context;
    (void)err;
    for (size_t i = 0; i < article->paragraphs->n_items; i++)
        *n_text += article->paragraphs->items[i].length_bytes;
    return PIL_OK;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    double seconds = strtod(argv[1], NULL), used = 0;
    uint64_t n_bytes = 0, n_text = 0;
    unsigned n_rounds = 0;
    const pil_article_sink sink = {.article = on_article, .context = &n_text};
    while (used < seconds) {
        n_rounds++;
        for (int i = 2; i < argc; i++) {
            pil_buffer bytes;
            pil_error err = {0};
            const pil_read_options options = {.file_name = argv[i]};
            pil_buffer_init(&bytes, SIZE_MAX - 1);
            if (pil_file_read(argv[i], &bytes, &err) != PIL_OK) {
                fprintf(stderr, "%s: %s\n", argv[i], err.message);
                return 1;
            }
            double begin = now();
            if (pil_read_articles(pil_format_of_name(argv[i]), bytes.bytes, bytes.length, &options,
                                  &sink, &err) != PIL_OK)
                fprintf(stderr, "%s: %s\n", argv[i], err.message);
            used += now() - begin;
            n_bytes += bytes.length;
            pil_buffer_dispose(&bytes);
        }
    }
    printf("%" PRIu64 " %" PRIu64 " %.6f\n", n_bytes / n_rounds, n_text / n_rounds,
           used / n_rounds);
    return 0;
}
