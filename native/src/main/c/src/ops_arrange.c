/* Running folds, orderings and positions along the middle axis of [outer, n, inner]. */
#include <string.h>

#include "arrange.h"
#include "call.h"
#include "check.h"

#define WIDTH 64 /* columns that one thread takes at a time */

static int64_t box(check *c, int first) {
    return times(c, extent(c, first), times(c, extent(c, first + 1), extent(c, first + 2)));
}

static int64_t grain(int64_t size) { return size < 4096 ? 4096 / size : 1; }

void rp_check_scan(struct rp_check_state *c) {
    tensors(c, 0, 2, box(c, 2));
    range(c, 5, 0, 2);
    range(c, 6, 0, 1);
}

TASK(scan) {
    CALL;
    const int64_t n = c->w[3], inner = c->w[4], strips = (inner + WIDTH - 1) / WIDTH;
    for (int64_t u = from; u < to; u++) {
        const int64_t column = u % strips * WIDTH;
        const int64_t at = u / strips * n * inner + column + (c->w[6] ? (n - 1) * inner : 0);
        c->k->arrange->scan((int)c->w[5], F(0) + at, F(1) + at, n, c->w[6] ? -inner : inner,
                            inner - column < WIDTH ? inner - column : WIDTH);
    }
}

int32_t rp_run_scan(struct rp_call *c, rp_message m) {
    (void)m;
    const int64_t inner = c->w[4];
    rp_parallel(c->session, scan, c, c->w[2] * ((inner + WIDTH - 1) / WIDTH),
                grain(c->w[3] * (inner < WIDTH ? inner : WIDTH)));
    return RP_OK;
}

void rp_check_scan_grad(struct rp_check_state *c) {
    const int64_t n = box(c, 4);
    tensors(c, 0, 4, n);
    range(c, 7, 1, 2);
    range(c, 8, 0, 1);
    for (int k = 1; k < 4; k++) {
        apart(c, 0, n, k, n);
    }
}

/* One line of a product: dx_i = p_i sum_{j>=i} (x_i+1 .. x_j) dy_j with p_i the product before i;
 * the sum runs backwards as s_i = dy_i + x_i+1 s_i+1. */
static void product_line(float *dx, const float *x, const float *y, const float *dy, int64_t n,
                         int64_t step) {
    double s = 0, next = 0;
    for (int64_t i = n - 1; i >= 0; i--) {
        s = (double)dy[i * step] + next * s;
        next = (double)x[i * step];
        dx[i * step] = (float)(s * (i > 0 ? (double)y[(i - 1) * step] : 1.0));
    }
}

static void maximum_line(float *dx, const float *x, const float *dy, int64_t n, int64_t step) {
    int64_t best = 0;
    double sum = 0;
    for (int64_t i = 0; i < n; i++) {
        dx[i * step] = 0;
        if (x[i * step] > x[best * step]) {
            dx[best * step] = (float)sum;
            best = i;
            sum = 0;
        }
        sum += (double)dy[i * step];
    }
    dx[best * step] = (float)sum;
}

TASK(scan_grad) {
    CALL;
    const int64_t n = c->w[5], inner = c->w[6];
    for (int64_t u = from; u < to; u++) {
        const int64_t at = u / inner * n * inner + u % inner + (c->w[8] ? (n - 1) * inner : 0);
        const int64_t step = c->w[8] ? -inner : inner;
        if (c->w[7] == RP_RUNNING_PROD) {
            product_line(F(0) + at, F(1) + at, F(2) + at, F(3) + at, n, step);
        } else {
            maximum_line(F(0) + at, F(1) + at, F(3) + at, n, step);
        }
    }
}

int32_t rp_run_scan_grad(struct rp_call *c, rp_message m) {
    (void)m;
    rp_parallel(c->session, scan_grad, c, c->w[4] * c->w[6], grain(c->w[5]));
    return RP_OK;
}

void rp_check_best(struct rp_check_state *c) {
    tensor(c, 1, box(c, 2));
    tensor(c, 0, times(c, c->w[2 + 2], c->w[4 + 2]));
    range(c, 5, 0, 1);
}

TASK(best) {
    CALL;
    const int64_t n = c->w[3], inner = c->w[4];
    const float sign = c->w[5] ? 1.0f : -1.0f;
    for (int64_t u = from; u < to; u++) {
        const float *x = F(1) + u / inner * n * inner + u % inner;
        int64_t best = 0;
        for (int64_t i = 1; i < n; i++) {
            best = sign * (x[i * inner] - x[best * inner]) > 0 ? i : best;
        }
        I(0)[u] = (int32_t)best;
    }
}

int32_t rp_run_best(struct rp_call *c, rp_message m) {
    (void)m;
    rp_parallel(c->session, best, c, c->w[2] * c->w[4], grain(c->w[3]));
    return RP_OK;
}

void rp_check_order(struct rp_check_state *c) {
    const int64_t outer = extent(c, 3), n = extent(c, 4), inner = extent(c, 5);
    const int64_t lines = times(c, outer, inner);
    range(c, 6, 1, n);
    range(c, 7, 0, 1);
    tensor(c, 2, times(c, lines, n));
    tensors(c, 0, 2, times(c, lines, c->w[6 + 2]));
    scratch(c, 3 * n);
}

/* a stands before b; equal values stay as they are, NaN goes last. */
static int before(float a, float b, int descending) {
    return (descending ? a > b : a < b) || (b != b && a == a);
}

/* Positions of the keys in order by merging runs of 1, 2, 4, ..; the result is in at or spare. */
static const int32_t *merge_sort(const float *key, int32_t *at, int32_t *spare, int64_t n,
                                 int descending) {
    for (int64_t i = 0; i < n; i++) {
        at[i] = (int32_t)i;
    }
    for (int64_t run = 1; run < n; run *= 2) {
        for (int64_t i = 0; i < n; i += 2 * run) {
            const int64_t middle = i + run < n ? i + run : n;
            const int64_t end = i + 2 * run < n ? i + 2 * run : n;
            int64_t a = i, b = middle;
            for (int64_t k = i; k < end; k++) {
                const int second =
                    a == middle || (b < end && before(key[at[b]], key[at[a]], descending));
                spare[k] = at[second ? b++ : a++];
            }
        }
        int32_t *swap = at;
        at = spare;
        spare = swap;
    }
    return at;
}

/* The first k of n by insertion, for small k. */
static void insert(const float *key, int32_t *at, int64_t n, int64_t k, int descending) {
    int64_t kept = 0;
    for (int64_t i = 0; i < n; i++) {
        if (kept == k && !before(key[i], key[at[k - 1]], descending)) {
            continue;
        }
        int64_t j = kept < k ? kept++ : k - 1;
        for (; j > 0 && before(key[i], key[at[j - 1]], descending); j--) {
            at[j] = at[j - 1];
        }
        at[j] = (int32_t)i;
    }
}

TASK(order) {
    CALL;
    const int64_t n = c->w[4], inner = c->w[5], k = c->w[6];
    int32_t *at = (int32_t *)(void *)(work + n), *spare = at + n;
    for (int64_t u = from; u < to; u++) {
        const float *x = F(2) + u / inner * n * inner + u % inner;
        for (int64_t i = 0; i < n; i++) {
            work[i] = x[i * inner];
        }
        const int32_t *sorted = at;
        if (k <= 16 && 8 * k <= n) {
            insert(work, at, n, k, (int)c->w[7]);
        } else {
            sorted = merge_sort(work, at, spare, n, (int)c->w[7]);
        }
        const int64_t out = u / inner * k * inner + u % inner;
        for (int64_t i = 0; i < k; i++) {
            F(0)[out + i * inner] = work[sorted[i]];
            I(1)[out + i * inner] = sorted[i];
        }
    }
}

int32_t rp_run_order(struct rp_call *c, rp_message m) {
    (void)m;
    rp_parallel(c->session, order, c, c->w[3] * c->w[5], grain(8 * c->w[4]));
    return RP_OK;
}

void rp_check_take_along(struct rp_check_state *c) {
    const int64_t k = extent(c, 6), lines = times(c, extent(c, 3), extent(c, 5));
    tensor(c, 1, box(c, 3));
    tensor(c, 0, times(c, lines, k));
    tensor(c, 2, times(c, lines, k));
    apart(c, 0, times(c, lines, k), 2, times(c, lines, k));
}

TASK(take) {
    CALL;
    const int64_t n = c->w[4], inner = c->w[5], k = c->w[6];
    for (int64_t i = from; i < to; i++) {
        F(0)[i] = F(1)[(i / inner / k * n + I(2)[i]) * inner + i % inner];
    }
}

int32_t rp_run_take_along(struct rp_call *c, rp_message m) {
    const int64_t count = c->w[3] * c->w[6] * c->w[5];
    if (indices(c, 2, count, c->w[4], m)) {
        return RP_ERROR;
    }
    rp_parallel(c->session, take, c, count, 4096);
    return RP_OK;
}

void rp_check_put_along(struct rp_check_state *c) {
    const int64_t extent_ = extent(c, 6), lines = times(c, extent(c, 3), extent(c, 5));
    const int64_t n = box(c, 3), size = times(c, lines, extent_);
    tensor(c, 0, size);
    tensors(c, 1, 3, n);
    apart(c, 0, size, 1, n);
    apart(c, 0, size, 2, n);
}

/* Columns [from, to) of [outer * inner] lines, row after row within each outer index. */
TASK(put) {
    CALL;
    const int64_t n = c->w[4], inner = c->w[5], rows = c->w[6];
    for (int64_t u = from; u < to;) {
        const int64_t o = u / inner, first = u % inner;
        const int64_t end = to - o * inner < inner ? to - o * inner : inner;
        for (int64_t i = 0; i < rows; i++) {
            memset(F(0) + (o * rows + i) * inner + first, 0, (size_t)(end - first) * 4);
        }
        for (int64_t i = 0; i < n; i++) {
            const int64_t at = (o * n + i) * inner;
            for (int64_t j = first; j < end; j++) {
                F(0)[(o * rows + I(1)[at + j]) * inner + j] += F(2)[at + j];
            }
        }
        u = o * inner + end;
    }
}

int32_t rp_run_put_along(struct rp_call *c, rp_message m) {
    if (indices(c, 1, c->w[3] * c->w[4] * c->w[5], c->w[6], m)) {
        return RP_ERROR;
    }
    rp_parallel(c->session, put, c, c->w[3] * c->w[5], grain(c->w[4]));
    return RP_OK;
}

void rp_check_one_hot(struct rp_check_state *c) {
    const int64_t n = extent(c, 2), size = times(c, n, extent(c, 3));
    tensor(c, 0, size);
    tensor(c, 1, n);
    apart(c, 0, size, 1, n);
}

int32_t rp_run_one_hot(struct rp_call *c, rp_message m) {
    const int64_t n = c->w[2], classes = c->w[3];
    if (indices(c, 1, n, classes, m)) {
        return RP_ERROR;
    }
    memset(F(0), 0, (size_t)(n * classes) * 4);
    for (int64_t i = 0; i < n; i++) {
        F(0)[i * classes + I(1)[i]] = 1;
    }
    return RP_OK;
}

void rp_check_concat(struct rp_check_state *c) {
    const int64_t *w = c->w + 2;
    const int64_t parts = w[1] - 1;
    if (parts < 1) {
        fail(c, 1, "at least one operand");
        return;
    }
    const int64_t outer = extent(c, 2), row = extent(c, 3);
    tensor(c, 0, times(c, outer, row));
    int64_t sum = 0;
    for (int64_t k = 0; k < parts && !c->bad; k++) {
        const int64_t n = extent(c, (int)(5 + 2 * k));
        tensor(c, (int)(4 + 2 * k), times(c, outer, n));
        sum += n;
    }
    if (sum != row) {
        fail(c, 3, "the sum of the operands' rows");
    }
}

int32_t rp_run_concat(struct rp_call *c, rp_message m) {
    (void)m;
    int64_t first = 0;
    for (int64_t k = 4; k < 2 + 2 * c->w[1]; k += 2) {
        const int64_t n = c->w[k + 1];
        for (int64_t o = 0; o < c->w[2]; o++) {
            memmove(F(0) + o * c->w[3] + first, F(k) + o * n, (size_t)n * 4);
        }
        first += n;
    }
    return RP_OK;
}

void rp_check_reverse(struct rp_check_state *c) { tensors(c, 0, 2, box(c, 2)); }

int32_t rp_run_reverse(struct rp_call *c, rp_message m) {
    (void)m;
    const int64_t n = c->w[3], inner = c->w[4];
    for (int64_t o = 0; o < c->w[2]; o++) {
        for (int64_t i = 0; i < n; i++) {
            memmove(F(0) + (o * n + i) * inner, F(1) + (o * n + n - 1 - i) * inner,
                    (size_t)inner * 4);
        }
    }
    return RP_OK;
}

void rp_check_band(struct rp_check_state *c) {
    tensors(c, 0, 2, box(c, 2));
    range(c, 5, INT32_MIN, INT32_MAX);
    range(c, 6, INT32_MIN, INT32_MAX);
}

TASK(band) {
    CALL;
    const int64_t n = c->w[3], m = c->w[4];
    for (int64_t r = from; r < to; r++) {
        for (int64_t j = 0; j < m; j++) {
            const int64_t offset = j - r % n;
            const int kept = offset >= c->w[5] && offset <= c->w[6];
            F(0)[r * m + j] = kept ? F(1)[r * m + j] : 0.0f;
        }
    }
}

int32_t rp_run_band(struct rp_call *c, rp_message m) {
    (void)m;
    rp_parallel(c->session, band, c, c->w[2] * c->w[3], grain(c->w[4]));
    return RP_OK;
}

void rp_check_iota(struct rp_check_state *c) { tensor(c, 0, extent(c, 1)); }

int32_t rp_run_iota(struct rp_call *c, rp_message m) {
    (void)m;
    for (int64_t i = 0; i < c->w[1]; i++) {
        I(0)[i] = (int32_t)i;
    }
    return RP_OK;
}
