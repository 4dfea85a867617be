/* Running folds of columns; sums carry what rounding took away (Kahan). */
#include "arrange.h"

#include "kernels.h"
#include "simd.h"

RP_INLINE void columns(const int running, float *y, const float *x, int64_t n, int64_t stride,
                       int64_t width) {
    for (int64_t j = 0; j < width; j += RP_W) {
        const int64_t w = width - j;
        vf total = vloadn(x + j, w), lost = vset(0);
        vstoren(y + j, total, w);
        for (int64_t i = 1; i < n; i++) {
            const vf v = vloadn(x + i * stride + j, w);
            if (running == RP_RUNNING_SUM) {
                const vf term = v - lost, sum = total + term;
                lost = (sum - total) - term;
                total = sum;
            } else if (running == RP_RUNNING_PROD) {
                total = total * v;
            } else {
                const vi m = (total >= v) | (total != total);
                total = (vf)(((vi)total & m) | ((vi)v & ~m));
            }
            vstoren(y + i * stride + j, total, w);
        }
    }
}

static void scan(int running, float *y, const float *x, int64_t n, int64_t stride, int64_t width) {
    switch (running) {
    case RP_RUNNING_SUM:
        columns(RP_RUNNING_SUM, y, x, n, stride, width);
        break;
    case RP_RUNNING_PROD:
        columns(RP_RUNNING_PROD, y, x, n, stride, width);
        break;
    default:
        columns(RP_RUNNING_MAX, y, x, n, stride, width);
    }
}

const rp_arrange_kernels RP_NAME(arrange_kernels) = {.scan = scan};
