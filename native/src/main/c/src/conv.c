/*
 * Convolutions over images with channels last, without a matrix of patches: a tile of MR pixels of a
 * row by NV vectors of channels stays in registers while the taps of the kernel run over the image in
 * place. For a tap the channels of a pixel are contiguous, and so are taps side by side, so that a
 * kernel of three columns over c channels is one run of 3c. A row is copied to a band with zeros left
 * and right; rows above and below the image are left out.
 */
#include "conv.h"
#include "kernels.h"
#include "simd.h"

#if RP_W == 16
#define MR 8
#define NV 3
#elif RP_W == 8
#define MR 6
#define NV 2
#else
#define MR 4
#define NV 2
#endif
#define NR (NV * RP_W)

/* A run of the kernel: where it begins in the image, and its first row of packed weights. */
typedef struct {
    int64_t at, row, length;
} tap;

typedef struct {
    const tap *taps;
    int64_t count;
    const float *a;
    int64_t ra; /* floats from one pixel to the next */
    const float *b;
    int64_t rb;
    float *c;
    int64_t rc;
    int64_t last; /* valid lanes of the last vector */
} tile;

RP_INLINE void micro(const int rows, const int vectors, const tile *t) {
    vf r[MR][NV];
    const int64_t ra = t->ra;
    const int64_t rb = t->rb;
#pragma GCC unroll 8
    for (int i = 0; i < rows; i++) {
#pragma GCC unroll 3
        for (int j = 0; j < vectors; j++) {
            r[i][j] = vset(0);
        }
    }
    for (int64_t s = 0; s < t->count; s++) {
        const float *a = t->a + t->taps[s].at;
        const float *b = t->b + t->taps[s].row * rb;
        for (int64_t k = t->taps[s].length; k > 0; k--) {
            vf x[NV];
#pragma GCC unroll 3
            for (int j = 0; j < vectors; j++) {
                x[j] = vload(b + j * RP_W);
            }
#pragma GCC unroll 8
            for (int i = 0; i < rows; i++) {
                vf v = vset(a[i * ra]);
#pragma GCC unroll 3
                for (int j = 0; j < vectors; j++) {
                    r[i][j] = v * x[j] + r[i][j];
                }
            }
            a++;
            b += rb;
        }
    }
#pragma GCC unroll 8
    for (int i = 0; i < rows; i++) {
#pragma GCC unroll 3
        for (int j = 0; j < vectors; j++) {
            vstoren(t->c + i * t->rc + j * RP_W, r[i][j], j == vectors - 1 ? t->last : RP_W);
        }
    }
}

#define CASE(rows, vectors)                                                                        \
    case (rows) * 4 + (vectors):                                                                   \
        micro(rows, vectors, t);                                                                   \
        break;
#if NV == 3
#define CASES(rows) CASE(rows, 1) CASE(rows, 2) CASE(rows, 3)
#else
#define CASES(rows) CASE(rows, 1) CASE(rows, 2)
#endif

static void run_tile(int64_t rows, int64_t vectors, const tile *t) {
    switch (rows * 4 + vectors) {
        CASES(1)
        CASES(2)
        CASES(3)
        CASES(4)
#if MR > 4
        CASES(5)
        CASES(6)
#endif
#if MR > 6
        CASES(8)
#endif
    default:
        break;
    }
}

/* Pixels of the next tile: few small tiles, since those of less than four wait for their sums. */
static int64_t pixels(int64_t left) {
    if (MR == 6 && (left == 8 || left == 7)) {
        return 4;
    }
    if (MR == 8 && (left == 6 || left == 5 || left == 7)) {
        return left == 6 ? 6 : 4;
    }
    return left >= MR ? MR : left;
}

/* n pixels of one row of the result, all channels [0, width) of one group. */
static void row(tile t, int64_t n, int64_t width) {
    const float *a = t.a;
    float *c = t.c;
    const float *b = t.b;
    const int64_t depth = t.rb; /* rows of a packed panel */
    for (int64_t j = 0; j < width; j += NR) {
        const int64_t left = width - j < NR ? width - j : NR;
        const int64_t vectors = (left + RP_W - 1) / RP_W;
        t.b = b + j * depth;
        t.rb = vectors * RP_W;
        t.last = left - (vectors - 1) * RP_W;
        for (int64_t i = 0; i < n;) {
            const int64_t m = pixels(n - i);
            t.a = a + i * t.ra;
            t.c = c + i * t.rc + j;
            run_tile(m, vectors, &t);
            i += m;
        }
    }
}

static void zeros(float *c, int64_t rc, int64_t n, int64_t width) {
    for (int64_t i = 0; i < n; i++) {
        memset(c + i * rc, 0, (size_t)width * sizeof *c);
    }
}

/* Rows [y0, y1) of an image of c channels, with zeros left and right; or the image itself. */
static const float *band(float *work, const float *x, int64_t y0, int64_t y1, int64_t width,
                         int64_t c, int64_t left, int64_t right) {
    if (left == 0 && right == 0) {
        return x + y0 * width * c;
    }
    float *to = work;
    for (int64_t y = y0; y < y1; y++) {
        memset(to, 0, (size_t)(left * c) * sizeof *to);
        to += left * c;
        memcpy(to, x + y * width * c, (size_t)(width * c) * sizeof *to);
        to += width * c;
        memset(to, 0, (size_t)(right * c) * sizeof *to);
        to += right * c;
    }
    return work;
}

/* Packs a matrix of depth rows given by their starts; column j of a row at step j. */
typedef struct {
    float *to;
    int64_t depth, width;
} panels;

static void pack_row(const panels *p, int64_t k, const float *from, int64_t step) {
    for (int64_t j = 0; j < p->width; j += NR) {
        const int64_t left = p->width - j < NR ? p->width - j : NR;
        const int64_t padded = (left + RP_W - 1) / RP_W * RP_W;
        float *to = p->to + j * p->depth + k * padded;
        for (int64_t i = 0; i < padded; i++) {
            to[i] = i < left ? from[(j + i) * step] : 0;
        }
    }
}

static int64_t padded(int64_t width) { return (width + RP_W - 1) / RP_W * RP_W; }
static int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }
static int64_t most(int64_t a, int64_t b) { return a > b ? a : b; }

/* Appends a run, or lengthens the last one where it follows in the image and in the weights. */
static int64_t append(tap *taps, int64_t count, int64_t at, int64_t first, int64_t length) {
    if (count > 0) {
        tap *t = taps + count - 1;
        if (t->at + t->length == at && t->row + t->length == first) {
            t->length += length;
            return count;
        }
    }
    taps[count] = (tap){.at = at, .row = first, .length = length};
    return count + 1;
}

/* One channel a group: no products to share, each channel is a lane. */
static void depthwise_row(tile t, int64_t n, int64_t channels) {
    for (int64_t i = 0; i < n; i++) {
        for (int64_t j = 0; j < channels; j += RP_W) {
            vf s = vset(0);
            for (int64_t k = 0; k < t.count; k++) {
                s += vloadn(t.a + i * t.ra + t.taps[k].at + j, channels - j) *
                     vloadn(t.b + t.taps[k].row * channels + j, channels - j);
            }
            vstoren(t.c + i * t.rc + j, s, channels - j);
        }
    }
}

static int depthwise(const rp_conv *g) {
    return g->groups > 1 && g->groups == g->channels && g->out == g->groups;
}

/* Rows of the result whose input fits a band of some floats. */
static int64_t band_rows(int64_t floats, int64_t line, int64_t stride, int64_t reach) {
    const int64_t lines = floats / line;
    return lines <= reach ? 1 : (lines - reach) / stride + 1;
}

static void conv_forward(const rp_conv *g, float *y, const float *x, const float *w, float *work,
                           int64_t from, int64_t to) {
    const int64_t cg = g->channels / g->groups, og = g->out / g->groups, taps = g->ky * g->kx;
    const int64_t depth = taps * cg, size = depth * padded(og);
    const int dw = depthwise(g);
    if (!dw) {
        for (int64_t k = 0; k < g->groups; k++) {
            const panels p = {.to = work + k * size, .depth = depth, .width = og};
            for (int64_t r = 0; r < depth; r++) {
                pack_row(&p, r, w + r * g->out + k * og, 1);
            }
        }
    }
    float *lines = work + (dw ? 0 : g->groups * size);
    const int64_t need = (g->ow - 1) * g->sx + (g->kx - 1) * g->dx + 1;
    const int64_t right = most(0, need - g->px - g->width), c = g->channels;
    const int64_t line = (g->px + g->width + right) * c, reach = (g->ky - 1) * g->dy;
    const int64_t rows = band_rows(RP_CONV_BAND, line, g->sy, reach);
    tap list[RP_CONV_TAPS];
    for (int64_t n = from; n < to; n++) {
        for (int64_t o0 = 0; o0 < g->oh; o0 += rows) {
            const int64_t o1 = least(g->oh, o0 + rows);
            const int64_t y0 = most(0, o0 * g->sy - g->py);
            const int64_t y1 = least(g->height, (o1 - 1) * g->sy - g->py + reach + 1);
            const float *image = x + n * g->height * g->width * c;
            const float *in = y1 > y0 ? band(lines, image, y0, y1, g->width, c, g->px, right) : x;
            for (int64_t o = o0; o < o1; o++) {
                int64_t count = 0;
                for (int64_t ky = 0; ky < g->ky; ky++) {
                    const int64_t iy = o * g->sy - g->py + ky * g->dy;
                    for (int64_t kx = 0; kx < g->kx && iy >= 0 && iy < g->height; kx++) {
                        const int64_t at = (iy - y0) * line + kx * g->dx * c;
                        const int64_t first = ky * g->kx + kx;
                        count = dw ? (list[count] = (tap){.at = at, .row = first}, count + 1)
                                   : append(list, count, at, first * cg, cg);
                    }
                }
                tile t = {.taps = list, .count = count, .ra = g->sx * c, .rc = g->out};
                float *out = y + (n * g->oh + o) * g->ow * g->out;
                if (dw) {
                    t.a = in, t.b = w, t.c = out;
                    depthwise_row(t, g->ow, c);
                    continue;
                }
                for (int64_t k = 0; k < g->groups; k++) {
                    t.a = in + k * cg;
                    t.b = work + k * size;
                    t.rb = depth;
                    t.c = out + k * og;
                    row(t, g->ow, og);
                }
            }
        }
    }
}

/*
 * dx[h, x] = sum over taps of dy[(h + p - k d) / s] w[k]', where that divides: for a stride s the
 * columns of dx fall into s classes, each a convolution of dy with the taps of its own.
 */
static void conv_input(const rp_conv *g, float *dx, const float *dy, const float *w, float *work,
                         int64_t from, int64_t to) {
    const int64_t cg = g->channels / g->groups, og = g->out / g->groups, taps = g->ky * g->kx;
    const int64_t depth = taps * og, size = depth * padded(cg);
    const int dw = depthwise(g);
    /* Slots of the taps of a row: class by class, from the right, as dy lies in memory. */
    int64_t slot[RP_CONV_TAPS], next = 0;
    for (int64_t r = 0; r < g->sx; r++) {
        for (int64_t kx = g->kx - 1; kx >= 0; kx--) {
            if ((r + g->px + g->kx * g->dx * g->sx - kx * g->dx) % g->sx == 0) {
                slot[kx] = next++;
            }
        }
    }
    if (!dw) {
        for (int64_t k = 0; k < g->groups; k++) {
            const panels p = {.to = work + k * size, .depth = depth, .width = cg};
            for (int64_t t = 0; t < taps; t++) {
                const int64_t first = (t / g->kx * g->kx + slot[t % g->kx]) * og;
                for (int64_t o = 0; o < og; o++) {
                    pack_row(&p, first + o, w + t * cg * g->out + k * og + o, g->out);
                }
            }
        }
    }
    float *lines = work + (dw ? 0 : g->groups * size);
    int64_t left, right;
    rp_conv_margins(g, &left, &right);
    const int64_t line = (left + g->ow + right) * g->out, reach = (g->ky - 1) * g->dy;
    const int64_t rows = band_rows(RP_CONV_BAND, line, 1, reach / g->sy + 1);
    tap list[RP_CONV_TAPS];
    for (int64_t n = from; n < to; n++) {
        for (int64_t h0 = 0; h0 < g->height; h0 += rows) {
            const int64_t h1 = least(g->height, h0 + rows);
            const int64_t low = h0 + g->py - reach;
            const int64_t y0 = low <= 0 ? 0 : least(g->oh, (low + g->sy - 1) / g->sy);
            const int64_t y1 = least(g->oh, (h1 - 1 + g->py) / g->sy + 1);
            const float *image = dy + n * g->oh * g->ow * g->out;
            const float *in =
                y1 > y0 ? band(lines, image, y0, y1, g->ow, g->out, left, right) : dy;
            for (int64_t h = h0; h < h1; h++) {
                for (int64_t r = 0; r < least(g->sx, g->width); r++) {
                    int64_t count = 0;
                    for (int64_t ky = 0; ky < g->ky; ky++) {
                        const int64_t top = h + g->py - ky * g->dy;
                        if (top < 0 || top % g->sy != 0 || top / g->sy >= g->oh) {
                            continue;
                        }
                        for (int64_t kx = g->kx - 1; kx >= 0; kx--) {
                            const int64_t at = r + g->px - kx * g->dx + left * g->sx;
                            if (at % g->sx == 0) {
                                const int64_t a =
                                    (top / g->sy - y0) * line + at / g->sx * g->out;
                                const int64_t first = ky * g->kx + (dw ? kx : slot[kx]);
                                count = dw ? (list[count] = (tap){.at = a, .row = first}, count + 1)
                                           : append(list, count, a, first * og, og);
                            }
                        }
                    }
                    const int64_t columns = (g->width - r + g->sx - 1) / g->sx;
                    tile t = {.taps = list, .count = count, .ra = g->out,
                              .rc = g->sx * g->channels};
                    float *out = dx + ((n * g->height + h) * g->width + r) * g->channels;
                    if (count == 0) {
                        zeros(out, t.rc, columns, g->channels);
                    } else if (dw) {
                        t.a = in, t.b = w, t.c = out;
                        depthwise_row(t, columns, g->channels);
                    } else {
                        for (int64_t k = 0; k < g->groups; k++) {
                            t.a = in + k * og;
                            t.b = work + k * size;
                            t.rb = depth;
                            t.c = out + k * cg;
                            row(t, columns, cg);
                        }
                    }
                }
            }
        }
    }
}

/* Gradient of weights: dw[i, j] += sum over pixels of a[pixel, i] b[pixel, j]. */
typedef struct {
    const float *a;
    int64_t ra, la; /* floats from pixel to pixel, from line to line */
    const float *b;
    int64_t rb, lb;
    int64_t lines, pixels;
    float *c;
    int64_t rc, last;
    int accumulate;
} outer;

RP_INLINE void outer_micro(const int rows, const int vectors, const int whole, const outer *t) {
    vf r[MR][NV];
#pragma GCC unroll 8
    for (int i = 0; i < rows; i++) {
#pragma GCC unroll 3
        for (int j = 0; j < vectors; j++) {
            r[i][j] = vset(0);
        }
    }
    const int64_t ra = t->ra, rb = t->rb;
    for (int64_t l = 0; l < t->lines; l++) {
        const float *a = t->a + l * t->la;
        const float *b = t->b + l * t->lb;
        for (int64_t p = t->pixels; p > 0; p--) {
            vf x[NV];
#pragma GCC unroll 3
            for (int j = 0; j < vectors; j++) {
                x[j] = whole || j < vectors - 1 ? vload(b + j * RP_W)
                                                : vloadn(b + j * RP_W, t->last);
            }
#pragma GCC unroll 8
            for (int i = 0; i < rows; i++) {
                vf v = vset(a[i]);
#pragma GCC unroll 3
                for (int j = 0; j < vectors; j++) {
                    r[i][j] = v * x[j] + r[i][j];
                }
            }
            a += ra;
            b += rb;
        }
    }
#pragma GCC unroll 8
    for (int i = 0; i < rows; i++) {
#pragma GCC unroll 3
        for (int j = 0; j < vectors; j++) {
            float *c = t->c + i * t->rc + j * RP_W;
            const int64_t n = j == vectors - 1 ? t->last : RP_W;
            vstoren(c, t->accumulate ? vloadn(c, n) + r[i][j] : r[i][j], n);
        }
    }
}

#undef CASE
#define CASE(rows, vectors)                                                                        \
    case (rows) * 8 + (vectors) * 2:                                                               \
        outer_micro(rows, vectors, 0, t);                                                          \
        break;                                                                                     \
    case (rows) * 8 + (vectors) * 2 + 1:                                                           \
        outer_micro(rows, vectors, 1, t);                                                          \
        break;

static void run_outer(int64_t rows, int64_t vectors, const outer *t) {
    switch (rows * 8 + vectors * 2 + (t->last == RP_W)) {
        CASES(1)
        CASES(2)
        CASES(3)
        CASES(4)
#if MR > 4
        CASES(5)
        CASES(6)
#endif
#if MR > 6
        CASES(8)
#endif
    default:
        break;
    }
}

/* One channel a group. */
static void depthwise_outer(const outer *t, int64_t channels) {
    for (int64_t j = 0; j < channels; j += RP_W) {
        vf s = vset(0);
        for (int64_t l = 0; l < t->lines; l++) {
            for (int64_t p = 0; p < t->pixels; p++) {
                s += vloadn(t->a + l * t->la + p * t->ra + j, channels - j) *
                     vloadn(t->b + l * t->lb + p * t->rb + j, channels - j);
            }
        }
        vstoren(t->c + j, t->accumulate ? vloadn(t->c + j, channels - j) + s : s, channels - j);
    }
}

/* The weights of one run of rows [first, first + length) of one group, a slice of the tiles. */
static int64_t run_weights(const rp_conv *g, outer t, int64_t length, int64_t og, int64_t tiles,
                           int64_t slice) {
    const int64_t slices = rp_conv_slices(g);
    const float *a = t.a, *b = t.b;
    float *c = t.c;
    for (int64_t i = 0; i < length;) {
        const int64_t m = pixels(length - i);
        for (int64_t j = 0; j < og; j += NR) {
            if (tiles++ % slices != slice) {
                continue;
            }
            const int64_t left = least(NR, og - j), vectors = (left + RP_W - 1) / RP_W;
            t.a = a + i;
            t.b = b + j;
            t.c = c + i * g->out + j;
            t.last = left - (vectors - 1) * RP_W;
            run_outer(m, vectors, &t);
        }
        i += m;
    }
    return tiles;
}

/* Unit u: part u / slices of the images, slice u % slices of the weights, to its own partial sum. */
static void weight_unit(const rp_conv *g, float *dw, const float *x, const float *dy, float *work,
                        int64_t unit) {
    const int64_t cg = g->channels / g->groups, og = g->out / g->groups, c = g->channels;
    const int64_t parts = rp_conv_parts(g), part = unit / rp_conv_slices(g);
    const int64_t slice = unit % rp_conv_slices(g);
    const int64_t need = (g->ow - 1) * g->sx + (g->kx - 1) * g->dx + 1;
    const int64_t right = most(0, need - g->px - g->width);
    const int64_t line = (g->px + g->width + right) * c, reach = (g->ky - 1) * g->dy;
    const int64_t rows = band_rows(RP_CONV_BLOCK, line, g->sy, reach);
    const int merged = g->groups == 1 && g->dx == 1, dwise = depthwise(g);
    const int64_t runs = merged ? 1 : g->kx, length = merged ? g->kx * cg : cg;
    const int64_t n0 = g->images * part / parts, n1 = g->images * (part + 1) / parts;
    for (int64_t n = n0; n < n1; n++) {
        for (int64_t o0 = 0; o0 < g->oh; o0 += rows) {
            const int64_t o1 = least(g->oh, o0 + rows);
            const int64_t y0 = most(0, o0 * g->sy - g->py);
            const int64_t y1 = least(g->height, (o1 - 1) * g->sy - g->py + reach + 1);
            const float *image = x + n * g->height * g->width * c;
            const float *in =
                y1 > y0 ? band(work, image, y0, y1, g->width, c, g->px, right) : x;
            int64_t tiles = 0;
            for (int64_t ky = 0; ky < g->ky; ky++) {
                /* Lines of the result whose input line lies inside the image. */
                int64_t a = o0, b = o1;
                while (a < b && a * g->sy - g->py + ky * g->dy < 0) {
                    a++;
                }
                while (a < b && (b - 1) * g->sy - g->py + ky * g->dy >= g->height) {
                    b--;
                }
                const int64_t iy = a * g->sy - g->py + ky * g->dy;
                for (int64_t k = 0; k < g->groups; k++) {
                    for (int64_t kx = 0; kx < runs; kx++) {
                        outer t = {.a = in + (a < b ? (iy - y0) * line : 0) + kx * g->dx * c + k * cg,
                                   .ra = g->sx * c, .la = g->sy * line,
                                   .b = dy + (n * g->oh + a) * g->ow * g->out + k * og,
                                   .rb = g->out, .lb = g->ow * g->out, .lines = b - a,
                                   .pixels = g->ow,
                                   .c = dw + (ky * g->kx + kx) * cg * g->out + k * og,
                                   .rc = g->out, .accumulate = n > n0 || o0 > 0};
                        if (dwise) {
                            if (k == 0 && slice == 0) {
                                depthwise_outer(&t, c);
                            }
                        } else {
                            tiles = run_weights(g, t, length, og, tiles, slice);
                        }
                    }
                }
            }
        }
    }
}

static void conv_weight(const rp_conv *g, float *partial, const float *x, const float *dy,
                          float *work, int64_t from, int64_t to) {
    const int64_t size = g->ky * g->kx * (g->channels / g->groups) * g->out;
    for (int64_t u = from; u < to; u++) {
        weight_unit(g, partial + u / rp_conv_slices(g) * size, x, dy, work, u);
    }
}

/* y = the sum of the parts, one after another. */
static void conv_fold(float *y, const float *partial, int64_t parts, int64_t size, int64_t from,
                        int64_t to) {
    for (int64_t i = from; i < to; i += RP_W) {
        vf s = vloadn(partial + i, to - i);
        for (int64_t p = 1; p < parts; p++) {
            s += vloadn(partial + p * size + i, to - i);
        }
        vstoren(y + i, s, to - i);
    }
}

const struct rp_conv_kernels RP_NAME(conv_kernels) = {
    .forward = conv_forward, .input = conv_input, .weight = conv_weight, .fold = conv_fold};
