/*
 * Cut cross-entropy (Wijmans et al. 2024, 2411.09009): a linear head and its loss by blocks of rows
 * and classes. Of the logits only one block of a thread exists at a time, x [rows, d], w [V, d]. A
 * block belongs to no thread, and sums run along one axis in order, so the bits do not depend on
 * the number of threads.
 */
#include <math.h>
#include <string.h>

#include "call.h"
#include "check.h"
#include "operation.h"

#define ROWS 128
#define CLASSES 256
#define TILE (ROWS * CLASSES)

static int64_t most(int64_t a, int64_t b) { return a > b ? a : b; }
static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }
static int64_t blocks(int64_t n, int64_t block) { return (n + block - 1) / block; }

/* Scratch of a thread: products, a block of logits, gathered rows of w, their gradients. */
static int64_t products(int64_t d) {
    const int64_t back = most(rp_gemm_work(ROWS, d, CLASSES), rp_gemm_work(CLASSES, d, ROWS));
    return blocks(most(rp_gemm_work(ROWS, CLASSES, d), back), 16) * 16;
}

void rp_check_cut_cross_entropy(check *c) {
    const int64_t rows = extent(c, 5), classes = extent(c, 6), d = extent(c, 7);
    tensors(c, 0, 2, rows);
    tensor(c, 2, times(c, rows, d));
    tensor(c, 3, times(c, classes, d));
    tensor(c, 4, rows);
    apart(c, 0, rows, 4, rows);
    apart(c, 1, rows, 4, rows);
    scratch(c, products(d) + TILE);
}

void rp_check_cut_cross_entropy_grad(check *c) {
    const int64_t rows = extent(c, 9), classes = extent(c, 10), d = extent(c, 11);
    const int64_t x = times(c, rows, d), w = times(c, classes, d);
    const int64_t tiles = times(c, blocks(rows, ROWS), blocks(classes, CLASSES));
    const int64_t sizes[3] = {x, w, tiles};
    for (int i = 0; i < 3; i++) {
        tensor(c, i, sizes[i]);
    }
    tensor(c, 3, x);
    tensor(c, 4, w);
    tensors(c, 5, 8, rows);
    tensor(c, 8, classes);
    for (int i = 0; i < 3; i++) {
        apart(c, i, sizes[i], 5, rows);
        apart(c, i, sizes[i], 8, classes);
    }
    scratch(c, most(products(d) + TILE + times(c, 2 * CLASSES, d), blocks(classes, 32)));
}

/* rows = logsumexp(z) - z[target], lse block by block: lse' = max + ln(1 + e^-|lse - block|) */
TASK(cut_losses) {
    CALL;
    const int64_t rows = c->w[5], classes = c->w[6], d = c->w[7];
    float *z = work + products(d), part[ROWS], unused[ROWS], wanted[ROWS];
    double lse[ROWS];
    const int32_t first[ROWS] = {0};
    for (int64_t b = from; b < to; b++) {
        const int64_t row = b * ROWS, m = least(ROWS, rows - row);
        for (int64_t v = 0; v < classes; v += CLASSES) {
            const int64_t n = least(CLASSES, classes - v);
            const rp_gemm g = {.m = m, .n = n, .k = d, .a = F(2) + row * d, .ra = d, .ca = 1,
                               .b = F(3) + v * d, .rb = 1, .cb = d, .c = z, .rc = n};
            c->k->gemm(&g, work);
            c->k->cross_entropy(unused, part, z, first, n, 0, m);
            for (int64_t r = 0; r < m; r++) {
                const double l = part[r];
                if (v == 0) {
                    lse[r] = l;
                } else {
                    lse[r] = fmax(lse[r], l) + log1p(exp(-fabs(lse[r] - l)));
                }
                const int64_t at = I(4)[row + r] - v;
                if (at >= 0 && at < n) {
                    wanted[r] = z[r * n + at];
                }
            }
        }
        for (int64_t r = 0; r < m; r++) {
            F(0)[row + r] = (float)(lse[r] - (double)wanted[r]);
            F(1)[row + r] = (float)lse[r];
        }
    }
}

int32_t rp_run_cut_cross_entropy(call *c, rp_message m) {
    if (indices(c, 4, c->w[5], c->w[6], m)) {
        return RP_ERROR;
    }
    rp_parallel(c->session, cut_losses, c, blocks(c->w[5], ROWS), 1);
    return RP_OK;
}

/* A block of the gradient by logits, of the classes order[v ..], whose rows of w are gathered. */
typedef struct {
    int64_t row, m, v, n, d;
    float *z, *w;
} tile;

static void gather(const call *c, const tile *t) {
    for (int64_t j = 0; j < t->n; j++) {
        memcpy(t->w + j * t->d, F(4) + I(8)[t->v + j] * t->d, (size_t)t->d * sizeof(float));
    }
}

/* Whether the block counts: some |softmax - onehot| reaches the threshold. */
static int slopes(const call *c, const tile *t, float *work) {
    double threshold;
    memcpy(&threshold, c->w + 12, sizeof threshold);
    int32_t at[ROWS];
    const rp_gemm g = {.m = t->m, .n = t->n, .k = t->d, .a = F(3) + t->row * t->d, .ra = t->d,
                       .ca = 1, .b = t->w, .rb = 1, .cb = t->d, .c = t->z, .rc = t->n};
    c->k->gemm(&g, work);
    for (int64_t r = 0; r < t->m; r++) {
        at[r] = -1;
        for (int64_t j = 0; j < t->n; j++) {
            at[r] = I(8)[t->v + j] == I(5)[t->row + r] ? (int32_t)j : at[r];
        }
    }
    return c->k->cut_slopes(t->z, at, F(6) + t->row, F(7) + t->row, (float)threshold, t->n, t->m);
}

static tile tile_of(const call *c, float *work) {
    const int64_t d = c->w[11];
    float *z = work + products(d);
    return (tile){.d = d, .z = z, .w = z + TILE};
}

/* dx = sum over classes of g w, a range of the blocks of rows; kept says which blocks counted */
TASK(cut_dx) {
    CALL;
    const int64_t rows = c->w[9], classes = c->w[10], across = blocks(classes, CLASSES);
    tile t = tile_of(c, work);
    for (int64_t b = from; b < to; b++) {
        t.row = b * ROWS;
        t.m = least(ROWS, rows - t.row);
        float *dx = F(0) + t.row * t.d;
        memset(dx, 0, (size_t)(t.m * t.d) * sizeof(float));
        for (int64_t k = 0; k < across; k++) {
            t.v = k * CLASSES;
            t.n = least(CLASSES, classes - t.v);
            gather(c, &t);
            const int counts = slopes(c, &t, work);
            F(2)[b * across + k] = (float)counts;
            if (counts) {
                const rp_gemm g = {.m = t.m, .n = t.d, .k = t.n, .a = t.z, .ra = t.n, .ca = 1,
                                   .b = t.w, .rb = t.d, .cb = 1, .c = dx, .rc = t.d,
                                   .accumulate = 1};
                c->k->gemm(&g, work);
            }
        }
    }
}

/* dw = sum over rows of g' x, a range of the blocks of classes, without those that did not count */
TASK(cut_dw) {
    CALL;
    const int64_t rows = c->w[9], classes = c->w[10], across = blocks(classes, CLASSES);
    tile t = tile_of(c, work);
    float *dw = t.w + CLASSES * t.d;
    for (int64_t k = from; k < to; k++) {
        t.v = k * CLASSES;
        t.n = least(CLASSES, classes - t.v);
        gather(c, &t);
        memset(dw, 0, (size_t)(t.n * t.d) * sizeof(float));
        for (int64_t b = 0; b < blocks(rows, ROWS); b++) {
            if (F(2)[b * across + k] == 0) {
                continue;
            }
            t.row = b * ROWS;
            t.m = least(ROWS, rows - t.row);
            slopes(c, &t, work);
            const rp_gemm g = {.m = t.n, .n = t.d, .k = t.m, .a = t.z, .ra = 1, .ca = t.n,
                               .b = F(3) + t.row * t.d, .rb = t.d, .cb = 1, .c = dw, .rc = t.d,
                               .accumulate = 1};
            c->k->gemm(&g, work);
        }
        for (int64_t j = 0; j < t.n; j++) {
            memcpy(F(1) + I(8)[t.v + j] * t.d, dw + j * t.d, (size_t)t.d * sizeof(float));
        }
    }
}

/* Every class once: otherwise rows of dw would be left out and others written twice. */
static int32_t permutation(const call *c, int64_t classes, rp_message m) {
    uint32_t *seen = (uint32_t *)(void *)c->session->work;
    memset(seen, 0, (size_t)blocks(classes, 32) * sizeof(uint32_t));
    for (int64_t i = 0; i < classes; i++) {
        const int32_t v = I(8)[i];
        if (seen[v / 32] >> (v % 32) & 1) {
            return rp_fail(m, "cut_cross_entropy_grad: the order names class %d twice, at position"
                              " %lld: expected every class once", v, (long long)i);
        }
        seen[v / 32] |= (uint32_t)1 << (v % 32);
    }
    return RP_OK;
}

int32_t rp_run_cut_cross_entropy_grad(call *c, rp_message m) {
    const int64_t rows = c->w[9], classes = c->w[10];
    if (indices(c, 5, rows, classes, m) || indices(c, 8, classes, classes, m) ||
        permutation(c, classes, m)) {
        return RP_ERROR;
    }
    rp_parallel(c->session, cut_dx, c, blocks(rows, ROWS), 1);
    rp_parallel(c->session, cut_dw, c, blocks(classes, CLASSES), 1);
    return RP_OK;
}
