/* A checked program bound to memory. */
#ifndef RP_PROGRAM_H
#define RP_PROGRAM_H

#include "../include/reprise.h"
#include "kernels.h"
#include "opcodes.h"

typedef struct {
    int32_t scalars;
    int32_t instructions;
    const int64_t *scalar; /* offsets */
    const int64_t *code;
    int64_t *nanos;
} rp_procedure;

struct rp_session {
    rp_config config;
    const rp_kernels *kernels;
    /* Memory is data, state and arena one after another; the members of a group share the first and
     * the last, so each of the three may lie elsewhere: offset + shift is the address. */
    int64_t memory_bytes;
    int64_t cut[2];
    uintptr_t shift[3];
    float *work;          /* threads x work_floats */
    int64_t work_floats;  /* of one thread */
    int64_t *code;
    int32_t functions;
    rp_procedure *procedures;
    int64_t *nanos; /* of each instruction of all functions; null without profile */
    struct rp_pool *pool; /* null with one thread */
};

typedef struct {
    char *text;
    int64_t capacity;
} rp_message;

/* Writes a formatted message, cut to capacity; always returns RP_ERROR. */
int32_t rp_fail(rp_message m, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Checks every word of a program; on success work_floats is the scratch one thread needs. */
int32_t rp_check(const int64_t *code, int64_t words, int64_t memory_bytes, const int64_t cut[2],
                 int64_t *work_floats, rp_message m);
int64_t rp_work_floats(int64_t floats);
const rp_kernels *rp_kernels_of(int32_t isa);

/* A session without memory: the program and its kernels. */
rp_session *rp_load(const int64_t *code, int64_t words, const rp_config *config, int64_t work,
                    rp_message m);

const char *rp_opcode_name(int64_t opcode);

/* Runs one instruction; step counts within the call. */
int32_t rp_execute(rp_session *s, const int64_t *w, int32_t step, rp_message m);

/* Philox4x32-10: four words for a counter under a key. */
void rp_philox(uint64_t key, uint32_t c0, uint32_t c1, uint32_t c2, uint32_t c3, uint32_t out[4]);
void rp_uniform(float *y, int64_t n, uint64_t key, uint32_t step, uint32_t stream, uint32_t run,
                double low, double high);
void rp_normal(float *y, int64_t n, uint64_t key, uint32_t step, uint32_t stream, uint32_t run,
               double mean, double deviation);

/* Threads: runs task on parts of [0, units), cut at multiples of grain. */
typedef void (*rp_task)(const void *argument, int64_t from, int64_t to, float *work);
void rp_parallel(rp_session *s, rp_task task, const void *argument, int64_t units, int64_t grain);
struct rp_pool *rp_pool_open(int32_t threads);
void rp_pool_close(struct rp_pool *pool);

/* The address of a tensor; no tensor reaches over a cut. */
static inline void *rp_at(const rp_session *s, int64_t offset) {
    const int region = (offset >= s->cut[0]) + (offset >= s->cut[1]);
    return (void *)(s->shift[region] + (uintptr_t)offset);
}

static inline double rp_f64(int64_t bits) {
    union {
        int64_t i;
        double d;
    } u = {.i = bits};
    return u.d;
}

/* All instructions of one step. */
static inline __attribute__((unused)) int32_t rp_step(rp_session *s, const rp_procedure *p, int32_t step, rp_message m) {
    const int64_t *w = p->code;
    for (int32_t i = 0; i < p->instructions; i++) {
        if (rp_execute(s, w, step, m)) {
            return RP_ERROR;
        }
        w += w[1];
    }
    return RP_OK;
}

/* Copies the scalar outputs of a step; the first that is NaN or infinite, or -1. */
static inline __attribute__((unused)) int32_t rp_record(const rp_session *s, const rp_procedure *p, float *row) {
    int32_t bad = -1;
    for (int32_t i = 0; i < p->scalars; i++) {
        row[i] = *(const float *)rp_at(s, p->scalar[i]);
        if (bad < 0 && !(row[i] - row[i] == 0)) {
            bad = i;
        }
    }
    return bad;
}

#endif
