/* Factorisations of matrices, one matrix a thread at a time, in double. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "call.h"
#include "check.h"

#define SWEEPS 60

enum { CHOLESKY, TRIANGULAR, SOLVE, LOG_DETERMINANT, QR, SVD, EIGH, KINDS };

/* What can go wrong, in the order of the messages below. */
enum { FINE, NOT_POSITIVE, SINGULAR, DEPENDENT, DIVERGED };

static const char *const MESSAGES[] = {
    "", "is not positive definite (pivot %lld)", "is singular (pivot %lld)",
    "has dependent columns (column %lld)", "did not converge in %lld sweeps"};

typedef struct {
    const call *c;
    int64_t *notes; /* problem and pivot of each matrix */
} factor;

static double dot(const double *a, const double *b, int64_t n) {
    double s = 0;
    for (int64_t i = 0; i < n; i++) {
        s += a[i] * b[i];
    }
    return s;
}

static void subtract(double *x, double factor_, const double *y, int64_t n) {
    for (int64_t i = 0; i < n; i++) {
        x[i] -= factor_ * y[i];
    }
}

/* x_p' = c x_p - s x_q, x_q' = s x_p + c x_q with n elements at a step */
static void rotate(double *p, double *q, int64_t n, int64_t step, double c, double s) {
    for (int64_t i = 0; i < n * step; i += step) {
        const double a = p[i];
        p[i] = c * a - s * q[i];
        q[i] = s * a + c * q[i];
    }
}

/* Tangent of the angle that makes an inner product or element vanish. */
static void angle(double zeta, double *c, double *s) {
    const double t = copysign(1, zeta) / (fabs(zeta) + hypot(1, zeta));
    *c = 1 / hypot(1, t);
    *s = *c * t;
}

static void identity(double *x, int64_t n) {
    memset(x, 0, (size_t)(n * n) * sizeof *x);
    for (int64_t i = 0; i < n; i++) {
        x[i * n + i] = 1;
    }
}

/* a as double; transposed, or with its transpose added and halved */
static void read(double *y, const float *a, int64_t m, int64_t n, int transposed, int symmetric) {
    for (int64_t i = 0; i < m; i++) {
        for (int64_t j = 0; j < n; j++) {
            const double x = (double)a[i * n + j];
            y[transposed ? j * m + i : i * n + j] =
                symmetric ? ((double)a[j * n + i] + x) / 2 : x;
        }
    }
}

static int cholesky(float *y, double *a, int64_t n, int64_t *at) {
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j <= i; j++) {
            const double s = a[i * n + j] - dot(a + i * n, a + j * n, j);
            if (i == j && !(s > 0)) {
                *at = i;
                return NOT_POSITIVE;
            }
            a[i * n + j] = i == j ? sqrt(s) : s / a[j * n + j];
        }
    }
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < n; j++) {
            y[i * n + j] = j <= i ? (float)a[i * n + j] : 0;
        }
    }
    return FINE;
}

/* With the lower triangle of t, or with its transpose from the end. */
static int triangular(const double *t, double *b, int64_t n, int64_t p, int backward,
                      int64_t *at) {
    for (int64_t step = 0; step < n; step++) {
        const int64_t i = backward ? n - 1 - step : step;
        if (t[i * n + i] == 0) {
            *at = i;
            return SINGULAR;
        }
        for (int64_t j = backward ? i + 1 : 0; j < (backward ? n : i); j++) {
            subtract(b + i * p, backward ? t[j * n + i] : t[i * n + j], b + j * p, p);
        }
        for (int64_t k = 0; k < p; k++) {
            b[i * p + k] /= t[i * n + i];
        }
    }
    return FINE;
}

static void exchange(double *a, double *b, int64_t n) {
    for (int64_t i = 0; i < n; i++) {
        const double t = a[i];
        a[i] = b[i];
        b[i] = t;
    }
}

/* Elimination with row exchanges; b may be empty. */
static int eliminate(double *a, double *b, int64_t n, int64_t p, double *log_, double *sign,
                     int64_t *at) {
    *log_ = 0;
    *sign = 1;
    for (int64_t k = 0; k < n; k++) {
        int64_t best = k;
        for (int64_t i = k + 1; i < n; i++) {
            best = fabs(a[i * n + k]) > fabs(a[best * n + k]) ? i : best;
        }
        if (a[best * n + k] == 0 || isnan(a[best * n + k])) {
            *at = k;
            *log_ = -INFINITY;
            *sign = 0;
            return SINGULAR;
        }
        if (best != k) {
            *sign = -*sign;
            exchange(a + best * n, a + k * n, n);
            exchange(b + best * p, b + k * p, p);
        }
        const double pivot = a[k * n + k];
        *log_ += log(fabs(pivot));
        *sign = pivot < 0 ? -*sign : *sign;
        for (int64_t i = k + 1; i < n; i++) {
            const double f = a[i * n + k] / pivot;
            subtract(a + i * n, f, a + k * n, n);
            subtract(b + i * p, f, b + k * p, p);
        }
    }
    for (int64_t i = n - 1; i >= 0 && p > 0; i--) {
        for (int64_t j = i + 1; j < n; j++) {
            subtract(b + i * p, a[i * n + j], b + j * p, p);
        }
        for (int64_t k = 0; k < p; k++) {
            b[i * p + k] /= a[i * n + i];
        }
    }
    return FINE;
}

/* Gram and Schmidt, each column twice; the rows of q are the columns. */
static int qr(float *y, float *upper, double *q, int64_t m, int64_t n, int64_t *at) {
    for (int64_t j = 0; j < n; j++) {
        double *v = q + j * m;
        const double before = sqrt(dot(v, v, m));
        for (int64_t i = 0; i < n; i++) {
            upper[i * n + j] = 0;
        }
        for (int64_t i = 0; i < j; i++) {
            const double first = dot(q + i * m, v, m);
            subtract(v, first, q + i * m, m);
            upper[i * n + j] = (float)first;
        }
        for (int64_t i = 0; i < j; i++) {
            const double second = dot(q + i * m, v, m);
            subtract(v, second, q + i * m, m);
            upper[i * n + j] += (float)second;
        }
        const double norm = sqrt(dot(v, v, m));
        if (!(norm > 1e-12 * before)) {
            *at = j;
            return DEPENDENT;
        }
        upper[j * n + j] = (float)norm;
        for (int64_t i = 0; i < m; i++) {
            v[i] /= norm;
        }
    }
    for (int64_t i = 0; i < m; i++) {
        for (int64_t j = 0; j < n; j++) {
            y[i * n + j] = (float)q[j * m + i];
        }
    }
    return FINE;
}

/* -1 if the component of largest magnitude is negative */
static double point(const double *x, int64_t n) {
    double best = 0;
    for (int64_t i = 0; i < n; i++) {
        best = fabs(x[i]) > fabs(best) ? x[i] : best;
    }
    return best < 0 ? -1 : 1;
}

/* A unit vector in x orthogonal to the k rows of u. */
static void beside(double *x, const double *u, int64_t k, int64_t m) {
    for (int64_t axis = 0; axis < m; axis++) {
        memset(x, 0, (size_t)m * sizeof *x);
        x[axis] = 1;
        for (int pass = 0; pass < 2; pass++) {
            for (int64_t i = 0; i < k; i++) {
                subtract(x, dot(u + i * m, x, m), u + i * m, m);
            }
        }
        const double norm = sqrt(dot(x, x, m));
        if (norm > 0.5 / sqrt((double)m)) {
            for (int64_t i = 0; i < m; i++) {
                x[i] /= norm;
            }
            return;
        }
    }
}

/* The n rows of g (m each, m >= n) are columns of a tall matrix. */
static int svd(float *left, float *values, float *right, double *g, double *v, double *u,
               double *s, int64_t m, int64_t n, int sign_by_right, int64_t *at) {
    identity(v, n);
    int turned = 1;
    for (int64_t sweep = 0; turned; sweep++) {
        if (sweep == SWEEPS) {
            *at = SWEEPS;
            return DIVERGED;
        }
        turned = 0;
        for (int64_t p = 0; p < n; p++) {
            for (int64_t q = p + 1; q < n; q++) {
                double *a = g + p * m, *b = g + q * m, c, t;
                const double alpha = dot(a, a, m), beta = dot(b, b, m), gamma = dot(a, b, m);
                if (fabs(gamma) <= 1e-15 * sqrt(alpha * beta)) {
                    continue;
                }
                turned = 1;
                angle((beta - alpha) / (2 * gamma), &c, &t);
                rotate(a, b, m, 1, c, t);
                rotate(v + p * n, v + q * n, n, 1, c, t);
            }
        }
    }
    for (int64_t j = 0; j < n; j++) {
        s[j] = sqrt(dot(g + j * m, g + j * m, m));
    }
    for (int64_t k = 0; k < n; k++) {
        int64_t j = 0;
        for (int64_t i = 1; i < n; i++) {
            j = s[i] > s[j] ? i : j;
        }
        double *x = u + k * m, *w = v + j * n;
        if (s[j] > 0) {
            for (int64_t i = 0; i < m; i++) {
                x[i] = g[j * m + i] / s[j];
            }
        } else {
            beside(x, u, k, m);
        }
        const double sign = sign_by_right ? point(w, n) : point(x, m);
        values[k] = (float)s[j];
        s[j] = -1; /* taken */
        for (int64_t i = 0; i < m; i++) {
            x[i] *= sign;
            left[i * n + k] = (float)x[i];
        }
        for (int64_t i = 0; i < n; i++) {
            right[i * n + k] = (float)(sign * w[i]);
        }
    }
    return FINE;
}

static int eigh(float *values, float *vectors, double *a, double *v, double *w, int64_t n,
                int64_t *at) {
    identity(v, n);
    int turned = 1;
    for (int64_t sweep = 0; turned; sweep++) {
        if (sweep == SWEEPS) {
            *at = SWEEPS;
            return DIVERGED;
        }
        turned = 0;
        const double norm = sqrt(dot(a, a, n * n));
        for (int64_t p = 0; p < n; p++) {
            for (int64_t q = p + 1; q < n; q++) {
                double c, s;
                if (fabs(a[p * n + q]) <= 1e-16 * norm) {
                    continue;
                }
                turned = 1;
                angle((a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]), &c, &s);
                rotate(a + p, a + q, n, n, c, s);
                rotate(a + p * n, a + q * n, n, 1, c, s);
                rotate(v + p * n, v + q * n, n, 1, c, s);
            }
        }
    }
    for (int64_t k = 0; k < n; k++) {
        w[k] = a[k * n + k];
    }
    for (int64_t k = 0; k < n; k++) {
        int64_t j = 0;
        for (int64_t i = 1; i < n; i++) {
            j = w[i] < w[j] ? i : j;
        }
        const double sign = point(v + j * n, n);
        values[k] = (float)w[j];
        w[j] = INFINITY; /* taken */
        for (int64_t i = 0; i < n; i++) {
            vectors[i * n + k] = (float)(sign * v[j * n + i]);
        }
    }
    return FINE;
}

void rp_check_factor(struct rp_check_state *c) {
    range(c, 5, 0, KINDS - 1);
    const int64_t batches = extent(c, 6), m = extent(c, 7), n = extent(c, 8), p = extent(c, 9);
    range(c, 7, 1, 1 << 15);
    range(c, 8, 1, 1 << 15);
    range(c, 10, 0, 3);
    if (c->bad) {
        return;
    }
    const int64_t kind = c->w[5 + 2], least = m < n ? m : n, most = m < n ? n : m;
    if (kind != QR && kind != SVD && m != n) {
        fail(c, 8, "a square matrix");
    }
    if (kind == QR && m < n) {
        fail(c, 8, "no more columns than rows");
    }
    const int64_t size = times(c, batches, m * n);
    tensor(c, 3, size);
    int64_t out[3] = {size, 0, 0};
    if (kind == TRIANGULAR || kind == SOLVE) {
        out[0] = times(c, batches, times(c, n, p));
        tensor(c, 4, out[0]);
        apart(c, 0, out[0], 4, out[0]);
    } else if (kind == LOG_DETERMINANT) {
        out[0] = out[1] = batches;
    } else if (kind == QR) {
        out[1] = times(c, batches, n * n);
    } else if (kind == SVD) {
        out[0] = times(c, batches, m * least);
        out[1] = times(c, batches, least);
        out[2] = times(c, batches, n * least);
    } else if (kind == EIGH) {
        out[0] = times(c, batches, n);
        out[1] = size;
    }
    for (int k = 0; k < 3 && out[k]; k++) {
        tensor(c, k, out[k]);
        apart(c, k, out[k], 3, size);
    }
    for (int k = 1; k < 3 && out[k]; k++) {
        apart(c, k, out[k], 0, out[0]);
    }
    if (out[2]) {
        apart(c, 2, out[2], 1, out[1]);
    }
    /* two tall matrices, one square, values, and right-hand sides; two words a matrix for notes */
    scratch(c, 2 * (times(c, 2 * most, most) + most * most + 2 * most + times(c, n, p)) +
                   4 * batches + 8);
}

static int run_one(const call *c, int64_t k, double *a, int64_t *at) {
    const int64_t *w = c->w;
    const int64_t m = w[7], n = w[8], p = w[9], least = m < n ? m : n, most = m < n ? n : m;
    double *u = a + most * most, *v = u + most * most, *s = v + most * most, *b = s + 2 * most;
    const float *x = F(3) + k * m * n;
    const int upper = w[10] & 1, transposed = w[10] >> 1;
    double log_, sign;
    int problem;
    switch (w[5]) {
    case CHOLESKY:
        read(a, x, n, n, 0, 1);
        return cholesky(F(0) + k * n * n, a, n, at);
    case TRIANGULAR:
    case SOLVE:
        read(a, x, n, n, w[5] == SOLVE ? transposed : upper, 0);
        read(b, F(4) + k * n * p, n, p, 0, 0);
        problem = w[5] == SOLVE ? eliminate(a, b, n, p, &log_, &sign, at)
                                : triangular(a, b, n, p, upper != transposed, at);
        for (int64_t i = 0; i < n * p; i++) {
            F(0)[k * n * p + i] = (float)b[i];
        }
        return problem;
    case LOG_DETERMINANT:
        read(a, x, n, n, 0, 0);
        eliminate(a, b, n, 0, &log_, &sign, at);
        F(0)[k] = (float)log_;
        F(1)[k] = (float)sign;
        return FINE;
    case QR:
        read(a, x, m, n, 1, 0);
        return qr(F(0) + k * m * n, F(1) + k * n * n, a, m, n, at);
    case SVD:
        /* the rows are columns of the tall one of A and its transpose */
        read(a, x, m, n, m >= n, 0);
        if (m >= n) {
            return svd(F(0) + k * m * least, F(1) + k * least, F(2) + k * n * least, a, v, u, s, m,
                       n, 1, at);
        }
        return svd(F(2) + k * n * least, F(1) + k * least, F(0) + k * m * least, a, v, u, s, n, m,
                   0, at);
    default:
        read(a, x, n, n, 0, 1);
        return eigh(F(0) + k * n, F(1) + k * n * n, a, v, s, n, at);
    }
}

TASK(factors) {
    const factor *f = argument;
    const call *c = f->c;
    /* notes of all matrices stand in the scratch of the first thread, before its matrices */
    double *a = (double *)(void *)(work + 4 * c->w[6] + 8);
    for (int64_t k = from; k < to; k++) {
        f->notes[2 * k] = run_one(c, k, a, &f->notes[2 * k + 1]);
    }
}

int32_t rp_run_factor(struct rp_call *c, rp_message m) {
    factor f = {.c = c, .notes = (int64_t *)(void *)c->session->work};
    rp_parallel(c->session, factors, &f, c->w[6], 1);
    for (int64_t k = 0; k < c->w[6]; k++) {
        if (f.notes[2 * k] != FINE) {
            static const char *const names[] = {"cholesky", "solve_triangular", "solve", "",
                                                "qr", "svd", "eigh"};
            char why[96];
            snprintf(why, sizeof why, MESSAGES[f.notes[2 * k]], (long long)f.notes[2 * k + 1]);
            return rp_fail(m, "%s: matrix %lld %s", names[c->w[5]], (long long)k, why);
        }
    }
    return RP_OK;
}
