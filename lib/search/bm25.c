#include "bm25.h"

#include "index/schema.h"

#include <math.h>

double pil_bm25_idf(uint32_t n_all, uint32_t n)
{
    double odds = (n_all - n + 0.5) / (n + 0.5);
    return log(odds < 2 ? odds / 2 + 1 : odds);
}

double pil_bm25_norm(double length)
{
    double counted = length < PIL_BM25_MIN_LENGTH ? PIL_BM25_MIN_LENGTH : length;
    return 1 - PIL_BM25_B + PIL_BM25_B * counted;
}

double pil_bm25_saturate(double x)
{
    return x * (PIL_BM25_K1 + 1) / (x + PIL_BM25_K1);
}

double pil_bm25_gain(double x, double more)
{
    return pil_bm25_saturate(x + more) - pil_bm25_saturate(x);
}

double pil_bm25_tf(uint32_t n_times, double length)
{
    return pil_bm25_saturate(n_times / pil_bm25_norm(length));
}
