/* Log-likelihoods against a full softmax in double over the states of each text alone. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../learner_rig.h"
#include "base/parallel.h"
#include "measure/generate.h"
#include "learner/tied_softmax.h"
#include "measure/likelihood.h"
#include "model/encoder.h"

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
    return (LikelihoodTexts){N_TEXTS, token, start, from, false, NULL};
}

static Learner create_of(SpecEntryChoice choice, int rows)
{
    SpecEntryChoice *model = learner_rig_take(1, sizeof *model);
    *model = choice;
    Learner learner;
    LearnerSetup setup = likelihood_setup(model, &kernels_fast, (TextTokens){.n = V});
    cr_expect_geq(setup.max_rows, LEARNER_RIG_CONTEXT);
    setup.max_rows = setup.max_sequences = rows;
    cr_assert(learner_create(&learner, &setup, learner_rig_arena(), &err), "%s", err.text);
    tensors_initialize(&learner.weights_table, learner.weights, 1);
    for (size_t i = 0; i < learner.weights_table.n_elements; i++) learner.weights[i] *= 20;
    return learner;
}

static Learner create(int rows)
{
    return create_of(learner_rig_model(0), rows);
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
    cr_assert(generate_tokens(&tokens, &learner, &spec, &prompt, (TextTokens){.n = V},
                              learner_rig_arena(), &err));
    int *token = written[0];
    for (int q = 0; q < 3; q++) memcpy(token + 5 * q, tokens.ids, 5 * sizeof(int));
    token[5 + 2] = (token[5 + 2] + 1) % V;   /* the second text goes wrong at once, */
    token[10 + 4] = (token[10 + 4] + 1) % V; /* the third at its last token */
    LikelihoodTexts texts = {3, token, start, from, false, NULL};
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
    LikelihoodTexts texts = {2, token, start, from, false, NULL};
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
    LikelihoodTexts texts = {2, token, start, from, false, NULL};
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

/* --- models that see more than what stands before ------------------------------------------------------- */

/* What row 0 of one sequence says of `target`, or another row. */
static double told(Learner *learner, const Batch *batch, int row, int token)
{
    int target[2 * LEARNER_RIG_CONTEXT];
    for (int i = 0; i < batch->target.N; i++) target[i] = i == row ? token : -1;
    learner_forward(learner, batch, false, (RngKey){0});
    tied_softmax_loss(learner, batch, target, NULL, NULL);
    return -(double)learner->row_loss[row];
}

/* Of a length that every model takes: whole texts are read, some with an end behind them. */
static LikelihoodTexts make_short_texts(bool whole)
{
    LikelihoodTexts texts = make_texts();
    int *start = learner_rig_take(N_TEXTS + 1, sizeof(int));
    int *token = learner_rig_take(N_TEXTS * LEARNER_RIG_CONTEXT, sizeof(int));
    for (int q = 0; q < N_TEXTS; q++) {
        int length = texts.start[q + 1] - texts.start[q];
        if (length > LEARNER_RIG_CONTEXT - 1) length = LEARNER_RIG_CONTEXT - 1;
        memcpy(token + start[q], texts.token + texts.start[q], (size_t)length * sizeof(int));
        start[q + 1] = start[q] + length;
    }
    return (LikelihoodTexts){N_TEXTS, token, start, texts.from, whole, NULL};
}

Test(likelihood, of_a_bidirectional_model_is_the_pseudo_likelihood)
{
    const LikelihoodTexts texts = make_short_texts(false);
    Learner learner = create_of(learner_rig_encoder(0), 3 * LEARNER_RIG_CONTEXT);
    cr_expect_eq(likelihood_longest(&learner), LEARNER_RIG_CONTEXT);
    cr_expect_eq(learner.n_vocab, V + 1, "the mask");
    Likelihoods found = measure(&learner, &texts);
    int n = 0;
    for (int q = 0; q < N_TEXTS; q++) {
        int token[LEARNER_RIG_CONTEXT], start[2] = {0, texts.start[q + 1] - texts.start[q]};
        double sum = 0;
        for (int i = texts.from[q]; i < start[1]; i++, n++) {
            memcpy(token, texts.token + texts.start[q], (size_t)start[1] * sizeof(int));
            token[i] = V;
            Batch batch = learner_batch(&learner, token, start, 1);
            sum += told(&learner, &batch, i, texts.token[texts.start[q] + i]);
        }
        cr_expect_float_eq(found.sum[q], sum, 1e-4, "text %d: %g, not %g", q, found.sum[q], sum);
    }
    cr_expect_gt(n, 50);
}

/* Sentinels are behind the text's tokens, the first of them last; then come start and end. */
static double cut_out(Learner *learner, const int *text, int length, int from, int n)
{
    enum { SENTINEL = V + 99, START = V + 100, END = V + 101 };
    int source[LEARNER_RIG_CONTEXT + 2], token[LEARNER_RIG_CONTEXT + 2] = {START, SENTINEL};
    int start[2] = {0, n + 1}, source_start[2] = {0};
    for (int i = 0; i < length; i++)
        if (i <= from || i >= from + n) source[source_start[1]++] = i == from ? SENTINEL : text[i];
    source[source_start[1]++] = END;
    for (int i = 0; i + 1 < n; i++) token[i + 2] = text[from + i];
    double sum = 0;
    for (int i = 0; i < n; i++) {
        Batch batch = learner_batch_from(learner, token, start, source, source_start, 1);
        sum += told(learner, &batch, i + 1, text[from + i]);
    }
    return sum;
}

static void expect_cut_out(bool whole)
{
    const LikelihoodTexts texts = make_short_texts(whole);
    Learner learner = create_of(learner_rig_t5(0), 3 * LEARNER_RIG_CONTEXT);
    Likelihoods found = measure(&learner, &texts);
    for (int q = 0; q < N_TEXTS; q++) {
        const int *text = texts.token + texts.start[q], from = texts.from[q];
        const int length = texts.start[q + 1] - texts.start[q], n = length - from;
        double sum = 0;
        for (int i = 0; whole && i < n; i++) sum += cut_out(&learner, text, length, from + i, 1);
        if (!whole && n > 0) sum = cut_out(&learner, text, length, from, n);
        cr_expect_eq(found.count[q], n > 0 ? n : 0);
        cr_expect_float_eq(found.sum[q], sum, 1e-4, "text %d: %g, not %g", q, found.sum[q], sum);
    }
}

Test(likelihood, of_a_model_with_a_source_is_that_of_what_was_cut_out)
{
    expect_cut_out(false);
}

Test(likelihood, of_a_whole_text_such_a_model_is_asked_for_a_token_at_a_time)
{
    expect_cut_out(true);
}

/* --- stretches with something behind them ------------------------------------------------------------- */

/* Of each text some tokens of the middle are scored, of short ones none. */
static LikelihoodTexts make_gaps(void)
{
    LikelihoodTexts texts = make_short_texts(false);
    int *from = learner_rig_take(N_TEXTS, sizeof(int));
    int *until = learner_rig_take(N_TEXTS, sizeof(int));
    for (int q = 0; q < N_TEXTS; q++) {
        const int length = texts.start[q + 1] - texts.start[q];
        from[q] = 1 + q % 2;
        until[q] = length > from[q] + 1 ? from[q] + 1 + q % (length - from[q] - 1) : from[q];
    }
    texts.from = from;
    texts.until = until;
    return texts;
}

/* All that is scored, and all behind it: what a candidate makes of the whole text. */
Test(likelihood, of_a_gap_a_causal_model_is_asked_for_the_rest_of_the_text)
{
    const LikelihoodTexts texts = make_gaps();
    LikelihoodTexts to_the_end = texts;
    to_the_end.until = NULL;
    Learner learner = create(3 * LEARNER_RIG_CONTEXT);
    Likelihoods found = measure(&learner, &texts), plain = measure(&learner, &to_the_end);
    int n = 0;
    for (int q = 0; q < N_TEXTS; q++) {
        const bool asked = texts.until[q] > texts.from[q];
        cr_expect_eq(found.count[q], asked ? plain.count[q] : 0);
        cr_expect_float_eq(found.sum[q], asked ? plain.sum[q] : 0, 1e-4);
        n += asked;
    }
    cr_expect_gt(n, 20);
}

Test(likelihood, of_a_gap_a_bidirectional_model_is_given_both_sides)
{
    const LikelihoodTexts texts = make_gaps();
    Learner learner = create_of(learner_rig_encoder(0), 3 * LEARNER_RIG_CONTEXT);
    Likelihoods found = measure(&learner, &texts);
    for (int q = 0; q < N_TEXTS; q++) {
        int token[LEARNER_RIG_CONTEXT], start[2] = {0, texts.start[q + 1] - texts.start[q]};
        double sum = 0;
        for (int i = texts.from[q]; i < texts.until[q]; i++) {
            memcpy(token, texts.token + texts.start[q], (size_t)start[1] * sizeof(int));
            token[i] = V;
            Batch batch = learner_batch(&learner, token, start, 1);
            sum += told(&learner, &batch, i, texts.token[texts.start[q] + i]);
        }
        cr_expect_eq(found.count[q], texts.until[q] - texts.from[q]);
        cr_expect_float_eq(found.sum[q], sum, 1e-4, "text %d: %g, not %g", q, found.sum[q], sum);
    }
}

Test(likelihood, of_a_gap_a_model_with_a_source_is_asked_for_what_one_sentinel_stands_for)
{
    const LikelihoodTexts texts = make_gaps();
    Learner learner = create_of(learner_rig_t5(0), 3 * LEARNER_RIG_CONTEXT);
    Likelihoods found = measure(&learner, &texts);
    for (int q = 0; q < N_TEXTS; q++) {
        const int *text = texts.token + texts.start[q], from = texts.from[q];
        const int length = texts.start[q + 1] - texts.start[q], n = texts.until[q] - from;
        const double sum = n > 0 ? cut_out(&learner, text, length, from, n) : 0;
        cr_expect_eq(found.count[q], n);
        cr_expect_float_eq(found.sum[q], sum, 1e-4, "text %d: %g, not %g", q, found.sum[q], sum);
    }
}

/* A framed one, too: the frame is no token of the text. */
Test(likelihood, of_a_gap_a_bert_is_given_both_sides_in_its_frame)
{
    const LikelihoodTexts texts = make_gaps();
    enum { MASK = V, START = V + 1, END = V + 2, FRAME = 2 };
    Learner learner = create_of(learner_rig_bert(0), 3 * LEARNER_RIG_CONTEXT);
    Likelihoods found = measure(&learner, &texts);
    int n = 0;
    for (int q = 0; q < N_TEXTS; q++) {
        const int length = texts.start[q + 1] - texts.start[q];
        if (length + FRAME > LEARNER_RIG_CONTEXT) continue;
        int token[LEARNER_RIG_CONTEXT] = {START}, start[2] = {0, length + FRAME};
        double sum = 0;
        for (int i = texts.from[q]; i < texts.until[q]; i++, n++) {
            memcpy(token + 1, texts.token + texts.start[q], (size_t)length * sizeof(int));
            token[length + 1] = END;
            token[i + 1] = MASK;
            Batch batch = learner_batch(&learner, token, start, 1);
            sum += told(&learner, &batch, i + 1, texts.token[texts.start[q] + i]);
        }
        cr_expect_float_eq(found.sum[q], sum, 1e-4, "text %d: %g, not %g", q, found.sum[q], sum);
    }
    cr_expect_gt(n, 20);
}

Test(likelihood, of_any_model_does_not_depend_on_how_much_is_asked_at_once)
{
    const SpecEntryChoice models[] = {learner_rig_encoder(0), learner_rig_t5(0)};
    for (size_t m = 0; m < 2; m++) {
        const LikelihoodTexts texts = make_short_texts(true);
        Learner few = create_of(models[m], LEARNER_RIG_CONTEXT), many = create_of(models[m], 400);
        Likelihoods a = measure(&few, &texts), b = measure(&many, &texts);
        for (int q = 0; q < N_TEXTS; q++) cr_expect_float_eq(a.sum[q], b.sum[q], 1e-4);
    }
}

Test(likelihood, takes_the_passes_that_a_plan_expects)
{
    cr_expect_eq(likelihood_passes(&gpt, 7, true), 1);
    cr_expect_eq(likelihood_passes(&lstm, 7, false), 1);
    cr_expect_eq(likelihood_passes(&encoder, 7, false), 7);
}
