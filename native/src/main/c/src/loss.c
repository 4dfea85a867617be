/* Softmax and losses over rows [from, to) of logits [rows, classes]; dx may be x itself. */
#include "kernels.h"
#include "simd.h"

RP_INLINE float row_max(const float *x, int64_t n) {
    vf m = vset(x[0]);
    int64_t j = 0;
    for (; j + RP_W <= n; j += RP_W) {
        m = vmax(m, vload(x + j));
    }
    if (j < n) {
        m = vmax(m, vfirst(vloadn(x + j, n - j), m, n - j));
    }
    return vmaximum(m);
}

/* max + ln sum exp(x - max). */
RP_INLINE float log_sum_exp(const float *x, int64_t n) {
    const float max = row_max(x, n);
    vf s = vset(0);
    int64_t j = 0;
    for (; j + RP_W <= n; j += RP_W) {
        s += vexp(vload(x + j) - max);
    }
    if (j < n) {
        s += vfirst(vexp(vloadn(x + j, n - j) - max), vset(0), n - j);
    }
    return max + logf(vsum(s));
}

void RP_NAME(softmax)(float *y, const float *x, int64_t d, int64_t from, int64_t to) {
    for (int64_t r = from; r < to; r++) {
        const float lse = log_sum_exp(x + r * d, d);
        for (int64_t j = 0; j < d; j += RP_W) {
            vstoren(y + r * d + j, vexp(vloadn(x + r * d + j, d - j) - lse), d - j);
        }
    }
}

void RP_NAME(cross_entropy)(float *rows, float *lse, const float *x, const int32_t *target,
                            int64_t classes, int64_t from, int64_t to) {
    for (int64_t r = from; r < to; r++) {
        const float l = log_sum_exp(x + r * classes, classes);
        lse[r] = l;
        rows[r] = l - x[r * classes + target[r]];
    }
}

/* dx = (exp(x - lse) - onehot) drow */
void RP_NAME(cross_entropy_grad)(float *dx, const float *x, const int32_t *target, const float *lse,
                                 const float *drows, int64_t classes, int64_t from, int64_t to) {
    for (int64_t r = from; r < to; r++) {
        const float w = drows[r];
        const float l = lse[r];
        float *out = dx + r * classes;
        for (int64_t j = 0; j < classes; j += RP_W) {
            vf p = vexp(vloadn(x + r * classes + j, classes - j) - l);
            vstoren(out + j, p * w, classes - j);
        }
        out[target[r]] -= w;
    }
}

/*
 * z becomes g = exp(z - lse) - 1 where j is the row's at, or none where that is -1. Returns whether
 * some |g| reaches the threshold; then, and only then, rows of g are multiplied by drows.
 */
int RP_NAME(cut_slopes)(float *z, const int32_t *at, const float *lse, const float *drows,
                        float threshold, int64_t classes, int64_t rows) {
    float most = 0;
    for (int64_t r = 0; r < rows; r++) {
        float *g = z + r * classes;
        const float l = lse[r];
        for (int64_t j = 0; j < classes; j += RP_W) {
            vstoren(g + j, vexp(vloadn(g + j, classes - j) - l), classes - j);
        }
        if (at[r] >= 0) {
            g[at[r]] -= 1;
        }
        vf m = vset(0);
        int64_t j = 0;
        for (; j + RP_W <= classes; j += RP_W) {
            const vf v = vload(g + j);
            m = vmax(m, vmax(v, -v));
        }
        if (j < classes) {
            const vf v = vloadn(g + j, classes - j);
            m = vmax(m, vfirst(vmax(v, -v), m, classes - j));
        }
        const float row = vmaximum(m);
        most = row > most ? row : most;
    }
    if (!(most >= threshold)) {
        return 0;
    }
    for (int64_t r = 0; r < rows; r++) {
        float *g = z + r * classes;
        for (int64_t j = 0; j < classes; j += RP_W) {
            vstoren(g + j, vloadn(g + j, classes - j) * drows[r], classes - j);
        }
    }
    return 1;
}

/* sum_j p_j (ln p_j - x_j + lse); the ln p part in double by libm, it does not depend on x. */
void RP_NAME(kl)(float *rows, float *lse, const float *x, const float *table, const int32_t *index,
                 int64_t classes, int64_t from, int64_t to) {
    for (int64_t r = from; r < to; r++) {
        const float l = log_sum_exp(x + r * classes, classes);
        const float *p = table + index[r] * classes;
        double sum = 0;
        for (int64_t j = 0; j < classes; j++) {
            if (p[j] > 0) {
                sum += (double)p[j] * ((double)logf(p[j]) - (double)x[r * classes + j] + (double)l);
            }
        }
        lse[r] = l;
        rows[r] = (float)sum;
    }
}

void RP_NAME(kl_grad)(float *dx, const float *x, const float *table, const int32_t *index,
                      const float *lse, const float *drows, int64_t classes, int64_t from,
                      int64_t to) {
    for (int64_t r = from; r < to; r++) {
        const float *p = table + index[r] * classes;
        for (int64_t j = 0; j < classes; j += RP_W) {
            const int64_t at = r * classes + j;
            vf q = vexp(vloadn(x + at, classes - j) - lse[r]);
            vstoren(dx + at, (q - vloadn(p + j, classes - j)) * drows[r], classes - j);
        }
    }
}
