/* The two factors of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
 * Beyond", 2009), as libxapian computes it, with the constants of index/schema.h. Private to this
 * folder. */
#ifndef SEARCH_BM25_H
#define SEARCH_BM25_H

#include <stdint.h>

/* The inverse document frequency of a term that n of n_all documents have. libxapian makes it
 * positive for terms of most documents. */
double pil_bm25_idf(uint32_t n_all, uint32_t n);

/* By what occurrences are divided in a document that is length times as long as the average. */
double pil_bm25_norm(double length);

/* What x occurrences count, divided by the norm: ever less each, and k1 + 1 at most. */
double pil_bm25_saturate(double x);

/* What more occurrences add where there are x, both divided by the norm. */
double pil_bm25_gain(double x, double more);

/* What n_times occurrences count in a document that is length times as long as the average. */
double pil_bm25_tf(uint32_t n_times, double length);

#endif
