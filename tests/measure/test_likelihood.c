/* Log-likelihoods against a full softmax in double over the states of each text alone. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../learner_rig.h"
#include "base/parallel.h"
#include "measure/generate.h"
#include "measure/likelihood.h"

TestSuite(likelihood, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;

enum { N_TEXTS = 40, V = LEARNER_RIG_TEXT_TOKENS };

/* Texts of 1 to 9 tokens, of which the last ones are scored, all of them or none. */
static LikelihoodTexts make_texts(void)
{
    int *token = learner_rig_take(N_TEXTS * (LEARNER_RIG_CONTEXT + 1), sizeof(int));
    int *start = learner_rig_take(N_TEXTS + 1, sizeof(int));
    int *from = learner_rig_take(N_TEXTS, sizeof(int));
    for (int q = 0; q < N_TEXTS; q++) {
        int length = 1 + q * 5 % (LEARNER_RIG_CONTEXT + 1);
        for (int i = 0; i < length; i++) token[start[q] + i] = (q * q + 3 * i) % V;
        start[q + 1] = start[q] + length;
        from[q] = 1 + q % 3 * (length - 1) / 2;
    }
    return (LikelihoodTexts){N_TEXTS, token, start, from};
}

static Learner create(int rows)
{
    SpecEntryChoice *model = learner_rig_take(1, sizeof *model);
    *model = learner_rig_model(0);
    Learner learner;
    LearnerSetup setup = likelihood_setup(model, &kernels_fast, V);
    cr_expect_geq(setup.max_rows, LEARNER_RIG_CONTEXT);
    setup.max_rows = setup.max_sequences = rows;
    cr_assert(learner_create(&learner, &setup, learner_rig_arena(), &err), "%s", err.text);
    tensors_initialize(&learner.weights_table, learner.weights, 1);
    for (size_t i = 0; i < learner.weights_table.n_elements; i++) learner.weights[i] *= 20;
    return learner;
}

static Likelihoods measure(Learner *learner, const LikelihoodTexts *texts)
{
    Likelihoods found;
    cr_assert(likelihood_measure(&found, learner, texts, true, "texts", learner_rig_arena(), &err),
              "%s", err.text);
    return found;
}

/* Logits of what follows the first `length` tokens of a text. */
static void logits_after(double *logit, Learner *learner, const int *token, int length)
{
    int start[2] = {0, length}, C = learner->shape.n_channel;
    Batch batch = learner_batch(learner, token, start, 1);
    learner_forward(learner, &batch, false, (RngKey){0});
    const real *state = learner_states(learner) + (size_t)(length - 1) * (size_t)C;
    const real *table =
        learner->weights + tensors_named(&learner->weights_table, TENSORS_TOKEN_TABLE)->offset;
    for (int v = 0; v < V; v++) {
        logit[v] = 0;
        for (int c = 0; c < C; c++) logit[v] += (double)state[c] * (double)table[v * C + c];
    }
}

static double log_probability(const double *logit, int v)
{
    double sum = 0;
    for (int u = 0; u < V; u++) sum += exp(logit[u]);
    return logit[v] - log(sum);
}

Test(likelihood, is_the_sum_of_the_log_probabilities_of_the_scored_tokens)
{
    LikelihoodTexts texts = make_texts();
    Learner learner = create(3 * LEARNER_RIG_CONTEXT);
    Likelihoods found = measure(&learner, &texts);
    for (int q = 0; q < N_TEXTS; q++) {
        const int *token = texts.token + texts.start[q];
        int length = texts.start[q + 1] - texts.start[q], count = 0;
        double sum = 0, logit[V];
        for (int i = texts.from[q]; i < length; i++, count++) {
            logits_after(logit, &learner, token, i);
            sum += log_probability(logit, token[i]);
        }
        cr_expect_eq(found.count[q], count);
        cr_expect_float_eq(found.sum[q], sum, 1e-4, "text %d: %g, not %g", q, found.sum[q], sum);
    }
}

Test(likelihood, the_likeliest_continuation_is_the_one_that_is_written_at_temperature_0)
{
    Learner learner = create(4 * LEARNER_RIG_CONTEXT);
    int written[3][LEARNER_RIG_CONTEXT], start[] = {0, 5, 10, 15}, from[] = {2, 2, 2};
    TokenList prompt = {2, (int[]){3, 7}}, tokens;
    GenerateSpec spec = {.tokens = 3};
    cr_assert(generate_tokens(&tokens, &learner, &spec, &prompt, V, learner_rig_arena(), &err));
    int *token = written[0];
    for (int q = 0; q < 3; q++) memcpy(token + 5 * q, tokens.ids, 5 * sizeof(int));
    token[5 + 2] = (token[5 + 2] + 1) % V;   /* the second text goes wrong at once, */
    token[10 + 4] = (token[10 + 4] + 1) % V; /* the third at its last token */
    LikelihoodTexts texts = {3, token, start, from};
    Likelihoods found = measure(&learner, &texts);
    cr_expect(found.first[0]);
    cr_expect_not(found.first[1]);
    cr_expect_not(found.first[2]);
}

Test(likelihood, of_equally_likely_tokens_the_first_is_the_likeliest)
{
    Learner learner = create(4 * LEARNER_RIG_CONTEXT);
    memset(learner.weights, 0, learner.weights_table.n_elements * sizeof(real));
    int token[] = {1, 0, 1, 1}, start[] = {0, 2, 4}, from[] = {1, 1};
    LikelihoodTexts texts = {2, token, start, from};
    Likelihoods found = measure(&learner, &texts);
    cr_expect(found.first[0]);
    cr_expect_not(found.first[1]);
    cr_expect_float_eq(found.sum[0], -log(V), 1e-6, "the softmax is over the text's tokens alone");
}

/* A back end that finds the right token likeliest wherever it is even. */
static void even_are_likeliest(bool *is_largest, const real *x, const real *E, const real *bias,
                               const int *target, int n_rows, int n_channels, int n_tokens)
{
    (void)x, (void)E, (void)bias, (void)n_channels, (void)n_tokens;
    for (int n = 0; n < n_rows; n++) is_largest[n] = target[n] % 2 == 0;
}

Test(likelihood, the_kernel_table_says_what_is_likeliest)
{
    Learner learner = create(4 * LEARNER_RIG_CONTEXT);
    Kernels kernels = kernels_plain;
    kernels.logits_largest = even_are_likeliest;
    learner.kernels = &kernels;
    int token[] = {1, 2, 4, 1, 2, 3}, start[] = {0, 3, 6}, from[] = {1, 1};
    LikelihoodTexts texts = {2, token, start, from};
    Likelihoods found = measure(&learner, &texts);
    cr_expect(found.first[0]);
    cr_expect_not(found.first[1]);
}

Test(likelihood, does_not_depend_on_how_many_texts_run_at_once)
{
    LikelihoodTexts texts = make_texts();
    Learner few = create(LEARNER_RIG_CONTEXT), many = create(400);
    Likelihoods a = measure(&few, &texts), b = measure(&many, &texts);
    for (int q = 0; q < N_TEXTS; q++) cr_expect_float_eq(a.sum[q], b.sum[q], 1e-4);
}

Test(likelihood, has_the_same_bits_for_any_number_of_threads)
{
    LikelihoodTexts texts = make_texts();
    Learner learner = create(100);
    Likelihoods a = measure(&learner, &texts);
    parallel_set_threads(3);
    Likelihoods b = measure(&learner, &texts);
    parallel_set_threads(1);
    cr_expect_arr_eq(a.sum, b.sum, N_TEXTS * sizeof(double));
    cr_expect_arr_eq(a.first, b.first, N_TEXTS * sizeof(bool));
}
