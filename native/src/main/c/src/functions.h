/* The functions of one variable and their derivatives, in the order of enum rp_function. */
#ifndef RP_FUNCTIONS_H
#define RP_FUNCTIONS_H

#include "simd.h"

#define GELU_SCALE 0.7978845608028654f /* sqrt(2/pi) */
#define GELU_CUBIC 0.044715f
#define RP_GELU_FUNCTION 8 /* RP_GELU */

/* u with GELU(x) = x sigmoid(2u): x/2 (1 + tanh u) without the cancellation. */
RP_INLINE vf gelu_inner(vf x) { return GELU_SCALE * (x + GELU_CUBIC * x * x * x); }

RP_INLINE vf each_log(vf x) {
    float t[RP_W];
    vstore(t, x);
    for (int i = 0; i < RP_W; i++) {
        t[i] = logf(t[i]);
    }
    return vload(t);
}

/* The normal distribution function: 1 - erfc(|x|/sqrt 2)/2 and its mirror image; erfc by Abramowitz
 * and Stegun 7.1.26, within 1.5e-7. */
RP_INLINE vf normal_share(vf x) {
    const vf z = vmax(x, -x) * 0.70710678f;
    const vf t = 1.0f / (1.0f + 0.3275911f * z);
    vf p = t * 1.061405429f - 1.453152027f;
    p = p * t + 1.421413741f;
    p = p * t - 0.284496736f;
    p = p * t + 0.254829592f;
    const vf tail = 0.5f * p * t * vexp(-z * z);
    const vi below = x < vset(0);
    return (vf)(((vi)tail & below) | ((vi)(1.0f - tail) & ~below));
}

RP_INLINE vf value_of(const int fn, vf x) {
    switch (fn) {
    case 0:
        return vexp(x);
    case 1:
        return each_log(x);
    case 2:
        return vsqrt(x);
    case 3:
        return x * x;
    case 4:
        return 1.0f / x;
    case 5:
        return vtanh(x);
    case 6:
        return vsigmoid(x);
    case 7:
        return vmax(vset(0), x);
    case 8:
        return x * vsigmoid(2.0f * gelu_inner(x));
    case 9:
        return x * vsigmoid(x);
    default:
        return x * normal_share(x);
    }
}

RP_INLINE vf slope_of(const int fn, vf x) {
    vf s;
    switch (fn) {
    case 0:
        return vexp(x);
    case 1:
        return 1.0f / x;
    case 2:
        return 0.5f / vsqrt(x);
    case 3:
        return x + x;
    case 4:
        return -1.0f / (x * x);
    case 5:
        s = vtanh(x);
        return 1.0f - s * s;
    case 6:
        s = vsigmoid(x);
        return s * (1.0f - s);
    case 7:
        return (vf)((vi)vset(1) & (x > vset(0)));
    case 8:
        /* d/dx x s(2u) = s + x s (1 - s) 2 u' */
        s = vsigmoid(2.0f * gelu_inner(x));
        return s + x * s * (1.0f - s) * (2.0f * GELU_SCALE) * (1.0f + 3.0f * GELU_CUBIC * x * x);
    case 9:
        s = vsigmoid(x);
        return s * (1.0f + x * (1.0f - s));
    default:
        /* share + x density */
        return normal_share(x) + x * vexp(-0.5f * x * x) * 0.39894228f;
    }
}

#endif
