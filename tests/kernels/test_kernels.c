/* Every kernel of the table, at every shape of its row. */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <math.h>
#include <stddef.h>
#include <string.h>
#include "base/parallel.h"
#include "cases.h"
#include "cases_losses.h"
#include "kernels/gemm_fp32.h"

static Arena *arena;
static Error error;

static void start(void)
{
    arena = arena_create("test", &error);
    cr_assert(arena && gemm_fp32_start(&error), "%s", error.text);
    parallel_set_threads(2);
}

static void stop(void)
{
    arena_destroy(arena);
}

static CaseRun prepared(const KernelCase *kernel_case, int shape)
{
    CaseRun run;
    cr_assert(case_prepare(&run, kernel_case, kernel_case->shapes[shape], arena, &error), "%s",
              error.text);
    return run;
}

static void run_both(const KernelCase *kernel_case, const Kernels *kernels, CaseRun *run)
{
    kernel_case->forward(kernels, run);
    if (kernel_case->backward) kernel_case->backward(kernels, run);
}

static void free_rows(struct criterion_test_params *params)
{
    cr_free(params->params);
}

/* One test for each row, by its place in the table. */
static struct criterion_test_params rows(void)
{
    size_t *row = cr_malloc(kernel_n_cases * sizeof *row);
    for (size_t i = 0; i < kernel_n_cases; i++) row[i] = i;
    return cr_make_param_array(size_t, row, kernel_n_cases, free_rows);
}

/* --- gradients --------------------------------------------------------------------------------------- */

#ifdef REPRISE_DOUBLE

/* The loss is the product of the outputs with the output gradients. */
static double loss_of(const KernelCase *kernel_case, const Kernels *kernels, CaseRun *run)
{
    double loss = 0;
    kernel_case->forward(kernels, run);
    for (int o = 0; o < run->n_differentiable; o++)
        for (size_t i = 0; i < run->sizes.output[o]; i++)
            loss += (double)(run->output[o][i] * run->doutput[o][i]);
    return loss;
}

static void check_gradient(const KernelCase *kernel_case, const Kernels *kernels, int shape)
{
    enum { AT_MOST = 25 };                                    /* values looked at in a tensor */
    const double step = 1e-4, tolerance = 1e-6, small = 1e-2; /* below small: absolute */
    CaseRun run = prepared(kernel_case, shape), before = prepared(kernel_case, shape);
    run_both(kernel_case, kernels, &run);
    for (int t = 0; t < run.n_inputs; t++) {
        size_t size = run.sizes.input[t], stride = size / AT_MOST + 1;
        for (size_t i = 0; i < size; i += stride) {
            const real x = run.input[t][i];
            double slope[2];
            for (int wide = 0; wide < 2; wide++) {
                run.input[t][i] = x + step * (1 + wide);
                double up = loss_of(kernel_case, kernels, &run);
                run.input[t][i] = x - step * (1 + wide);
                slope[wide] = (up - loss_of(kernel_case, kernels, &run)) / (2 * step * (1 + wide));
            }
            run.input[t][i] = x;
            /* Richardson: the error of second order cancels between the two steps. */
            const bool overwrites = kernel_case->overwrites >> t & 1;
            double numeric = (4 * slope[0] - slope[1]) / 3,
                   added = run.dinput[t][i] - (overwrites ? 0 : before.dinput[t][i]);
            double size_of = fmax(fmax(fabs(numeric), fabs(added)), small);
            cr_expect(
                fabs(numeric - added) <= tolerance * size_of,
                "%s %s, shape %d: gradient of input %d [%zu] is %.12g, difference quotient %.12g",
                kernels->name, kernel_case->name, shape, t, i, added, numeric);
        }
    }
}

ParameterizedTestParameters(kernels, backward_gives_the_gradient)
{
    return rows();
}

ParameterizedTest(size_t *row, kernels, backward_gives_the_gradient, .init = start, .fini = stop)
{
    const KernelCase *kernel_case = &kernel_cases[*row];
    if (!kernel_case->backward) return;
    for (int shape = 0; shape < kernel_case_n_shapes(kernel_case); shape++) {
        check_gradient(kernel_case, &kernels_plain, shape);
        check_gradient(kernel_case, &kernels_fast, shape);
    }
}

#endif

/* --- plain against fast ------------------------------------------------------------------------------ */

/* In fp32 sums come in another order, and exp is another: a few units in the last place of the largest
 * value. In bf16 an operand that is as little apart may be rounded to another bfloat16. */
static double tolerance_in(Precision precision)
{
    if (precision == PRECISION_BF16) return 0x1p-7;
    return sizeof(real) == sizeof(float) ? 1e-5 : 1e-11;
}

static void check_close(const char *what, const KernelCase *kernel_case, int shape, int t,
                        const real *plain, const real *fast, size_t size, double tolerance)
{
    double largest = 0, apart = 0;
    for (size_t i = 0; i < size; i++) {
        largest = fmax(largest, fabs((double)plain[i]));
        apart = fmax(apart, fabs((double)plain[i] - (double)fast[i]));
        if (isnan(fast[i])) apart = INFINITY;
    }
    cr_expect(apart <= tolerance * fmax(largest, 1), "%s, shape %d: %s %d is %g apart, largest %g",
              kernel_case->name, shape, what, t, apart, largest);
}

ParameterizedTestParameters(kernels, fast_agrees_with_plain)
{
    return rows();
}

static void check_back_ends(const KernelCase *kernel_case, int shape, Precision precision)
{
    const Kernels *tables[] = {kernels_in(&kernels_plain, precision),
                               kernels_in(&kernels_fast, precision)};
    CaseRun plain = prepared(kernel_case, shape), fast = prepared(kernel_case, shape);
    cr_assert(tables[0]->start(&error) && tables[1]->start(&error), "%s", error.text);
    run_both(kernel_case, tables[0], &plain);
    run_both(kernel_case, tables[1], &fast);
    for (int t = 0; t < plain.n_outputs; t++)
        check_close("output", kernel_case, shape, t, plain.output[t], fast.output[t],
                    plain.sizes.output[t], tolerance_in(precision));
    for (int t = 0; t < plain.n_inputs; t++)
        check_close("gradient", kernel_case, shape, t, plain.dinput[t], fast.dinput[t],
                    plain.sizes.input[t], tolerance_in(precision));
}

ParameterizedTest(size_t *row, kernels, fast_agrees_with_plain, .init = start, .fini = stop)
{
    const KernelCase *kernel_case = &kernel_cases[*row];
    for (int shape = 0; shape < kernel_case_n_shapes(kernel_case); shape++) {
        check_back_ends(kernel_case, shape, PRECISION_FP32);
        check_back_ends(kernel_case, shape, PRECISION_BF16);
    }
}

/* --- threads ------------------------------------------------------------------------------------------- */

/* Where there is such a tensor. */
static bool same_values(const real *x, const real *y, size_t n)
{
    return n == 0 || memcmp(x, y, n * sizeof *x) == 0;
}

static void check_same(const KernelCase *kernel_case, int shape, const CaseRun *one,
                       const CaseRun *more)
{
    bool same = true;
    for (int t = 0; t < one->n_outputs; t++)
        same = same && same_values(one->output[t], more->output[t], one->sizes.output[t]);
    for (int t = 0; t < one->n_inputs; t++)
        same = same && same_values(one->dinput[t], more->dinput[t], one->sizes.input[t]);
    cr_expect(same, "%s, shape %d: %d threads give other bits than one", kernel_case->name, shape,
              parallel_threads());
}

ParameterizedTestParameters(kernels, threads_do_not_change_a_bit)
{
    return rows();
}

static void check_threads(const KernelCase *kernel_case, int shape, Precision precision)
{
    const Kernels *kernels = kernels_in(&kernels_fast, precision);
    parallel_set_threads(1);
    CaseRun one = prepared(kernel_case, shape);
    cr_assert(kernels->start(&error), "%s", error.text);
    run_both(kernel_case, kernels, &one);
    for (int threads = 2; threads <= 3; threads++) {
        parallel_set_threads(threads);
        CaseRun more = prepared(kernel_case, shape);
        cr_assert(kernels->start(&error), "%s", error.text);
        run_both(kernel_case, kernels, &more);
        check_same(kernel_case, shape, &one, &more);
    }
}

ParameterizedTest(size_t *row, kernels, threads_do_not_change_a_bit, .init = start, .fini = stop)
{
    const KernelCase *kernel_case = &kernel_cases[*row];
    for (int shape = 0; shape < kernel_case_n_shapes(kernel_case); shape++) {
        check_threads(kernel_case, shape, PRECISION_FP32);
        check_threads(kernel_case, shape, PRECISION_BF16);
    }
}

/* --- the table ------------------------------------------------------------------------------------------ */

/* Among what comes behind the name and the precision. */
static bool has_gap(const Kernels *kernels)
{
    enum { FROM = offsetof(Kernels, start) };
    void (*entry[(sizeof *kernels - FROM) / sizeof(void (*)(void))])(void);
    memcpy(entry, (const char *)kernels + FROM, sizeof entry);
    for (size_t i = 0; i < sizeof entry / sizeof *entry; i++)
        if (!entry[i]) return true;
    return false;
}

Test(kernels, a_back_end_is_the_definitions_and_what_it_overrides)
{
    cr_expect_eq(kernels_fast.pool_forward, pool_forward_plain);
    cr_expect_eq(kernels_fast.squared_error_rows, squared_error_rows_plain);
    cr_expect_eq(kernels_fast.gelu_forward, gelu_forward_fast);
    cr_expect_not(has_gap(&kernels_plain));
    cr_expect_not(has_gap(&kernels_fast));
}

/* Operations of all products that a table is asked for. */
static double n_operations;

static void counted(real *c, const real *a, const real *b, GemmShape shape)
{
    n_operations += 2.0 * shape.M * shape.N * shape.K;
    gemm_fp32_plain(c, a, b, shape);
}

static void expect_operations(const char *name, const Kernels *start_from, double expected)
{
    Kernels kernels = *start_from;
    kernels.products = (Products){counted, counted, gemm_pack_plain, gemm_fp32_operand};
    const KernelCase *kernel_case = kernel_case_find(name);
    CaseRun run = prepared(kernel_case, 3);
    parallel_set_threads(1);
    n_operations = 0;
    run_both(kernel_case, &kernels, &run);
    cr_expect_eq(n_operations, expected, "%s %s: %g operations, not %g", kernels.name, name,
                 n_operations, expected);
}

static double dims(const char *name, int d)
{
    return kernel_case_find(name)->shapes[3][d];
}

/* Of the fourth shape of each row: forward, and backward twice as many. */
Test(kernels, every_product_is_the_table_s, .init = start, .fini = stop)
{
    double linear = 2 * dims("linear", 0) * dims("linear", 1) * dims("linear", 2);
    expect_operations("linear", &kernels_plain, 3 * linear);
    expect_operations("linear", &kernels_fast, 3 * linear);

    const char *tied = "cross_entropy_tied";
    double rows = dims(tied, 0) - floor(dims(tied, 0) / CASES_LOSSES_NO_TARGET_EVERY);
    double logits = 2 * rows * dims(tied, 1) * dims(tied, 2);
    expect_operations(tied, &kernels_fast, 4 * logits); /* backward makes them again */
}

Test(kernels, a_back_end_is_found_by_its_name)
{
    cr_expect_eq(kernels_find("plain"), &kernels_plain);
    cr_expect_eq(kernels_find("fast"), &kernels_fast);
    cr_expect_null(kernels_find("quick"));
}
