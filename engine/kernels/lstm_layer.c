#include "kernels/lstm_layer.h"
#include <math.h>
#include <stdbool.h>
#include <string.h>
#include "base/elementary.h"
#include "base/parallel.h"
#include "kernels/linear.h"
#include "kernels/wide.h"

enum { INPUT_GATE, FORGET_GATE, CANDIDATE, OUTPUT_GATE };
static const real FORGET_OFFSET = 1;

static real lstm_layer_sigmoid_plain(real x)
{
    return (real)(1 / (1 + exp(-(double)x)));
}

static real lstm_layer_tanh_plain(real x)
{
    return (real)tanh((double)x);
}

/* a[o] += v M for one row v [I] and a matrix [I,O] */
static void lstm_layer_add_product(const Products *products, real *a, const real *v, const real *M,
                                   size_t I, size_t O)
{
    for (size_t i = 0; i < I; i++)
        for (size_t o = 0; o < O; o++)
            a[o] += products->operand(v[i]) * products->operand(M[i * O + o]);
}

void lstm_layer_forward_plain(const Products *products, real *y, real *cell, real *gate,
                              const real *x, const real *W, const real *U, const real *b,
                              const int *start, real *scratch, int N, int S, int n_inputs,
                              int n_units)
{
    (void)scratch, (void)N;
    const size_t I = (size_t)n_inputs, H = (size_t)n_units;
    for (int s = 0; s < S; s++)
        for (size_t n = (size_t)start[s]; n < (size_t)start[s + 1]; n++) {
            const bool first = n == (size_t)start[s];
            real *a = gate + n * LSTM_GATES * H;
            memcpy(a, b, LSTM_GATES * H * sizeof *a);
            lstm_layer_add_product(products, a, x + n * I, W, I, LSTM_GATES * H);
            if (!first) lstm_layer_add_product(products, a, y + (n - 1) * H, U, H, LSTM_GATES * H);
            for (size_t j = 0; j < H; j++) {
                real *i = a + INPUT_GATE * H + j, *f = a + FORGET_GATE * H + j;
                real *g = a + CANDIDATE * H + j, *o = a + OUTPUT_GATE * H + j;
                *i = lstm_layer_sigmoid_plain(*i);
                *f = lstm_layer_sigmoid_plain(*f + FORGET_OFFSET);
                *g = lstm_layer_tanh_plain(*g);
                *o = lstm_layer_sigmoid_plain(*o);
                cell[n * H + j] = *i * *g + (first ? 0 : *f * cell[(n - 1) * H + j]);
                y[n * H + j] = *o * lstm_layer_tanh_plain(cell[n * H + j]);
            }
        }
}

/* da of one row and unit, from dh, its part of the gradient of y and of the next step, and *carry, the
 * gradient of c that the next step left, which becomes that for the step before:
 *
 *   do = dh tanh(c);  dc = dh o (1 - tanh^2 c) + carry;  di = dc g;  dg = dc i;  df = dc c[t-1]
 *   carry = dc f;  da = those times s (1 - s) of a sigmoid, 1 - g^2 of the tanh */
static inline void lstm_layer_unit_backward(real *da, real *carry, real dh, const real *gate,
                                            real squashed, real cell_before, size_t H)
{
    const real i = gate[INPUT_GATE * H], f = gate[FORGET_GATE * H], g = gate[CANDIDATE * H],
               o = gate[OUTPUT_GATE * H];
    const real dc = dh * o * (1 - squashed * squashed) + *carry;
    da[INPUT_GATE * H] = dc * g * i * (1 - i);
    da[FORGET_GATE * H] = dc * cell_before * f * (1 - f);
    da[CANDIDATE * H] = dc * i * (1 - g * g);
    da[OUTPUT_GATE * H] = dh * squashed * o * (1 - o);
    *carry = dc * f;
}

void lstm_layer_backward_plain(const Products *products, real *dx, real *dW, real *dU, real *db,
                               const real *dy, const real *x, const real *W, const real *U,
                               const real *y, const real *cell, const real *gate, const int *start,
                               real *scratch, int N, int S, int n_inputs, int n_units)
{
    const size_t H = (size_t)n_units, O = LSTM_GATES * H;
    real *da = scratch, *carry = scratch + (size_t)N * O;
    for (int s = 0; s < S; s++) {
        const size_t first = (size_t)start[s], end = (size_t)start[s + 1];
        memset(carry, 0, H * sizeof *carry);
        for (size_t n = end; n-- > first;)
            for (size_t j = 0; j < H; j++) {
                real dh = dy[n * H + j];
                for (size_t o = 0; n + 1 < end && o < O; o++)
                    dh += products->operand(da[(n + 1) * O + o]) * products->operand(U[j * O + o]);
                lstm_layer_unit_backward(da + n * O + j, carry + j, dh, gate + n * O + j,
                                         lstm_layer_tanh_plain(cell[n * H + j]),
                                         n > first ? cell[(n - 1) * H + j] : 0, H);
            }
        for (size_t n = first + 1; dU && n < end; n++)
            for (size_t j = 0; j < H; j++)
                for (size_t o = 0; o < O; o++)
                    dU[j * O + o] +=
                        products->operand(y[(n - 1) * H + j]) * products->operand(da[n * O + o]);
    }
    linear_backward_plain(products, dx, dW, db, da, x, W, N, n_inputs, (int)O, false);
}

/* --- fast ---------------------------------------------------------------------------------------
 *
 * The products with x and W are those of an affine map, of all rows at once. What is left runs step by
 * step: the recurrent product of sequences that have a row at that step, then the gates.
 *
 * A group of sequences goes through its steps in one thread, without waiting for others. Their rows of a
 * step are gathered, multiplied by what U was packed into once, and given back. */

enum { LSTM_GROUP = 8 }; /* sequences: the rows of a micro-tile */

typedef struct LstmJob {
    const Products *products;
    real *y, *cell, *gate; /* forward */
    real *da, *before;     /* backward: [N,4H], [N,H] */
    real *carry, *dh;      /* of a step's rows: [S,H] */
    const real *dy, *saved_y, *saved_cell, *saved_gate;
    real *packed;        /* U, of backward its transpose */
    real *narrow, *wide; /* [S,H], [S,4H]: rows of a step of a group, from its first sequence on */
    const int *start;
    size_t S, H;
} LstmJob;

/* The rows that some sequences have at one step. */
typedef struct LstmStep {
    const LstmJob *job;
    real *narrow, *wide;
    size_t first, end, t;
    size_t n, sequence[LSTM_GROUP], row[LSTM_GROUP];
} LstmStep;

static void lstm_layer_rows(LstmStep *step, bool with_next)
{
    const int *start = step->job->start;
    step->n = 0;
    for (size_t s = step->first; s < step->end; s++) {
        const size_t row = (size_t)start[s] + step->t;
        if (row + with_next >= (size_t)start[s + 1]) continue;
        step->sequence[step->n] = s;
        step->row[step->n++] = row;
    }
}

static size_t lstm_layer_longest(const LstmStep *step)
{
    size_t longest = 0;
    for (size_t s = step->first; s < step->end; s++) {
        const size_t n = (size_t)(step->job->start[s + 1] - step->job->start[s]);
        longest = n > longest ? n : longest;
    }
    return longest;
}

static void lstm_layer_copy(real *to, const real *from, size_t n)
{
    memcpy(to, from, n * sizeof *to);
}

/* a += h[t-1] U */
static void lstm_layer_add_recurrent(LstmStep *step)
{
    const LstmJob *job = step->job;
    const size_t H = job->H, O = LSTM_GATES * H;
    for (size_t r = 0; r < step->n; r++) {
        lstm_layer_copy(step->narrow + r * H, job->y + (step->row[r] - 1) * H, H);
        lstm_layer_copy(step->wide + r * O, job->gate + step->row[r] * O, O);
    }
    job->products->tile(
        step->wide, step->narrow, job->packed,
        (GemmShape){.M = (int)step->n, .N = (int)O, .K = (int)H, .add = true, .packed = true});
    for (size_t r = 0; r < step->n; r++)
        lstm_layer_copy(job->gate + step->row[r] * O, step->wide + r * O, O);
}

static inline real lstm_layer_sigmoid(real x)
{
    return 1 / (1 + elementary_exp(-x));
}

WIDE static void lstm_layer_activate(const LstmJob *job, size_t row, bool first)
{
    const size_t H = job->H;
    real *restrict i = job->gate + row * LSTM_GATES * H;
    real *restrict f = i + FORGET_GATE * H, *restrict g = i + CANDIDATE * H;
    real *restrict o = i + OUTPUT_GATE * H;
    real *restrict cell = job->cell + row * H, *restrict y = job->y + row * H;
    const real *before = first ? NULL : cell - H;
    for (size_t j = 0; j < H; j++) {
        i[j] = lstm_layer_sigmoid(i[j]);
        f[j] = lstm_layer_sigmoid(f[j] + FORGET_OFFSET);
        g[j] = elementary_tanh(g[j]);
        o[j] = lstm_layer_sigmoid(o[j]);
        cell[j] = i[j] * g[j] + (before ? f[j] * before[j] : 0);
        y[j] = o[j] * elementary_tanh(cell[j]);
    }
}

static LstmStep lstm_layer_group(const LstmJob *job, size_t begin, size_t end)
{
    return (LstmStep){.job = job,
                      .narrow = job->narrow + begin * job->H,
                      .wide = job->wide + begin * LSTM_GATES * job->H,
                      .first = begin,
                      .end = end};
}

static void lstm_layer_forward_group(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const LstmJob *job = context;
    LstmStep step = lstm_layer_group(job, begin, end);
    for (const size_t longest = lstm_layer_longest(&step); step.t < longest; step.t++) {
        if (parallel_stops()) return;
        lstm_layer_rows(&step, false);
        if (step.t > 0) lstm_layer_add_recurrent(&step);
        for (size_t r = 0; r < step.n; r++) lstm_layer_activate(job, step.row[r], step.t == 0);
    }
}

/* dy becomes dh = dy + da[t+1] U^T, where there is a next; a sequence's last row has none. */
static void lstm_layer_add_next(LstmStep *step, real *dh)
{
    const LstmJob *job = step->job;
    const size_t H = job->H, O = LSTM_GATES * H;
    lstm_layer_rows(step, true);
    for (size_t r = 0; r < step->n; r++) {
        lstm_layer_copy(step->wide + r * O, job->da + (step->row[r] + 1) * O, O);
        lstm_layer_copy(step->narrow + r * H, dh + step->sequence[r] * H, H);
    }
    job->products->tile(
        step->narrow, step->wide, job->packed,
        (GemmShape){.M = (int)step->n, .N = (int)H, .K = (int)O, .add = true, .packed = true});
    for (size_t r = 0; r < step->n; r++)
        lstm_layer_copy(dh + step->sequence[r] * H, step->narrow + r * H, H);
}

WIDE static void lstm_layer_unit_rows(const LstmStep *step, const real *dh)
{
    const LstmJob *job = step->job;
    const size_t H = job->H, O = LSTM_GATES * H;
    for (size_t r = 0; r < step->n; r++) {
        const size_t s = step->sequence[r], row = step->row[r];
        const real *cell = job->saved_cell + row * H, *gate = job->saved_gate + row * O;
        real *restrict da = job->da + row * O, *restrict carry = job->carry + s * H;
        for (size_t j = 0; j < H; j++)
            lstm_layer_unit_backward(da + j, carry + j, dh[s * H + j], gate + j,
                                     elementary_tanh(cell[j]), step->t > 0 ? (cell - H)[j] : 0, H);
    }
}

static void lstm_layer_backward_group(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const LstmJob *job = context;
    const size_t H = job->H;
    LstmStep step = lstm_layer_group(job, begin, end);
    memset(job->carry + begin * H, 0, (end - begin) * H * sizeof(real));
    for (step.t = lstm_layer_longest(&step); step.t-- > 0;) {
        if (parallel_stops()) return;
        lstm_layer_rows(&step, false);
        for (size_t r = 0; r < step.n; r++)
            lstm_layer_copy(job->dh + step.sequence[r] * H, job->dy + step.row[r] * H, H);
        lstm_layer_add_next(&step, job->dh);
        lstm_layer_rows(&step, false);
        lstm_layer_unit_rows(&step, job->dh);
    }
}

void lstm_layer_forward_fast(const Products *products, real *y, real *cell, real *gate,
                             const real *x, const real *W, const real *U, const real *b,
                             const int *start, real *scratch, int N, int S, int I, int H)
{
    const int O = LSTM_GATES * H;
    real *narrow = scratch + gemm_packed_values(O, H);
    LstmJob job = {.products = products,
                   .y = y,
                   .cell = cell,
                   .gate = gate,
                   .packed = scratch,
                   .narrow = narrow,
                   .wide = narrow + (size_t)S * (size_t)H,
                   .start = start,
                   .S = (size_t)S,
                   .H = (size_t)H};
    linear_forward_plain(products, gate, x, W, b, N, I, O);
    products->pack(job.packed, U, (GemmShape){.N = O, .K = H});
    parallel_for(job.S, LSTM_GROUP, lstm_layer_forward_group, &job);
}

/* before[n] = h[t-1] of the row, zero in the first of a sequence. */
static void lstm_layer_shift_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const LstmJob *job = context;
    const size_t H = job->H;
    for (size_t s = begin; s < end; s++) {
        const size_t first = (size_t)job->start[s], n = (size_t)job->start[s + 1] - first;
        if (n == 0) continue;
        memset(job->before + first * H, 0, H * sizeof(real));
        memcpy(job->before + (first + 1) * H, job->saved_y + first * H, (n - 1) * H * sizeof(real));
    }
}

void lstm_layer_backward_fast(const Products *products, real *dx, real *dW, real *dU, real *db,
                              const real *dy, const real *x, const real *W, const real *U,
                              const real *y, const real *cell, const real *gate, const int *start,
                              real *scratch, int N, int S, int I, int H)
{
    const int O = LSTM_GATES * H;
    const size_t values = (size_t)N * (size_t)H, states = (size_t)S * (size_t)H;
    real *da = scratch + gemm_packed_values(H, O), *carry = da + (LSTM_GATES + 1) * values;
    LstmJob job = {.products = products,
                   .packed = scratch,
                   .da = da,
                   .before = da + LSTM_GATES * values,
                   .carry = carry,
                   .dh = carry + states,
                   .narrow = carry + 2 * states,
                   .wide = carry + 3 * states,
                   .dy = dy,
                   .saved_y = y,
                   .saved_cell = cell,
                   .saved_gate = gate,
                   .start = start,
                   .S = (size_t)S,
                   .H = (size_t)H};
    products->pack(job.packed, U, (GemmShape){.N = H, .K = O, .transpose_b = true});
    parallel_for(job.S, LSTM_GROUP, lstm_layer_backward_group, &job);
    linear_backward_fast(products, dx, dW, db, job.da, x, W, N, I, O, false);
    if (!dU) return;
    parallel_for(job.S, LSTM_GROUP, lstm_layer_shift_piece, &job);
    linear_backward_fast(products, NULL, dU, NULL, job.da, job.before, U, N, H, O, false);
}
