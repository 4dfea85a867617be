/* Rounding to a grid, a vector at a time, in exact steps: every product below is with a power of two
 * or is a plain f32 operation of the definition, so contraction changes nothing. */
#include "quantise.h"

#include "program.h"
#include "simd.h"

RP_INLINE vf pick(vi mask, vf a, vf b) { return (vf)(((vi)a & mask) | ((vi)b & ~mask)); }
RP_INLINE vi imax(vi a, vi b) {
    const vi m = a > b;
    return (a & m) | (b & ~m);
}
RP_INLINE vi imin(vi a, vi b) {
    const vi m = a < b;
    return (a & m) | (b & ~m);
}
/* 2^k for k in [-126, 127] */
RP_INLINE vf power(vi k) { return (vf)((k + 127) << 23); }

RP_INLINE vf magnitude(vf x) { return (vf)((vi)x & viset(0x7fffffff)); }

/* v >= 0 to a whole number: nearest, ties to even, or up with the probability of the fraction. */
RP_INLINE vf whole(vf v, vi words, const int draws) {
    const vf two23 = vset(8388608.0f);
    if (!draws) {
        return pick(v >= two23, v, (v + two23) - two23);
    }
    const vi t = __builtin_convertvector(vmin(v, vset(33554432.0f)), vi);
    const vf low = __builtin_convertvector(t, vf);
    /* the upper 24 bits, without sign */
    const vf u = __builtin_convertvector((words >> 8) & viset(0xffffff), vf) * 0x1p-24f;
    return low + (vf)((vi)vset(1) & ((v - low) >= (1.0f - u)));
}

RP_INLINE vf floating(const rp_grid *g, vf x, vi words, const int draws) {
    const vi bits = (vi)x & viset(0x7fffffff), sign = (vi)x ^ bits;
    const vi tiny = bits < viset(0x00800000);
    const vf a = pick(tiny, (vf)bits * 16777216.0f, (vf)bits);
    const vi e = ((vi)a >> 23) - 127 - (tiny & viset(24));
    vf s = (vf)(((vi)a & viset(0x7fffff)) | viset(0x3f800000));
    s = pick(bits == viset(0), vset(0), s);
    /* in units of the distance between neighbours, 2^(max(e, least) - mantissa) */
    const vi least = viset(g->least), below = imax(e - least, viset(-60));
    const vi up = imin(below, viset(0)) + g->mantissa;
    const vf r = whole(s * power(up), words, draws);
    const vi unit = imax(e, least) - g->mantissa, half = unit >> 1;
    vf y = r * power(half) * power(unit - half);
    y = pick(y > vset(g->max), vset(g->beyond), y);
    y = (vf)((vi)y | sign);
    return pick(x != x, x, y);
}

RP_INLINE vf integral(const rp_grid *g, vf x, vf zero, vi words, const int draws) {
    const vi bits = (vi)x & viset(0x7fffffff), sign = (vi)x ^ bits;
    const vf max = vset(g->max);
    vf r = whole(vmin((vf)bits, vset(4194304.0f)), words, draws);
    r = (vf)((vi)r | sign);
    if (g->symmetric) {
        r = vmax(-max, vmin(max, r));
    } else {
        r = vmax(vset(0), vmin(max, r + zero)) - zero;
    }
    return pick(x != x, x, r);
}

RP_INLINE vf one(const rp_grid *g, vf x, vf scale, vf zero, vi words, const int kind,
                 const int draws) {
    const int scaled = g->scale != RP_SCALE_NONE;
    x = scaled ? x / scale : x;
    x = kind == RP_FLOATING ? floating(g, x, words, draws) : integral(g, x, zero, words, draws);
    return scaled ? x * scale : x;
}

/* Exponent of positive normal numbers, -126 for smaller ones. */
RP_INLINE vi exponent(vf x) { return imax(((vi)x >> 23) - 127, viset(-126)); }

RP_INLINE void scales(const rp_grid *g, vf low, vf high, vf *scale, vf *zero) {
    const vf span = g->symmetric ? vmax(-low, high) : high - low;
    const vi infinite = span > vset(3.402823466e38f);
    vf s = span / g->max;
    if (g->scale == RP_SCALE_POWER) {
        if (g->kind == RP_FLOATING) {
            const vi top = exponent(vset(g->max));
            s = pick(infinite, span, power(imax(exponent(span) - top, viset(-126))));
        } else {
            const vf p = power(imin(exponent(s), viset(127)));
            s = pick(infinite, span, pick(p < s, p + p, p));
        }
    }
    s = vmax(s, vset(1.17549435e-38f));
    *scale = s;
    *zero = vset(0);
    if (!g->symmetric) {
        const vf two23 = vset(8388608.0f), v = -low / s;
        *zero = pick(v >= two23, v, (v + two23) - two23);
    }
}

static void extremes(const float *x, int64_t n, float *low, float *high) {
    vf l = vset(0), h = vset(0);
    for (int64_t i = 0; i < n; i += RP_W) {
        const vf v = vloadn(x + i, n - i);
        l = vmin(v, l);
        h = vmax(v, h);
    }
    *low = -vmaximum(-l);
    *high = vmaximum(h);
}

static void scale_of(const rp_grid *g, float low, float high, float *scale, float *zero) {
    vf s, z;
    scales(g, vset(low), vset(high), &s, &z);
    *scale = s[0];
    *zero = z[0];
}

/* The random words of elements index .. index + RP_W - 1. */
RP_INLINE vi draw(const rp_grid *g, int64_t index) {
    uint32_t w[RP_W + 8] __attribute__((aligned(RP_BYTES)));
    const int64_t first = index / 4;
    for (int64_t b = 0; b <= RP_W / 4; b++) {
        rp_philox(g->key, (uint32_t)(first + b), g->step, g->stream, g->run, w + 4 * b);
        if (b == RP_W / 4 - 1 && index % 4 == 0) {
            break;
        }
    }
    vi r;
    memcpy(&r, w + index % 4, sizeof r);
    return r;
}

RP_INLINE void line(const rp_grid *g, float *y, const float *x, int64_t n, int64_t index, vf scale,
                    vf zero, const int kind, const int draws) {
    for (int64_t i = 0; i < n; i += RP_W) {
        const vi words = draws ? draw(g, index + i) : viset(0);
        vstoren(y + i, one(g, vloadn(x + i, n - i), scale, zero, words, kind, draws), n - i);
    }
}

#define EACH(call)                                                                                 \
    do {                                                                                           \
        if (g->kind == RP_FLOATING) {                                                              \
            if (g->draws) {                                                                        \
                call(RP_FLOATING, 1);                                                              \
            } else {                                                                               \
                call(RP_FLOATING, 0);                                                              \
            }                                                                                      \
        } else if (g->draws) {                                                                     \
            call(RP_WHOLE, 1);                                                                     \
        } else {                                                                                   \
            call(RP_WHOLE, 0);                                                                     \
        }                                                                                          \
    } while (0)

static void run(const rp_grid *g, float *y, const float *x, int64_t n, int64_t index, float scale,
                float zero) {
#define LINE(kind, draws) line(g, y, x, n, index, vset(scale), vset(zero), kind, draws)
    EACH(LINE);
#undef LINE
}

static void columns(const rp_grid *g, float *y, const float *x, int64_t rows, int64_t stride,
                    int64_t width, int64_t index) {
    for (int64_t j = 0; j < width; j += RP_W) {
        const int64_t n = width - j < RP_W ? width - j : RP_W;
        vf low = vset(0), high = vset(0), scale, zero;
        for (int64_t i = 0; i < rows; i++) {
            const vf v = vloadn(x + i * stride + j, n);
            low = vmin(v, low);
            high = vmax(v, high);
        }
        scales(g, low, high, &scale, &zero);
#define ROWS(kind, draws)                                                                          \
    for (int64_t i = 0; i < rows; i++) {                                                           \
        const int64_t at = i * stride + j;                                                         \
        line(g, y + at, x + at, n, index + at, scale, zero, kind, draws);                          \
    }
        EACH(ROWS);
#undef ROWS
    }
}

const rp_quantise_kernels RP_NAME(quantise_kernels) = {
    .extremes = extremes,
    .scale = scale_of,
    .run = run,
    .columns = columns,
};
