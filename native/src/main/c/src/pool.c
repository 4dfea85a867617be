/*
 * Worker threads of one session. Workers spin a bounded time for the next part and then sleep, so
 * that two sessions on few cores do not starve each other.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdlib.h>

#include "program.h"

#define SPINS 4000

typedef struct {
    struct rp_pool *pool;
    int32_t id;
    pthread_t thread;
} worker;

struct rp_pool {
    int32_t threads;
    worker *workers; /* threads - 1; the caller is the last part */
    pthread_mutex_t mutex;
    pthread_cond_t wake;
    uint32_t ticket; /* number of the parallel section */
    int32_t pending;
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

/* Part id of [0, units), cut at multiples of grain. */
static void part(struct rp_pool *p, int32_t id) {
    const int64_t grains = (p->units + p->grain - 1) / p->grain;
    const int64_t from = grains * id / p->threads * p->grain;
    int64_t to = grains * (id + 1) / p->threads * p->grain;
    to = to > p->units ? p->units : to;
    if (from < to) {
        p->task(p->argument, from, to, p->work + id * p->work_floats);
    }
}

static void *work_loop(void *argument) {
    worker *w = argument;
    struct rp_pool *p = w->pool;
    uint32_t seen = 0;
    for (;;) {
        int spins = 0;
        while (__atomic_load_n(&p->ticket, __ATOMIC_ACQUIRE) == seen) {
            if (++spins < SPINS) {
                pause_briefly();
                continue;
            }
            pthread_mutex_lock(&p->mutex);
            p->sleepers++;
            while (__atomic_load_n(&p->ticket, __ATOMIC_ACQUIRE) == seen) {
                pthread_cond_wait(&p->wake, &p->mutex);
            }
            p->sleepers--;
            pthread_mutex_unlock(&p->mutex);
        }
        seen++;
        if (__atomic_load_n(&p->closing, __ATOMIC_ACQUIRE)) {
            return NULL;
        }
        part(p, w->id);
        __atomic_sub_fetch(&p->pending, 1, __ATOMIC_ACQ_REL);
    }
}

static void announce(struct rp_pool *p) {
    pthread_mutex_lock(&p->mutex);
    __atomic_add_fetch(&p->ticket, 1, __ATOMIC_ACQ_REL);
    if (p->sleepers > 0) {
        pthread_cond_broadcast(&p->wake);
    }
    pthread_mutex_unlock(&p->mutex);
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
    __atomic_store_n(&p->pending, p->threads - 1, __ATOMIC_RELEASE);
    announce(p);
    part(p, p->threads - 1);
    while (__atomic_load_n(&p->pending, __ATOMIC_ACQUIRE) > 0) {
        pause_briefly();
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
    announce(p);
    for (int32_t i = 0; i < p->threads - 1; i++) {
        pthread_join(p->workers[i].thread, NULL);
    }
    pthread_mutex_destroy(&p->mutex);
    pthread_cond_destroy(&p->wake);
    free(p->workers);
    free(p);
}
