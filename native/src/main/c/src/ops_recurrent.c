/* Gates of recurrent cells: rows of a width. */
#include "call.h"
#include "check.h"
#include "gates.h"

/* Elements of the state; those of gates are a multiple. */
static int64_t states(check *c, int first) {
    return times(c, extent(c, first), extent(c, first + 1));
}

static int64_t grain(int64_t width) { return width < 1024 ? 1024 / width : 1; }

void rp_check_lstm(struct rp_check_state *c) {
    const int64_t n = states(c, 4);
    tensors(c, 0, 2, n);
    tensor(c, 2, times(c, 4, n));
    tensor(c, 3, n);
    apart(c, 0, n, 2, times(c, 4, n));
    apart(c, 1, n, 2, times(c, 4, n));
    apart(c, 0, n, 1, n);
}

TASK(lstm) {
    CALL;
    c->k->gates->lstm(F(0), F(1), F(2), F(3), c->w[5], from, to);
}

int32_t rp_run_lstm(struct rp_call *c, rp_message m) {
    (void)m;
    rp_parallel(c->session, lstm, c, c->w[4], grain(c->w[5]));
    return RP_OK;
}

void rp_check_lstm_grad(struct rp_check_state *c) {
    const int64_t n = states(c, 7);
    tensor(c, 0, times(c, 4, n));
    tensor(c, 1, n);
    tensor(c, 2, times(c, 4, n));
    tensors(c, 3, 7, n);
    apart(c, 0, times(c, 4, n), 1, n);
}

TASK(lstm_grad) {
    CALL;
    c->k->gates->lstm_grad(F(0), F(1), F(2), F(3), F(4), F(5), F(6), c->w[8], from, to);
}

int32_t rp_run_lstm_grad(struct rp_call *c, rp_message m) {
    (void)m;
    rp_parallel(c->session, lstm_grad, c, c->w[7], grain(c->w[8]));
    return RP_OK;
}

void rp_check_gru(struct rp_check_state *c) {
    const int64_t n = states(c, 4);
    tensor(c, 0, n);
    tensors(c, 1, 3, times(c, 3, n));
    tensor(c, 3, n);
}

TASK(gru) {
    CALL;
    c->k->gates->gru(F(0), F(1), F(2), F(3), c->w[5], from, to);
}

int32_t rp_run_gru(struct rp_call *c, rp_message m) {
    (void)m;
    rp_parallel(c->session, gru, c, c->w[4], grain(c->w[5]));
    return RP_OK;
}

void rp_check_gru_grad(struct rp_check_state *c) {
    const int64_t n = states(c, 7);
    tensors(c, 0, 2, times(c, 3, n));
    tensor(c, 2, n);
    tensors(c, 3, 5, times(c, 3, n));
    tensors(c, 5, 7, n);
}

TASK(gru_grad) {
    CALL;
    c->k->gates->gru_grad(F(0), F(1), F(2), F(3), F(4), F(5), F(6), c->w[8], from, to);
}

int32_t rp_run_gru_grad(struct rp_call *c, rp_message m) {
    (void)m;
    rp_parallel(c->session, gru_grad, c, c->w[7], grain(c->w[8]));
    return RP_OK;
}
