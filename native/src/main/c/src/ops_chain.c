/*
 * A chain of element-by-element operations in one pass over memory: blocks of 512 elements go
 * through all steps in L1, by the same kernels as the single operations, hence to the same bits.
 * Operand words: o out, i pairs of words that follow, i n, i inputs; an input: o in, i period, i
 * repeat, 0 (element e of the result sees element (e / repeat) % period); a step: i kind, i
 * function, i x, i y, d p, d q. x and y name an input below `inputs`, else a slot plus `inputs`; a
 * step writes the slot named by the high half of its kind, the last step writes out.
 */
#include <string.h>

#include "call.h"
#include "check.h"
#include "operation.h"

enum { BLOCK = 512, SLOTS = 8, INPUTS = 8, STEPS = 32 };
enum { UNARY, UNARY_GRAD, BINARY, AFFINE, KINDS };

static int64_t steps_of(const int64_t *w) { return (w[1] - 1 - 2 * w[3]) / 3; }
static const int64_t *step_at(const int64_t *w, int64_t i) { return w + 4 + 4 * w[3] + 6 * i; }

/* A step sees inputs, and slots that were written before. */
static void seen(check *c, int operand, int64_t inputs, unsigned written) {
    const int64_t x = c->w[operand + 2];
    if (x < 0 || x >= inputs + SLOTS || (x >= inputs && !(written >> (x - inputs) & 1))) {
        fail(c, operand, "an input or a slot that holds a value");
    }
}

void rp_check_chain(check *c) {
    const int64_t *w = c->w + 2;
    const int64_t n = extent(c, 2), inputs = w[3];
    range(c, 3, 1, INPUTS);
    if (c->bad) {
        return;
    }
    const int64_t steps = steps_of(w);
    if (steps < 1 || steps > STEPS || w[1] != 1 + 2 * inputs + 3 * steps) {
        fail(c, 1, "as many words as inputs and 1 to 32 steps take");
        return;
    }
    tensor(c, 0, n);
    for (int i = 0; i < inputs; i++) {
        const int at = 4 + 4 * i;
        const int64_t period = extent(c, at + 1), repeat = extent(c, at + 2);
        if (c->bad || n % period || n % repeat || (n / period) % repeat) {
            fail(c, at + 1, "a period and a repeat that divide the result");
        }
        tensor(c, at, period);
    }
    unsigned written = 0;
    for (int64_t s = 0; s < steps && !c->bad; s++) {
        const int at = (int)(4 + 4 * inputs + 6 * s);
        const int64_t kind = w[at] & 0xffff, slot = w[at] >> 16;
        if (w[at] < 0 || kind >= KINDS || slot >= SLOTS) {
            fail(c, at, "a kind of step and a slot");
            return;
        }
        range(c, at + 1, 0, kind == BINARY ? RP_OPERATORS - 1 : RP_FUNCTIONS - 1);
        seen(c, at + 2, inputs, written);
        if (kind == UNARY_GRAD || kind == BINARY) {
            seen(c, at + 3, inputs, written);
        }
        written |= 1u << slot;
    }
    scratch(c, (INPUTS + SLOTS) * BLOCK);
}

/* Elements [from, from + n) of an input: in place where it has them in a row, else copied. */
static const float *block(const call *c, const int64_t *input, float *copy, int64_t from,
                          int64_t n) {
    const float *x = (const float *)rp_at(c->session, input[0]);
    const int64_t period = input[1], repeat = input[2];
    const int64_t at = from / repeat % period;
    if (repeat == 1 && at + n <= period) {
        return x + at;
    }
    int64_t e = at, run = repeat == 1 ? period - at : repeat - from % repeat;
    for (int64_t i = 0; i < n;) {
        run = run < n - i ? run : n - i;
        if (repeat == 1) {
            memcpy(copy + i, x + e, (size_t)run * sizeof *x);
            e = 0;
        } else {
            float *to = copy + i;
            const float value = x[e];
            for (int64_t j = 0; j < run; j++) {
                to[j] = value;
            }
            e = e + 1 == period ? 0 : e + 1;
        }
        i += run;
        run = repeat == 1 ? period : repeat;
    }
    return copy;
}

TASK(chain) {
    CALL;
    const int64_t *w = c->w;
    const int64_t inputs = w[3], steps = steps_of(w);
    const float *value[INPUTS + SLOTS];
    for (int64_t at = from; at < to; at += BLOCK) {
        const int64_t n = to - at < BLOCK ? to - at : BLOCK;
        for (int64_t i = 0; i < inputs; i++) {
            value[i] = block(c, w + 4 + 4 * i, work + i * BLOCK, at, n);
        }
        for (int64_t s = 0; s < SLOTS; s++) {
            value[inputs + s] = work + (INPUTS + s) * BLOCK;
        }
        for (int64_t s = 0; s < steps; s++) {
            const int64_t *t = step_at(w, s);
            float *y = s == steps - 1 ? F(0) + at : work + (INPUTS + (t[0] >> 16)) * BLOCK;
            const float *a = value[t[2]];
            switch (t[0] & 0xffff) {
            case UNARY:
                c->k->unary((int)t[1], y, a, 0, n);
                break;
            case UNARY_GRAD:
                c->k->unary_grad((int)t[1], y, a, value[t[3]], 0, n);
                break;
            case BINARY:
                c->k->binary((int)t[1], y, a, value[t[3]], n, 0, n);
                break;
            default:
                c->k->affine(y, a, (float)rp_f64(t[4]), (float)rp_f64(t[5]), 0, n);
            }
        }
    }
}

int32_t rp_run_chain(call *c, rp_message m __attribute__((unused))) {
    rp_parallel(c->session, chain, c, c->w[2], BLOCK);
    return RP_OK;
}
