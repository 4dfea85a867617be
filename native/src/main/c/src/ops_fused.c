/* Fused operations: products with what follows them, gradients with the sum they go into. */
#include <string.h>

#include "call.h"
#include "check.h"
#include "operation.h"

void rp_check_dense(check *c) {
    const int64_t m = extent(c, 7), n = extent(c, 8), k = extent(c, 9);
    const int64_t y = times(c, m, n);
    range(c, 10, 0, 1);
    range(c, 11, 0, RP_FUNCTIONS - 1);
    tensor(c, 0, y);
    optional(c, 1, y);
    tensor(c, 2, times(c, m, k));
    tensor(c, 3, times(c, k, n));
    optional(c, 4, n);
    optional(c, 5, y);
    optional(c, 6, y);
    scratch(c, rp_gemm_work(m, n, k));
}

static rp_gemm dense(const call *c) {
    const int64_t m = c->w[7], n = c->w[8], k = c->w[9];
    return (rp_gemm){.m = m, .n = n, .k = k, .a = F(2), .ra = k, .ca = 1, .b = F(3),
                     .rb = c->w[10] ? 1 : n, .cb = c->w[10] ? k : 1, .c = F(0), .rc = n,
                     .function = (int)c->w[11], .init = MAYBE(5), .bias = MAYBE(4),
                     .slope = MAYBE(6), .active = MAYBE(1)};
}

/* Moves everything with the rows and columns of c. */
static void shift(rp_gemm *g, int64_t by) {
    g->c += by;
    g->init = g->init ? g->init + by : g->init;
    g->slope = g->slope ? g->slope + by : g->slope;
    g->active = g->active ? g->active + by : g->active;
}

TASK(dense_rows) {
    CALL;
    rp_gemm g = dense(c);
    g.a += from * g.ra;
    shift(&g, from * g.rc);
    g.m = to - from;
    c->k->gemm(&g, work);
}
TASK(dense_columns) {
    CALL;
    rp_gemm g = dense(c);
    g.b += from * g.cb;
    shift(&g, from);
    g.bias = g.bias ? g.bias + from : g.bias;
    g.n = to - from;
    c->k->gemm(&g, work);
}

int32_t rp_run_dense(call *c, rp_message m __attribute__((unused))) {
    if (c->w[7] >= c->w[8]) {
        rp_parallel(c->session, dense_rows, c, c->w[7], 24);
    } else {
        rp_parallel(c->session, dense_columns, c, c->w[8], 48);
    }
    return RP_OK;
}

void rp_check_dense_weight_grad(check *c) {
    const int64_t rows = extent(c, 4), k = extent(c, 5), n = extent(c, 6);
    tensor(c, 0, times(c, k, n));
    tensor(c, 1, n);
    tensor(c, 2, times(c, rows, k));
    tensor(c, 3, times(c, rows, n));
    scratch(c, rp_gemm_work(k, n, rows));
}

static rp_gemm weight_grad(const call *c) {
    const int64_t rows = c->w[4], k = c->w[5], n = c->w[6];
    return (rp_gemm){.m = k, .n = n, .k = rows, .a = F(2), .ra = 1, .ca = k, .b = F(3), .rb = n,
                     .cb = 1, .c = F(0), .rc = n, .sums = F(1)};
}

TASK(weight_grad_rows) {
    CALL;
    rp_gemm g = weight_grad(c);
    g.a += from;
    g.c += from * g.rc;
    g.m = to - from;
    g.sums = from == 0 ? g.sums : (float *)0;
    c->k->gemm(&g, work);
}
TASK(weight_grad_columns) {
    CALL;
    rp_gemm g = weight_grad(c);
    g.b += from;
    g.c += from;
    g.sums += from;
    g.n = to - from;
    c->k->gemm(&g, work);
}

int32_t rp_run_dense_weight_grad(call *c, rp_message m __attribute__((unused))) {
    if (c->w[5] >= c->w[6]) {
        rp_parallel(c->session, weight_grad_rows, c, c->w[5], 24);
    } else {
        rp_parallel(c->session, weight_grad_columns, c, c->w[6], 48);
    }
    return RP_OK;
}

void rp_check_norm_grad_add(check *c) {
    const int64_t rows = extent(c, 9), d = extent(c, 10), n = times(c, rows, d);
    tensor(c, 0, n);
    tensor(c, 1, d);
    optional(c, 2, d);
    tensor(c, 3, n);
    tensor(c, 4, d);
    optional(c, 5, rows);
    tensor(c, 6, rows);
    tensors(c, 7, 9, n);
}

TASK(norm_gain) {
    CALL;
    c->k->norm_dgain(F(1), MAYBE(2), F(3), MAYBE(5), F(6), F(7), c->w[9], c->w[10], from, to);
}
TASK(norm_dx) {
    CALL;
    if (c->w[5] < 0) {
        c->k->rms_norm_dx(F(0), F(3), F(4), F(6), F(7), F(8), c->w[10], from, to);
    } else {
        c->k->layer_norm_dx(F(0), F(3), F(4), F(5), F(6), F(7), F(8), c->w[10], from, to);
    }
}

int32_t rp_run_norm_grad_add(call *c, rp_message m __attribute__((unused))) {
    rp_parallel(c->session, norm_gain, c, c->w[10], 16);
    rp_parallel(c->session, norm_dx, c, c->w[9], 16);
    return RP_OK;
}

void rp_check_scatter_onto(check *c) {
    const int64_t n = extent(c, 4), table = times(c, extent(c, 5), extent(c, 6));
    tensors(c, 0, 2, table);
    tensor(c, 2, n);
    tensor(c, 3, times(c, n, extent(c, 6)));
    apart(c, 0, table, 2, n);
}

TASK(scatter_columns) {
    CALL;
    c->k->scatter_add(F(0), I(2), F(3), c->w[4], c->w[6], from, to);
}

int32_t rp_run_scatter_onto(call *c, rp_message m) {
    if (indices(c, 2, c->w[4], c->w[5], m)) {
        return RP_ERROR;
    }
    if (c->w[0] != c->w[1]) {
        memmove(F(0), F(1), (size_t)(c->w[5] * c->w[6]) * 4);
    }
    rp_parallel(c->session, scatter_columns, c, c->w[6], 16);
    return RP_OK;
}
