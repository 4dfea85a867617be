/* Further functions of elements and pairs; results may lie over operands. */
#include "curves.h"

#include "kernels.h"
#include "simd.h"

RP_INLINE vf pick(vi mask, vf a, vf b) { return (vf)(((vi)a & mask) | ((vi)b & ~mask)); }
RP_INLINE vf truth(vi mask) { return (vf)((vi)vset(1) & mask); }
RP_INLINE vf magnitude(vf x) { return (vf)((vi)x & viset(0x7fffffff)); }
RP_INLINE vf signed_as(vf a, vf x) { return (vf)((vi)a | ((vi)x & viset((int32_t)0x80000000))); }

/* ln x for normal x > 0, -inf for 0, NaN below: x = m 2^e with m in [sqrt 1/2, sqrt 2); the
 * polynomial is Cephes' logf (Moshier). */
RP_INLINE vf vlog(vf x) {
    vi e = ((vi)x >> 23) - 126;
    vf m = (vf)(((vi)x & viset(0x007fffff)) | viset(0x3f000000)); /* [1/2, 1) */
    const vi small = m < vset(0.70710678f);
    e += small; /* true is -1 */
    m = pick(small, m + m, m) - 1.0f;
    const vf z = m * m, n = __builtin_convertvector(e, vf);
    vf p = vset(7.0376836292e-2f);
    p = p * m - 1.1514610310e-1f;
    p = p * m + 1.1676998740e-1f;
    p = p * m - 1.2420140846e-1f;
    p = p * m + 1.4249322787e-1f;
    p = p * m - 1.6668057665e-1f;
    p = p * m + 2.0000714765e-1f;
    p = p * m - 2.4999993993e-1f;
    p = p * m + 3.3333331174e-1f;
    vf y = m * z * p - 0.5f * z + n * -2.12194440e-4f + m + n * 0.693359375f;
    y = pick(x == vset(0), vset(-INFINITY), y);
    return pick(x < vset(0), vset(NAN), pick(x > vset(3.4e38f), x, y));
}

/* ln(1 + x) = ln(u) x/(u - 1) with u = 1 + x rounded (Kahan). */
RP_INLINE vf vlog1p(vf x) {
    const vf u = 1.0f + x, d = u - 1.0f;
    const vf y = vlog(u) * (x / d);
    return pick((d == vset(0)) | (x > vset(3.4e38f)), x, pick(u == vset(0), vset(-INFINITY), y));
}

/* e^x - 1: Taylor polynomial near 0 where that cancels. */
RP_INLINE vf vexpm1(vf x) {
    vf p = vset(2.7557319e-6f);
    p = p * x + 2.4801587e-5f;
    p = p * x + 1.9841270e-4f;
    p = p * x + 1.3888889e-3f;
    p = p * x + 8.3333333e-3f;
    p = p * x + 4.1666667e-2f;
    p = p * x + 1.6666667e-1f;
    p = p * x + 0.5f;
    return pick(magnitude(x) < vset(0.5f), x + x * x * p, vexp(x) - 1.0f);
}

/* erfc(z) for z >= 1: Abramowitz and Stegun 7.1.26. */
RP_INLINE vf tail(vf z) {
    const vf t = 1.0f / (1.0f + 0.3275911f * z);
    vf p = vset(1.061405429f);
    p = p * t - 1.453152027f;
    p = p * t + 1.421413741f;
    p = p * t - 0.284496736f;
    p = p * t + 0.254829592f;
    return p * t * vexp(-z * z);
}

/* erf: Taylor series up to 1, its terms alternate. */
RP_INLINE vf verf(vf x) {
    const vf a = magnitude(x), s = x * x;
    vf p = vset(1.4807193e-8f); /* 2/sqrt(pi) (-1)^n / (n! (2n + 1)), n = 10 .. 0 */
    p = p * s - 1.6365845e-7f;
    p = p * s + 1.6462114e-6f;
    p = p * s - 1.4925650e-5f;
    p = p * s + 1.2055332e-4f;
    p = p * s - 8.5483270e-4f;
    p = p * s + 5.2239776e-3f;
    p = p * s - 2.6866171e-2f;
    p = p * s + 1.1283792e-1f;
    p = p * s - 3.7612639e-1f;
    p = p * s + 1.1283792f;
    return pick(a < vset(1), x * p, signed_as(1.0f - tail(a), x));
}

/* Phi(x), without cancellation below -sqrt 2. */
RP_INLINE vf vnormal(vf x) {
    const vf z = x * 0.70710678f;
    const vf middle = 0.5f * (1.0f + verf(z)), low = 0.5f * tail(magnitude(z));
    return pick(z < vset(-1), low, middle);
}

/* sin (quarter 0) and cos (quarter 1) by quarter turns: x = n pi/2 + r; Cephes' polynomials. From 8192
 * on each lane by libm. */
RP_INLINE vf turn(vf x, const int quarter) {
    const vf magic = vset(12582912.0f);
    const vf t = x * 0.63661977f + magic, n = t - magic;
    vf r = x - n * 1.5703125f;
    r = r - n * 4.83751296997e-4f;
    r = r - n * 7.54978995489e-8f;
    const vf s = r * r;
    vf sine = vset(-1.9515295891e-4f);
    sine = sine * s + 8.3321608736e-3f;
    sine = sine * s - 1.6666654611e-1f;
    sine = r + r * s * sine;
    vf cosine = vset(2.443315711809948e-5f);
    cosine = cosine * s - 1.388731625493765e-3f;
    cosine = cosine * s + 4.166664568298827e-2f;
    cosine = 1.0f - 0.5f * s + s * s * cosine;
    const vi k = ((vi)t - (vi)magic) + viset(quarter);
    vf y = pick((k & viset(1)) != viset(0), cosine, sine);
    y = (vf)((vi)y ^ ((k & viset(2)) << 30));
    for (int i = 0; i < RP_W; i++) {
        if (!(fabsf(x[i]) < 8192.0f)) {
            y[i] = quarter ? cosf(x[i]) : sinf(x[i]);
        }
    }
    return y;
}

RP_INLINE vf vfloor(vf x) {
    const vi near = magnitude(x) < vset(8388608.0f);
    const vf safe = pick(near, x, vset(0));
    const vf t = __builtin_convertvector(__builtin_convertvector(safe, vi), vf);
    return pick(near, t - truth(t > safe), x);
}

RP_INLINE vf vround(vf x) {
    const vf two23 = vset(8388608.0f), a = magnitude(x);
    return pick(a < two23, signed_as((a + two23) - two23, x), x);
}

RP_INLINE vf vsign(vf x) { return truth(x > vset(0)) - truth(x < vset(0)); }

RP_INLINE vf vpower(vf x, vf a) {
    for (int i = 0; i < RP_W; i++) {
        x[i] = powf(x[i], a[i]);
    }
    return x;
}

RP_INLINE vf value(const int curve, vf x, vf a, vf b) {
    switch (curve) {
    case RP_LEAKY_RELU:
        return pick(x > vset(0), x, a * x);
    case RP_ELU:
        return pick(x > vset(0), x, a * vexpm1(x));
    case RP_SOFTPLUS:
        return vmax(vset(0), x) + vlog1p(vexp(-magnitude(x)));
    case RP_ERF:
        return verf(x);
    case RP_GELU_ERF:
        return x * vnormal(x);
    case RP_SIN:
        return turn(x, 0);
    case RP_COS:
        return turn(x, 1);
    case RP_ABS:
        return magnitude(x);
    case RP_SIGN:
        return vsign(x);
    case RP_FLOOR:
        return vfloor(x);
    case RP_CEIL:
        return -vfloor(-x);
    case RP_ROUND:
        return vround(x);
    case RP_CLAMP:
        return vmin(b, vmax(a, x));
    case RP_POWER:
        return vpower(x, a);
    case RP_LOG1P:
        return vlog1p(x);
    case RP_EXPM1:
        return vexpm1(x);
    default:
        return 1.0f / vsqrt(x);
    }
}

RP_INLINE vf slope(const int curve, vf x, vf a, vf b) {
    vf t;
    switch (curve) {
    case RP_LEAKY_RELU:
        return pick(x > vset(0), vset(1), a);
    case RP_ELU:
        return pick(x > vset(0), vset(1), a * vexp(x));
    case RP_SOFTPLUS:
        return vsigmoid(x);
    case RP_ERF:
        return 1.1283792f * vexp(-x * x);
    case RP_GELU_ERF:
        return vnormal(x) + x * 0.39894228f * vexp(-0.5f * x * x);
    case RP_SIN:
        return turn(x, 1);
    case RP_COS:
        return -turn(x, 0);
    case RP_ABS:
        return vsign(x);
    case RP_CLAMP:
        return truth((x >= a) & (x <= b));
    case RP_POWER:
        return a * vpower(x, a - 1.0f);
    case RP_LOG1P:
        return 1.0f / (1.0f + x);
    case RP_EXPM1:
        return vexp(x);
    case RP_RSQRT:
        t = 1.0f / vsqrt(x);
        return -0.5f * t * t * t;
    default:
        return vset(0);
    }
}

#define CURVES(X)                                                                                  \
    X(RP_LEAKY_RELU) X(RP_ELU) X(RP_SOFTPLUS) X(RP_ERF) X(RP_GELU_ERF) X(RP_SIN) X(RP_COS)         \
    X(RP_ABS) X(RP_SIGN) X(RP_FLOOR) X(RP_CEIL) X(RP_ROUND) X(RP_CLAMP) X(RP_POWER) X(RP_LOG1P)    \
    X(RP_EXPM1) X(RP_RSQRT)

static void map(int curve, float a, float b, float *y, const float *x, int64_t n) {
    const vf va = vset(a), vb = vset(b);
#define LOOP(f)                                                                                    \
    case f:                                                                                        \
        for (int64_t i = 0; i < n; i += RP_W) {                                                    \
            vstoren(y + i, value(f, vloadn(x + i, n - i), va, vb), n - i);                         \
        }                                                                                          \
        break;
    switch (curve) { CURVES(LOOP) }
#undef LOOP
}

static void map_grad(int curve, float a, float b, float *dx, const float *x, const float *dy,
                     int64_t n) {
    const vf va = vset(a), vb = vset(b);
#define LOOP(f)                                                                                    \
    case f:                                                                                        \
        for (int64_t i = 0; i < n; i += RP_W) {                                                    \
            const vf s = slope(f, vloadn(x + i, n - i), va, vb);                                   \
            vstoren(dx + i, s * vloadn(dy + i, n - i), n - i);                                     \
        }                                                                                          \
        break;
    switch (curve) { CURVES(LOOP) }
#undef LOOP
}

RP_INLINE vf pair(const int pairing, vf a, vf b) {
    switch (pairing) {
    case RP_PAIR_ADD:
        return a + b;
    case RP_PAIR_SUB:
        return a - b;
    case RP_PAIR_MUL:
        return a * b;
    case RP_PAIR_DIV:
        return a / b;
    case RP_PAIR_MAXIMUM:
        return pick((a >= b) | (a != a), a, b); /* NaN where either is */
    case RP_PAIR_MINIMUM:
        return pick((a <= b) | (a != a), a, b);
    case RP_PAIR_POWER:
        return vpower(a, b);
    case RP_PAIR_EQUAL:
        return truth(a == b);
    case RP_PAIR_NOT_EQUAL:
        return truth(a != b);
    case RP_PAIR_LESS:
        return truth(a < b);
    case RP_PAIR_LESS_EQUAL:
        return truth(a <= b);
    case RP_PAIR_GREATER:
        return truth(a > b);
    default:
        return truth(a >= b);
    }
}

#define PAIRINGS(X)                                                                                \
    X(RP_PAIR_ADD) X(RP_PAIR_SUB) X(RP_PAIR_MUL) X(RP_PAIR_DIV) X(RP_PAIR_MAXIMUM)                 \
    X(RP_PAIR_MINIMUM) X(RP_PAIR_POWER) X(RP_PAIR_EQUAL) X(RP_PAIR_NOT_EQUAL) X(RP_PAIR_LESS)      \
    X(RP_PAIR_LESS_EQUAL) X(RP_PAIR_GREATER) X(RP_PAIR_GREATER_EQUAL)

static void zip(int pairing, float *y, const float *a, const float *b, int repeats, int64_t n) {
#define LOOP(p)                                                                                    \
    case p:                                                                                        \
        if (repeats) {                                                                             \
            const vf all = vset(b[0]);                                                             \
            for (int64_t i = 0; i < n; i += RP_W) {                                                \
                vstoren(y + i, pair(p, vloadn(a + i, n - i), all), n - i);                         \
            }                                                                                      \
        } else {                                                                                   \
            for (int64_t i = 0; i < n; i += RP_W) {                                                \
                vstoren(y + i, pair(p, vloadn(a + i, n - i), vloadn(b + i, n - i)), n - i);        \
            }                                                                                      \
        }                                                                                          \
        break;
    switch (pairing) { PAIRINGS(LOOP) }
#undef LOOP
}

static void choose(float *y, const float *mask, const float *a, const float *b, int64_t n) {
    for (int64_t i = 0; i < n; i += RP_W) {
        const vi m = vloadn(mask + i, n - i) != vset(0);
        vstoren(y + i, pick(m, vloadn(a + i, n - i), vloadn(b + i, n - i)), n - i);
    }
}

const rp_curve_kernels RP_NAME(curve_kernels) = {
    .map = map, .map_grad = map_grad, .zip = zip, .select = choose,
};
