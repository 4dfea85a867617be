/*
 * Cross-entropy of a linear head by chunks of rows (Wijmans et al. 2024, 2411.09009): the logits of
 * one chunk live in scratch memory, become their own gradient there and go into dx and dw. Chunks do
 * not depend on the number of threads, so neither does the order in which dw is summed.
 */
#include "call.h"
#include "check.h"
#include "operation.h"

#define CHUNK RP_GEMM_KC /* one block of K in the product that gives dw */

static int64_t most(int64_t a, int64_t b) { return a > b ? a : b; }

/* Scratch of one product; the logits of a chunk lie behind that of the first thread. */
static int64_t product_work(int64_t classes, int64_t d) {
    const int64_t forward = rp_gemm_work(CHUNK, classes, d);
    const int64_t back = most(rp_gemm_work(CHUNK, d, classes), rp_gemm_work(classes, d, CHUNK));
    return (most(most(forward, back), rp_gemm_work(d, classes, CHUNK)) + 15) / 16 * 16;
}

void rp_check_linear_cross_entropy(check *c) {
    const int64_t rows = extent(c, 8), classes = extent(c, 9), d = extent(c, 10);
    const int64_t x = times(c, rows, d), w = times(c, classes, d);
    const int gradients = c->w[2 + 2] != -1;
    range(c, 11, 0, 1);
    tensors(c, 0, 2, rows);
    tensor(c, 4, x);
    tensor(c, 5, w);
    tensor(c, 6, rows);
    apart(c, 0, rows, 6, rows);
    apart(c, 1, rows, 6, rows);
    if (gradients) {
        tensor(c, 2, x);
        tensor(c, 3, w);
        tensor(c, 7, rows);
        apart(c, 2, x, 6, rows);
        apart(c, 3, w, 6, rows);
    } else if (c->w[3 + 2] != -1 || c->w[7 + 2] != -1) {
        fail(c, 2, "gradients of both x and w with drows, or none");
    }
    scratch(c, product_work(classes, d) + times(c, CHUNK, classes));
}

typedef struct {
    const call *c;
    float *logits;
    int64_t first, rows, classes, d;
    int transposed;
} chunk;

#define CHUNKED                                                                                    \
    const chunk *h = argument;                                                                     \
    const call *c = h->c

/* z = x op(w), columns of z */
TASK(logits_columns) {
    CHUNKED;
    const int64_t rb = h->transposed ? 1 : h->classes, cb = h->transposed ? h->d : 1;
    const rp_gemm g = {.m = h->rows, .n = to - from, .k = h->d, .a = F(4) + h->first * h->d,
                       .ra = h->d, .ca = 1, .b = F(5) + from * cb, .rb = rb, .cb = cb,
                       .c = h->logits + from, .rc = h->classes};
    c->k->gemm(&g, work);
}

TASK(losses) {
    CHUNKED;
    c->k->cross_entropy(F(0) + h->first, F(1) + h->first, h->logits, I(6) + h->first, h->classes,
                        from, to);
}

/* z becomes dz */
TASK(slopes) {
    CHUNKED;
    c->k->cross_entropy_grad(h->logits, h->logits, I(6) + h->first, F(1) + h->first,
                             F(7) + h->first, h->classes, from, to);
}

/* dx = dz op(w)', columns of dx */
TASK(dx_columns) {
    CHUNKED;
    const int64_t rb = h->transposed ? h->d : 1, cb = h->transposed ? 1 : h->classes;
    const rp_gemm g = {.m = h->rows, .n = to - from, .k = h->classes, .a = h->logits,
                       .ra = h->classes, .ca = 1, .b = F(5) + from * cb, .rb = rb, .cb = cb,
                       .c = F(2) + h->first * h->d + from, .rc = h->d};
    c->k->gemm(&g, work);
}

/* dw = or += dz' x (w [V, d]) or x' dz (w [d, V]), a range of the V classes */
TASK(dw_classes) {
    CHUNKED;
    const float *x = F(4) + h->first * h->d, *dz = h->logits + from;
    const int more = h->first > 0;
    const rp_gemm rows = {.m = to - from, .n = h->d, .k = h->rows, .a = dz, .ra = 1,
                          .ca = h->classes, .b = x, .rb = h->d, .cb = 1, .c = F(3) + from * h->d,
                          .rc = h->d, .accumulate = more};
    const rp_gemm columns = {.m = h->d, .n = to - from, .k = h->rows, .a = x, .ra = 1, .ca = h->d,
                             .b = dz, .rb = h->classes, .cb = 1, .c = F(3) + from,
                             .rc = h->classes, .accumulate = more};
    c->k->gemm(h->transposed ? &rows : &columns, work);
}

int32_t rp_run_linear_cross_entropy(call *c, rp_message m) {
    const int64_t rows = c->w[8], classes = c->w[9], d = c->w[10];
    if (indices(c, 6, rows, classes, m)) {
        return RP_ERROR;
    }
    chunk h = {.c = c, .logits = c->session->work + product_work(classes, d), .classes = classes,
               .d = d, .transposed = (int)c->w[11]};
    for (h.first = 0; h.first < rows; h.first += CHUNK) {
        h.rows = rows - h.first < CHUNK ? rows - h.first : CHUNK;
        rp_parallel(c->session, logits_columns, &h, classes, 48);
        rp_parallel(c->session, losses, &h, h.rows, 4);
        if (c->w[2] != -1) {
            rp_parallel(c->session, slopes, &h, h.rows, 4);
            rp_parallel(c->session, dx_columns, &h, d, 48);
            rp_parallel(c->session, dw_classes, &h, classes, 48);
        }
    }
    return RP_OK;
}
