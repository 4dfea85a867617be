/*
 * Replays program buffers on every instruction set, with one thread and with three, and compares all
 * memory bit by bit; then feeds damaged buffers, which must be refused with a message or run. Built
 * with sanitizers by sanitize.sh.
 * usage: replay <seed> <damaged buffers> <file>...
 * A file holds 64-bit words: magic, words of the program, bytes of memory, bytes of state; then the
 * program and the state at the start.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reprise.h"

#define FILE_MAGIC 0x31594c504552LL
#define MOST_BYTES ((int64_t)1 << 26)
#define SECONDS 20

typedef struct {
    const char *name;
    int64_t words, memory, state;
    int64_t *code;
    char *start;
} program;

static char current[160];

static void too_long(int signal) {
    (void)signal;
    if (write(2, current, strlen(current)) < 0) {
        _exit(3);
    }
    static const char text[] = ": took longer than 20 s\n";
    _exit(write(2, text, sizeof text - 1) < 0 ? 3 : 2);
}

static uint64_t next(uint64_t *s) {
    *s ^= *s << 13;
    *s ^= *s >> 7;
    *s ^= *s << 17;
    return *s;
}

static program load(const char *name) {
    FILE *f = fopen(name, "rb");
    int64_t head[4];
    program p = {.name = name};
    if (!f || fread(head, 8, 4, f) != 4 || head[0] != FILE_MAGIC) {
        fprintf(stderr, "%s: not a program file\n", name);
        exit(2);
    }
    p.words = head[1];
    p.memory = head[2];
    p.state = head[3];
    p.code = malloc((size_t)p.words * 8);
    p.start = malloc((size_t)p.state + 1);
    if (fread(p.code, 8, (size_t)p.words, f) != (size_t)p.words ||
        fread(p.start, 1, (size_t)p.state, f) != (size_t)p.state) {
        fprintf(stderr, "%s: ends early\n", name);
        exit(2);
    }
    fclose(f);
    return p;
}

/* Opens, runs two steps of every function, closes. Memory is the caller's to free; NULL if refused. */
static char *run(const program *p, const int64_t *code, int32_t isa, int32_t threads, int sound) {
    char message[400] = "";
    const int64_t scratch = rp_workspace(code, p->words, p->memory, threads, message, sizeof message);
    if (scratch < 0 || scratch > MOST_BYTES) {
        if (sound || (scratch < 0 && !message[0])) {
            fprintf(stderr, "%s: refused: '%s'\n", p->name, message);
            exit(1);
        }
        return NULL;
    }
    char *memory = aligned_alloc(64, (size_t)((p->memory + scratch + 127) / 64 * 64));
    memset(memory, 0, (size_t)(p->memory + scratch));
    memcpy(memory, p->start, (size_t)p->state);
    const rp_config config = {.seed = 5, .threads = threads, .isa = isa};
    rp_session *s = NULL;
    if (rp_open(code, p->words, &config, memory, p->memory, scratch, &s, message, sizeof message)) {
        if (sound || !message[0]) {
            fprintf(stderr, "%s: not opened: '%s'\n", p->name, message);
            exit(1);
        }
        free(memory);
        return NULL;
    }
    const int32_t functions = (int32_t)code[2];
    float *history = malloc(2 * 4096 * sizeof *history);
    for (int32_t f = 0; f < functions; f++) {
        rp_status status = {0};
        message[0] = 0;
        const int32_t code_of_run = rp_run(s, f, 2, 0, &status, history, 2 * 4096, message, sizeof message);
        if (code_of_run == RP_ERROR && (sound || !message[0])) {
            fprintf(stderr, "%s: function %d failed: '%s'\n", p->name, f, message);
            exit(1);
        }
    }
    free(history);
    rp_close(s);
    return memory;
}

static void replay(const program *p) {
    for (int32_t isa = 0; isa < RP_ISAS; isa++) {
        if (!rp_isa_supported(isa)) {
            continue;
        }
        char *one = run(p, p->code, isa, 1, 1);
        char *three = run(p, p->code, isa, 3, 1);
        if (memcmp(one, three, (size_t)p->memory)) {
            fprintf(stderr, "%s: three threads gave other bits on instruction set %d\n", p->name, isa);
            exit(1);
        }
        free(one);
        free(three);
    }
}

static void damage(const program *p, int64_t *code, uint64_t *random) {
    static const int64_t nasty[] = {-1, 0, 1, 2, 3, 4, 7, 37, 64, 4096, 1 << 20, INT32_MAX, INT32_MIN,
                                    INT64_MAX, INT64_MIN, (int64_t)1 << 40, ((int64_t)1 << 62) + 4,
                                    0x7ff8000000000000LL, 0x7ff0000000000000LL, (int64_t)1 << 16};
    const int count = 1 + (int)(next(random) % 3);
    for (int i = 0; i < count; i++) {
        const int64_t at = (int64_t)(next(random) % (uint64_t)p->words);
        switch (next(random) % 4) {
        case 0:
            code[at] = nasty[next(random) % (sizeof nasty / sizeof *nasty)];
            break;
        case 1:
            code[at] = (int64_t)((uint64_t)code[at] + next(random) % 65 - 32);
            break;
        case 2:
            code[at] = code[next(random) % (uint64_t)p->words];
            break;
        default:
            code[at] ^= (int64_t)1 << next(random) % 63;
        }
    }
}

int main(int argc, char **argv) {
    if (argc < 4) {
        fprintf(stderr, "usage: replay <seed> <damaged buffers> <file>...\n");
        return 2;
    }
    signal(SIGALRM, too_long);
    const int files = argc - 3;
    program *p = calloc((size_t)files, sizeof *p);
    for (int i = 0; i < files; i++) {
        p[i] = load(argv[3 + i]);
        snprintf(current, sizeof current, "%s", p[i].name);
        alarm(5 * SECONDS);
        replay(&p[i]);
    }
    uint64_t random = strtoull(argv[1], NULL, 10) * 0x9e3779b97f4a7c15ULL + 1;
    const long cases = atol(argv[2]);
    long refused = 0;
    for (long k = 0; k < cases; k++) {
        const program *q = &p[next(&random) % (uint64_t)files];
        int64_t *code = malloc((size_t)q->words * 8);
        memcpy(code, q->code, (size_t)q->words * 8);
        snprintf(current, sizeof current, "%s, seed %s, case %ld", q->name, argv[1], k);
        damage(q, code, &random);
        alarm(SECONDS);
        int32_t isa = (int32_t)(next(&random) % RP_ISAS);
        isa = rp_isa_supported(isa) ? isa : RP_ISA_PORTABLE;
        char *memory = run(q, code, isa, k % 16 ? 1 : 3, 0);
        refused += memory == NULL;
        free(memory);
        free(code);
    }
    alarm(0);
    printf("%d programs replayed, %ld damaged: %ld refused, %ld ran\n", files, cases, refused,
           cases - refused);
    for (int i = 0; i < files; i++) {
        free(p[i].code);
        free(p[i].start);
    }
    free(p);
    return 0;
}
