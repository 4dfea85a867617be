/* Optimiser steps element by element; every result may lie over its operand. */
#include "update.h"

#include "kernels.h"
#include "simd.h"

RP_INLINE vf sign(vf x) {
    const vi one = (vi)vset(1);
    return (vf)(one & (x > vset(0))) - (vf)(one & (x < vset(0)));
}

RP_INLINE void step(const int rule, const rp_update *u, const rp_moments *m, int64_t from,
                    int64_t to) {
    const vf a = vset(u->a), b = vset(u->b), a1 = vset(1.0f - u->a), b1 = vset(1.0f - u->b);
    const vf eps = vset(u->eps), decay = vset(u->decay), rate = vset(u->rate);
    const vf factor = vset(u->factor), inv1 = vset(u->inv1), inv2 = vset(u->inv2);
    for (int64_t i = from; i < to; i += RP_W) {
        const int64_t n = to - i;
        const vf p = vloadn(m->p + i, n);
        vf g = vloadn(m->g + i, n) * factor, s, t;
        if (rule != RP_LION) {
            g += decay * p;
        }
        switch (rule) {
        case RP_PLAIN:
            vstoren(m->p2 + i, p - rate * g, n);
            break;
        case RP_MOMENTUM:
        case RP_NESTEROV:
            s = a * vloadn(m->s + i, n) + g;
            vstoren(m->s2 + i, s, n);
            vstoren(m->p2 + i, p - rate * (rule == RP_NESTEROV ? g + a * s : s), n);
            break;
        case RP_ADAM:
            s = a * vloadn(m->s + i, n) + a1 * g;
            t = b * vloadn(m->t + i, n) + b1 * g * g;
            vstoren(m->s2 + i, s, n);
            vstoren(m->t2 + i, t, n);
            vstoren(m->p2 + i, p - rate * (s * inv1 / (vsqrt(t * inv2) + eps)), n);
            break;
        case RP_LION:
            s = vloadn(m->s + i, n);
            vstoren(m->s2 + i, b * s + b1 * g, n);
            vstoren(m->p2 + i, p - rate * (sign(a * s + a1 * g) + decay * p), n);
            break;
        default:
            s = a * vloadn(m->s + i, n) + a1 * g * g;
            vstoren(m->s2 + i, s, n);
            t = g / (vsqrt(s) + eps);
            if (rule == RP_RMSPROP_MOMENTUM) {
                t += b * vloadn(m->t + i, n);
                vstoren(m->t2 + i, t, n);
            }
            vstoren(m->p2 + i, p - rate * t, n);
        }
    }
}

static void update(const rp_update *u, const rp_moments *m, int64_t from, int64_t to) {
#define RULE(r)                                                                                    \
    case r:                                                                                        \
        step(r, u, m, from, to);                                                                   \
        break;
    switch (u->rule) {
        RULE(RP_PLAIN)
        RULE(RP_MOMENTUM)
        RULE(RP_NESTEROV)
        RULE(RP_ADAM)
        RULE(RP_LION)
        RULE(RP_RMSPROP)
        RULE(RP_RMSPROP_MOMENTUM)
    }
#undef RULE
}

/* Sum over n elements of one function of the vector at j, blocks of 4096 added in double. */
#define SUM(total, n, expression)                                                                  \
    double total = 0;                                                                              \
    for (int64_t j0 = 0; j0 < (n); j0 += RP_BLOCK) {                                               \
        const int64_t end = (n) < j0 + RP_BLOCK ? (n) : j0 + RP_BLOCK;                             \
        vf lanes = vset(0);                                                                        \
        for (int64_t j = j0; j < end; j += RP_W) {                                                 \
            const int64_t left = end - j;                                                          \
            lanes += vfirst(expression, vset(0), left);                                            \
        }                                                                                          \
        total += (double)vsum(lanes);                                                              \
    }

static void factor_rows(const rp_adafactor *a, int64_t from, int64_t to) {
    for (int64_t i = from; i < to; i++) {
        const float *g = a->g + i * a->columns;
        SUM(total, a->columns, vloadn(g + j, left) * vloadn(g + j, left))
        const float mean = (float)(total / (double)a->columns) * a->factor * a->factor + a->eps1;
        a->r2[i] = a->b * a->r[i] + (1 - a->b) * mean;
    }
}

static void factor_columns(const rp_adafactor *a, int64_t from, int64_t to) {
    const float scale = a->factor * a->factor / (float)a->rows;
    for (int64_t j = from; j < to; j += RP_W) {
        const int64_t n = to - j;
        vf total = vset(0);
        for (int64_t i0 = 0; i0 < a->rows; i0 += 64) {
            vf s = vset(0);
            for (int64_t i = i0; i < a->rows && i < i0 + 64; i++) {
                const vf g = vloadn(a->g + i * a->columns + j, n);
                s += g * g;
            }
            total += s;
        }
        const vf mean = total * scale + a->eps1;
        vstoren(a->c2 + j, a->b * vloadn(a->c + j, n) + (1 - a->b) * mean, n);
    }
}

static void factor_vector(const rp_adafactor *a, int64_t from, int64_t to) {
    for (int64_t block = from; block < to; block++) {
        const int64_t first = block * RP_BLOCK;
        const int64_t n = a->columns - first < RP_BLOCK ? a->columns - first : RP_BLOCK;
        vf sum = vset(0);
        for (int64_t j = 0; j < n; j += RP_W) {
            const vf g = vloadn(a->g + first + j, n - j) * a->factor;
            const vf v = a->b * vloadn(a->r + first + j, n - j) + (1 - a->b) * (g * g + a->eps1);
            vstoren(a->r2 + first + j, v, n - j);
            sum += vfirst(g * g / v, vset(0), n - j);
        }
        a->sum[block] = vsum(sum);
    }
}

/* u^2 = g^2 mean / (r c) */
static void factor_sums(const rp_adafactor *a, int64_t from, int64_t to) {
    for (int64_t i = from; i < to; i++) {
        const float *g = a->g + i * a->columns;
        SUM(total, a->columns,
            vloadn(g + j, left) * vloadn(g + j, left) / vloadn(a->c2 + j, left))
        a->sum[i] = (float)(total * (double)a->factor * (double)a->factor * (double)a->mean /
                            (double)a->r2[i]);
    }
}

/* p' = p - size u - decay p; elements of a vector, or rows. */
static void factor_apply(const rp_adafactor *a, int64_t from, int64_t to) {
    const vf size = vset(a->size), decay = vset(a->decay), factor = vset(a->factor);
    if (!a->c2) {
        for (int64_t j = from; j < to; j += RP_W) {
            const vf p = vloadn(a->p + j, to - j), g = vloadn(a->g + j, to - j) * factor;
            const vf u = g / vsqrt(vloadn(a->r2 + j, to - j));
            vstoren(a->p2 + j, p - size * u - decay * p, to - j);
        }
        return;
    }
    for (int64_t i = from; i < to; i++) {
        const vf r = vset(a->r2[i] / a->mean);
        for (int64_t j = 0; j < a->columns; j += RP_W) {
            const int64_t n = a->columns - j, at = i * a->columns + j;
            const vf p = vloadn(a->p + at, n), g = vloadn(a->g + at, n) * factor;
            const vf u = g / vsqrt(r * vloadn(a->c2 + j, n));
            vstoren(a->p2 + at, p - size * u - decay * p, n);
        }
    }
}

const rp_update_kernels RP_NAME(update_kernels) = {
    .update = update,
    .factor_rows = factor_rows,
    .factor_columns = factor_columns,
    .factor_vector = factor_vector,
    .factor_sums = factor_sums,
    .factor_apply = factor_apply,
};
