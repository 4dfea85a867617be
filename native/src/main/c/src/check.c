/* Every word of a program buffer is checked here, so that running it needs no checks but those of
 * index values. */
#include <stdarg.h>
#include <stdio.h>

#include "check.h"
#include "operation.h"

int32_t rp_fail(rp_message m, const char *format, ...) {
    if (m.text && m.capacity > 0) {
        va_list args;
        va_start(args, format);
        vsnprintf(m.text, (size_t)m.capacity, format, args);
        va_end(args);
    }
    return RP_ERROR;
}

/* Name and number of words (0: variable), opcode and count included. */
static const struct {
    const char *name;
    int words;
} OPCODES[RP_OPCODES] = {
    [RP_FILL_F32] = {"fill", 5}, [RP_FILL_I32] = {"fill", 5}, [RP_COPY] = {"copy", 5},
    [RP_UNARY] = {"unary", 6}, [RP_UNARY_GRAD] = {"unary_grad", 7}, [RP_BINARY] = {"binary", 8},
    [RP_AFFINE] = {"affine", 7}, [RP_INCREMENT] = {"increment", 6}, [RP_TO_FLOAT] = {"to_float", 5},
    [RP_MATMUL] = {"mat_mul", 12}, [RP_PERMUTE] = {"permute", 17},
    [RP_COPY_BLOCKS] = {"slice or pad", 11}, [RP_EXPAND] = {"expand", 7},
    [RP_REDUCE] = {"reduce", 8}, [RP_LAYER_NORM] = {"layer_norm", 11},
    [RP_LAYER_NORM_GRAD] = {"layer_norm_grad", 12}, [RP_RMS_NORM] = {"rms_norm", 9},
    [RP_RMS_NORM_GRAD] = {"rms_norm_grad", 10}, [RP_SOFTMAX] = {"softmax", 6},
    [RP_ATTENTION] = {"causal_attention", 9}, [RP_ATTENTION_GRAD] = {"causal_attention_grad", 11},
    [RP_ROTARY] = {"rotary", 10}, [RP_CROSS_ENTROPY] = {"cross_entropy", 8},
    [RP_CROSS_ENTROPY_GRAD] = {"cross_entropy_grad", 9}, [RP_KL] = {"kl_divergence", 10},
    [RP_KL_GRAD] = {"kl_divergence_grad", 11}, [RP_GATHER] = {"gather", 8},
    [RP_SCATTER_ADD] = {"scatter_add", 8}, [RP_UNIFORM] = {"uniform", 8},
    [RP_NORMAL] = {"normal", 8}, [RP_SAMPLE_WINDOWS] = {"sample_windows", 10},
    [RP_SEQUENTIAL_WINDOWS] = {"sequential_windows", 9}, [RP_CALL_STEP] = {"call_step", 3},
    [RP_SCHEDULE] = {"schedule", 10}, [RP_GLOBAL_NORM] = {"global_norm", 0},
    [RP_CLIP_FACTOR] = {"clip_factor", 5}, [RP_ADAMW] = {"adam_w", 17},
};

const char *rp_opcode_name(int64_t opcode) {
    if (opcode < 0 || opcode >= RP_OPCODES) {
        return "unknown";
    }
    return OPCODES[opcode].name ? OPCODES[opcode].name : rp_operations[opcode].name;
}

static void matmul(check *c) {
    const int64_t batches = extent(c, 3), m = extent(c, 4), n = extent(c, 5), k = extent(c, 6);
    range(c, 7, 0, 1);
    range(c, 8, 0, 1);
    range(c, 9, 0, 1);
    tensor(c, 0, times(c, batches, times(c, m, n)));
    tensor(c, 1, times(c, batches, times(c, m, k)));
    tensor(c, 2, times(c, batches, times(c, k, n)));
    scratch(c, rp_gemm_work(m, n, k));
}

static void permute(check *c) {
    const int64_t rank = c->w[4];
    range(c, 2, 1, 6);
    int64_t size = 1, reach = 0;
    for (int i = 0; i < rank && i < 6 && !c->bad; i++) {
        const int64_t n = extent(c, 3 + i);
        range(c, 9 + i, 0, INT32_MAX);
        size = times(c, size, n);
        reach += times(c, n - 1, c->w[9 + i + 2]);
    }
    tensor(c, 0, size);
    tensor(c, 1, reach + 1);
}

/* Blocks of length from x (stride xs, first x0) to y (stride ys, first y0), both inside. */
static void copy_blocks(check *c) {
    const int64_t blocks = extent(c, 2), length = extent(c, 3), n = extent(c, 8);
    for (int i = 4; i < 8; i++) {
        range(c, i, 0, INT32_MAX);
    }
    if (c->bad) {
        return;
    }
    const int64_t *w = c->w + 2;
    tensor(c, 0, n);
    tensor(c, 1, (blocks - 1) * w[4] + w[5] + length);
    if ((blocks - 1) * w[6] + w[7] + length > n) {
        fail(c, 8, "a result that holds all blocks");
    }
}

static void attention(check *c, int first, int grad) {
    const int64_t batch = extent(c, first), time = extent(c, first + 1);
    const int64_t heads = extent(c, first + 2), width = extent(c, first + 3);
    const int64_t pairs = times(c, batch, heads);
    const int64_t y = times(c, times(c, pairs, time), width);
    tensor(c, grad ? 2 : 0, y);
    tensor(c, grad ? 3 : 1, times(c, pairs, time));
    tensor(c, grad ? 1 : 2, times(c, 3, y));
    if (grad) {
        tensor(c, 0, times(c, 3, y));
        tensor(c, 4, y);
    }
    scratch(c, rp_attention_work(time, width));
}

static void windows(check *c, int sampled) {
    const int64_t n = extent(c, 4), batch = extent(c, 5), time = extent(c, 6);
    tensors(c, 0, 2, times(c, batch, time));
    tensor(c, 2, n);
    tensor(c, 3, 1);
    if (n <= time) {
        fail(c, 4, "a buffer longer than the window");
    }
    if (sampled) {
        range(c, 7, 0, INT32_MAX);
    }
}

static void losses(check *c, int table, int grad) {
    const int count = (table ? 5 : 4) + grad;
    const int64_t rows = extent(c, count), classes = extent(c, count + 1);
    const int logits = grad ? 1 : 2;
    tensor(c, logits, times(c, rows, classes));
    if (grad) {
        tensor(c, 0, times(c, rows, classes));
    } else {
        tensors(c, 0, 2, rows);
    }
    if (table) {
        tensor(c, logits + 1, times(c, extent(c, count + 2), classes));
    }
    tensors(c, logits + 1 + table, count, rows);
    const int index = logits + 1 + table;
    apart(c, 0, grad ? times(c, rows, classes) : rows, index, rows);
    if (!grad) {
        apart(c, 1, rows, index, rows);
    }
}

static void instruction(check *c) {
    int64_t n, d;
    switch (c->w[0]) {
    case RP_FILL_F32:
    case RP_FILL_I32:
        tensor(c, 0, extent(c, 1));
        break;
    case RP_COPY:
    case RP_TO_FLOAT:
    case RP_INCREMENT:
    case RP_AFFINE:
        tensors(c, 0, 2, extent(c, 2));
        break;
    case RP_UNARY:
        tensors(c, 0, 2, extent(c, 2));
        range(c, 3, 0, RP_FUNCTIONS - 1);
        break;
    case RP_UNARY_GRAD:
        tensors(c, 0, 3, extent(c, 3));
        range(c, 4, 0, RP_FUNCTIONS - 1);
        break;
    case RP_BINARY:
        n = extent(c, 3);
        tensors(c, 0, 2, n);
        tensor(c, 2, extent(c, 4));
        if (n % extent(c, 4) != 0) {
            fail(c, 4, "a divisor of the first operand's size");
        }
        range(c, 5, 0, RP_OPERATORS - 1);
        break;
    case RP_MATMUL:
        matmul(c);
        break;
    case RP_PERMUTE:
        permute(c);
        break;
    case RP_COPY_BLOCKS:
        copy_blocks(c);
        break;
    case RP_EXPAND:
        n = times(c, extent(c, 2), extent(c, 4));
        tensor(c, 0, times(c, n, extent(c, 3)));
        tensor(c, 1, n);
        break;
    case RP_REDUCE:
        n = times(c, extent(c, 2), extent(c, 4));
        tensor(c, 0, n);
        tensor(c, 1, times(c, n, extent(c, 3)));
        range(c, 5, 0, RP_FOLDS - 1);
        break;
    case RP_LAYER_NORM:
        n = extent(c, 6), d = extent(c, 7);
        tensor(c, 0, times(c, n, d));
        tensors(c, 1, 3, n);
        tensor(c, 3, times(c, n, d));
        tensor(c, 4, d);
        optional(c, 5, d);
        break;
    case RP_LAYER_NORM_GRAD:
        n = extent(c, 8), d = extent(c, 9);
        tensor(c, 0, times(c, n, d));
        tensor(c, 1, d);
        optional(c, 2, d);
        tensor(c, 3, times(c, n, d));
        tensor(c, 4, d);
        tensors(c, 5, 7, n);
        tensor(c, 7, times(c, n, d));
        break;
    case RP_RMS_NORM:
        n = extent(c, 4), d = extent(c, 5);
        tensor(c, 0, times(c, n, d));
        tensor(c, 1, n);
        tensor(c, 2, times(c, n, d));
        tensor(c, 3, d);
        break;
    case RP_RMS_NORM_GRAD:
        n = extent(c, 6), d = extent(c, 7);
        tensor(c, 0, times(c, n, d));
        tensor(c, 1, d);
        tensor(c, 2, times(c, n, d));
        tensor(c, 3, d);
        tensor(c, 4, n);
        tensor(c, 5, times(c, n, d));
        break;
    case RP_SOFTMAX:
        tensors(c, 0, 2, times(c, extent(c, 2), extent(c, 3)));
        break;
    case RP_ATTENTION:
        attention(c, 3, 0);
        break;
    case RP_ATTENTION_GRAD:
        attention(c, 5, 1);
        break;
    case RP_ROTARY:
        n = times(c, times(c, extent(c, 2), extent(c, 3)), times(c, extent(c, 4), extent(c, 5)));
        tensors(c, 0, 2, times(c, 3, n));
        if (c->w[5 + 2] % 2 != 0) {
            fail(c, 5, "an even head width");
        }
        range(c, 7, 0, 1);
        break;
    case RP_CROSS_ENTROPY:
        losses(c, 0, 0);
        break;
    case RP_CROSS_ENTROPY_GRAD:
        losses(c, 0, 1);
        break;
    case RP_KL:
        losses(c, 1, 0);
        break;
    case RP_KL_GRAD:
        losses(c, 1, 1);
        break;
    case RP_GATHER:
        n = extent(c, 3), d = extent(c, 5);
        tensor(c, 0, times(c, n, d));
        tensor(c, 1, times(c, extent(c, 4), d));
        tensor(c, 2, n);
        apart(c, 0, times(c, n, d), 2, n);
        break;
    case RP_SCATTER_ADD:
        n = extent(c, 3), d = extent(c, 5);
        tensor(c, 0, times(c, extent(c, 4), d));
        tensor(c, 1, n);
        tensor(c, 2, times(c, n, d));
        apart(c, 0, times(c, extent(c, 4), d), 1, n);
        break;
    case RP_UNIFORM:
    case RP_NORMAL:
        tensor(c, 0, extent(c, 2));
        optional(c, 1, 1);
        range(c, 3, 0, INT32_MAX);
        break;
    case RP_SAMPLE_WINDOWS:
        windows(c, 1);
        break;
    case RP_SEQUENTIAL_WINDOWS:
        windows(c, 0);
        break;
    case RP_CALL_STEP:
        tensor(c, 0, 1);
        break;
    case RP_SCHEDULE:
        tensors(c, 0, 2, 1);
        range(c, 2, 0, RP_DECAYS - 1);
        range(c, 3, 0, INT32_MAX);
        range(c, 4, 1, INT32_MAX);
        range(c, 5, 0, INT32_MAX);
        break;
    case RP_GLOBAL_NORM:
        tensor(c, 0, 1);
        for (int64_t i = 0; i < c->w[3] && !c->bad; i++) {
            tensor(c, (int)(2 + 2 * i), extent(c, (int)(3 + 2 * i)));
        }
        break;
    case RP_CLIP_FACTOR:
        tensors(c, 0, 2, 1);
        break;
    case RP_ADAMW:
        tensors(c, 0, 7, extent(c, 10));
        tensors(c, 7, 10, 1);
        break;
    default:
        rp_operations[c->w[0]].check(c);
        break;
    }
}

int32_t rp_check(const int64_t *code, int64_t words, int64_t memory, const int64_t cut[2],
                 int64_t *work, rp_message m) {
    if (!code || words < 3 || code[0] != RP_MAGIC) {
        return rp_fail(m, "not a program buffer: it does not begin with the magic word");
    }
    if (code[1] != RP_ABI_VERSION) {
        return rp_fail(m, "program version %lld, this library reads %d", (long long)code[1],
                       RP_ABI_VERSION);
    }
    if (code[2] < 0 || code[2] > 4096 || memory < 0) {
        return rp_fail(m, "%lld functions or %lld bytes of memory are out of range",
                       (long long)code[2], (long long)memory);
    }
    check c = {.memory = memory, .cut = {cut[0], cut[1]}, .message = m};
    int64_t at = 3;
    for (int64_t f = 0; f < code[2]; f++) {
        if (words - at < 3) {
            return rp_fail(m, "function %lld: the buffer ends inside its head", (long long)f);
        }
        const int64_t length = code[at], scalars = code[at + 1];
        if (length < 2 || length > words - at - 1 || scalars < 0 || scalars > length - 2 ||
            scalars > 4096) {
            return rp_fail(m, "function %lld: length %lld with %lld scalars does not fit the buffer",
                           (long long)f, (long long)length, (long long)scalars);
        }
        const int64_t end = at + 1 + length;
        for (int64_t i = 0; i < scalars; i++) {
            const int64_t offset = code[at + 2 + i];
            if (offset < 0 || offset % 4 != 0 || offset > memory - 4) {
                return rp_fail(m, "function %lld: scalar %lld at %lld is outside memory",
                               (long long)f, (long long)i, (long long)offset);
            }
        }
        at += 2 + scalars;
        const int64_t count = code[at++];
        if (count < 0 || count > length) {
            return rp_fail(m, "function %lld: %lld instructions do not fit", (long long)f,
                           (long long)count);
        }
        for (int64_t i = 0; i < count; i++) {
            if (end - at < 2 || code[at] < 0 || code[at] >= RP_OPCODES) {
                return rp_fail(m, "function %lld, instruction %lld: opcode %lld is unknown",
                               (long long)f, (long long)i,
                               end - at < 2 ? -1LL : (long long)code[at]);
            }
            const int64_t size = code[at + 1];
            int64_t need =
                OPCODES[code[at]].name ? OPCODES[code[at]].words : rp_operations[code[at]].words;
            if (need == 0 && end - at >= 4) {
                need = code[at + 3] >= 1 && code[at + 3] <= end - at ? 4 + 2 * code[at + 3] : -1;
            }
            if (size != need || size > end - at) {
                return rp_fail(m, "function %lld, instruction %lld (%s): %lld words, expected %lld",
                               (long long)f, (long long)i, rp_opcode_name(code[at]),
                               (long long)size, (long long)need);
            }
            c.w = code + at;
            c.function = f;
            c.instruction = i;
            instruction(&c);
            if (c.bad) {
                return RP_ERROR;
            }
            at += size;
        }
        if (at != end) {
            return rp_fail(m, "function %lld: %lld words after its last instruction", (long long)f,
                           (long long)(end - at));
        }
    }
    if (at != words) {
        return rp_fail(m, "%lld words after the last function", (long long)(words - at));
    }
    *work = c.work;
    return RP_OK;
}
