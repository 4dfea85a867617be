/* Kernels of running folds. */
#ifndef RP_ARRANGE_H
#define RP_ARRANGE_H

#include <stdint.h>

enum { RP_RUNNING_SUM, RP_RUNNING_PROD, RP_RUNNING_MAX };

typedef struct rp_arrange_kernels {
    /* columns [0, width) of n rows at a stride, downwards or, with a negative stride, upwards */
    void (*scan)(int running, float *y, const float *x, int64_t n, int64_t stride, int64_t width);
} rp_arrange_kernels;

#endif
