/* Optimiser passes and scatter-add. */
#include "kernels.h"
#include "simd.h"

/* Blocks of 4096 in f32 lanes, blocks added in double. */
double RP_NAME(sum_squares)(const float *x, int64_t n) {
    double total = 0;
    for (int64_t i = 0; i < n; i += 4096) {
        const int64_t end = n < i + 4096 ? n : i + 4096;
        vf s = vset(0), t = vset(0);
        int64_t j = i;
        for (; j + 2 * RP_W <= end; j += 2 * RP_W) {
            vf a = vload(x + j), b = vload(x + j + RP_W);
            s += a * a;
            t += b * b;
        }
        for (; j < end; j += RP_W) {
            vf a = vloadn(x + j, end - j);
            s += a * a;
        }
        total += (double)vsum(s + t);
    }
    return total;
}

/* m' = b1 m + (1 - b1) g, v' = b2 v + (1 - b2) g^2, p' = p - rate (m' inv1 / (sqrt(v' inv2) + eps) +
 * decay p) */
void RP_NAME(adamw)(const rp_adam *c, float *p2, float *m2, float *v2, const float *p,
                    const float *g, const float *m, const float *v, int64_t from, int64_t to) {
    const vf b1 = vset(c->beta1), b2 = vset(c->beta2), eps = vset(c->eps);
    const vf a1 = vset(1.0f - c->beta1), a2 = vset(1.0f - c->beta2);
    const vf inv1 = vset(c->inv1), inv2 = vset(c->inv2), rate = vset(c->rate);
    const vf factor = vset(c->factor), decay = vset(c->decay);
    for (int64_t i = from; i < to; i += RP_W) {
        const int64_t n = to - i;
        vf gi = vloadn(g + i, n) * factor;
        vf mi = b1 * vloadn(m + i, n) + a1 * gi;
        vf vi_ = b2 * vloadn(v + i, n) + a2 * gi * gi;
        vf pi = vloadn(p + i, n);
        vf update = mi * inv1 / (vsqrt(vi_ * inv2) + eps) + decay * pi;
        vstoren(m2 + i, mi, n);
        vstoren(v2 + i, vi_, n);
        vstoren(p2 + i, pi - rate * update, n);
    }
}

/* y[index[i]] += x[i] over the columns [from, to), in order of i; y starts from zero outside. */
void RP_NAME(scatter_add)(float *y, const int32_t *index, const float *x, int64_t n, int64_t d,
                          int64_t from, int64_t to) {
    for (int64_t i = 0; i < n; i++) {
        float *row = y + index[i] * d;
        for (int64_t j = from; j < to; j += RP_W) {
            vstoren(row + j, vloadn(row + j, to - j) + vloadn(x + i * d + j, to - j), to - j);
        }
    }
}
