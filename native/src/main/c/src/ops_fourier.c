/* Discrete transforms of lines, in double: radix 2 for powers of two, Bluestein's chirp for other
 * lengths (Bluestein 1970). */
#include <math.h>
#include <string.h>

#include "call.h"
#include "check.h"

#define PI 3.14159265358979323846

static int64_t padded(int64_t n) {
    if ((n & (n - 1)) == 0) {
        return n;
    }
    int64_t m = 1;
    while (m < 2 * n - 1) {
        m *= 2;
    }
    return m;
}

void rp_check_fft(struct rp_check_state *c) {
    const int64_t lines = extent(c, 2), n = extent(c, 3);
    range(c, 3, 1, 1 << 20);
    range(c, 4, 0, 1);
    tensors(c, 0, 2, times(c, 2, times(c, lines, n)));
    if (!c->bad) {
        /* doubles: roots m, data 2m, chirp 2n and its transform 2m */
        scratch(c, 2 * (5 * padded(n) + 2 * n) + 8);
    }
}

/* e^(sign 2 pi i k/m) for k below m/2 */
static void roots(double *w, int64_t m, double sign) {
    for (int64_t k = 0; k < m / 2; k++) {
        w[2 * k] = cos(2 * PI * (double)k / (double)m);
        w[2 * k + 1] = sign * sin(2 * PI * (double)k / (double)m);
    }
}

/* In place, m a power of two; conjugate roots where asked. */
static void radix2(double *x, int64_t m, const double *w, int conjugate) {
    for (int64_t i = 1, j = 0; i < m; i++) {
        int64_t bit = m >> 1;
        for (; j & bit; bit >>= 1) {
            j ^= bit;
        }
        j ^= bit;
        if (i < j) {
            for (int k = 0; k < 2; k++) {
                const double t = x[2 * i + k];
                x[2 * i + k] = x[2 * j + k];
                x[2 * j + k] = t;
            }
        }
    }
    for (int64_t half = 1; half < m; half *= 2) {
        const int64_t step = m / (2 * half);
        for (int64_t i = 0; i < m; i += 2 * half) {
            for (int64_t k = 0; k < half; k++) {
                const double c = w[2 * k * step];
                const double s = conjugate ? -w[2 * k * step + 1] : w[2 * k * step + 1];
                double *a = x + 2 * (i + k), *b = a + 2 * half;
                const double re = c * b[0] - s * b[1], im = s * b[0] + c * b[1];
                b[0] = a[0] - re;
                b[1] = a[1] - im;
                a[0] += re;
                a[1] += im;
            }
        }
    }
}

static void product(double *a, const double *b, int64_t n) {
    for (int64_t i = 0; i < n; i++) {
        const double re = a[2 * i] * b[2 * i] - a[2 * i + 1] * b[2 * i + 1];
        a[2 * i + 1] = a[2 * i] * b[2 * i + 1] + a[2 * i + 1] * b[2 * i];
        a[2 * i] = re;
    }
}

TASK(lines) {
    CALL;
    const int64_t n = c->w[3], m = padded(n);
    const double sign = c->w[4] ? 1 : -1, scale = c->w[4] ? 1 / (double)n : 1;
    double *w = (double *)(void *)work, *x = w + m, *chirp = x + 2 * m, *kernel = chirp + 2 * n;
    roots(w, m, m == n ? sign : -1);
    if (m != n) {
        /* jk = (j^2 + k^2 - (k - j)^2)/2: a convolution with e^(-sign i pi j^2/n) */
        memset(kernel, 0, (size_t)(2 * m) * sizeof *kernel);
        for (int64_t j = 0; j < n; j++) {
            const double angle = PI * (double)(j * j % (2 * n)) / (double)n;
            chirp[2 * j] = cos(angle);
            chirp[2 * j + 1] = sign * sin(angle);
            const int64_t mirror = j == 0 ? 0 : m - j;
            kernel[2 * j] = kernel[2 * mirror] = chirp[2 * j];
            kernel[2 * j + 1] = kernel[2 * mirror + 1] = -chirp[2 * j + 1];
        }
        radix2(kernel, m, w, 0);
    }
    for (int64_t line = from; line < to; line++) {
        const float *in = F(1) + 2 * line * n;
        float *out = F(0) + 2 * line * n;
        memset(x, 0, (size_t)(2 * m) * sizeof *x);
        for (int64_t j = 0; j < 2 * n; j++) {
            x[j] = (double)in[j];
        }
        double extra = scale;
        if (m == n) {
            radix2(x, m, w, 0);
        } else {
            product(x, chirp, n);
            radix2(x, m, w, 0);
            product(x, kernel, m);
            radix2(x, m, w, 1);
            product(x, chirp, n);
            extra = scale / (double)m;
        }
        for (int64_t j = 0; j < 2 * n; j++) {
            out[j] = (float)(extra * x[j]);
        }
    }
}

int32_t rp_run_fft(struct rp_call *c, rp_message m) {
    (void)m;
    rp_parallel(c->session, lines, c, c->w[2], c->w[3] < 1024 ? 1024 / c->w[3] : 1);
    return RP_OK;
}

void rp_check_walsh(struct rp_check_state *c) {
    const int64_t n = extent(c, 3);
    tensors(c, 0, 2, times(c, extent(c, 2), n));
    if (n & (n - 1)) {
        fail(c, 3, "a power of two");
    }
    scratch(c, 2 * n);
}

TASK(walsh) {
    CALL;
    const int64_t n = c->w[3];
    double *x = (double *)(void *)work;
    const double scale = 1 / sqrt((double)n);
    for (int64_t line = from; line < to; line++) {
        for (int64_t i = 0; i < n; i++) {
            x[i] = (double)F(1)[line * n + i];
        }
        for (int64_t half = 1; half < n; half *= 2) {
            for (int64_t i = 0; i < n; i += 2 * half) {
                for (int64_t k = i; k < i + half; k++) {
                    const double a = x[k], b = x[k + half];
                    x[k] = a + b;
                    x[k + half] = a - b;
                }
            }
        }
        for (int64_t i = 0; i < n; i++) {
            F(0)[line * n + i] = (float)(scale * x[i]);
        }
    }
}

int32_t rp_run_walsh(struct rp_call *c, rp_message m) {
    (void)m;
    rp_parallel(c->session, walsh, c, c->w[2], c->w[3] < 1024 ? 1024 / c->w[3] : 1);
    return RP_OK;
}
