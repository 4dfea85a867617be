/* Batch normalisation, passes over x [rows, c]; channels are lanes. */
#include "batchnorm.h"
#include "kernels.h"
#include "simd.h"

static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }

/* Mean and sum of squared deviations of each column, chunk by chunk: out [chunk][2][c]. */
static void bn_moments(const rp_batchnorm *p, float *out, int64_t from, int64_t to) {
    const int64_t c = p->c, size = rp_bn_chunk(c);
    for (int64_t k = from; k < to; k++) {
        const int64_t r0 = k * size, r1 = least(p->rows, r0 + size);
        const float *x = p->x + r0 * c;
        const int64_t n = r1 - r0;
        for (int64_t j = 0; j < c; j += RP_W) {
            const int64_t w = c - j;
            vf s[4] = {vset(0), vset(0), vset(0), vset(0)};
            int64_t r = 0;
            for (; r + 4 <= n; r += 4) {
#pragma GCC unroll 4
                for (int i = 0; i < 4; i++) {
                    s[i] += vloadn(x + (r + i) * c + j, w);
                }
            }
            for (; r < n; r++) {
                s[0] += vloadn(x + r * c + j, w);
            }
            const vf mean = ((s[0] + s[1]) + (s[2] + s[3])) / (float)n;
            vf q[4] = {vset(0), vset(0), vset(0), vset(0)};
            for (r = 0; r + 4 <= n; r += 4) {
#pragma GCC unroll 4
                for (int i = 0; i < 4; i++) {
                    const vf d = vloadn(x + (r + i) * c + j, w) - mean;
                    q[i] += d * d;
                }
            }
            for (; r < n; r++) {
                const vf d = vloadn(x + r * c + j, w) - mean;
                q[0] += d * d;
            }
            vstoren(out + 2 * k * c + j, mean, w);
            vstoren(out + (2 * k + 1) * c + j, (q[0] + q[1]) + (q[2] + q[3]), w);
        }
    }
}

RP_INLINE void apply(const rp_batchnorm *p, const int residual, const int relu, int64_t from,
                     int64_t to) {
    const int64_t c = p->c;
    for (int64_t r = from; r < to; r++) {
        for (int64_t j = 0; j < c; j += RP_W) {
            vf v = vloadn(p->x + r * c + j, c - j) * vloadn(p->scale + j, c - j) +
                   vloadn(p->shift + j, c - j);
            if (residual) {
                v += vloadn(p->residual + r * c + j, c - j);
            }
            vstoren(p->y + r * c + j, relu ? vmax(vset(0), v) : v, c - j);
        }
    }
}

/* y = x scale + shift (+ residual), rectified or not. */
static void bn_apply(const rp_batchnorm *p, int64_t from, int64_t to) {
    switch ((p->residual ? 2 : 0) + (p->relu ? 1 : 0)) {
    case 0:
        apply(p, 0, 0, from, to);
        break;
    case 1:
        apply(p, 0, 1, from, to);
        break;
    case 2:
        apply(p, 1, 0, from, to);
        break;
    default:
        apply(p, 1, 1, from, to);
    }
}

/* mask: 0 none, 1 x scale + shift > 0, 2 out > 0 */
RP_INLINE vf masked(const rp_batchnorm *p, const int mask, int64_t at, int64_t j, vf x, int64_t w) {
    vf g = vloadn(p->dy + at, w);
    if (mask == 1) {
        g = (vf)((vi)g & (x * vloadn(p->scale + j, w) + vloadn(p->shift + j, w) > vset(0)));
    } else if (mask == 2) {
        g = (vf)((vi)g & (vloadn(p->out + at, w) > vset(0)));
    }
    return g;
}

RP_INLINE void sums(const rp_batchnorm *p, const int mask, float *out, int64_t from, int64_t to) {
    const int64_t c = p->c, size = rp_bn_chunk(c);
    for (int64_t k = from; k < to; k++) {
        const int64_t r0 = k * size, n = least(p->rows, r0 + size) - r0;
        for (int64_t j = 0; j < c; j += RP_W) {
            const int64_t w = c - j;
            const vf mean = vloadn(p->mean + j, w), rstd = vloadn(p->rstd + j, w);
            vf s[2] = {vset(0), vset(0)}, q[2] = {vset(0), vset(0)};
            for (int64_t r = 0; r < n; r += 2) {
#pragma GCC unroll 2
                for (int i = 0; i < 2; i++) {
                    if (r + i < n) {
                        const int64_t at = (r0 + r + i) * c + j;
                        const vf x = vloadn(p->x + at, w);
                        const vf g = masked(p, mask, at, j, x, w);
                        if (p->g) {
                            vstoren(p->g + at, g, w);
                        }
                        s[i] += g;
                        q[i] += g * ((x - mean) * rstd);
                    }
                }
            }
            vstoren(out + 2 * k * c + j, s[0] + s[1], w);
            vstoren(out + (2 * k + 1) * c + j, q[0] + q[1], w);
        }
    }
}

/* Sums of g and g xhat of each column, chunk by chunk: out [chunk][2][c]; g where it is asked for. */
static void bn_sums(const rp_batchnorm *p, float *out, int64_t from, int64_t to) {
    if (!p->relu) {
        sums(p, 0, out, from, to);
    } else if (!p->out) {
        sums(p, 1, out, from, to);
    } else {
        sums(p, 2, out, from, to);
    }
}

RP_INLINE void dx(const rp_batchnorm *p, const int mask, int64_t from, int64_t to) {
    const int64_t c = p->c;
    for (int64_t r = from; r < to; r++) {
        for (int64_t j = 0; j < c; j += RP_W) {
            const int64_t w = c - j, at = r * c + j;
            const vf x = vloadn(p->x + at, w);
            const vf g = p->g ? vloadn(p->g + at, w) : masked(p, mask, at, j, x, w);
            const vf v = g * vloadn(p->a + j, w) +
                         ((x - vloadn(p->mean + j, w)) * vloadn(p->b + j, w) + vloadn(p->d + j, w));
            vstoren(p->dx + at, v, w);
        }
    }
}

static void bn_dx(const rp_batchnorm *p, int64_t from, int64_t to) {
    if (!p->relu || p->g) {
        dx(p, 0, from, to);
    } else if (!p->out) {
        dx(p, 1, from, to);
    } else {
        dx(p, 2, from, to);
    }
}

const struct rp_bn_kernels RP_NAME(bn_kernels) = {
    .moments = bn_moments, .sums = bn_sums, .apply = bn_apply, .dx = bn_dx};
