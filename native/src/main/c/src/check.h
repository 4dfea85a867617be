/* What the check of one operation may say about its operands. The first one that does not hold is
 * reported; operand k is word k + 2. */
#ifndef RP_CHECK_H
#define RP_CHECK_H

#include "program.h"

#define RP_CHECK static inline __attribute__((unused))

struct rp_check_state {
    const int64_t *w;
    int64_t memory;
    int64_t cut[2]; /* no tensor reaches over these */
    int64_t work;
    int64_t function, instruction;
    rp_message message;
    int bad;
};
typedef struct rp_check_state check;

RP_CHECK void fail(check *c, int operand, const char *expected) {
    if (!c->bad) {
        rp_fail(c->message,
                "function %lld, instruction %lld (%s): operand %d is %lld, expected %s",
                (long long)c->function, (long long)c->instruction, rp_opcode_name(c->w[0]), operand,
                (long long)c->w[operand + 2], expected);
    }
    c->bad = 1;
}

/* An extent: 1 .. 2^31 - 1. */
RP_CHECK int64_t extent(check *c, int operand) {
    const int64_t n = c->w[operand + 2];
    if (n < 1 || n > INT32_MAX) {
        fail(c, operand, "an extent between 1 and 2^31-1");
        return 1;
    }
    return n;
}

RP_CHECK void range(check *c, int operand, int64_t low, int64_t high) {
    const int64_t n = c->w[operand + 2];
    if (n < low || n > high) {
        fail(c, operand, "a value in the attribute's range");
    }
}

RP_CHECK int64_t times(check *c, int64_t a, int64_t b) {
    int64_t r;
    if (__builtin_mul_overflow(a, b, &r) || r > ((int64_t)1 << 40)) {
        fail(c, 0, "extents whose product fits memory");
        return 1;
    }
    return r;
}

/* A tensor of n four-byte elements inside memory. */
RP_CHECK void tensor(check *c, int operand, int64_t n) {
    const int64_t offset = c->w[operand + 2];
    if (offset < 0 || offset % 4 != 0 || n < 0 || offset > c->memory ||
        n > (c->memory - offset) / 4) {
        fail(c, operand, "the offset of a tensor inside the program's memory");
    }
    for (int i = 0; i < 2 && !c->bad; i++) {
        if (offset < c->cut[i] && offset + 4 * n > c->cut[i]) {
            fail(c, operand, "the offset of a tensor inside one region of memory");
        }
    }
}

RP_CHECK void optional(check *c, int operand, int64_t n) {
    if (c->w[operand + 2] != -1) {
        tensor(c, operand, n);
    }
}

RP_CHECK void tensors(check *c, int from, int to, int64_t n) {
    for (int i = from; i < to; i++) {
        tensor(c, i, n);
    }
}

/* An operation that follows indices must not overwrite them on the way: they were checked before. */
RP_CHECK void apart(check *c, int result, int64_t n, int index, int64_t count) {
    const int64_t y = c->w[result + 2], x = c->w[index + 2];
    if (!c->bad && y < x + 4 * count && x < y + 4 * n) {
        fail(c, result, "a result that does not overlap the indices");
    }
}

RP_CHECK void scratch(check *c, int64_t floats) {
    if (floats > c->work) {
        c->work = floats;
    }
}

#endif
