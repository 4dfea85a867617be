/* One instruction at run time: operand k is word k of w; F, I and MAYBE are its tensors. */
#ifndef RP_CALL_H
#define RP_CALL_H

#include "program.h"

struct rp_call {
    rp_session *session;
    const rp_kernels *k;
    const int64_t *w; /* first operand */
    rp_adam adam;
};
typedef struct rp_call call;

#define F(i) ((float *)rp_at(c->session, c->w[i]))
#define I(i) ((int32_t *)rp_at(c->session, c->w[i]))
#define MAYBE(i) (c->w[i] < 0 ? (float *)0 : F(i))
#define TASK(name)                                                                                 \
    static void name(const void *argument, int64_t from, int64_t to,                               \
                     float *work __attribute__((unused)))
#define CALL const call *c = argument

static inline __attribute__((unused)) int32_t indices(const call *c, int operand, int64_t n, int64_t rows, rp_message m) {
    const int32_t *index = I(operand);
    for (int64_t i = 0; i < n; i++) {
        if (index[i] < 0 || index[i] >= rows) {
            return rp_fail(m, "%s: index %d at position %lld is outside the table of %lld rows",
                           rp_opcode_name(c->w[-2]), index[i], (long long)i, (long long)rows);
        }
    }
    return RP_OK;
}

#endif
