/*
 * The table of kernels that one instruction set provides. Each takes a range [from, to) of rows or
 * elements, so that several threads can share an instruction; the value of an element never depends
 * on how the range was cut, which is what makes results the same for any number of threads.
 */
#ifndef RP_KERNELS_H
#define RP_KERNELS_H

#include <stdint.h>

/* Extents of the blocks that a product packs; RP_GEMM_MC is a multiple of every tile's rows. */
#define RP_GEMM_KC 256
#define RP_GEMM_NC 1920
#define RP_GEMM_MC 144

/*
 * c[m,n] = or += a b; a element (i,k) at a[i*ra + k*ca]; b element (k,j) at b[k*rb + j*cb]. Zero
 * fields after accumulate mean nothing more; else, with y = a b + init + bias: c = y and, if asked,
 * active = function(y), or c = y function'(slope). init, active and slope have
 * the rows of c; init may be c where the tile's first block reads it. sums = column sums of b.
 */
typedef struct {
    int64_t m, n, k;
    const float *a;
    int64_t ra, ca;
    const float *b;
    int64_t rb, cb;
    float *c;
    int64_t rc;
    int accumulate;
    int function;
    const float *init, *bias, *slope;
    float *active, *sums;
} rp_gemm;

typedef struct {
    float *y, *lse;
    const float *qkv, *dy;
    float *dqkv;
    int64_t batch, time, heads, width;
} rp_attention;

/* Attention over separate operands: q, y, dy, dq [batch, tq, heads width], k, v, dk, dv
 * [batch, tk, groups width]; lengths may be null. */
typedef struct {
    float *y, *lse, *dq, *dk, *dv;
    const float *q, *k, *v, *dy;
    const int32_t *lengths;
    int64_t batch, tq, tk, heads, groups, width;
    int causal;
} rp_multi_head;

/* Attention over caches of keys [batch, groups, width, slots] and values [batch, groups, slots,
 * width]; a row of queries sees the first offset + start + its number + 1 entries. */
typedef struct {
    float *y;
    const float *q, *keys, *values;
    const int32_t *start;
    int64_t batch, time, heads, groups, width, slots, offset;
} rp_cache_attend;

typedef struct {
    float *y;
    const float *x;
    const int32_t *start; /* may be null */
    int64_t batch, time, heads, width, rotated, offset;
    double base;
    int interleaved, inverse;
} rp_rotation;

typedef struct {
    float beta1, beta2, eps, decay, rate, factor, inv1, inv2;
} rp_adam;

typedef struct {
    int64_t width; /* floats in a vector register */
    void (*gemm)(const rp_gemm *g, float *work);
    int64_t (*multiply_adds)(int64_t rounds); /* returns the operations done */
    void (*unary)(int fn, float *y, const float *x, int64_t from, int64_t to);
    void (*unary_grad)(int fn, float *dx, const float *x, const float *dy, int64_t from,
                       int64_t to);
    void (*binary)(int op, float *y, const float *a, const float *b, int64_t m, int64_t from,
                   int64_t to);
    void (*affine)(float *y, const float *x, float scale, float shift, int64_t from, int64_t to);
    void (*reduce)(int fold, float *y, const float *x, int64_t outer, int64_t middle,
                   int64_t inner);
    void (*layer_norm)(float *y, float *mean, float *rstd, const float *x, const float *gain,
                       const float *bias, int64_t d, float eps, int64_t from, int64_t to);
    void (*layer_norm_dx)(float *dx, const float *x, const float *gain, const float *mean,
                          const float *rstd, const float *dy, const float *dr, int64_t d,
                          int64_t from, int64_t to);
    /* dgain and dbias of the columns [from, to); mean is null for RMSNorm */
    void (*norm_dgain)(float *dgain, float *dbias, const float *x, const float *mean,
                       const float *rstd, const float *dy, int64_t rows, int64_t d, int64_t from,
                       int64_t to);
    void (*rms_norm)(float *y, float *rstd, const float *x, const float *gain, int64_t d, float eps,
                     int64_t from, int64_t to);
    void (*rms_norm_dx)(float *dx, const float *x, const float *gain, const float *rstd,
                        const float *dy, const float *dr, int64_t d, int64_t from, int64_t to);
    void (*softmax)(float *y, const float *x, int64_t d, int64_t from, int64_t to);
    void (*cross_entropy)(float *rows, float *lse, const float *x, const int32_t *target,
                          int64_t classes, int64_t from, int64_t to);
    void (*cross_entropy_grad)(float *dx, const float *x, const int32_t *target, const float *lse,
                               const float *drows, int64_t classes, int64_t from, int64_t to);
    int (*cut_slopes)(float *z, const int32_t *at, const float *lse, const float *drows,
                      float threshold, int64_t classes, int64_t rows);
    void (*kl)(float *rows, float *lse, const float *x, const float *table, const int32_t *index,
               int64_t classes, int64_t from, int64_t to);
    void (*kl_grad)(float *dx, const float *x, const float *table, const int32_t *index,
                    const float *lse, const float *drows, int64_t classes, int64_t from,
                    int64_t to);
    /* pairs of (batch, head) */
    void (*attention)(const rp_attention *a, float *work, int64_t from, int64_t to);
    void (*attention_grad)(const rp_attention *a, float *work, int64_t from, int64_t to);
    void (*multi_head)(const rp_multi_head *a, float *work, int64_t from, int64_t to);
    /* pairs of (batch, key-value head) */
    void (*multi_head_grad)(const rp_multi_head *a, float *work, int64_t from, int64_t to);
    /* positions [from, to) of all rows; work: rotated floats */
    void (*rotate)(const rp_rotation *r, float *work, int64_t from, int64_t to);
    /* y = x w + bias of the panels [from, to) of w; bias may be null */
    void (*project)(float *y, const float *x, const float *w, const float *bias, int64_t rows,
                    int64_t k, int64_t n, int64_t from, int64_t to);
    /* (row, head); work: slots floats */
    void (*cache_attend)(const rp_cache_attend *a, float *work, int64_t from, int64_t to);
    /* weights e^((x - max) / temperature); out: max, sum of weights, sum of weights times x - max */
    void (*softmax_weights)(float *w, const float *x, int64_t n, float temperature, float out[3]);
    void (*scatter_add)(float *y, const int32_t *index, const float *x, int64_t n, int64_t d,
                        int64_t from, int64_t to); /* columns [from, to) */
    double (*sum_squares)(const float *x, int64_t n);
    void (*adamw)(const rp_adam *c, float *p2, float *m2, float *v2, const float *p, const float *g,
                  const float *m, const float *v, int64_t from, int64_t to);
    const struct rp_update_kernels *update;
    const struct rp_gate_kernels *gates;
    const struct rp_arrange_kernels *arrange;
    const struct rp_curve_kernels *curves;
    const struct rp_quantise_kernels *quantise;
    const struct rp_conv_kernels *conv;
    const struct rp_pool_kernels *pooling;
    const struct rp_bn_kernels *batchnorm;
} rp_kernels;

extern const rp_kernels rp_kernels_portable;
#if defined(__x86_64__)
extern const rp_kernels rp_kernels_avx2;
extern const rp_kernels rp_kernels_avx512;
#endif

/* Scratch floats that the kernels above need for one thread. */
int64_t rp_gemm_work(int64_t m, int64_t n, int64_t k);
int64_t rp_attention_work(int64_t time, int64_t width);

#endif
