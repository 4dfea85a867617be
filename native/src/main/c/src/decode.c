/*
 * Kernels of decoding: products with few rows, which stream their weights once, attention of single
 * queries over a cache, softmax weights. The sum of an element runs over k in order with one
 * accumulator, so that its bits do not depend on the number of rows.
 */
#include "kernels.h"
#include "simd.h"

#define PANEL 32
#define NV (PANEL / RP_W)
#if RP_W == 16
#define ROWS 8
#elif RP_W == 8
#define ROWS 3
#else
#define ROWS 1
#endif
/* Rows of a panel that stay in the first cache while all rows of x pass. */
#define KC 128

/* c[rows][columns] = or += x[rows][k] panel[k][32], k in [0, kc) */
RP_INLINE void tile(const int rows, const float *x, int64_t ldx, const float *w, int64_t kc,
                    float *c, int64_t ldc, int64_t columns, const float *bias, int first) {
    vf r[ROWS][NV];
#pragma GCC unroll 8
    for (int i = 0; i < rows; i++) {
#pragma GCC unroll 8
        for (int j = 0; j < NV; j++) {
            const int64_t left = columns - j * RP_W;
            r[i][j] = left <= 0 ? vset(0)
                      : first   ? (bias ? vloadn(bias + j * RP_W, left) : vset(0))
                                : vloadn(c + i * ldc + j * RP_W, left);
        }
    }
    for (int64_t k = 0; k < kc; k++) {
        vf s[ROWS];
#pragma GCC unroll 8
        for (int i = 0; i < rows; i++) {
            s[i] = vset(x[i * ldx + k]);
        }
#pragma GCC unroll 8
        for (int j = 0; j < NV; j++) {
            const vf b = vload(w + k * PANEL + j * RP_W);
#pragma GCC unroll 8
            for (int i = 0; i < rows; i++) {
                r[i][j] = s[i] * b + r[i][j];
            }
        }
    }
#pragma GCC unroll 8
    for (int i = 0; i < rows; i++) {
#pragma GCC unroll 8
        for (int j = 0; j < NV; j++) {
            const int64_t left = columns - j * RP_W;
            if (left > 0) {
                vstoren(c + i * ldc + j * RP_W, r[i][j], left);
            }
        }
    }
}

void RP_NAME(project)(float *y, const float *x, const float *w, const float *bias, int64_t rows,
                      int64_t k, int64_t n, int64_t from, int64_t to) {
    const int64_t step = rows <= ROWS ? k : KC;
    for (int64_t p = from; p < to; p++) {
        const int64_t columns = n - p * PANEL < PANEL ? n - p * PANEL : PANEL;
        const float *b = bias ? bias + p * PANEL : (const float *)0;
        for (int64_t k0 = 0; k0 < k; k0 += step) {
            const int64_t kc = k - k0 < step ? k - k0 : step;
            const float *panel = w + (p * k + k0) * PANEL;
            int64_t i = 0;
            for (; i + ROWS <= rows; i += ROWS) {
                tile(ROWS, x + i * k + k0, k, panel, kc, y + i * n + p * PANEL, n, columns, b,
                     k0 == 0);
            }
            for (; ROWS > 2 && i + 2 <= rows; i += 2) {
                tile(2 < ROWS ? 2 : 1, x + i * k + k0, k, panel, kc, y + i * n + p * PANEL, n,
                     columns, b, k0 == 0);
            }
            for (; i < rows; i++) {
                tile(1, x + i * k + k0, k, panel, kc, y + i * n + p * PANEL, n, columns, b,
                     k0 == 0);
            }
        }
    }
}

/* s[j] = sum_i q[i] keys[i][j] for n entries; whole vectors where the cache holds them. */
static void scores(float *s, const float *q, const float *keys, int64_t width, int64_t slots,
                   int64_t n) {
    int64_t j = 0;
    for (; j + 4 * RP_W <= n; j += 4 * RP_W) {
        vf r[4] = {vset(0), vset(0), vset(0), vset(0)};
        for (int64_t i = 0; i < width; i++) {
            const vf x = vset(q[i]);
#pragma GCC unroll 4
            for (int v = 0; v < 4; v++) {
                r[v] = x * vload(keys + i * slots + j + v * RP_W) + r[v];
            }
        }
#pragma GCC unroll 4
        for (int v = 0; v < 4; v++) {
            vstore(s + j + v * RP_W, r[v]);
        }
    }
    for (; j < n; j += RP_W) {
        vf r = vset(0);
        for (int64_t i = 0; i < width; i++) {
            r = vset(q[i]) * vloadn(keys + i * slots + j, n - j) + r;
        }
        vstoren(s + j, r, n - j);
    }
}

/* y[i] = sum_j p[j] values[j][i] */
static void mixture(float *y, const float *p, const float *values, int64_t width, int64_t n) {
    int64_t i = 0;
    for (; i + 4 * RP_W <= width; i += 4 * RP_W) {
        vf r[4] = {vset(0), vset(0), vset(0), vset(0)};
        for (int64_t j = 0; j < n; j++) {
            const vf x = vset(p[j]);
#pragma GCC unroll 4
            for (int v = 0; v < 4; v++) {
                r[v] = x * vload(values + j * width + i + v * RP_W) + r[v];
            }
        }
#pragma GCC unroll 4
        for (int v = 0; v < 4; v++) {
            vstore(y + i + v * RP_W, r[v]);
        }
    }
    for (; i < width; i += RP_W) {
        vf r = vset(0);
        for (int64_t j = 0; j < n; j++) {
            r = vset(p[j]) * vloadn(values + j * width + i, width - i) + r;
        }
        vstoren(y + i, r, width - i);
    }
}

void RP_NAME(softmax_weights)(float *w, const float *x, int64_t n, float temperature,
                              float out[3]) {
    vf m = vset(x[0]);
    for (int64_t j = 0; j < n; j += RP_W) {
        m = vmax(m, n - j >= RP_W ? vload(x + j) : vfirst(vloadn(x + j, n - j), m, n - j));
    }
    const float max = vmaximum(m), inv = 1.0f / temperature;
    vf sum = vset(0), moment = vset(0);
    for (int64_t j = 0; j < n; j += RP_W) {
        const vf d = vloadn(x + j, n - j) - max;
        vf e = vexp(d * inv);
        /* a banned token is minus infinity: no weight, no moment */
        const vi dead = d < vset(-3e38f);
        e = (vf)((vi)e & ~dead);
        e = n - j >= RP_W ? e : vfirst(e, vset(0), n - j);
        sum += e;
        moment += e * (vf)((vi)d & ~dead);
        vstoren(w + j, e, n - j);
    }
    out[0] = max;
    out[1] = vsum(sum);
    out[2] = vsum(moment);
}

void RP_NAME(cache_attend)(const rp_cache_attend *a, float *work, int64_t from, int64_t to) {
    const int64_t w = a->width;
    const float scale = 1.0f / sqrtf((float)w);
    for (int64_t unit = from; unit < to; unit++) {
        const int64_t row = unit / a->heads, h = unit % a->heads;
        const int64_t b = row / a->time;
        const int64_t seen = a->offset + a->start[b] + row % a->time + 1;
        const int64_t n = seen < 0 ? 0 : seen > a->slots ? a->slots : seen;
        const int64_t head =
            (b * a->groups + h / (a->heads / a->groups)) * a->slots * w;
        float *y = a->y + unit * w, sums[3];
        if (n == 0) {
            memset(y, 0, (size_t)w * 4);
            continue;
        }
        scores(work, a->q + unit * w, a->keys + head, w, a->slots, n);
        RP_NAME(softmax_weights)(work, work, n, 1.0f / scale, sums);
        mixture(y, work, a->values + head, w, n);
        const float inv = 1.0f / sums[1];
        for (int64_t i = 0; i < w; i++) {
            y[i] *= inv;
        }
    }
}
