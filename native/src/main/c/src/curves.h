/* Kernels of further functions of elements and pairs. */
#ifndef RP_CURVES_H
#define RP_CURVES_H

#include <stdint.h>

enum rp_curve {
    RP_LEAKY_RELU, RP_ELU, RP_SOFTPLUS, RP_ERF, RP_GELU_ERF, RP_SIN, RP_COS, RP_ABS, RP_SIGN,
    RP_FLOOR, RP_CEIL, RP_ROUND, RP_CLAMP, RP_POWER, RP_LOG1P, RP_EXPM1, RP_RSQRT, RP_CURVES
};
enum rp_pairing {
    RP_PAIR_ADD, RP_PAIR_SUB, RP_PAIR_MUL, RP_PAIR_DIV, RP_PAIR_MAXIMUM, RP_PAIR_MINIMUM,
    RP_PAIR_POWER, RP_PAIR_EQUAL, RP_PAIR_NOT_EQUAL, RP_PAIR_LESS, RP_PAIR_LESS_EQUAL,
    RP_PAIR_GREATER, RP_PAIR_GREATER_EQUAL, RP_PAIRINGS
};

typedef struct rp_curve_kernels {
    void (*map)(int curve, float a, float b, float *y, const float *x, int64_t n);
    void (*map_grad)(int curve, float a, float b, float *dx, const float *x, const float *dy,
                     int64_t n);
    /* b one value for all where repeats is set */
    void (*zip)(int pairing, float *y, const float *a, const float *b, int repeats, int64_t n);
    void (*select)(float *y, const float *mask, const float *a, const float *b, int64_t n);
} rp_curve_kernels;

#endif
