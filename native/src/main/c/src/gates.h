/* Kernels of the gates of recurrent cells, rows [from, to). */
#ifndef RP_GATES_H
#define RP_GATES_H

#include <stdint.h>

typedef struct rp_gate_kernels {
    void (*lstm)(float *h, float *c2, const float *gates, const float *c, int64_t width,
                 int64_t from, int64_t to);
    void (*lstm_grad)(float *dgates, float *dc, const float *gates, const float *c,
                      const float *c2, const float *dh, const float *dc2, int64_t width,
                      int64_t from, int64_t to);
    void (*gru)(float *h2, const float *x, const float *s, const float *h, int64_t width,
                int64_t from, int64_t to);
    void (*gru_grad)(float *dx, float *ds, float *dh, const float *x, const float *s,
                     const float *h, const float *dh2, int64_t width, int64_t from, int64_t to);
} rp_gate_kernels;

#endif
