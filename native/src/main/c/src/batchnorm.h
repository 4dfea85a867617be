/* Normalisation of the columns of x [rows, c] over all rows; sums run in chunks of rows that depend on
 * shapes alone. */
#ifndef RP_BATCHNORM_H
#define RP_BATCHNORM_H

#include <stdint.h>

static inline __attribute__((unused)) int64_t rp_bn_chunk(int64_t c) {
    const int64_t rows = 4096 / c;
    return rows < 16 ? 16 : rows;
}

static inline __attribute__((unused)) int64_t rp_bn_chunks(int64_t rows, int64_t c) {
    return (rows + rp_bn_chunk(c) - 1) / rp_bn_chunk(c);
}

typedef struct {
    int64_t rows, c;
    const float *x, *scale, *shift; /* y = x scale + shift */
    const float *residual;          /* or null: added before the rectifier */
    float *y;
    int relu;
    /* gradient */
    const float *mean, *rstd, *dy;
    const float *out;       /* y of the forward pass, where the mask needs it; else null */
    float *g;               /* dy under the mask, where it is a result; else null */
    const float *a, *b, *d; /* dx = a g + b (x - mean) + d */
    float *dx;
} rp_batchnorm;

/* Ranges of chunks for moments and sums, of rows for apply and dx. */
struct rp_bn_kernels {
    void (*moments)(const rp_batchnorm *p, float *out, int64_t from, int64_t to);
    void (*sums)(const rp_batchnorm *p, float *out, int64_t from, int64_t to);
    void (*apply)(const rp_batchnorm *p, int64_t from, int64_t to);
    void (*dx)(const rp_batchnorm *p, int64_t from, int64_t to);
};

#endif
