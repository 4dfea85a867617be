/* Further functions of elements and pairs. */
#include "call.h"
#include "check.h"
#include "curves.h"

void rp_check_map(struct rp_check_state *c) {
    tensors(c, 0, 2, extent(c, 2));
    range(c, 3, 0, RP_CURVES - 1);
}

TASK(map) {
    CALL;
    c->k->curves->map((int)c->w[3], (float)rp_f64(c->w[4]), (float)rp_f64(c->w[5]), F(0) + from,
                      F(1) + from, to - from);
}

int32_t rp_run_map(struct rp_call *c, rp_message m) {
    (void)m;
    rp_parallel(c->session, map, c, c->w[2], 1024);
    return RP_OK;
}

void rp_check_map_grad(struct rp_check_state *c) {
    tensors(c, 0, 3, extent(c, 3));
    range(c, 4, 0, RP_CURVES - 1);
}

TASK(map_grad) {
    CALL;
    c->k->curves->map_grad((int)c->w[4], (float)rp_f64(c->w[5]), (float)rp_f64(c->w[6]),
                           F(0) + from, F(1) + from, F(2) + from, to - from);
}

int32_t rp_run_map_grad(struct rp_call *c, rp_message m) {
    (void)m;
    rp_parallel(c->session, map_grad, c, c->w[3], 1024);
    return RP_OK;
}

void rp_check_zip(struct rp_check_state *c) {
    range(c, 3, 0, RP_PAIRINGS - 1);
    range(c, 4, 1, 6);
    if (c->bad) {
        return;
    }
    const int64_t rank = c->w[4 + 2];
    int64_t size = 1, reach = 1;
    for (int k = 0; k < 6; k++) {
        const int64_t n = extent(c, 6 + k);
        range(c, 12 + k, 0, INT32_MAX);
        if (k >= rank && n != 1) {
            fail(c, 6 + k, "extent 1 behind the last axis");
        }
        size = times(c, size, n);
        reach += times(c, n - 1, c->w[12 + k + 2]);
    }
    if (!c->bad && c->w[12 + rank - 1 + 2] > 1) {
        fail(c, 12 + (int)rank - 1, "a last stride of 0 or 1");
    }
    tensors(c, 0, 2, size);
    if (reach > extent(c, 5)) {
        fail(c, 5, "a second operand that holds every element used");
    }
    tensor(c, 2, c->w[5 + 2]);
}

/* Elements [from, to) line by line of the last axis. */
TASK(zip) {
    CALL;
    const int64_t last = c->w[4] - 1, n = c->w[6 + last], stride = c->w[12 + last];
    for (int64_t i = from; i < to;) {
        const int64_t column = i % n, length = to - i < n - column ? to - i : n - column;
        int64_t rest = i / n, at = column * stride;
        for (int64_t k = last - 1; k >= 0; k--) {
            at += rest % c->w[6 + k] * c->w[12 + k];
            rest /= c->w[6 + k];
        }
        c->k->curves->zip((int)c->w[3], F(0) + i, F(1) + i, F(2) + at, stride == 0, length);
        i += length;
    }
}

int32_t rp_run_zip(struct rp_call *c, rp_message m) {
    (void)m;
    int64_t n = 1;
    for (int64_t k = 0; k < c->w[4]; k++) {
        n *= c->w[6 + k];
    }
    rp_parallel(c->session, zip, c, n, 4096);
    return RP_OK;
}

void rp_check_select(struct rp_check_state *c) { tensors(c, 0, 4, extent(c, 4)); }

TASK(choose) {
    CALL;
    c->k->curves->select(F(0) + from, F(1) + from, F(2) + from, F(3) + from, to - from);
}

int32_t rp_run_select(struct rp_call *c, rp_message m) {
    (void)m;
    rp_parallel(c->session, choose, c, c->w[4], 4096);
    return RP_OK;
}
