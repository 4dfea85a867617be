/*
 * Attention over separate queries, keys and values, in blocks of queries of one head: scores of a
 * block against all keys it may see, softmax with the log-sum-exp kept, and the backward pass from
 * recomputed probabilities (Dao et al. 2022, 2205.14135, algorithm 4). Also rotary positions.
 */
#include "kernels.h"
#include "simd.h"

#define BLOCK 64

void RP_NAME(gemm)(const rp_gemm *g, float *work);

static void product(int64_t m, int64_t n, int64_t k, const float *a, int64_t ra, int64_t ca,
                    const float *b, int64_t rb, float *c, int64_t rc, int accumulate,
                    float *work) {
    rp_gemm g = {.m = m, .n = n, .k = k, .a = a, .ra = ra, .ca = ca, .b = b, .rb = rb, .cb = 1,
                 .c = c, .rc = rc, .accumulate = accumulate};
    RP_NAME(gemm)(&g, work);
}

/* t [width, n] = x' for n rows of x with the given stride */
static void transpose(float *t, const float *x, int64_t row, int64_t n, int64_t width) {
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < width; j++) {
            t[j * n + i] = x[i * row + j];
        }
    }
}

static void zero(float *x, int64_t row, int64_t rows, int64_t width) {
    for (int64_t i = 0; i < rows; i++) {
        memset(x + i * row, 0, (size_t)width * 4);
    }
}

static int64_t keys(const rp_multi_head *a, int64_t b) {
    const int64_t n = a->lengths ? a->lengths[b] : a->tk;
    return n < 0 ? 0 : n > a->tk ? a->tk : n;
}

/* How many keys query i sees. */
static int64_t visible(const rp_multi_head *a, int64_t i, int64_t n) {
    const int64_t limit = a->causal ? i + a->tk - a->tq + 1 : n;
    return limit < 0 ? 0 : limit > n ? n : limit;
}

/* A row of scores to probabilities over n > 0 keys, zeros up to end; returns the log-sum-exp. */
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
    for (int64_t j = (n + RP_W - 1) / RP_W * RP_W; j < end; j++) {
        s[j] = 0;
    }
    return max * scale + logf(total);
}

void RP_NAME(multi_head)(const rp_multi_head *a, float *work, int64_t from, int64_t to) {
    const int64_t w = a->width, dq = a->heads * w, dk = a->groups * w;
    const float scale = 1.0f / sqrtf((float)w);
    float *kt = work;
    float *s = kt + w * a->tk;
    float *scratch = s + BLOCK * a->tk;
    for (int64_t pair = from; pair < to; pair++) {
        const int64_t b = pair / a->heads, h = pair % a->heads;
        const int64_t g = h / (a->heads / a->groups);
        const int64_t n = keys(a, b);
        const float *q = a->q + b * a->tq * dq + h * w;
        const float *k = a->k + b * a->tk * dk + g * w;
        const float *v = a->v + b * a->tk * dk + g * w;
        float *y = a->y + b * a->tq * dq + h * w;
        float *lse = a->lse + pair * a->tq;
        transpose(kt, k, dk, n, w);
        for (int64_t i0 = 0; i0 < a->tq; i0 += BLOCK) {
            const int64_t rows = a->tq - i0 < BLOCK ? a->tq - i0 : BLOCK;
            const int64_t end = visible(a, i0 + rows - 1, n);
            if (end == 0) {
                zero(y + i0 * dq, dq, rows, w);
                memset(lse + i0, 0, (size_t)rows * 4);
                continue;
            }
            product(rows, end, w, q + i0 * dq, dq, 1, kt, n, s, end, 0, scratch);
            for (int64_t i = 0; i < rows; i++) {
                const int64_t seen = visible(a, i0 + i, n);
                if (seen == 0) {
                    memset(s + i * end, 0, (size_t)end * 4);
                    lse[i0 + i] = 0;
                } else {
                    lse[i0 + i] = probabilities(s + i * end, seen, end, scale);
                }
            }
            product(rows, w, end, s, end, 1, v, dk, y + i0 * dq, dq, 0, scratch);
        }
    }
}

/* p = exp(s scale - lse) and ds = p (dp - inner) scale over n keys, zeros up to end. */
static void score_gradient(float *s, float *dp, int64_t n, int64_t end, float scale, float lse,
                           float inner) {
    for (int64_t j = 0; j < n; j += RP_W) {
        vf p = vexp(vloadn(s + j, n - j) * scale - lse);
        p = n - j >= RP_W ? p : vfirst(p, vset(0), n - j);
        vf ds = p * (vloadn(dp + j, n - j) - inner) * scale;
        vstoren(s + j, p, end - j);
        vstoren(dp + j, ds, end - j);
    }
    for (int64_t j = (n + RP_W - 1) / RP_W * RP_W; j < end; j++) {
        s[j] = 0;
        dp[j] = 0;
    }
}

/* One query head against the keys and values of its group. */
static void head_gradient(const rp_multi_head *a, int64_t b, int64_t h, const float *kt,
                          const float *vt, float *s, float *dp, float *scratch) {
    const int64_t w = a->width, dq = a->heads * w, dk = a->groups * w;
    const int64_t n = keys(a, b);
    const int64_t at = b * a->tq * dq + h * w;
    const int64_t to = b * a->tk * dk + h / (a->heads / a->groups) * w;
    const float *q = a->q + at, *y = a->y + at, *dy = a->dy + at, *k = a->k + to;
    const float *lse = a->lse + (b * a->heads + h) * a->tq;
    const float scale = 1.0f / sqrtf((float)w);
    for (int64_t i0 = 0; i0 < a->tq; i0 += BLOCK) {
        const int64_t rows = a->tq - i0 < BLOCK ? a->tq - i0 : BLOCK;
        const int64_t end = visible(a, i0 + rows - 1, n);
        if (end == 0) {
            zero(a->dq + at + i0 * dq, dq, rows, w);
            continue;
        }
        product(rows, end, w, q + i0 * dq, dq, 1, kt, n, s, end, 0, scratch);
        product(rows, end, w, dy + i0 * dq, dq, 1, vt, n, dp, end, 0, scratch);
        for (int64_t i = 0; i < rows; i++) {
            /* inner = sum_j p_j dp_j = y . dy */
            const float *yi = y + (i0 + i) * dq, *di = dy + (i0 + i) * dq;
            float inner = 0;
            for (int64_t j = 0; j < w; j++) {
                inner += yi[j] * di[j];
            }
            score_gradient(s + i * end, dp + i * end, visible(a, i0 + i, n), end, scale,
                           lse[i0 + i], inner);
        }
        product(rows, w, end, dp, end, 1, k, dk, a->dq + at + i0 * dq, dq, 0, scratch);
        product(end, w, rows, dp, 1, end, q + i0 * dq, dq, a->dk + to, dk, 1, scratch);
        product(end, w, rows, s, 1, end, dy + i0 * dq, dq, a->dv + to, dk, 1, scratch);
    }
}

void RP_NAME(multi_head_grad)(const rp_multi_head *a, float *work, int64_t from, int64_t to) {
    const int64_t w = a->width, dk = a->groups * w, heads = a->heads / a->groups;
    float *kt = work;
    float *vt = kt + w * a->tk;
    float *s = vt + w * a->tk;
    float *dp = s + BLOCK * a->tk;
    float *scratch = dp + BLOCK * a->tk;
    for (int64_t pair = from; pair < to; pair++) {
        const int64_t b = pair / a->groups, g = pair % a->groups;
        const int64_t at = b * a->tk * dk + g * w;
        const int64_t n = keys(a, b);
        zero(a->dk + at, dk, a->tk, w);
        zero(a->dv + at, dk, a->tk, w);
        transpose(kt, a->k + at, dk, n, w);
        transpose(vt, a->v + at, dk, n, w);
        for (int64_t h = g * heads; h < (g + 1) * heads; h++) {
            head_gradient(a, b, h, kt, vt, s, dp, scratch);
        }
    }
}

/* Turns the pairs of one head; step 1 and half apart, or step 2 and neighbours. */
static void turn(float *y, const float *x, const float *cosine, const float *sine, int64_t half,
                 int64_t step, int64_t apart) {
    for (int64_t i = 0; i < half; i++) {
        const float p = x[i * step], q = x[i * step + apart];
        y[i * step] = p * cosine[i] - q * sine[i];
        y[i * step + apart] = p * sine[i] + q * cosine[i];
    }
}

void RP_NAME(rotate)(const rp_rotation *r, float *work, int64_t from, int64_t to) {
    const int64_t half = r->rotated / 2, rest = r->width - r->rotated;
    const double sign = r->inverse ? -1.0 : 1.0;
    float *cosine = work, *sine = work + half;
    for (int64_t t = from; t < to; t++) {
        int64_t known = -1;
        for (int64_t b = 0; b < r->batch; b++) {
            const int64_t position = t + r->offset + (r->start ? r->start[b] : 0);
            for (int64_t i = 0; i < half && position != known; i++) {
                const double angle =
                    (double)position * pow(r->base, -2.0 * (double)i / (double)r->rotated);
                cosine[i] = (float)cos(angle);
                sine[i] = (float)(sign * sin(angle));
            }
            known = position;
            for (int64_t h = 0; h < r->heads; h++) {
                const int64_t at = ((b * r->time + t) * r->heads + h) * r->width;
                turn(r->y + at, r->x + at, cosine, sine, half, r->interleaved ? 2 : 1,
                     r->interleaved ? 1 : half);
                if (r->x != r->y && rest > 0) {
                    memcpy(r->y + at + r->rotated, r->x + at + r->rotated, (size_t)rest * 4);
                }
            }
        }
    }
}
