/*
 * Causal attention over packed qkv [B, T, 3 heads width], one (batch, head) at a time, in blocks of
 * queries; what lies above the diagonal block is never computed. The backward pass recomputes the
 * probabilities from the saved log-sum-exp (Dao et al. 2022, 2205.14135, algorithm 4).
 */
#include "kernels.h"
#include "simd.h"
#include "transpose.h"

#define BLOCK 64

void RP_NAME(gemm)(const rp_gemm *g, float *work);

typedef struct {
    int64_t row; /* stride of qkv */
    int64_t d;   /* stride of y */
    const float *q, *k, *v;
} head;

static head find(const rp_attention *a, int64_t pair) {
    const int64_t b = pair / a->heads;
    const int64_t h = pair % a->heads;
    const int64_t d = a->heads * a->width;
    const float *q = a->qkv + b * a->time * 3 * d + h * a->width;
    return (head){3 * d, d, q, q + d, q + 2 * d};
}

/* t [width, time] = x' for x [time, width] with the given row stride */
static void turn(float *t, const float *x, int64_t row, int64_t time, int64_t width) {
    int64_t i = 0;
#if defined(RP_TRANSPOSE)
    for (; i + 8 <= time; i += 8) {
        int64_t j = 0;
        for (; j + 8 <= width; j += 8) {
            transpose8(x + i * row + j, row, 8, t + j * time + i, time);
        }
        for (; j < width; j++) {
            for (int64_t r = i; r < i + 8; r++) {
                t[j * time + r] = x[r * row + j];
            }
        }
    }
#endif
    for (; i < time; i++) {
        for (int64_t j = 0; j < width; j++) {
            t[j * time + i] = x[i * row + j];
        }
    }
}

static float dot(const float *x, const float *y, int64_t n) {
    vf s = vset(0);
    for (int64_t j = 0; j < n; j += RP_W) {
        s += vloadn(x + j, n - j) * vloadn(y + j, n - j);
    }
    return vsum(s);
}

static void product(int64_t m, int64_t n, int64_t k, const float *a, int64_t ra, int64_t ca,
                    const float *b, int64_t rb, float *c, int64_t rc, int accumulate,
                    float *work) {
    rp_gemm g = {.m = m, .n = n, .k = k, .a = a, .ra = ra, .ca = ca, .b = b, .rb = rb, .cb = 1,
                 .c = c, .rc = rc, .accumulate = accumulate};
    RP_NAME(gemm)(&g, work);
}

/* Row of scores to probabilities over n positions, zeros up to end; returns the log-sum-exp. */
static float probabilities(float *s, int64_t n, int64_t end, float scale) {
    vf m = vset(s[0]);
    for (int64_t j = 0; j < n; j += RP_W) {
        m = vmax(m, n - j >= RP_W ? vload(s + j) : vfirst(vloadn(s + j, n - j), m, n - j));
    }
    const float max = vmaximum(m);
    vf sum = vset(0);
    for (int64_t j = 0; j < n; j += RP_W) {
        vf e = vexp((vloadn(s + j, n - j) - max) * scale);
        e = n - j >= RP_W ? e : vfirst(e, vset(0), n - j);
        sum += e;
        vstoren(s + j, e, end - j);
    }
    const float total = vsum(sum);
    const vf inv = vset(1.0f / total);
    for (int64_t j = 0; j < n; j += RP_W) {
        vstoren(s + j, vloadn(s + j, end - j) * inv, end - j);
    }
    const int64_t padded = (n + RP_W - 1) / RP_W * RP_W;
    for (int64_t j = padded; j < end; j++) {
        s[j] = 0;
    }
    return max * scale + logf(total);
}

void RP_NAME(attention)(const rp_attention *a, float *work, int64_t from, int64_t to) {
    const int64_t t = a->time, w = a->width;
    const float scale = 1.0f / sqrtf((float)w);
    float *kt = work;
    float *s = kt + w * t;
    float *scratch = s + BLOCK * t;
    for (int64_t pair = from; pair < to; pair++) {
        const head h = find(a, pair);
        float *y = a->y + pair / a->heads * t * h.d + pair % a->heads * w;
        turn(kt, h.k, h.row, t, w);
        for (int64_t i0 = 0; i0 < t; i0 += BLOCK) {
            const int64_t n = t - i0 < BLOCK ? t - i0 : BLOCK;
            const int64_t end = i0 + n;
            product(n, end, w, h.q + i0 * h.row, h.row, 1, kt, t, s, end, 0, scratch);
            for (int64_t i = 0; i < n; i++) {
                a->lse[pair * t + i0 + i] = probabilities(s + i * end, i0 + i + 1, end, scale);
            }
            product(n, w, end, s, end, 1, h.v, h.row, y + i0 * h.d, h.d, 0, scratch);
        }
    }
}

/* p = exp(s scale - lse) and ds = p (dp - inner) scale over n positions, zeros up to end. */
static void score_gradient(float *s, float *dp, int64_t n, int64_t end, float scale, float lse,
                           float inner) {
    for (int64_t j = 0; j < n; j += RP_W) {
        vf p = vexp(vloadn(s + j, n - j) * scale - lse);
        p = n - j >= RP_W ? p : vfirst(p, vset(0), n - j);
        vf ds = p * (vloadn(dp + j, n - j) - inner) * scale;
        vstoren(s + j, p, end - j);
        vstoren(dp + j, ds, end - j);
    }
    const int64_t padded = (n + RP_W - 1) / RP_W * RP_W;
    for (int64_t j = padded; j < end; j++) {
        s[j] = 0;
        dp[j] = 0;
    }
}

void RP_NAME(attention_grad)(const rp_attention *a, float *work, int64_t from, int64_t to) {
    const int64_t t = a->time, w = a->width;
    const float scale = 1.0f / sqrtf((float)w);
    float *kt = work;
    float *vt = kt + w * t;
    float *s = vt + w * t;
    float *dp = s + BLOCK * t;
    float *scratch = dp + BLOCK * t;
    for (int64_t pair = from; pair < to; pair++) {
        const head h = find(a, pair);
        const int64_t at = pair / a->heads * t * h.d + pair % a->heads * w;
        const float *dy = a->dy + at;
        const float *y = a->y + at;
        float *dq = a->dqkv + (h.q - a->qkv);
        float *dk = dq + h.d;
        float *dv = dk + h.d;
        turn(kt, h.k, h.row, t, w);
        turn(vt, h.v, h.row, t, w);
        for (int64_t i0 = 0; i0 < t; i0 += BLOCK) {
            const int64_t n = t - i0 < BLOCK ? t - i0 : BLOCK;
            const int64_t end = i0 + n;
            product(n, end, w, h.q + i0 * h.row, h.row, 1, kt, t, s, end, 0, scratch);
            product(n, end, w, dy + i0 * h.d, h.d, 1, vt, t, dp, end, 0, scratch);
            for (int64_t i = 0; i < n; i++) {
                /* inner = sum_j p_j dp_j = y . dy */
                const float inner = dot(y + (i0 + i) * h.d, dy + (i0 + i) * h.d, w);
                score_gradient(s + i * end, dp + i * end, i0 + i + 1, end, scale,
                               a->lse[pair * t + i0 + i], inner);
            }
            product(n, w, end, dp, end, 1, h.k, h.row, dq + i0 * h.row, h.row, 0, scratch);
            /* Earlier rows of dk, dv were written by earlier blocks; the block's own are new. */
            if (i0 > 0) {
                product(i0, w, n, dp, 1, end, h.q + i0 * h.row, h.row, dk, h.row, 1, scratch);
                product(i0, w, n, s, 1, end, dy + i0 * h.d, h.d, dv, h.row, 1, scratch);
            }
            product(n, w, n, dp + i0, 1, end, h.q + i0 * h.row, h.row, dk + i0 * h.row, h.row, 0,
                    scratch);
            product(n, w, n, s + i0, 1, end, dy + i0 * h.d, h.d, dv + i0 * h.row, h.row, 0,
                    scratch);
        }
    }
}
