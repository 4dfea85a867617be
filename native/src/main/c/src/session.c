/* The C ABI: open, run, close, and which instruction sets this processor has. */
#define _GNU_SOURCE
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "program.h"

static const int64_t WHOLE[2] = {0, 0}; /* one block of memory, no cuts */

int32_t rp_abi(int32_t *table, int32_t n) {
    const int32_t entries[] = {RP_ABI_VERSION,
                               (int32_t)sizeof(rp_config),
                               (int32_t)sizeof(rp_status),
                               (int32_t)offsetof(rp_status, done),
                               (int32_t)offsetof(rp_status, cancel),
                               (int32_t)offsetof(rp_status, last),
                               (int32_t)offsetof(rp_status, bad_scalar),
                               RP_OPCODES,
                               (int32_t)sizeof(rp_part),
                               (int32_t)sizeof(rp_member),
                               (int32_t)sizeof(rp_standing)};
    const int32_t count = (int32_t)(sizeof entries / sizeof *entries);
    for (int32_t i = 0; table && i < n && i < count; i++) {
        table[i] = entries[i];
    }
    return count;
}

int32_t rp_isa_supported(int32_t isa) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    const int avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (isa == RP_ISA_AVX2) {
        return avx2;
    }
    if (isa == RP_ISA_AVX512) {
        return avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq");
    }
#endif
    return isa == RP_ISA_PORTABLE;
}

int32_t rp_isa_best(void) {
    return rp_isa_supported(RP_ISA_AVX512) ? RP_ISA_AVX512
           : rp_isa_supported(RP_ISA_AVX2) ? RP_ISA_AVX2
                                           : RP_ISA_PORTABLE;
}

const rp_kernels *rp_kernels_of(int32_t isa) {
#if defined(__x86_64__)
    if (isa == RP_ISA_AVX2) {
        return &rp_kernels_avx2;
    }
    if (isa == RP_ISA_AVX512) {
        return &rp_kernels_avx512;
    }
#endif
    return isa == RP_ISA_PORTABLE ? &rp_kernels_portable : NULL;
}

/* Packed blocks of A and B, padded to whole panels of at most 8 rows and 48 columns. */
int64_t rp_gemm_work(int64_t m, int64_t n, int64_t k) {
    (void)m;
    const int64_t columns = n < RP_GEMM_NC ? (n + 47) / 48 * 48 : RP_GEMM_NC;
    const int64_t depth = k < RP_GEMM_KC ? k : RP_GEMM_KC;
    return depth * (columns + RP_GEMM_MC + 8) + 64;
}

int64_t rp_attention_work(int64_t time, int64_t width) {
    const int64_t widest = time > width ? time : width;
    return 2 * width * time + 2 * 64 * time + rp_gemm_work(64, widest, widest);
}

int64_t rp_work_floats(int64_t floats) { return (floats + 1023) / 1024 * 1024; }

int64_t rp_workspace(const int64_t *code, int64_t words, int64_t memory_bytes, int32_t threads,
                     char *message, int64_t capacity) {
    int64_t work = 0;
    if (rp_check(code, words, memory_bytes, WHOLE, &work, (rp_message){message, capacity})) {
        return -1;
    }
    return rp_work_floats(work) * 4 * (threads < 1 ? 1 : threads);
}

rp_session *rp_load(const int64_t *code, int64_t words, const rp_config *config, int64_t work,
                    rp_message m) {
    const rp_kernels *kernels = rp_kernels_of(config->isa);
    if (!kernels || !rp_isa_supported(config->isa)) {
        rp_fail(m, "instruction set %d does not run on this processor", config->isa);
        return NULL;
    }
    rp_session *s = calloc(1, sizeof *s);
    int64_t *copy = malloc((size_t)words * sizeof *copy);
    rp_procedure *procedures = calloc((size_t)code[2] + 1, sizeof *procedures);
    if (!s || !copy || !procedures) {
        free(s);
        free(copy);
        free(procedures);
        rp_fail(m, "out of memory for a program of %lld words", (long long)words);
        return NULL;
    }
    memcpy(copy, code, (size_t)words * sizeof *copy);
    *s = (rp_session){.config = *config, .kernels = kernels, .work_floats = rp_work_floats(work),
                      .code = copy, .functions = (int32_t)code[2], .procedures = procedures};
    if (config->profile) {
        s->nanos = calloc((size_t)words, sizeof *s->nanos);
    }
    int64_t at = 3, first = 0;
    for (int32_t f = 0; f < s->functions; f++) {
        const int64_t next = at + 1 + copy[at];
        const int64_t scalars = copy[at + 1];
        procedures[f] = (rp_procedure){.scalars = (int32_t)scalars,
                                       .instructions = (int32_t)copy[at + 2 + scalars],
                                       .scalar = copy + at + 2, .code = copy + at + 3 + scalars,
                                       .nanos = s->nanos ? s->nanos + first : s->nanos};
        first += procedures[f].instructions;
        at = next;
    }
    return s;
}

int32_t rp_open(const int64_t *code, int64_t words, const rp_config *config, void *memory,
                int64_t memory_bytes, int64_t workspace_bytes, rp_session **out, char *message,
                int64_t capacity) {
    const rp_message m = {message, capacity};
    if (!config || !memory || !out) {
        return rp_fail(m, "config, memory and out must not be null");
    }
    *out = NULL;
    int64_t work = 0;
    if (rp_check(code, words, memory_bytes, WHOLE, &work, m)) {
        return RP_ERROR;
    }
    if (config->threads < 1 || config->threads > 256 ||
        workspace_bytes < rp_work_floats(work) * 4 * config->threads) {
        return rp_fail(m, "%d threads with a workspace of %lld bytes: too little or out of range",
                       config->threads, (long long)workspace_bytes);
    }
    rp_session *s = rp_load(code, words, config, work, m);
    if (!s) {
        return RP_ERROR;
    }
    for (int i = 0; i < 3; i++) {
        s->shift[i] = (uintptr_t)memory;
    }
    s->work = (float *)(void *)((char *)memory + memory_bytes);
    if (config->threads > 1) {
        s->pool = rp_pool_open(config->threads);
        if (!s->pool) {
            rp_close(s);
            return rp_fail(m, "could not start %d threads", config->threads);
        }
    }
    *out = s;
    return RP_OK;
}

void rp_close(rp_session *s) {
    if (s) {
        rp_pool_close(s->pool);
        free(s->code);
        free(s->procedures);
        free(s->nanos);
        free(s);
    }
}

static int64_t nanoseconds(const rp_session *s) {
    struct timespec t;
    clock_gettime(s->pool ? CLOCK_MONOTONIC : CLOCK_THREAD_CPUTIME_ID, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int32_t rp_profile(rp_session *s, int32_t function, int64_t *nanos, int32_t n) {
    if (!s || !s->nanos || !nanos || function < 0 || function >= s->functions) {
        return -1;
    }
    const rp_procedure *p = &s->procedures[function];
    for (int32_t i = 0; i < n && i < p->instructions; i++) {
        nanos[i] = p->nanos[i];
    }
    return p->instructions;
}

int32_t rp_run(rp_session *s, int32_t function, int32_t steps, int32_t stop_at_nonfinite,
               rp_status *status, float *history, int64_t history_floats, char *message,
               int64_t capacity) {
    const rp_message m = {message, capacity};
    if (!s || !status || function < 0 || function >= s->functions || steps < 0) {
        return rp_fail(m, "function %d, %d steps: no such function or no session", function, steps);
    }
    const rp_procedure *p = &s->procedures[function];
    if (!history || history_floats < (int64_t)steps * p->scalars) {
        return rp_fail(m, "a history of %lld floats does not hold %d steps of %d scalars",
                       (long long)history_floats, steps, p->scalars);
    }
    for (int32_t step = 0; step < steps; step++) {
        if (__atomic_load_n(&status->cancel, __ATOMIC_ACQUIRE)) {
            return RP_CANCELLED;
        }
        const int64_t *w = p->code;
        for (int32_t i = 0; i < p->instructions; i++) {
            const int64_t start = p->nanos ? nanoseconds(s) : 0;
            if (rp_execute(s, w, step, m)) {
                return RP_ERROR;
            }
            if (p->nanos) {
                const int64_t took = nanoseconds(s) - start;
                p->nanos[i] = p->nanos[i] == 0 || took < p->nanos[i] ? took : p->nanos[i];
            }
            w += w[1];
        }
        float *row = history + (int64_t)step * p->scalars;
        const int32_t bad = rp_record(s, p, row);
        if (p->scalars > 0) {
            __atomic_store(&status->last, row, __ATOMIC_RELAXED);
        }
        __atomic_store_n(&status->done, step + 1, __ATOMIC_RELEASE);
        if (bad >= 0 && stop_at_nonfinite) {
            status->bad_scalar = bad;
            return RP_NONFINITE;
        }
    }
    return RP_OK;
}

int64_t rp_peak_probe(int32_t isa, int64_t rounds) {
    const rp_kernels *kernels = rp_kernels_of(isa);
    return !kernels || !rp_isa_supported(isa) || rounds < 1 ? -1 : kernels->multiply_adds(rounds);
}

int32_t rp_gemm_probe(int32_t isa, int32_t m, int32_t n, int32_t k, int32_t transpose_a,
                      int32_t transpose_b, const float *a, const float *b, float *c, float *work,
                      int64_t work_floats, int32_t repeats) {
    const rp_kernels *kernels = rp_kernels_of(isa);
    if (!kernels || !rp_isa_supported(isa) || m < 1 || n < 1 || k < 1 ||
        work_floats < rp_gemm_work(m, n, k)) {
        return RP_ERROR;
    }
    rp_gemm g = {.m = m, .n = n, .k = k, .a = a, .ra = transpose_a ? 1 : k,
                 .ca = transpose_a ? m : 1, .b = b, .rb = transpose_b ? 1 : n,
                 .cb = transpose_b ? k : 1, .c = c, .rc = n};
    for (int32_t i = 0; i < repeats; i++) {
        kernels->gemm(&g, work);
    }
    return RP_OK;
}
