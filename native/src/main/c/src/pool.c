/*
 * Worker threads of one session. A parallel section has one part a thread. A worker claims its own
 * part, so that the same rows meet the same cache in every section; the caller does its part and
 * then those that no worker has claimed yet. On a busy machine nobody waits for a thread that is
 * not running, only for parts that are being worked at. Workers spin a bounded time for the next
 * section and then sleep.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

#include "program.h"

#define SPINS 4000

typedef struct {
    struct rp_pool *pool;
    int32_t id;
    uint32_t claimed; /* number of the last section whose part was claimed */
    pthread_t thread;
    char apart[64]; /* the claims of two workers lie in different cache lines */
} worker;

struct rp_pool {
    int32_t threads;
    worker *workers; /* threads - 1; the last part is the caller's */
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    uint32_t ticket; /* number of the parallel section */
    int32_t pending; /* parts of workers that are not done */
    int32_t sleepers;
    int32_t closing;
    rp_task task;
    const void *argument;
    int64_t units, grain;
    float *work;
    int64_t work_floats;
};

static void pause_briefly(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#else
    __asm__ volatile("" ::: "memory");
#endif
}

/* Part id of [0, units), cut at multiples of grain, with the scratch memory of a thread. */
static void part(struct rp_pool *p, int32_t id, int32_t thread) {
    const int64_t grains = (p->units + p->grain - 1) / p->grain;
    const int64_t from = grains * id / p->threads * p->grain;
    int64_t to = grains * (id + 1) / p->threads * p->grain;
    to = to > p->units ? p->units : to;
    if (from < to) {
        p->task(p->argument, from, to, p->work + thread * p->work_floats);
    }
}

/*
 * Claims part id of a section for the calling thread. Every part of the section before was claimed
 * before it ended, so a claim that succeeds is one of the section that goes on now.
 */
static int claim(struct rp_pool *p, int32_t id, uint32_t section) {
    uint32_t before = section - 1;
    return __atomic_compare_exchange_n(&p->workers[id].claimed, &before, section, 0,
                                       __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
}

static uint32_t section_after(struct rp_pool *p, uint32_t seen) {
    uint32_t now;
    for (int spins = 0; spins < SPINS; spins++) {
        if ((now = __atomic_load_n(&p->ticket, __ATOMIC_ACQUIRE)) != seen) {
            return now;
        }
        pause_briefly();
    }
    pthread_mutex_lock(&p->mutex);
    for (;;) {
        __atomic_store_n(&p->sleepers, 1, __ATOMIC_SEQ_CST);
        if ((now = __atomic_load_n(&p->ticket, __ATOMIC_SEQ_CST)) != seen) {
            break;
        }
        pthread_cond_wait(&p->wake, &p->mutex);
    }
    pthread_mutex_unlock(&p->mutex);
    return now;
}

static void *work_loop(void *argument) {
    worker *w = argument;
    struct rp_pool *p = w->pool;
    uint32_t seen = 0;
    for (;;) {
        seen = section_after(p, seen);
        if (__atomic_load_n(&p->closing, __ATOMIC_ACQUIRE)) {
            return NULL;
        }
        if (claim(p, w->id, seen)) {
            part(p, w->id, w->id);
            __atomic_sub_fetch(&p->pending, 1, __ATOMIC_ACQ_REL);
        }
    }
}

static uint32_t announce(struct rp_pool *p) {
    const uint32_t section = __atomic_add_fetch(&p->ticket, 1, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&p->sleepers, __ATOMIC_SEQ_CST)) {
        pthread_mutex_lock(&p->mutex);
        p->sleepers = 0; /* who wakes and finds nothing says so again */
        pthread_cond_broadcast(&p->wake);
        pthread_mutex_unlock(&p->mutex);
    }
    return section;
}

void rp_parallel(rp_session *s, rp_task task, const void *argument, int64_t units, int64_t grain) {
    struct rp_pool *p = s->pool;
    if (!p || units < 2 * grain) {
        task(argument, 0, units, s->work);
        return;
    }
    p->task = task;
    p->argument = argument;
    p->units = units;
    p->grain = grain;
    p->work = s->work;
    p->work_floats = s->work_floats;
    const int32_t own = p->threads - 1;
    __atomic_store_n(&p->pending, own, __ATOMIC_RELEASE);
    const uint32_t section = announce(p);
    part(p, own, own);
    for (int32_t id = 0; id < own; id++) {
        if (claim(p, id, section)) {
            part(p, id, own);
            __atomic_sub_fetch(&p->pending, 1, __ATOMIC_ACQ_REL);
        }
    }
    for (int spins = 0; __atomic_load_n(&p->pending, __ATOMIC_ACQUIRE) > 0; spins++) {
        if (spins < SPINS) {
            pause_briefly();
        } else {
            sched_yield(); /* to a worker that was put off its core within its part */
        }
    }
}

struct rp_pool *rp_pool_open(int32_t threads) {
    struct rp_pool *p = calloc(1, sizeof *p);
    worker *workers = calloc((size_t)threads, sizeof *workers);
    if (!p || !workers) {
        free(p);
        free(workers);
        return NULL;
    }
    p->threads = threads;
    p->workers = workers;
    pthread_mutex_init(&p->mutex, NULL);
    pthread_cond_init(&p->wake, NULL);
    for (int32_t i = 0; i < threads - 1; i++) {
        workers[i] = (worker){.pool = p, .id = i};
        if (pthread_create(&workers[i].thread, NULL, work_loop, &workers[i])) {
            p->threads = i + 1; /* join those that started */
            rp_pool_close(p);
            return NULL;
        }
    }
    return p;
}

void rp_pool_close(struct rp_pool *p) {
    if (!p) {
        return;
    }
    __atomic_store_n(&p->closing, 1, __ATOMIC_RELEASE);
    (void)announce(p);
    for (int32_t i = 0; i < p->threads - 1; i++) {
        pthread_join(p->workers[i].thread, NULL);
    }
    pthread_mutex_destroy(&p->mutex);
    pthread_cond_destroy(&p->wake);
    free(p->workers);
    free(p);
}
