/* Articles made of nothing but a seed: the same for the same seed, on every machine. */
#ifndef SUPPORT_RANDOM_ARTICLES_H
#define SUPPORT_RANDOM_ARTICLES_H

#include "index/batch.h"

#include <stddef.h>
#include <stdint.h>

typedef struct pil_random {
    uint64_t state;
} pil_random;

pil_random pil_random_from(uint64_t seed);
/* 0 to n - 1; n is at least 1. */
uint32_t pil_random_below(pil_random *random, uint32_t n);
/* True once in n times. */
bool pil_random_once_in(pil_random *random, uint32_t n);

/* Appends n_articles articles to batch: in several languages and scripts, with words of all kinds
 * and many common ones, some without words, some without paragraphs, most with metadata. About
 * n_words words an article, from none to three times as many. Their ids begin with name. Aborts
 * when memory runs out. */
void pil_random_articles_add(pil_batch *batch, pil_random *random, const char *name,
                             size_t n_articles, uint32_t n_words);

/* Appends text as one article, paragraphs being what lies between blank lines. */
void pil_text_article_add(pil_batch *batch, const char *id, const char *language, const char *text,
                          size_t length);

#endif
