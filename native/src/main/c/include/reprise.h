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
 * bad_scalar, number of opcodes, sizeof rp_part, rp_member, rp_standing. Returns how many entries there are; writes at most n. */
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

/*
 * Groups: many members run the same functions of equal or different programs, each on one thread and
 * by itself. Memory of a program is data | state | arena, cut at cut[0] and cut[1]: members of one
 * program share the data, members that run on one worker share its arena and scratch.
 */
typedef struct {
    int32_t function, steps;
} rp_phase;

/* A program of a group. Ranges: how many, then offset and floats of each. */
typedef struct {
    rp_session *program;    /* of rp_open_part */
    const rp_phase *phases; /* as many for each program of a call */
    void *data;
    const int64_t *outputs; /* ranges copied when all is done, or null */
    const int64_t *kept;    /* ranges copied after each repeat, or null */
    const int64_t *results; /* of the nodes of the functions of all phases in order: the ranges of each
                               node, to find the first NaN or infinity; or null */
    int64_t results_words;
} rp_part;

typedef struct {
    int64_t part; /* index */
    int64_t seed;
    int64_t run;
    void *state;
    float *history; /* rows of scalars, step by step */
    int64_t history_floats;
    float *outputs;
    int64_t outputs_floats;
    float *kept;
    int64_t kept_floats;
    char *message; /* of RP_MESSAGE_BYTES */
} rp_member;

#define RP_MESSAGE_BYTES 1024

/* How a member stands; done counts its steps. phase, step and node say where a bad scalar was seen. */
typedef struct {
    int32_t done;
    int32_t code; /* RP_OK until it ends in another way */
    int32_t bad_scalar;
    int32_t bad_node; /* the first with a NaN or an infinity, -1 if none was found */
    int32_t phase, step;
    float last;
    int32_t reserved[9];
} rp_standing;

/* Checks a program for groups; the scratch of one worker in bytes. */
RP_API int32_t rp_open_part(const int64_t *code, int64_t words, int64_t memory_bytes,
                     const int64_t cut[2], int32_t isa, int64_t *scratch, rp_session **out,
                     char *message, int64_t capacity);

/*
 * Runs repeats x phases of every member, the members shared out over threads. workers points to
 * threads blocks of worker_bytes: arena and scratch of the largest program, and a copy of the state.
 * status: done counts steps of all members, cancel stops all.
 */
RP_API int32_t rp_group_run(const rp_part *parts, int32_t part_count, const rp_member *members,
                     int32_t member_count, int32_t phases, int32_t repeats, int32_t threads,
                     int32_t stop_at_nonfinite, void *workers, int64_t worker_bytes,
                     rp_status *status, rp_standing *standings, char *message, int64_t capacity);

/* c[m,n] = op(a) op(b) some times on dense matrices, for measuring: returns RP_OK or RP_ERROR. */
RP_API int32_t rp_gemm_probe(int32_t isa, int32_t m, int32_t n, int32_t k, int32_t transpose_a,
                      int32_t transpose_b, const float *a, const float *b, float *c, float *work,
                      int64_t work_floats, int32_t repeats);

/* Multiply-adds between registers, for measuring: the floating point operations done, -1 where the
 * processor lacks the instruction set. */
RP_API int64_t rp_peak_probe(int32_t isa, int64_t rounds);

#endif
