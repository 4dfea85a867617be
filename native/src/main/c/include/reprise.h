/*
 * C ABI of the native backend. Rules: opaque handles, status codes, a message buffer; nothing
 * aborts and nothing is thrown across the boundary. Every program buffer is checked before it runs:
 * a bad opcode, offset or extent gives RP_ERROR and a message.
 *
 * A program buffer is an array of 64-bit words (f64 attributes by their bits):
 *   RP_MAGIC, RP_ABI_VERSION, functions,
 *   for each function: words that follow, scalars, offset of each scalar, instructions;
 *   an instruction: opcode, words including these two, operands as listed in src/opcodes.h.
 * Operands are byte offsets into one block of memory that the caller owns.
 */
#ifndef REPRISE_H
#define REPRISE_H

#include <stdint.h>

#define RP_API __attribute__((visibility("default")))
#define RP_ABI_VERSION 1
#define RP_MAGIC 0x5250524f4752414dLL

enum { RP_OK = 0, RP_CANCELLED = 1, RP_NONFINITE = 2, RP_ERROR = 3 };
enum { RP_ISA_PORTABLE = 0, RP_ISA_AVX2 = 1, RP_ISA_AVX512 = 2, RP_ISAS = 3 };

/* How a session computes. */
typedef struct {
    int64_t seed;
    int32_t run;
    int32_t threads;
    int32_t isa;
    int32_t profile; /* 1: time every instruction, for rp_profile */
} rp_config;

/* Shared with other threads while a run is in progress: read progress, set cancel. */
typedef struct {
    int32_t done;
    int32_t cancel;
    float last;
    int32_t bad_scalar; /* column of history that was NaN or infinite, after RP_NONFINITE */
    int32_t reserved[12];
} rp_status;

typedef struct rp_session rp_session;

/* Fills table with: version, sizeof rp_config, sizeof rp_status, offsets of done, cancel, last,
 * bad_scalar, number of opcodes. Returns how many entries there are; writes at most n. */
RP_API int32_t rp_abi(int32_t *table, int32_t n);

/* 1 if this processor runs the instruction set, else 0. */
RP_API int32_t rp_isa_supported(int32_t isa);

/* The fastest instruction set this processor runs. */
RP_API int32_t rp_isa_best(void);

/* Bytes of scratch memory that a program needs behind its own, or -1 with a message. */
RP_API int64_t rp_workspace(const int64_t *code, int64_t words, int64_t memory_bytes, int32_t threads,
                     char *message, int64_t capacity);

/*
 * Checks a program and binds it to memory: memory_bytes for tensors, then the workspace. The block
 * must stay valid until rp_close; code is copied.
 */
RP_API int32_t rp_open(const int64_t *code, int64_t words, const rp_config *config, void *memory,
                int64_t memory_bytes, int64_t workspace_bytes, rp_session **out, char *message,
                int64_t capacity);

/* Runs steps of a function; history takes steps x scalars floats. */
RP_API int32_t rp_run(rp_session *session, int32_t function, int32_t steps, int32_t stop_at_nonfinite,
               rp_status *status, float *history, int64_t history_floats, char *message,
               int64_t capacity);

/* Least nanoseconds that each instruction of a function took over all steps so far (CPU time with one
 * thread, wall time with more; 0 where it never ran): returns how many there are, writes at most n;
 * -1 where the session was opened without profile. */
RP_API int32_t rp_profile(rp_session *session, int32_t function, int64_t *nanos, int32_t n);

RP_API void rp_close(rp_session *session);

/* c[m,n] = a[m,k] b[k,n] once on dense matrices, for measuring: returns RP_OK or RP_ERROR. */
RP_API int32_t rp_gemm_probe(int32_t isa, int32_t m, int32_t n, int32_t k, const float *a, const float *b,
                      float *c, float *work, int64_t work_floats, int32_t repeats);

#endif
