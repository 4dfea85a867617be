/* Element by element: y may be x or dy itself. */
#include "functions.h"
#include "kernels.h"
#include "simd.h"

#define FOR_ALL(X) X(0) X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10)

void RP_NAME(unary)(int fn, float *y, const float *x, int64_t from, int64_t to) {
#define LOOP(f)                                                                                    \
    case f:                                                                                        \
        for (int64_t i = from; i < to; i += RP_W) {                                                \
            vstoren(y + i, value_of(f, vloadn(x + i, to - i)), to - i);                               \
        }                                                                                          \
        break;
    switch (fn) { FOR_ALL(LOOP) }
#undef LOOP
}

void RP_NAME(unary_grad)(int fn, float *dx, const float *x, const float *dy, int64_t from,
                         int64_t to) {
#define LOOP(f)                                                                                    \
    case f:                                                                                        \
        for (int64_t i = from; i < to; i += RP_W) {                                                \
            vf d = slope_of(f, vloadn(x + i, to - i)) * vloadn(dy + i, to - i);                  \
            vstoren(dx + i, d, to - i);                                                            \
        }                                                                                          \
        break;
    switch (fn) { FOR_ALL(LOOP) }
#undef LOOP
}

RP_INLINE vf combine(const int op, vf a, vf b) {
    return op == 0 ? a + b : op == 1 ? a - b : op == 2 ? a * b : a / b;
}

RP_INLINE void pairwise(const int op, float *y, const float *a, const float *b, int64_t n) {
    for (int64_t i = 0; i < n; i += RP_W) {
        vstoren(y + i, combine(op, vloadn(a + i, n - i), vloadn(b + i, n - i)), n - i);
    }
}

RP_INLINE void by_scalar(const int op, float *y, const float *a, float b, int64_t n) {
    for (int64_t i = 0; i < n; i += RP_W) {
        vstoren(y + i, combine(op, vloadn(a + i, n - i), vset(b)), n - i);
    }
}

RP_INLINE void binary(const int op, float *y, const float *a, const float *b, int64_t m,
                      int64_t from, int64_t to) {
    if (m == 1) {
        by_scalar(op, y + from, a + from, b[0], to - from);
        return;
    }
    for (int64_t i = from; i < to;) {
        const int64_t at = i % m;
        const int64_t n = to - i < m - at ? to - i : m - at;
        pairwise(op, y + i, a + i, b + at, n);
        i += n;
    }
}

void RP_NAME(binary)(int op, float *y, const float *a, const float *b, int64_t m, int64_t from,
                     int64_t to) {
    switch (op) {
    case 0:
        binary(0, y, a, b, m, from, to);
        break;
    case 1:
        binary(1, y, a, b, m, from, to);
        break;
    case 2:
        binary(2, y, a, b, m, from, to);
        break;
    default:
        binary(3, y, a, b, m, from, to);
    }
}

void RP_NAME(affine)(float *y, const float *x, float scale, float shift, int64_t from, int64_t to) {
    for (int64_t i = from; i < to; i += RP_W) {
        vstoren(y + i, vloadn(x + i, to - i) * scale + shift, to - i);
    }
}

/* Folds the middle axis of [outer, middle, inner]; long sums run in blocks of 256. */
static float fold_row(int fold, const float *x, int64_t n) {
    if (fold == 2) {
        float best = x[0];
        for (int64_t i = 1; i < n; i++) {
            best = x[i] > best || x[i] != x[i] ? x[i] : best;
        }
        return best;
    }
    double sum = 0;
    for (int64_t i = 0; i < n; i += 256) {
        const int64_t end = n < i + 256 ? n : i + 256;
        vf s = vset(0);
        for (int64_t j = i; j < end; j += RP_W) {
            s += vloadn(x + j, end - j);
        }
        sum += vsum(s);
    }
    return (float)(fold == 1 ? sum / (double)n : sum);
}

static void fold_columns(int fold, float *y, const float *x, int64_t middle, int64_t inner) {
    for (int64_t m0 = 0; m0 < middle; m0 += 64) {
        const int64_t m1 = middle < m0 + 64 ? middle : m0 + 64;
        for (int64_t j = 0; j < inner; j += RP_W) {
            const int64_t n = inner - j;
            vf s = vloadn(x + m0 * inner + j, n);
            for (int64_t m = m0 + 1; m < m1; m++) {
                vf row = vloadn(x + m * inner + j, n);
                s = fold == 2 ? vmax(s, row) : s + row;
            }
            if (m0 > 0) {
                s = fold == 2 ? vmax(vloadn(y + j, n), s) : vloadn(y + j, n) + s;
            }
            vstoren(y + j, fold == 1 && m1 == middle ? s / (float)middle : s, n);
        }
    }
}

void RP_NAME(reduce)(int fold, float *y, const float *x, int64_t outer, int64_t middle,
                     int64_t inner) {
    for (int64_t o = 0; o < outer; o++) {
        if (inner == 1) {
            y[o] = fold_row(fold, x + o * middle, middle);
        } else {
            fold_columns(fold, y + o * inner, x + o * middle * inner, middle, inner);
        }
    }
}
