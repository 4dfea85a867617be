/* Kernels of optimiser steps. */
#ifndef RP_UPDATE_H
#define RP_UPDATE_H

#include <stdint.h>

enum rp_rule {
    RP_PLAIN, RP_MOMENTUM, RP_NESTEROV, RP_ADAM, RP_LION, RP_RMSPROP, RP_RMSPROP_MOMENTUM, RP_RULES
};

/* a, b: momentum; beta1 and beta2; alpha and momentum, by rule */
typedef struct {
    int rule;
    float a, b, eps, decay, rate, factor, inv1, inv2;
} rp_update;

typedef struct {
    float *p2, *s2, *t2; /* parameter and moments after the step */
    const float *p, *g, *s, *t;
} rp_moments;

/* Adafactor on one matrix or vector: rows x columns; c null for unfactored moments in r. */
typedef struct {
    float *p2, *r2, *c2;
    const float *p, *g, *r, *c;
    int64_t rows, columns;
    float factor, b, eps1, mean, size, decay;
    float *sum; /* of u^2, one for each row or block of 4096 columns */
} rp_adafactor;

typedef struct rp_update_kernels {
    void (*update)(const rp_update *u, const rp_moments *m, int64_t from, int64_t to);
    void (*factor_rows)(const rp_adafactor *a, int64_t from, int64_t to);
    void (*factor_columns)(const rp_adafactor *a, int64_t from, int64_t to);
    void (*factor_vector)(const rp_adafactor *a, int64_t from, int64_t to); /* blocks of 4096 */
    void (*factor_sums)(const rp_adafactor *a, int64_t from, int64_t to);
    void (*factor_apply)(const rp_adafactor *a, int64_t from, int64_t to);
} rp_update_kernels;

#define RP_BLOCK 4096

#endif
