/* Kernels of rounding to a grid. */
#ifndef RP_QUANTISE_H
#define RP_QUANTISE_H

#include <stdint.h>

enum { RP_FLOATING = 0, RP_WHOLE = 1 };
enum { RP_SCALE_NONE = 0, RP_SCALE_POWER = 1, RP_SCALE_F32 = 2 };

typedef struct {
    int kind, scale, draws, symmetric;
    int mantissa, least; /* bits behind the point, exponent of the smallest normal number */
    float max, beyond;   /* the largest value; what a larger one becomes */
    uint64_t key;
    uint32_t step, stream, run;
} rp_grid;

typedef struct rp_quantise_kernels {
    /* smallest and largest of n values and 0 */
    void (*extremes)(const float *x, int64_t n, float *low, float *high);
    /* scale and zero point of a block with these extremes */
    void (*scale)(const rp_grid *g, float low, float high, float *scale, float *zero);
    /* n neighbours; index is the number of the first element in the tensor */
    void (*run)(const rp_grid *g, float *y, const float *x, int64_t n, int64_t index, float scale,
                float zero);
    /* columns of a block of rows, each column with a scale of its own */
    void (*columns)(const rp_grid *g, float *y, const float *x, int64_t rows, int64_t stride,
                    int64_t width, int64_t index);
} rp_quantise_kernels;

#endif
