/*
 * Groups: independent members as work to share out. A worker takes the next member, runs all its steps
 * and takes another; within a step there is nothing to wait for.
 */
#include <stdlib.h>
#include <string.h>

#include "program.h"

/* Steps after which the state is copied, so that a step with a NaN can be found again by replay. */
#define REPLAY 256

typedef struct {
    const rp_part *parts;
    const rp_member *members;
    int32_t member_count, phases, repeats, stop;
    char *workers;
    int64_t worker_bytes;
    rp_status *status;
    rp_standing *standings;
    int32_t next; /* member to take */
} group;

/* Arena, scratch and state of a part in a worker's block, in this order. */
static int64_t arena_bytes(const rp_session *s) { return s->memory_bytes - s->cut[1]; }
static int64_t state_bytes(const rp_session *s) { return s->cut[1] - s->cut[0]; }
static int64_t need(const rp_session *s) {
    return arena_bytes(s) + 4 * s->work_floats + state_bytes(s);
}

static void bind(rp_session *s, const rp_part *part, void *state, char *block) {
    s->shift[0] = (uintptr_t)part->data;
    s->shift[1] = (uintptr_t)state - (uintptr_t)s->cut[0];
    s->shift[2] = (uintptr_t)block - (uintptr_t)s->cut[1];
    s->work = (float *)(void *)(block + arena_bytes(s));
}

static int inside(const rp_session *s, int64_t offset, int64_t floats) {
    if (offset < 0 || offset % 4 != 0 || floats < 0 || offset > s->memory_bytes ||
        floats > (s->memory_bytes - offset) / 4) {
        return 0;
    }
    for (int i = 0; i < 2; i++) {
        if (offset < s->cut[i] && offset + 4 * floats > s->cut[i]) {
            return 0;
        }
    }
    return 1;
}

/* Floats of all ranges, or -1 where one is not inside memory. */
static int64_t total(const rp_session *s, const int64_t *ranges) {
    int64_t sum = 0;
    for (int64_t i = 0; ranges && i < ranges[0]; i++) {
        if (!inside(s, ranges[1 + 2 * i], ranges[2 + 2 * i])) {
            return -1;
        }
        sum += ranges[2 + 2 * i];
    }
    return sum;
}

static float *copy_ranges(const rp_session *s, const int64_t *ranges, float *to) {
    for (int64_t i = 0; i < ranges[0]; i++) {
        const int64_t n = ranges[2 + 2 * i];
        memcpy(to, rp_at(s, ranges[1 + 2 * i]), (size_t)n * sizeof *to);
        to += n;
    }
    return to;
}

static int finite(const float *x, int64_t n) {
    float sum = 0;
    for (int64_t i = 0; i < n; i++) {
        sum += x[i] - x[i];
    }
    return sum == 0;
}

/* The ranges of the nodes of one phase: the phases lie one after another. */
static const int64_t *results_of(const rp_part *part, const rp_session *s, int32_t phase,
                                 const int64_t **end) {
    const int64_t *r = part->results;
    *end = r + part->results_words;
    for (int32_t i = 0; r && i < phase; i++) {
        const int32_t nodes = s->procedures[part->phases[i].function].instructions;
        for (int32_t k = 0; k < nodes; k++) {
            if (*end - r < 1 || r[0] < 0 || r[0] > (*end - r - 1) / 2) {
                return NULL;
            }
            r += 1 + 2 * r[0];
        }
    }
    return r;
}

/* Runs one step and looks at the results of every node: the first with a NaN or an infinity. */
static int32_t search(rp_session *s, const rp_part *part, int32_t phase, int32_t step,
                      rp_message m) {
    const rp_procedure *p = &s->procedures[part->phases[phase].function];
    const int64_t *end, *r = results_of(part, s, phase, &end), *w = p->code;
    for (int32_t i = 0; r && i < p->instructions; i++, w += w[1]) {
        if (rp_execute(s, w, step, m) || end - r < 1 || r[0] < 0 || r[0] > (end - r - 1) / 2) {
            return -1;
        }
        for (int64_t k = 0; k < r[0]; k++) {
            if (inside(s, r[1 + 2 * k], r[2 + 2 * k]) &&
                !finite(rp_at(s, r[1 + 2 * k]), r[2 + 2 * k])) {
                return i;
            }
        }
        r += 1 + 2 * r[0];
    }
    return -1;
}

/* From the copy of the state, the steps [from, at) again, then the search in step at. */
static int32_t replay(rp_session *s, const rp_part *part, char *block, int32_t phase, int32_t from,
                      int32_t at, rp_message m) {
    rp_session again = *s;
    char *state = block + arena_bytes(s) + 4 * s->work_floats;
    bind(&again, part, state, block);
    for (int32_t step = from; step < at; step++) {
        if (rp_step(&again, &s->procedures[part->phases[phase].function], step, m)) {
            return -1;
        }
    }
    return search(&again, part, phase, at, m);
}

static int32_t run_member(group *g, const rp_member *member, rp_standing *standing, char *block) {
    const rp_part *part = &g->parts[member->part];
    const rp_message m = {member->message, RP_MESSAGE_BYTES};
    rp_session s = *part->program;
    s.config.seed = member->seed;
    s.config.run = (int32_t)member->run;
    s.config.threads = 1;
    s.pool = NULL;
    bind(&s, part, member->state, block);
    char *copy = block + arena_bytes(&s) + 4 * s.work_floats;
    float *history = member->history, *kept = member->kept;
    for (int32_t r = 0; r < g->repeats; r++) {
        for (int32_t phase = 0; phase < g->phases; phase++) {
            const rp_procedure *p = &s.procedures[part->phases[phase].function];
            for (int32_t step = 0; step < part->phases[phase].steps; step++) {
                if (__atomic_load_n(&g->status->cancel, __ATOMIC_ACQUIRE)) {
                    return RP_CANCELLED;
                }
                if (part->results && step % REPLAY == 0) {
                    memcpy(copy, member->state, (size_t)state_bytes(&s));
                }
                standing->phase = phase;
                standing->step = step;
                if (rp_step(&s, p, step, m)) {
                    return RP_ERROR;
                }
                const int32_t bad = rp_record(&s, p, history);
                if (p->scalars > 0) {
                    __atomic_store(&standing->last, history, __ATOMIC_RELAXED);
                }
                history += p->scalars;
                __atomic_add_fetch(&standing->done, 1, __ATOMIC_RELEASE);
                __atomic_add_fetch(&g->status->done, 1, __ATOMIC_RELEASE);
                if (bad >= 0 && g->stop) {
                    standing->bad_scalar = bad;
                    if (part->outputs) {
                        copy_ranges(&s, part->outputs, member->outputs);
                    }
                    standing->bad_node =
                        part->results
                            ? replay(&s, part, block, phase, step - step % REPLAY, step, m)
                            : -1;
                    return RP_NONFINITE;
                }
            }
        }
        if (part->kept) {
            kept = copy_ranges(&s, part->kept, kept);
        }
    }
    if (part->outputs) {
        copy_ranges(&s, part->outputs, member->outputs);
    }
    return RP_OK;
}

static void work(const void *argument, int64_t from, int64_t to, float *scratch) {
    (void)scratch;
    group *g = *(group *const *)argument;
    for (int64_t worker = from; worker < to; worker++) {
        for (;;) {
            const int32_t i = __atomic_fetch_add(&g->next, 1, __ATOMIC_RELAXED);
            if (i >= g->member_count) {
                break;
            }
            const int32_t code = run_member(g, &g->members[i], &g->standings[i],
                                            g->workers + worker * g->worker_bytes);
            __atomic_store_n(&g->standings[i].code, code, __ATOMIC_RELEASE);
        }
    }
}

int32_t rp_open_part(const int64_t *code, int64_t words, int64_t memory_bytes, const int64_t cut[2],
                     int32_t isa, int64_t *scratch, rp_session **out, char *message,
                     int64_t capacity) {
    const rp_message m = {message, capacity};
    if (!cut || !scratch || !out || cut[0] < 0 || cut[1] < cut[0] || cut[1] > memory_bytes ||
        cut[0] % 64 != 0 || cut[1] % 64 != 0) {
        return rp_fail(m, "the cuts between data, state and arena do not fit the memory");
    }
    *out = NULL;
    int64_t floats = 0;
    if (rp_check(code, words, memory_bytes, cut, &floats, m)) {
        return RP_ERROR;
    }
    const rp_config config = {.threads = 1, .isa = isa};
    rp_session *s = rp_load(code, words, &config, floats, m);
    if (!s) {
        return RP_ERROR;
    }
    s->memory_bytes = memory_bytes;
    s->cut[0] = cut[0];
    s->cut[1] = cut[1];
    *scratch = 4 * s->work_floats;
    *out = s;
    return RP_OK;
}

/* What a call says about its programs and members, before any of them runs. */
static int32_t check_group(const group *g, int32_t part_count, rp_message m) {
    for (int32_t i = 0; i < part_count; i++) {
        const rp_part *p = &g->parts[i];
        if (!p->program || !p->phases || total(p->program, p->outputs) < 0 ||
            total(p->program, p->kept) < 0 || need(p->program) > g->worker_bytes) {
            return rp_fail(m, "program %d: no phases, a range outside memory, or workers too small",
                           i);
        }
        for (int32_t k = 0; k < g->phases; k++) {
            const rp_phase *phase = &p->phases[k];
            if (phase->function < 0 || phase->function >= p->program->functions ||
                phase->steps < 0) {
                return rp_fail(m, "program %d, phase %d: function %d, %d steps: no such function", i,
                               k, phase->function, phase->steps);
            }
        }
    }
    for (int32_t i = 0; i < g->member_count; i++) {
        const rp_member *member = &g->members[i];
        if (member->part < 0 || member->part >= part_count || !member->state || !member->history ||
            !member->message) {
            return rp_fail(m, "member %d: no such program, or no memory", i);
        }
        const rp_part *p = &g->parts[member->part];
        int64_t floats = 0;
        for (int32_t k = 0; k < g->phases; k++) {
            floats += (int64_t)p->phases[k].steps *
                      p->program->procedures[p->phases[k].function].scalars;
        }
        if (member->history_floats < floats * g->repeats ||
            member->outputs_floats < total(p->program, p->outputs) ||
            member->kept_floats < total(p->program, p->kept) * g->repeats) {
            return rp_fail(m, "member %d: history, outputs or kept ranges do not fit", i);
        }
    }
    return RP_OK;
}

int32_t rp_group_run(const rp_part *parts, int32_t part_count, const rp_member *members,
                     int32_t member_count, int32_t phases, int32_t repeats, int32_t threads,
                     int32_t stop_at_nonfinite, void *workers, int64_t worker_bytes,
                     rp_status *status, rp_standing *standings, char *message, int64_t capacity) {
    const rp_message m = {message, capacity};
    if (!parts || !members || !workers || !status || !standings || part_count < 1 ||
        member_count < 0 || phases < 0 || repeats < 0 || threads < 1 || threads > 256) {
        return rp_fail(m, "%d members of %d programs on %d threads: out of range or no memory",
                       member_count, part_count, threads);
    }
    group g = {.parts = parts, .members = members, .member_count = member_count, .phases = phases,
               .repeats = repeats, .stop = stop_at_nonfinite, .workers = workers,
               .worker_bytes = worker_bytes, .status = status, .standings = standings};
    if (check_group(&g, part_count, m)) {
        return RP_ERROR;
    }
    group *argument = &g;
    rp_session crew = {0};
    if (threads > 1) {
        crew.pool = rp_pool_open(threads);
        if (!crew.pool) {
            return rp_fail(m, "could not start %d threads", threads);
        }
    }
    rp_parallel(&crew, work, &argument, threads, 1);
    rp_pool_close(crew.pool);
    for (int32_t i = 0; i < member_count; i++) {
        if (standings[i].code == RP_ERROR) {
            return RP_ERROR;
        }
    }
    return __atomic_load_n(&status->cancel, __ATOMIC_ACQUIRE) ? RP_CANCELLED : RP_OK;
}
