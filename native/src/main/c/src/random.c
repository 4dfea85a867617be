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

/* Box and Muller: r = sqrt(-2 ln u1), u1 in (0, 1], angle 2 pi u2. */
void rp_normal(float *y, int64_t n, uint64_t key, uint32_t step, uint32_t stream, uint32_t run,
               double mean, double deviation) {
    uint32_t w[4];
    for (int64_t i = 0; i < n; i += 2) {
        if (i % 4 == 0) {
            rp_philox(key, (uint32_t)(i / 4), step, stream, run, w);
        }
        const double radius = sqrt(-2.0 * log(unit(w[i % 4]) + 0x1p-24));
        const double angle = 2.0 * 3.14159265358979323846 * unit(w[i % 4 + 1]);
        y[i] = (float)(mean + deviation * (radius * cos(angle)));
        if (i + 1 < n) {
            y[i + 1] = (float)(mean + deviation * (radius * sin(angle)));
        }
    }
}
