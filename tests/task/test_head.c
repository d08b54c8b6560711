/* Heads on given states: outputs and losses in both builds, gradients against central
 * differences in the double build. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../deviation.h"
#include "base/parallel.h"
#include "kernels/gemm_fp32.h"
#include "task/head.h"

enum { C = 6, MAX_SEQUENCES = 8, N = 30 };

/* A head, a packed batch of states, and everything head_run needs. */
typedef struct HeadRig {
    Arena *arena;
    Head head;
    HeadBuffers buffers;
    TensorTable table;
    real *weights, *gradients, *states, *dstates;
    Batch batch;
    int start[MAX_SEQUENCES + 1];
    double truth[MAX_SEQUENCES];
    HeadPass pass;
} HeadRig;

static HeadRig rig;
static Error err;

static real *draw(size_t n, uint64_t step)
{
    real *values = arena_alloc(rig.arena, n, sizeof(real), &err);
    cr_assert(values, "%s", err.text);
    for (size_t i = 0; i < n; i++) values[i] = (real)rng_normal(rng_key(1, RNG_TEST, step), i);
    return values;
}

static HeadRegression regression;
static const double truths[4] = {1, 2.25, 4.5, 9}; /* of a regression; 9 is out of its range */

/* `n_examples` over `n_sequences` sequences of uneven lengths; labels in turn. */
static void create(DatasetForm form, int n_labels, int n_examples, int n_sequences)
{
    static const int lengths[MAX_SEQUENCES] = {3, 5, 1, 4, 2, 6, 3, 6};
    cr_assert(gemm_fp32_start(&err), "%s", err.text);
    parallel_set_threads(1);
    const DatasetInfo info = {.form = form, .n_labels = n_labels, .low = 1, .high = 4.5};
    rig = (HeadRig){.arena = arena_create("head", &err),
                    .head = head_of(&info, regression, (HeadStates){0})};
    rig.table = tensors_create(&kernels_fast.memory, rig.arena);
    Needs needs = {.arena = rig.arena};
    cr_assert(head_weights(&rig.head, &rig.table, C, &err), "%s", err.text);
    cr_assert(head_buffers(&rig.buffers, &rig.head, &kernels_fast.memory, n_examples, n_sequences,
                           C, &needs, &err));
    rig.weights = draw(rig.table.n_elements, 1);
    rig.gradients = tensors_allocate(&rig.table, rig.arena, &err);
    rig.states = draw((size_t)N * C, 2);
    rig.dstates = arena_alloc(rig.arena, (size_t)N * C, sizeof(real), &err);
    for (int s = 0; s < n_sequences; s++) rig.start[s + 1] = rig.start[s] + lengths[s];
    rig.batch =
        (Batch){.S = n_sequences, .target = {.N = rig.start[n_sequences], .start = rig.start}};
    for (int e = 0; e < n_examples; e++)
        rig.truth[e] = form == DATASET_REGRESSION ? truths[e] : e % (n_labels > 0 ? n_labels : 2);
    rig.pass = (HeadPass){
        .head = &rig.head,
        .buffers = &rig.buffers,
        .kernels = &kernels_fast,
        .table = &rig.table,
        .weights = rig.weights,
        .batch = &rig.batch,
        .truth = rig.truth,
        .n_examples = n_examples,
        .n_channel = C,
        .states = rig.states,
        .example_weight = 0.25,
        .dropout_key = rng_key(3, RNG_HEAD_DROPOUT, 0),
    };
}

/* Questions with 3, 2 and 3 answers. */
static void create_choice(void)
{
    static const int first[] = {0, 3, 5, 8};
    create(DATASET_MULTIPLE_CHOICE, 0, 3, 8);
    memcpy(rig.buffers.first, first, sizeof first);
}

static void end(void)
{
    arena_destroy(rig.arena);
}
TestSuite(head, .fini = end);

/* The state at the last row of a sequence. */
static const real *last_state(int s)
{
    return rig.states + (size_t)(rig.start[s + 1] - 1) * C;
}

static double output(const double *pooled, int o)
{
    const TensorInfo *items = rig.table.items;
    double sum =
        rig.head.bias < 0 ? 0.0 : (double)rig.weights[items[rig.head.bias].offset + (size_t)o];
    for (int c = 0; c < C; c++)
        sum += pooled[c] *
               (double)
                   rig.weights[items[rig.head.weight].offset + (size_t)(c * rig.head.n_output + o)];
    return sum;
}

static const double ROUNDING = sizeof(real) == sizeof(double) ? 1e-13 : 1e-5;

Test(head, classes_come_from_the_state_at_the_classify_token)
{
    create(DATASET_CLASSIFICATION, 3, 4, 4);
    head_run(&rig.pass);
    for (int e = 0; e < 4; e++)
        for (int o = 0; o < 3; o++) {
            double pooled[C];
            for (int c = 0; c < C; c++) pooled[c] = (double)last_state(e)[c];
            cr_expect_float_eq((double)rig.buffers.z[rig.buffers.first[e] + o], output(pooled, o),
                               ROUNDING);
        }
}

Test(head, similarity_adds_the_states_of_both_orders)
{
    create(DATASET_SIMILARITY, 2, 3, 6);
    head_run(&rig.pass);
    for (int e = 0; e < 3; e++) {
        double pooled[C];
        for (int c = 0; c < C; c++)
            pooled[c] = (double)last_state(2 * e)[c] + (double)last_state(2 * e + 1)[c];
        cr_expect_float_eq((double)rig.buffers.z[rig.buffers.first[e]], output(pooled, 0),
                           ROUNDING);
    }
}

Test(head, the_loss_is_the_cross_entropy_of_the_label)
{
    create(DATASET_CLASSIFICATION, 3, 4, 4);
    double sum = head_run(&rig.pass), expected = 0;
    for (int e = 0; e < 4; e++) {
        double total = 0;
        for (int o = 0; o < 3; o++) total += exp((double)rig.buffers.z[3 * e + o]);
        expected += log(total) - (double)rig.buffers.z[3 * e + (int)rig.truth[e]];
    }
    cr_expect_float_eq(sum, expected, 4 * ROUNDING);
}

Test(head, a_choice_head_has_one_score_an_answer_and_no_bias)
{
    create_choice();
    cr_expect_eq(rig.table.n_parameters, (size_t)C);
    double sum = head_run(&rig.pass), expected = 0;
    for (int e = 0; e < 3; e++) {
        double total = 0;
        int begin = rig.buffers.first[e];
        for (int k = begin; k < rig.buffers.first[e + 1]; k++)
            total += exp((double)rig.buffers.z[k]);
        expected += log(total) - (double)rig.buffers.z[begin + (int)rig.truth[e]];
    }
    cr_expect_float_eq(sum, expected, 4 * ROUNDING);
}

/* Which pooled values were dropped, row by row. */
static bool dropped(int row, int c)
{
    return rig.buffers.dropped[row * C + c] == 0;
}

Test(head, one_dropout_mask_serves_all_answers_of_a_question)
{
    create_choice();
    rig.pass.dropout = 0.5;
    head_run(&rig.pass);
    int n_dropped = 0, n_other = 0;
    for (int e = 0; e < 3; e++)
        for (int k = rig.buffers.first[e]; k < rig.buffers.first[e + 1]; k++)
            for (int c = 0; c < C; c++) {
                cr_expect_eq(dropped(k, c), dropped(rig.buffers.first[e], c));
                n_dropped += dropped(k, c);
                n_other += dropped(k, c) != dropped(0, c);
            }
    cr_expect_gt(n_dropped, 0);
    cr_expect_gt(n_other, 0, "questions have masks of their own");
}

Test(head, a_regression_adds_the_states_of_both_orders)
{
    cr_expect_eq(
        head_of(&(DatasetInfo){.form = DATASET_REGRESSION}, HEAD_SOFT_BINS, (HeadStates){0})
            .states_added,
        2);
}

/* Integers 1 to 5 hold 1 to 4.5. */
static const double bins[4][5] = {
    {1, 0, 0, 0, 0}, {0, 0.75, 0.25, 0, 0}, {0, 0, 0, 0.5, 0.5}, {0, 0, 0, 0.5, 0.5}};

Test(head, soft_bins_spread_the_truth_over_the_integers_beside_it)
{
    create(DATASET_REGRESSION, 0, 4, 8);
    cr_assert_eq(rig.head.n_output, 5);
    double sum = head_run(&rig.pass), expected = 0;
    for (int e = 0; e < 4; e++) {
        double total = 0;
        for (int o = 0; o < 5; o++) total += exp((double)rig.buffers.z[5 * e + o]);
        for (int o = 0; o < 5; o++)
            expected += bins[e][o] * (log(total) - (double)rig.buffers.z[5 * e + o]);
    }
    cr_expect_float_eq(sum, expected, 4 * ROUNDING);
}

Test(head, soft_bins_predict_the_mean_of_the_integers)
{
    create(DATASET_REGRESSION, 0, 4, 8);
    const real even[5] = {700, 700, 700, 700, 700}, first[5] = {2000, 0, 0, 0, 0};
    const real odds[5] = {-1000, -1000, -1000, 0, (real)1.0986122886681098}; /* 1 : 3 */
    cr_expect_float_eq(head_predict(&rig.head, even, 5), 3, 1e-12);
    cr_expect_float_eq(head_predict(&rig.head, first, 5), 1, 1e-12);
    cr_expect_float_eq(head_predict(&rig.head, odds, 5), 4.75, ROUNDING);
}

Test(head, squared_error_measures_on_a_scale_from_0_to_1)
{
    regression = HEAD_SQUARED_ERROR;
    create(DATASET_REGRESSION, 0, 4, 8);
    cr_assert_eq(rig.head.n_output, 1);
    double sum = head_run(&rig.pass), expected = 0;
    for (int e = 0; e < 4; e++)
        expected += pow((double)rig.buffers.z[e] - (fmin(truths[e], 4.5) - 1) / 3.5, 2);
    cr_expect_float_eq(sum, expected, 10 * ROUNDING);
    const real half = (real)0.5;
    cr_expect_eq(head_predict(&rig.head, &half, 1), 2.75);
}

Test(head, an_example_whose_truth_is_not_known_has_no_loss_and_no_gradient)
{
    for (int r = 0; r < 2; r++) {
        regression = (HeadRegression)r;
        create(DATASET_REGRESSION, 0, 4, 8);
        for (int e = 0; e < 4; e++) rig.truth[e] = (double)NAN;
        rig.pass.gradients = rig.gradients;
        rig.pass.dstates = rig.dstates;
        cr_expect_eq(head_run(&rig.pass), 0);
        for (size_t i = 0; i < rig.table.n_elements; i++) cr_expect_eq(rig.gradients[i], 0);
        if (r == 0) end();
    }
}

Test(head, evaluation_leaves_gradients_alone)
{
    create(DATASET_CLASSIFICATION, 3, 4, 4);
    head_run(&rig.pass);
    for (size_t i = 0; i < rig.table.n_elements; i++) cr_expect_eq(rig.gradients[i], 0);
}

Test(head, backward_adds_to_what_is_there)
{
    create(DATASET_CLASSIFICATION, 3, 4, 4);
    rig.pass.gradients = rig.gradients;
    rig.pass.dstates = rig.dstates;
    head_run(&rig.pass);
    real *once = draw(rig.table.n_elements, 9), *states_once = draw((size_t)N * C, 9);
    for (size_t i = 0; i < rig.table.n_elements; i++) once[i] = 2 * rig.gradients[i];
    for (size_t i = 0; i < (size_t)N * C; i++) states_once[i] = 2 * rig.dstates[i];
    head_run(&rig.pass);
    cr_expect_lt(deviation_largest(rig.gradients, once, rig.table.n_elements), ROUNDING);
    cr_expect_lt(deviation_largest(rig.dstates, states_once, (size_t)N * C), ROUNDING);
}

#ifdef REPRISE_DOUBLE

/* The derivative of example_weight * loss in *value. */
static double difference(real *value)
{
    const double step = 1e-5, at = *value;
    HeadPass pass = rig.pass;
    pass.gradients = NULL;
    *value = at + step;
    double above = head_run(&pass);
    *value = at - step;
    double below = head_run(&pass);
    *value = at;
    return rig.pass.example_weight * (above - below) / (2 * step);
}

static void expect_gradients(void)
{
    rig.pass.dropout = 0.3;
    rig.pass.gradients = rig.gradients;
    rig.pass.dstates = rig.dstates;
    head_run(&rig.pass);
    size_t n_states = (size_t)rig.batch.target.N * C;
    real *weights = draw(rig.table.n_elements, 9), *states = draw(n_states, 9);
    memset(weights, 0, rig.table.n_elements * sizeof *weights);
    for (int t = 0; t < rig.table.n; t++)
        for (size_t i = 0; i < rig.table.items[t].n; i++) {
            size_t at = rig.table.items[t].offset + i;
            weights[at] = difference(&rig.weights[at]);
        }
    for (size_t i = 0; i < n_states; i++) states[i] = difference(&rig.states[i]);
    cr_expect_lt(deviation_largest(rig.gradients, weights, rig.table.n_elements), 1e-6);
    cr_expect_lt(deviation_largest(rig.dstates, states, n_states), 1e-6);
}

Test(head, gradients_of_classification_are_those_of_differences)
{
    create(DATASET_CLASSIFICATION, 3, 4, 4);
    expect_gradients();
}

Test(head, gradients_of_similarity_are_those_of_differences)
{
    create(DATASET_SIMILARITY, 2, 4, 8);
    expect_gradients();
}

Test(head, gradients_of_soft_bins_are_those_of_differences)
{
    create(DATASET_REGRESSION, 0, 4, 8);
    expect_gradients();
}

Test(head, gradients_of_squared_error_are_those_of_differences)
{
    regression = HEAD_SQUARED_ERROR;
    create(DATASET_REGRESSION, 0, 4, 8);
    expect_gradients();
}

Test(head, gradients_of_multiple_choice_are_those_of_differences)
{
    create_choice();
    expect_gradients();
}

#endif
