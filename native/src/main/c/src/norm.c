/* Normalisation over the last axis, rows [from, to) of x [rows, d]; dx may be dy or residual itself,
 * which is added to dx where not null. */
#include "kernels.h"
#include "simd.h"

RP_INLINE float row_sum(const float *x, int64_t d) {
    vf s = vset(0);
    for (int64_t j = 0; j < d; j += RP_W) {
        s += vloadn(x + j, d - j);
    }
    return vsum(s);
}

void RP_NAME(layer_norm)(float *y, float *mean, float *rstd, const float *x, const float *gain,
                         const float *bias, int64_t d, float eps, int64_t from, int64_t to) {
    for (int64_t r = from; r < to; r++) {
        const float *row = x + r * d;
        const float mu = row_sum(row, d) / (float)d;
        vf s = vset(0);
        for (int64_t j = 0; j < d; j += RP_W) {
            vf c = vfirst(vloadn(row + j, d - j) - mu, vset(0), d - j);
            s += c * c;
        }
        const float inv = 1.0f / sqrtf(vsum(s) / (float)d + eps);
        for (int64_t j = 0; j < d; j += RP_W) {
            vf v = (vloadn(row + j, d - j) - mu) * inv * vloadn(gain + j, d - j);
            if (bias) {
                v += vloadn(bias + j, d - j);
            }
            vstoren(y + r * d + j, v, d - j);
        }
        mean[r] = mu;
        rstd[r] = inv;
    }
}

/* With xhat = (x - mean) rstd, g = dy gain: dx = rstd (g - mean(g) - xhat mean(g xhat)). */
void RP_NAME(layer_norm_dx)(float *dx, const float *x, const float *gain, const float *mean,
                            const float *rstd, const float *dy, const float *residual,
                            int64_t d,
                            int64_t from, int64_t to) {
    for (int64_t r = from; r < to; r++) {
        const float *row = x + r * d;
        const float *dr = dy + r * d;
        const float mu = mean[r];
        const float inv = rstd[r];
        vf sg = vset(0), sgx = vset(0);
        for (int64_t j = 0; j < d; j += RP_W) {
            vf g = vloadn(dr + j, d - j) * vloadn(gain + j, d - j);
            sg += g;
            sgx += g * (vloadn(row + j, d - j) - mu) * inv;
        }
        const float mg = vsum(sg) / (float)d;
        const float mgx = vsum(sgx) / (float)d;
        for (int64_t j = 0; j < d; j += RP_W) {
            vf xhat = (vloadn(row + j, d - j) - mu) * inv;
            vf g = vloadn(dr + j, d - j) * vloadn(gain + j, d - j);
            vf v = inv * (g - mg - xhat * mgx);
            vstoren(dx + r * d + j, residual ? v + vloadn(residual + r * d + j, d - j) : v, d - j);
        }
    }
}

/* dgain_j = sum_r dy xhat, dbias_j = sum_r dy, in blocks of 64 rows; mean null means RMSNorm. */
void RP_NAME(norm_dgain)(float *dgain, float *dbias, const float *x, const float *mean,
                         const float *rstd, const float *dy, int64_t rows, int64_t d, int64_t from,
                         int64_t to) {
    for (int64_t r0 = 0; r0 < rows; r0 += 64) {
        for (int64_t j = from; j < to; j += RP_W) {
            const int64_t n = to - j;
            vf gs = vset(0), bs = vset(0);
            for (int64_t r = r0; r < rows && r < r0 + 64; r++) {
                vf dr = vloadn(dy + r * d + j, n);
                vf xr = vloadn(x + r * d + j, n);
                gs += dr * ((mean ? xr - mean[r] : xr) * rstd[r]);
                bs += dr;
            }
            vstoren(dgain + j, r0 ? vloadn(dgain + j, n) + gs : gs, n);
            if (dbias) {
                vstoren(dbias + j, r0 ? vloadn(dbias + j, n) + bs : bs, n);
            }
        }
    }
}

void RP_NAME(rms_norm)(float *y, float *rstd, const float *x, const float *gain, int64_t d,
                       float eps, int64_t from, int64_t to) {
    for (int64_t r = from; r < to; r++) {
        vf s = vset(0);
        for (int64_t j = 0; j < d; j += RP_W) {
            vf c = vloadn(x + r * d + j, d - j);
            s += c * c;
        }
        const float inv = 1.0f / sqrtf(vsum(s) / (float)d + eps);
        for (int64_t j = 0; j < d; j += RP_W) {
            vstoren(y + r * d + j, vloadn(x + r * d + j, d - j) * inv * vloadn(gain + j, d - j),
                    d - j);
        }
        rstd[r] = inv;
    }
}

/* With xhat = x rstd, g = dy gain: dx = rstd (g - xhat mean(g xhat)). */
void RP_NAME(rms_norm_dx)(float *dx, const float *x, const float *gain, const float *rstd,
                          const float *dy, const float *residual,
                            int64_t d, int64_t from, int64_t to) {
    for (int64_t r = from; r < to; r++) {
        const float inv = rstd[r];
        vf s = vset(0);
        for (int64_t j = 0; j < d; j += RP_W) {
            vf g = vloadn(dy + r * d + j, d - j) * vloadn(gain + j, d - j);
            s += g * vloadn(x + r * d + j, d - j) * inv;
        }
        const float mgx = vsum(s) / (float)d;
        for (int64_t j = 0; j < d; j += RP_W) {
            vf g = vloadn(dy + r * d + j, d - j) * vloadn(gain + j, d - j);
            vf xhat = vloadn(x + r * d + j, d - j) * inv;
            vf v = inv * (g - xhat * mgx);
            vstoren(dx + r * d + j, residual ? v + vloadn(residual + r * d + j, d - j) : v, d - j);
        }
    }
}
