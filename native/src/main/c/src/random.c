/* Philox4x32-10 (Salmon et al., SC 2011). Compiled once, without contraction: the same bits on every
 * instruction set. */
#include <math.h>

#include "program.h"

void rp_philox(uint64_t key, uint32_t c0, uint32_t c1, uint32_t c2, uint32_t c3, uint32_t out[4]) {
    uint32_t k0 = (uint32_t)key;
    uint32_t k1 = (uint32_t)(key >> 32);
    for (int round = 0; round < 10; round++) {
        const uint64_t p0 = 0xD2511F53ULL * c0;
        const uint64_t p1 = 0xCD9E8D57ULL * c2;
        c0 = (uint32_t)(p1 >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)p1;
        c2 = (uint32_t)(p0 >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)p0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

/* [0, 1) from the upper 24 bits. */
static double unit(uint32_t word) { return (double)(word >> 8) * 0x1p-24; }

void rp_uniform(float *y, int64_t n, uint64_t key, uint32_t step, uint32_t stream, uint32_t run,
                double low, double high) {
    uint32_t w[4];
    for (int64_t i = 0; i < n; i++) {
        if (i % 4 == 0) {
            rp_philox(key, (uint32_t)(i / 4), step, stream, run, w);
        }
        y[i] = (float)(low + (high - low) * unit(w[i % 4]));
    }
}

/*
 * Box and Muller: r = sqrt(-2 ln u1), u1 in (0, 1], angle 2 pi u2, for LANES pairs at once; logarithm
 * and sine by series in double, accurate to some 1e-15, in plain arithmetic that a compiler turns
 * into vectors without changing a bit.
 */
#define LANES 16

/* ln(k 2^-24) for whole k in [1, 2^24]: k = m 2^e with m in [sqrt(1/2), sqrt(2)), s = (m-1)/(m+1),
 * ln m = 2 (s + s^3/3 + s^5/5 + ..) */
static void logarithms(const uint32_t *k, double *out) {
    for (int i = 0; i < LANES; i++) {
        union {
            double d;
            uint64_t u;
        } v = {.d = (double)(int32_t)k[i]};
        /* the exponent such that the mantissa lies around 1 */
        const uint64_t shifted = v.u - 0x3fe6a09e667f3bcdULL;
        const int64_t e = (int64_t)(shifted >> 52) - (shifted >> 63 ? 4096 : 0);
        v.u -= (uint64_t)e << 52;
        const double s = (v.d - 1.0) / (v.d + 1.0), z = s * s;
        double p = 1.0 / 21.0;
        p = p * z + 1.0 / 19.0;
        p = p * z + 1.0 / 17.0;
        p = p * z + 1.0 / 15.0;
        p = p * z + 1.0 / 13.0;
        p = p * z + 1.0 / 11.0;
        p = p * z + 1.0 / 9.0;
        p = p * z + 1.0 / 7.0;
        p = p * z + 1.0 / 5.0;
        p = p * z + 1.0 / 3.0;
        out[i] = 2.0 * (s + s * z * p) + (double)((int32_t)e - 24) * 0.69314718055994530942;
    }
}

/* cos and sin of 2 pi k 2^-24: with k = q 2^22 + j about a multiple q of a quarter turn, |x| <= pi/4,
 * by Taylor's series, then swapped and signed by q. */
static void turns(const uint32_t *k, double *cosine, double *sine) {
    for (int i = 0; i < LANES; i++) {
        const uint32_t q = (k[i] + (1u << 21)) >> 22;
        const double x = (double)((int32_t)k[i] - (int32_t)(q << 22)) *
                         (2.0 * 3.14159265358979323846 / 16777216.0);
        const double z = x * x;
        double s = -1.0 / 1307674368000.0; /* 15! */
        s = s * z + 1.0 / 6227020800.0;
        s = s * z - 1.0 / 39916800.0;
        s = s * z + 1.0 / 362880.0;
        s = s * z - 1.0 / 5040.0;
        s = s * z + 1.0 / 120.0;
        s = s * z - 1.0 / 6.0;
        s = x + x * z * s;
        double c = 1.0 / 20922789888000.0; /* 16! */
        c = c * z - 1.0 / 87178291200.0;
        c = c * z + 1.0 / 479001600.0;
        c = c * z - 1.0 / 3628800.0;
        c = c * z + 1.0 / 40320.0;
        c = c * z - 1.0 / 720.0;
        c = c * z + 1.0 / 24.0;
        c = c * z - 0.5;
        c = 1.0 + z * c;
        const double a = q & 1 ? s : c, b = q & 1 ? c : s;
        cosine[i] = (q + 1) & 2 ? -a : a;
        sine[i] = q & 2 ? -b : b;
    }
}

void rp_normal(float *y, int64_t n, uint64_t key, uint32_t step, uint32_t stream, uint32_t run,
               double mean, double deviation) {
    for (int64_t i = 0; i < n; i += 2 * LANES) {
        uint32_t w[2 * LANES], u[LANES], v[LANES];
        double l[LANES], c[LANES], s[LANES];
        for (int j = 0; j < LANES / 2; j++) {
            rp_philox(key, (uint32_t)(i / 4) + (uint32_t)j, step, stream, run, w + 4 * j);
        }
        for (int j = 0; j < LANES; j++) {
            u[j] = (w[2 * j] >> 8) + 1;
            v[j] = w[2 * j + 1] >> 8;
        }
        logarithms(u, l);
        turns(v, c, s);
        for (int j = 0; j < LANES; j++) {
            const double radius = sqrt(-2.0 * l[j]);
            if (i + 2 * j < n) {
                y[i + 2 * j] = (float)(mean + deviation * (radius * c[j]));
            }
            if (i + 2 * j + 1 < n) {
                y[i + 2 * j + 1] = (float)(mean + deviation * (radius * s[j]));
            }
        }
    }
}
