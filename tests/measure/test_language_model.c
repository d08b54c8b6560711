/* Held-out perplexity and sampling. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../learner_rig.h"
#include "learner/causal_lm.h"
#include "learner/masked_lm.h"
#include "measure/generate.h"
#include "measure/perplexity.h"

TestSuite(language_model, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;
static const bool all[] = {true, true, true, true, true, true};

static Learner create(int rows)
{
    static SpecEntryChoice model;
    model = learner_rig_model(0);
    return learner_rig_learner(&model, NULL, NULL, rows, false);
}

/* Two bytes and six in turn. */
static const int token_bytes[LEARNER_RIG_VOCABULARY] = {2, 6, 2, 6, 2, 6, 2, 6, 2, 6, 2};

static const WindowsQuestion question = {.objective = &causal_lm,
                                         .special = {.n_text = LEARNER_RIG_VOCABULARY, .mask = -1}};

static PerplexityReport measure(Learner *learner, const TokenFile *file, const bool *wanted)
{
    PerplexityReport report;
    cr_assert(perplexity_measure(&report, learner, &question, file, wanted, token_bytes,
                                 learner_rig_arena(), &err),
              "%s", err.text);
    return report;
}

Test(language_model, the_perplexity_of_a_uniform_model_is_the_size_of_its_vocabulary)
{
    TokenFile file = learner_rig_tokens();
    Learner learner = create(40);
    memset(learner.weights, 0, learner.weights_table.n_elements * sizeof(real));
    PerplexityReport report = measure(&learner, &file, all);
    cr_expect_float_eq(report.perplexity, LEARNER_RIG_VOCABULARY, 1e-5);
}

Test(language_model, bits_per_byte_of_a_uniform_model_are_its_bits_a_token_over_the_bytes_of_one)
{
    TokenFile file = learner_rig_tokens();
    Learner learner = create(40);
    memset(learner.weights, 0, learner.weights_table.n_elements * sizeof(real));
    PerplexityReport report = measure(&learner, &file, all);
    size_t n_bytes = 0;
    for (size_t d = 0; d < file.n_documents; d++)
        for (size_t i = file.offset[d] + 1; i < file.offset[d + 1]; i++)
            n_bytes += (size_t)token_bytes[token_file_at(&file, i)];
    cr_expect_eq(report.n_bytes, n_bytes);
    double bits = log2(LEARNER_RIG_VOCABULARY) * (double)report.n_tokens;
    cr_expect_float_eq(report.bits_per_byte, bits / (double)n_bytes, 1e-6);
}

Test(language_model, perplexity_adds_up_over_documents)
{
    TokenFile file = learner_rig_tokens();
    Learner learner = create(40);
    PerplexityReport whole = measure(&learner, &file, all);
    cr_expect_eq(whole.n, file.n_documents);
    double loss = 0;
    size_t n_tokens = 0;
    for (size_t d = 0; d < file.n_documents; d++) {
        bool one[6] = {false};
        one[d] = true;
        PerplexityReport alone = measure(&learner, &file, one);
        cr_expect_eq(alone.n, 1);
        cr_expect_str_eq(alone.documents[0].name, whole.documents[d].name);
        cr_expect_eq(alone.n_tokens, file.offset[d + 1] - file.offset[d] - 1);
        cr_expect_float_eq(alone.loss, whole.documents[d].loss, 1e-4);
        loss += whole.documents[d].loss;
        n_tokens += whole.documents[d].n_tokens;
    }
    cr_expect_float_eq(whole.loss, loss, 1e-9);
    cr_expect_eq(whole.n_tokens, n_tokens);
    cr_expect_float_eq(whole.perplexity, exp(loss / (double)n_tokens), 1e-9);
}

Test(language_model, perplexity_does_not_depend_on_how_many_windows_run_at_once)
{
    TokenFile file = learner_rig_tokens();
    Learner few = create(LEARNER_RIG_CONTEXT), many = create(200);
    cr_expect_float_eq(measure(&few, &file, all).perplexity, measure(&many, &file, all).perplexity,
                       1e-5);
}

static TokenList generate(Learner *learner, GenerateSpec spec)
{
    int first[] = {1, 2, 3};
    TokenList prompt = {3, first}, tokens;
    cr_assert(generate_tokens(&tokens, learner, &spec, &prompt,
                              (TextTokens){.n = LEARNER_RIG_TEXT_TOKENS}, learner_rig_arena(),
                              &err),
              "%s", err.text);
    cr_expect_eq(tokens.n, 3 + (size_t)spec.tokens);
    cr_expect_arr_eq(tokens.ids, first, sizeof first);
    return tokens;
}

/* Logits of a back end that has one word for everything. */
static void always_seven(real *z, const real *x, const real *E, const real *bias, int n_rows,
                         int n_channels, int n_tokens)
{
    (void)x, (void)E, (void)bias, (void)n_channels;
    for (int i = 0; i < n_rows * n_tokens; i++) z[i] = i % n_tokens == 7;
}

/* Which tokens are hidden does not depend on how windows are packed into passes. */
Test(language_model, what_is_asked_of_held_out_text_does_not_depend_on_the_packing)
{
    TokenFile file = learner_rig_tokens();
    const SpecEntryChoice model = learner_rig_encoder(0);
    const WindowsQuestion masked = {
        &masked_lm,
        special_tokens((TextTokens){.n = LEARNER_RIG_TEXT_TOKENS}, 1, SPECIAL_TOKENS_TASKS)};
    PerplexityReport report[2];
    for (int i = 0; i < 2; i++) {
        Learner learner = learner_rig_learner(&model, NULL, NULL, i ? 100 : 16, false);
        cr_assert(perplexity_measure(&report[i], &learner, &masked, &file, all, NULL,
                                     learner_rig_arena(), &err),
                  "%s", err.text);
    }
    cr_expect_eq(report[0].n_tokens, report[1].n_tokens);
    cr_expect_float_eq(report[0].loss, report[1].loss, 1e-3);
}

Test(language_model, text_is_written_by_the_logits_of_the_kernel_table)
{
    Learner learner = create(LEARNER_RIG_CONTEXT);
    Kernels kernels = kernels_plain;
    kernels.logits = always_seven;
    learner.kernels = &kernels;
    TokenList tokens = generate(&learner, (GenerateSpec){.tokens = 4});
    for (size_t i = 3; i < tokens.n; i++) cr_expect_eq(tokens.ids[i], 7);
}

static bool same(TokenList a, TokenList b)
{
    return a.n == b.n && !memcmp(a.ids, b.ids, a.n * sizeof *a.ids);
}

Test(language_model, at_temperature_0_always_the_likeliest_is_written)
{
    Learner learner = create(LEARNER_RIG_CONTEXT);
    TokenList first = generate(&learner, (GenerateSpec){.tokens = 20, .seed = 1});
    TokenList second = generate(&learner, (GenerateSpec){.tokens = 20, .seed = 2});
    cr_expect(same(first, second));
}

Test(language_model, among_the_likeliest_1_the_likeliest_is_written)
{
    Learner learner = create(LEARNER_RIG_CONTEXT);
    TokenList greedy = generate(&learner, (GenerateSpec){.tokens = 20});
    TokenList one =
        generate(&learner, (GenerateSpec){.tokens = 20, .temperature = 5, .top_k = 1, .seed = 3});
    cr_expect(same(greedy, one));
}

Test(language_model, the_same_seed_writes_the_same_text_and_another_does_not)
{
    Learner learner = create(LEARNER_RIG_CONTEXT);
    GenerateSpec spec = {.tokens = 30, .temperature = 1, .seed = 1}, other = spec;
    other.seed = 2;
    cr_expect(same(generate(&learner, spec), generate(&learner, spec)));
    cr_expect_not(same(generate(&learner, spec), generate(&learner, other)));
}

Test(language_model, special_tokens_are_never_written)
{
    Learner learner = create(LEARNER_RIG_CONTEXT);
    const TensorInfo *table = tensors_named(&learner.weights_table, TENSORS_TOKEN_TABLE);
    size_t C = table->dim[1];
    for (size_t v = LEARNER_RIG_TEXT_TOKENS; v < LEARNER_RIG_VOCABULARY; v++)
        for (size_t c = 0; c < C; c++) /* the likeliest by far: along the states that follow text */
            learner.weights[table->offset + v * C + c] =
                100 * learner.weights[table->offset + C + c];
    TokenList tokens = generate(&learner, (GenerateSpec){.tokens = 300, .temperature = 3});
    bool seen[LEARNER_RIG_TEXT_TOKENS] = {0};
    for (size_t i = 0; i < tokens.n; i++) {
        cr_assert_lt(tokens.ids[i], LEARNER_RIG_TEXT_TOKENS);
        seen[tokens.ids[i]] = true;
    }
    for (int v = 0; v < LEARNER_RIG_TEXT_TOKENS; v++) cr_expect(seen[v], "token %d", v);
}

Test(language_model, a_prompt_longer_than_the_context_is_gone_on_from)
{
    Learner learner = create(LEARNER_RIG_CONTEXT);
    int ids[3 * LEARNER_RIG_CONTEXT] = {4, 4};
    TokenList prompt = {3 * LEARNER_RIG_CONTEXT, ids}, tokens;
    GenerateSpec spec = {.tokens = 5};
    cr_expect(generate_tokens(&tokens, &learner, &spec, &prompt,
                              (TextTokens){.n = LEARNER_RIG_TEXT_TOKENS}, learner_rig_arena(),
                              &err));
    cr_expect_eq(tokens.n, 3 * LEARNER_RIG_CONTEXT + 5);
}

Test(language_model, an_empty_prompt_is_an_error)
{
    Learner learner = create(LEARNER_RIG_CONTEXT);
    TokenList prompt = {0, NULL}, tokens;
    GenerateSpec spec = {.tokens = 5};
    cr_expect_not(generate_tokens(&tokens, &learner, &spec, &prompt,
                                  (TextTokens){.n = LEARNER_RIG_TEXT_TOKENS}, learner_rig_arena(),
                                  &err));
    cr_expect_eq(err.kind, ERROR_USAGE);
}
