#include "kernels/lstm_layer.h"
#include <math.h>
#include <stdbool.h>
#include <string.h>
#include "base/elementary.h"
#include "base/parallel.h"
#include "kernels/lanes.h"
#include "kernels/linear.h"

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
static void lstm_layer_add_product(real *a, const real *v, const real *M, size_t I, size_t O)
{
    for (size_t i = 0; i < I; i++)
        for (size_t o = 0; o < O; o++) a[o] += v[i] * M[i * O + o];
}

void lstm_layer_forward_plain(const Products *products, real *y, real *cell, real *gate,
                              const real *x, const real *W, const real *U, const real *b,
                              const int *start, real *scratch, int N, int S, int n_inputs,
                              int n_units)
{
    (void)products, (void)scratch, (void)N;
    const size_t I = (size_t)n_inputs, H = (size_t)n_units;
    for (int s = 0; s < S; s++)
        for (size_t n = (size_t)start[s]; n < (size_t)start[s + 1]; n++) {
            const bool first = n == (size_t)start[s];
            real *a = gate + n * LSTM_GATES * H;
            memcpy(a, b, LSTM_GATES * H * sizeof *a);
            lstm_layer_add_product(a, x + n * I, W, I, LSTM_GATES * H);
            if (!first) lstm_layer_add_product(a, y + (n - 1) * H, U, H, LSTM_GATES * H);
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
                    dh += da[(n + 1) * O + o] * U[j * O + o];
                lstm_layer_unit_backward(da + n * O + j, carry + j, dh, gate + n * O + j,
                                         lstm_layer_tanh_plain(cell[n * H + j]),
                                         n > first ? cell[(n - 1) * H + j] : 0, H);
            }
        for (size_t n = first + 1; dU && n < end; n++)
            for (size_t j = 0; j < H; j++)
                for (size_t o = 0; o < O; o++) dU[j * O + o] += y[(n - 1) * H + j] * da[n * O + o];
    }
    linear_backward_plain(products, dx, dW, db, da, x, W, N, n_inputs, (int)O, false);
}

/* --- fast ---------------------------------------------------------------------------------------
 *
 * The products with x and W are those of an affine map, of all rows at once. What is left runs step by
 * step: the recurrent product of all sequences that have a row at that step, then the gates.
 *
 * A group of sequences goes through its steps in one thread, without waiting for others: the matrix of
 * a small layer stays in a cache. That of a large one would not, so there all sequences form one group and
 * the threads share the units of each step, which costs as many meetings as there are steps: on a machine
 * with other work, five times the time for 744 units. Each row's sums have the same order either
 * way, and with any other sequences beside it. */

enum {
    LSTM_GROUP = 8,   /* sequences */
    LSTM_SMALL = 768, /* units up to which sequences are grouped: 9 MiB */
    LSTM_UNITS = 16, /* of a step for a thread at once; their rows of U stay in the nearest cache */
    LSTM_ROWS = 3,   /* LSTM_ROWS * LSTM_COLUMNS sums fit into the registers ... */
    LSTM_COLUMNS = 4 /* ... with what they are sums of */
};

typedef struct LstmJob {
    real *y, *cell, *gate;     /* forward */
    real *transposed;          /* forward: U^T [4H,H] */
    real *da, *before, *carry; /* backward: [N,4H], [N,H], [S,H] */
    const real *dy, *U, *saved_y, *saved_cell, *saved_gate;
    const int *start;
    size_t S, H;
} LstmJob;

/* Some sequences at one step. */
typedef struct LstmStep {
    const LstmJob *job;
    size_t first, end, t;
} LstmStep;

static size_t lstm_layer_longest(const LstmJob *job, size_t begin, size_t end)
{
    size_t longest = 0;
    for (size_t s = begin; s < end; s++) {
        const size_t n = (size_t)(job->start[s + 1] - job->start[s]);
        longest = n > longest ? n : longest;
    }
    return longest;
}

/* dot[r][c] = a[r] b[c] over n values */
static inline void lstm_layer_dots(real dot[LSTM_ROWS][LSTM_COLUMNS], const real *const *a,
                                   const real *const *b, size_t n)
{
    Lanes sum[LSTM_ROWS][LSTM_COLUMNS] = {0}, x[LSTM_ROWS];
    size_t k = 0;
    for (; k + LANES <= n; k += LANES) {
        for (int r = 0; r < LSTM_ROWS; r++) x[r] = lanes_load(a[r] + k);
        for (int c = 0; c < LSTM_COLUMNS; c++) {
            const Lanes y = lanes_load(b[c] + k);
            for (int r = 0; r < LSTM_ROWS; r++) sum[r][c] = lanes_fma(x[r], y, sum[r][c]);
        }
    }
    if (k < n) {
        for (int r = 0; r < LSTM_ROWS; r++) x[r] = lanes_load_first(a[r] + k, n - k);
        for (int c = 0; c < LSTM_COLUMNS; c++) {
            const Lanes y = lanes_load_first(b[c] + k, n - k);
            for (int r = 0; r < LSTM_ROWS; r++) sum[r][c] = lanes_fma(x[r], y, sum[r][c]);
        }
    }
    for (int r = 0; r < LSTM_ROWS; r++)
        for (int c = 0; c < LSTM_COLUMNS; c++) dot[r][c] = lanes_sum(sum[r][c]);
}

/* Rows of a step that are multiplied together. Places behind the last repeat it: their results are
 * not looked at. */
typedef struct LstmRows {
    int n;
    size_t sequence[LSTM_ROWS], row[LSTM_ROWS];
} LstmRows;

/* The next rows from sequence *s on; none: no more. */
static inline LstmRows lstm_layer_rows(const LstmStep *step, size_t *s)
{
    const int *start = step->job->start;
    LstmRows rows = {0};
    for (; rows.n < LSTM_ROWS && *s < step->end; ++*s) {
        const size_t row = (size_t)start[*s] + step->t;
        if (row >= (size_t)start[*s + 1]) continue;
        for (int r = rows.n; r < LSTM_ROWS; r++) {
            rows.sequence[r] = *s;
            rows.row[r] = row;
        }
        rows.n++;
    }
    return rows;
}

/* a += h[t-1] U, of some units of these rows */
static void lstm_layer_add_recurrent(const LstmJob *job, const LstmRows *rows, size_t begin,
                                     size_t end)
{
    const size_t H = job->H;
    real dot[LSTM_ROWS][LSTM_COLUMNS];
    const real *before[LSTM_ROWS], *column[LSTM_COLUMNS];
    for (int r = 0; r < LSTM_ROWS; r++) before[r] = job->y + (rows->row[r] - 1) * H;
    for (size_t j = begin; j < end; j++) {
        for (size_t gate = 0; gate < LSTM_GATES; gate++)
            column[gate] = job->transposed + (gate * H + j) * H;
        lstm_layer_dots(dot, before, column, H);
        for (int r = 0; r < rows->n; r++)
            for (size_t gate = 0; gate < LSTM_GATES; gate++)
                job->gate[(rows->row[r] * LSTM_GATES + gate) * H + j] += dot[r][gate];
    }
}

static inline real lstm_layer_sigmoid(real x)
{
    return 1 / (1 + elementary_exp(-x));
}

static void lstm_layer_activate(const LstmJob *job, size_t row, bool first, size_t begin,
                                size_t end)
{
    const size_t H = job->H;
    real *restrict i = job->gate + row * LSTM_GATES * H;
    real *restrict f = i + FORGET_GATE * H, *restrict g = i + CANDIDATE * H;
    real *restrict o = i + OUTPUT_GATE * H;
    real *restrict cell = job->cell + row * H, *restrict y = job->y + row * H;
    const real *before = first ? NULL : cell - H;
    for (size_t j = begin; j < end; j++) {
        i[j] = lstm_layer_sigmoid(i[j]);
        f[j] = lstm_layer_sigmoid(f[j] + FORGET_OFFSET);
        g[j] = elementary_tanh(g[j]);
        o[j] = lstm_layer_sigmoid(o[j]);
        cell[j] = i[j] * g[j] + (before ? f[j] * before[j] : 0);
        y[j] = o[j] * elementary_tanh(cell[j]);
    }
}

static void lstm_layer_forward_units(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const LstmStep *step = context;
    size_t s = step->first;
    for (LstmRows rows; rows = lstm_layer_rows(step, &s), rows.n > 0;) {
        if (step->t > 0) lstm_layer_add_recurrent(step->job, &rows, begin, end);
        for (int r = 0; r < rows.n; r++)
            lstm_layer_activate(step->job, rows.row[r], step->t == 0, begin, end);
    }
}

/* dh = dy + da[t+1] U^T, of some units of these rows; a sequence's last row has no next. */
static void lstm_layer_state_gradient(real dh[LSTM_ROWS][LSTM_UNITS], const LstmStep *step,
                                      const LstmRows *rows, size_t begin, size_t end)
{
    const LstmJob *job = step->job;
    const size_t H = job->H, O = LSTM_GATES * H;
    bool has_next[LSTM_ROWS], has_any = false;
    real dot[LSTM_ROWS][LSTM_COLUMNS];
    const real *next[LSTM_ROWS], *column[LSTM_COLUMNS];
    for (int r = 0; r < LSTM_ROWS; r++) {
        has_next[r] = rows->row[r] + 1 < (size_t)job->start[rows->sequence[r] + 1];
        has_any = has_any || has_next[r];
        next[r] = has_next[r] ? job->da + (rows->row[r] + 1) * O : job->saved_gate;
        memcpy(dh[r], job->dy + rows->row[r] * H + begin, (end - begin) * sizeof(real));
    }
    for (size_t j = begin; has_any && j < end; j += LSTM_COLUMNS) {
        for (size_t c = 0; c < LSTM_COLUMNS; c++)
            column[c] = job->U + (j + c < end ? j + c : j) * O;
        lstm_layer_dots(dot, next, column, O);
        for (int r = 0; r < rows->n; r++)
            for (size_t c = 0; has_next[r] && c < LSTM_COLUMNS && j + c < end; c++)
                dh[r][j + c - begin] += dot[r][c];
    }
}

static void lstm_layer_backward_units(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const LstmStep *step = context;
    const LstmJob *job = step->job;
    const size_t H = job->H, O = LSTM_GATES * H;
    real dh[LSTM_ROWS][LSTM_UNITS];
    size_t s = step->first;
    for (LstmRows rows; rows = lstm_layer_rows(step, &s), rows.n > 0;) {
        lstm_layer_state_gradient(dh, step, &rows, begin, end);
        for (int r = 0; r < rows.n; r++) {
            const real *cell = job->saved_cell + rows.row[r] * H;
            const real *gate = job->saved_gate + rows.row[r] * O;
            real *restrict da = job->da + rows.row[r] * O, *restrict carry =
                                                               job->carry + rows.sequence[r] * H;
            for (size_t j = begin; j < end; j++)
                lstm_layer_unit_backward(da + j, carry + j, dh[r][j - begin], gate + j,
                                         elementary_tanh(cell[j]), step->t > 0 ? (cell - H)[j] : 0,
                                         H);
        }
    }
}

/* --- steps ------------------------------------------------------------------------------------- */

static void lstm_layer_forward_group(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const LstmJob *job = context;
    LstmStep step = {.job = job, .first = begin, .end = end};
    for (const size_t longest = lstm_layer_longest(job, begin, end); step.t < longest; step.t++)
        parallel_for(job->H, LSTM_UNITS, lstm_layer_forward_units, &step);
}

static void lstm_layer_backward_group(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const LstmJob *job = context;
    LstmStep step = {.job = job, .first = begin, .end = end};
    memset(job->carry + begin * job->H, 0, (end - begin) * job->H * sizeof(real));
    for (step.t = lstm_layer_longest(job, begin, end); step.t-- > 0;)
        parallel_for(job->H, LSTM_UNITS, lstm_layer_backward_units, &step);
}

static size_t lstm_layer_group(const LstmJob *job)
{
    return job->H <= LSTM_SMALL || job->S == 0 ? LSTM_GROUP : job->S;
}

static void lstm_layer_transpose_piece(void *context, size_t begin, size_t end, int thread)
{
    (void)thread;
    const LstmJob *job = context;
    const size_t H = job->H, O = LSTM_GATES * H;
    for (size_t j = 0; j < H; j++)
        for (size_t o = begin; o < end; o++) job->transposed[o * H + j] = job->U[j * O + o];
}

void lstm_layer_forward_fast(const Products *products, real *y, real *cell, real *gate,
                             const real *x, const real *W, const real *U, const real *b,
                             const int *start, real *scratch, int N, int S, int I, int H)
{
    LstmJob job = {.y = y,
                   .cell = cell,
                   .gate = gate,
                   .transposed = scratch,
                   .U = U,
                   .start = start,
                   .S = (size_t)S,
                   .H = (size_t)H};
    linear_forward_plain(products, gate, x, W, b, N, I, LSTM_GATES * H);
    parallel_for(LSTM_GATES * job.H, LSTM_UNITS, lstm_layer_transpose_piece, &job);
    parallel_for(job.S, lstm_layer_group(&job), lstm_layer_forward_group, &job);
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
    const size_t values = (size_t)N * (size_t)H;
    LstmJob job = {.da = scratch,
                   .before = scratch + LSTM_GATES * values,
                   .carry = scratch + (LSTM_GATES + 1) * values,
                   .dy = dy,
                   .U = U,
                   .saved_y = y,
                   .saved_cell = cell,
                   .saved_gate = gate,
                   .start = start,
                   .S = (size_t)S,
                   .H = (size_t)H};
    parallel_for(job.S, lstm_layer_group(&job), lstm_layer_backward_group, &job);
    linear_backward_fast(products, dx, dW, db, job.da, x, W, N, I, LSTM_GATES * H, false);
    if (!dU) return;
    parallel_for(job.S, LSTM_GROUP, lstm_layer_shift_piece, &job);
    linear_backward_fast(products, NULL, dU, NULL, job.da, job.before, U, N, H, LSTM_GATES * H,
                         false);
}
