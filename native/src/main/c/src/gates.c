/* Gates of recurrent cells. */
#include "gates.h"

#include "kernels.h"
#include "simd.h"

static void lstm(float *h, float *c2, const float *gates, const float *c, int64_t width,
                 int64_t from, int64_t to) {
    for (int64_t r = from; r < to; r++) {
        const float *x = gates + 4 * r * width;
        for (int64_t j = 0; j < width; j += RP_W) {
            const int64_t n = width - j, at = r * width + j;
            const vf i = vsigmoid(vloadn(x + j, n)), f = vsigmoid(vloadn(x + width + j, n));
            const vf g = vtanh(vloadn(x + 2 * width + j, n));
            const vf o = vsigmoid(vloadn(x + 3 * width + j, n));
            const vf cell = f * vloadn(c + at, n) + i * g;
            vstoren(c2 + at, cell, n);
            vstoren(h + at, o * vtanh(cell), n);
        }
    }
}

static void lstm_grad(float *dgates, float *dc, const float *gates, const float *c,
                      const float *c2, const float *dh, const float *dc2, int64_t width,
                      int64_t from, int64_t to) {
    for (int64_t r = from; r < to; r++) {
        const float *x = gates + 4 * r * width;
        float *d = dgates + 4 * r * width;
        for (int64_t j = 0; j < width; j += RP_W) {
            const int64_t n = width - j, at = r * width + j;
            const vf i = vsigmoid(vloadn(x + j, n)), f = vsigmoid(vloadn(x + width + j, n));
            const vf g = vtanh(vloadn(x + 2 * width + j, n));
            const vf o = vsigmoid(vloadn(x + 3 * width + j, n));
            const vf t = vtanh(vloadn(c2 + at, n)), up = vloadn(dh + at, n);
            const vf cell = vloadn(dc2 + at, n) + up * o * (1.0f - t * t);
            vstoren(d + j, cell * g * i * (1.0f - i), n);
            vstoren(d + width + j, cell * vloadn(c + at, n) * f * (1.0f - f), n);
            vstoren(d + 2 * width + j, cell * i * (1.0f - g * g), n);
            vstoren(d + 3 * width + j, up * t * o * (1.0f - o), n);
            vstoren(dc + at, cell * f, n);
        }
    }
}

static void gru(float *h2, const float *x, const float *s, const float *h, int64_t width,
                int64_t from, int64_t to) {
    for (int64_t row = from; row < to; row++) {
        const float *a = x + 3 * row * width, *b = s + 3 * row * width;
        for (int64_t j = 0; j < width; j += RP_W) {
            const int64_t k = width - j, at = row * width + j;
            const vf r = vsigmoid(vloadn(a + j, k) + vloadn(b + j, k));
            const vf u = vsigmoid(vloadn(a + width + j, k) + vloadn(b + width + j, k));
            const vf n =
                vtanh(vloadn(a + 2 * width + j, k) + r * vloadn(b + 2 * width + j, k));
            vstoren(h2 + at, (1.0f - u) * n + u * vloadn(h + at, k), k);
        }
    }
}

static void gru_grad(float *dx, float *ds, float *dh, const float *x, const float *s,
                     const float *h, const float *dh2, int64_t width, int64_t from, int64_t to) {
    for (int64_t row = from; row < to; row++) {
        const int64_t first = 3 * row * width;
        for (int64_t j = 0; j < width; j += RP_W) {
            const int64_t k = width - j, at = row * width + j, p = first + j;
            const vf r = vsigmoid(vloadn(x + p, k) + vloadn(s + p, k));
            const vf u = vsigmoid(vloadn(x + p + width, k) + vloadn(s + p + width, k));
            const vf own = vloadn(s + p + 2 * width, k);
            const vf n = vtanh(vloadn(x + p + 2 * width, k) + r * own), d = vloadn(dh2 + at, k);
            const vf dn = d * (1.0f - u) * (1.0f - n * n), dr = dn * own * r * (1.0f - r);
            const vf du = d * (vloadn(h + at, k) - n) * u * (1.0f - u);
            vstoren(dx + p, dr, k);
            vstoren(ds + p, dr, k);
            vstoren(dx + p + width, du, k);
            vstoren(ds + p + width, du, k);
            vstoren(dx + p + 2 * width, dn, k);
            vstoren(ds + p + 2 * width, dn * r, k);
            vstoren(dh + at, d * u, k);
        }
    }
}

const rp_gate_kernels RP_NAME(gate_kernels) = {
    .lstm = lstm, .lstm_grad = lstm_grad, .gru = gru, .gru_grad = gru_grad,
};
