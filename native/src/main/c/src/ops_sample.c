/*
 * The choice of the next token: penalties and bans, then one of the rules of Sampler.java on the
 * softmax weights; sorted rules pop a heap, so that only what stays is sorted.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "call.h"
#include "check.h"
#include "operation.h"

enum { GREEDY, TEMPERATURE, TOP_K, NUCLEUS, MIN_P, TOP_H, MIROSTAT, RULES };

void rp_check_sample_next(check *c) {
    const int64_t batch = extent(c, 22), vocab = extent(c, 23), slots = extent(c, 24);
    const int64_t record = times(c, batch, slots);
    for (int shift = 0; shift <= 8; shift += 8) {
        tensor(c, shift, record);
        tensors(c, shift + 1, shift + 4, batch);
        tensors(c, shift + 4, shift + 7, record);
    }
    tensor(c, 7, times(c, batch, vocab));
    tensors(c, 15, 18, batch);
    tensor(c, 18, 2 * batch);
    tensor(c, 19, 4 * batch);
    tensor(c, 20, extent(c, 25));
    tensor(c, 21, times(c, extent(c, 26), extent(c, 27)));
    range(c, 28, 0, INT32_MAX);
    scratch(c, times(c, 3, vocab));
}

/* A row at its position, while its token is chosen. */
typedef struct {
    const call *c;
    int64_t b, vocab, slots, position;
    const int32_t *tokens; /* of the row */
    float *z, *w;
    int32_t *order;
    double total;
} row;

static int same(const int32_t *a, const int32_t *b, int64_t n) {
    for (int64_t i = 0; i < n; i++) {
        if (a[i] != b[i]) {
            return 0;
        }
    }
    return 1;
}

static void ban(row *r, int32_t token) {
    if (token >= 0 && token < r->vocab) {
        r->z[token] = -INFINITY;
    }
}

/* Tokens after which the row would repeat one of its own n-grams. */
static void ban_repeats(row *r, int64_t n) {
    const int64_t p = r->position;
    for (int64_t i = 0; i + n - 1 <= p; i++) {
        if (same(r->tokens + i, r->tokens + p - n + 2, n - 1)) {
            ban(r, r->tokens[i + n - 1]);
        }
    }
}

/* Tokens that would complete a listed n-gram: the range of the ascending list that begins with the
 * row's last n - 1 tokens. */
static void ban_listed(row *r, const int32_t *list, int64_t count, int64_t n) {
    if (n - 1 > r->position + 1) {
        return;
    }
    const int32_t *tail = r->tokens + r->position + 2 - n;
    int64_t low = 0, high = count;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        const int32_t *g = list + middle * n;
        int64_t i = 0;
        while (i < n - 1 && g[i] == tail[i]) {
            i++;
        }
        if (i < n - 1 && g[i] < tail[i]) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < count && same(list + low * n, tail, n - 1); low++) {
        ban(r, list[low * n + n - 1]);
    }
}

static int64_t best(const float *z, int64_t n) {
    int64_t at = 0;
    for (int64_t i = 1; i < n; i++) {
        at = z[i] > z[at] ? i : at;
    }
    return at;
}

/* Whether token a comes before b: more weight, or the same and a smaller number. */
static int before(const row *r, int32_t a, int32_t b) {
    return r->w[a] > r->w[b] || (r->w[a] == r->w[b] && a < b);
}

static void sink(row *r, int64_t at, int64_t n) {
    for (;;) {
        int64_t child = 2 * at + 1;
        if (child >= n) {
            return;
        }
        if (child + 1 < n && before(r, r->order[child + 1], r->order[child])) {
            child++;
        }
        if (!before(r, r->order[child], r->order[at])) {
            return;
        }
        const int32_t t = r->order[child];
        r->order[child] = r->order[at];
        r->order[at] = t;
        at = child;
    }
}

/* How many of the heaviest tokens stay, at least one; they stand at the end of order, the heaviest
 * last. */
static int64_t cut(row *r, int32_t rule, double first, double mu, double entropy) {
    const int64_t v = r->vocab;
    for (int64_t i = 0; i < v; i++) {
        r->order[i] = (int32_t)i;
    }
    for (int64_t i = v / 2; i-- > 0;) {
        sink(r, i, v);
    }
    double sum = 0, plogp = 0;
    for (int64_t n = 0; n < v; n++) {
        const double q = (double)r->w[r->order[0]] / r->total, z = sum + q;
        const double term = q > 0 ? q * log(q) : 0;
        int stays = 1;
        switch (rule) {
        case TOP_K:
            stays = (double)n < first;
            break;
        case NUCLEUS:
            stays = sum < first;
            break;
        case MIROSTAT:
            stays = q > 0 && -log2(q) <= mu;
            break;
        default:
            stays = q > 0 && log(z) - (plogp + term) / z <= first * entropy;
            break;
        }
        if (n > 0 && !stays) {
            return n;
        }
        const int64_t last = v - 1 - n;
        const int32_t top = r->order[0];
        r->order[0] = r->order[last];
        r->order[last] = top;
        sink(r, 0, last);
        sum += q;
        plogp += term;
    }
    return v;
}

static double uniform(const row *r, int32_t identity) {
    uint32_t word[4];
    const rp_config *config = &r->c->session->config;
    rp_philox((uint64_t)config->seed, (uint32_t)(r->position + 1), (uint32_t)identity,
              (uint32_t)r->c->w[28], (uint32_t)config->run, word);
    return ((double)(word[0] >> 5) * 0x1p26 + (double)(word[1] >> 6)) * 0x1p-53;
}

static int64_t draw(row *r, int32_t rule, const float *parameters, float *memory, double entropy,
                    double u) {
    const int64_t v = r->vocab;
    const double first = parameters[1];
    if (rule == TEMPERATURE || rule == MIN_P) {
        double kept = 0, sum = 0;
        const float least = rule != MIN_P ? 0 : parameters[1] < 1 ? parameters[1] : 1;
        for (int64_t i = 0; i < v; i++) {
            kept += r->w[i] >= least ? (double)r->w[i] : 0;
        }
        int64_t chosen = -1;
        for (int64_t i = 0; i < v; i++) {
            if (r->w[i] >= least && r->w[i] > 0) {
                chosen = i;
                sum += (double)r->w[i];
                if (sum > u * kept) {
                    break;
                }
            }
        }
        return chosen < 0 ? best(r->w, v) : chosen;
    }
    const int64_t n = cut(r, rule, first, *memory, entropy);
    double kept = 0, sum = 0;
    for (int64_t i = 0; i < n; i++) {
        kept += (double)r->w[r->order[v - 1 - i]];
    }
    int64_t chosen = r->order[v - n];
    for (int64_t i = 0; i < n; i++) {
        sum += (double)r->w[r->order[v - 1 - i]];
        if (sum > u * kept) {
            chosen = r->order[v - 1 - i];
            break;
        }
    }
    if (rule == MIROSTAT) {
        const double surprise = -log2((double)r->w[chosen] / r->total);
        *memory = (float)(*memory - parameters[2] * (surprise - first));
    }
    return chosen;
}

static int64_t choose(row *r, const float *x, float *memory) {
    const call *c = r->c;
    const int64_t b = r->b, v = r->vocab, repeats = I(18)[2 * b + 1];
    const float *parameters = F(19) + 4 * b;
    const int32_t rule = I(18)[2 * b];
    memcpy(r->z, x, (size_t)v * 4);
    for (int64_t t = 0; t <= r->position && parameters[3] != 1.0f; t++) {
        const int32_t token = r->tokens[t];
        if (token >= 0 && token < v) {
            r->z[token] = x[token] > 0 ? x[token] / parameters[3] : x[token] * parameters[3];
        }
    }
    const int bans = repeats > 0 || I(21)[(c->w[26] - 1) * c->w[27]] >= 0;
    if (bans) {
        memcpy(r->w, r->z, (size_t)v * 4);
        if (repeats > 0) {
            ban_repeats(r, repeats);
        }
        ban_listed(r, I(21), c->w[26], c->w[27]);
        if (r->z[best(r->z, v)] == -INFINITY) {
            memcpy(r->z, r->w, (size_t)v * 4);
        }
    }
    if (rule == GREEDY) {
        return best(r->z, v);
    }
    float sums[3];
    c->k->softmax_weights(r->w, r->z, v, parameters[0], sums);
    r->total = (double)sums[1];
    /* H = ln sum - sum w (z - max) / T / sum */
    const double entropy = log(r->total) - (double)sums[2] / (double)parameters[0] / r->total;
    return draw(r, rule, parameters, memory, entropy, uniform(r, I(17)[b]));
}

TASK(sample) {
    CALL;
    const int64_t vocab = c->w[23], slots = c->w[24];
    for (int64_t b = from; b < to; b++) {
        const int64_t p = I(1)[b];
        if (I(2)[b] || p < 0 || p >= slots - 1) {
            continue;
        }
        const float *x = F(7) + b * vocab;
        float sums[3];
        row r = {.c = c, .b = b, .vocab = vocab, .slots = slots, .position = p,
                 .tokens = I(0) + b * slots, .z = work, .w = work + vocab,
                 .order = (int32_t *)(void *)(work + 2 * vocab)};
        c->k->softmax_weights(r.w, x, vocab, 1.0f, sums);
        const double lse = (double)sums[0] + log((double)sums[1]);
        const int given = p + 1 < I(15)[b];
        int64_t next = given ? r.tokens[p + 1] : choose(&r, x, F(3) + b);
        next = next < 0 ? 0 : next < vocab ? next : vocab - 1;
        const int64_t at = b * slots + p + 1;
        I(0)[at] = (int32_t)next;
        F(4)[at] = (float)((double)x[next] - lse);
        F(5)[at] = (float)(log((double)sums[1]) - (double)sums[2] / (double)sums[1]);
        F(6)[at] = 1.0f / sums[1];
        I(1)[b] = (int32_t)(p + 1);
        int stop = p + 2 >= I(16)[b] || p + 2 >= slots;
        for (int64_t i = 0; i < c->w[25] && !given; i++) {
            stop |= I(20)[i] == next;
        }
        I(2)[b] = stop;
    }
}

int32_t rp_run_sample_next(call *c, rp_message m) {
    const int64_t batch = c->w[22], slots = c->w[24];
    for (int i = 0; i < 7; i++) {
        const int64_t n = i == 0 || i > 3 ? batch * slots : batch;
        if (c->w[i] != c->w[8 + i]) {
            memmove(F(i), F(8 + i), (size_t)n * 4);
        }
    }
    for (int64_t b = 0; b < batch; b++) {
        const int32_t p = I(1)[b], rule = I(18)[2 * b];
        if (!I(2)[b] && (p < 0 || p >= slots - 1)) {
            return rp_fail(m, "sample_next: row %lld stands at %d of %lld positions", (long long)b,
                           p, (long long)slots);
        }
        if (rule < 0 || rule >= RULES) {
            return rp_fail(m, "sample_next: unknown rule %d of row %lld", rule, (long long)b);
        }
        if (!I(2)[b] && p + 1 < I(15)[b]) {
            const int32_t next = I(0)[b * slots + p + 1];
            if (next < 0 || next >= c->w[23]) {
                return rp_fail(m, "sample_next: token %d at position %d of row %lld is outside the"
                               " vocabulary of %lld", next, p + 1, (long long)b,
                               (long long)c->w[23]);
            }
        }
    }
    rp_parallel(c->session, sample, c, batch, 1);
    return RP_OK;
}
