/* Text of each architecture: by what its objective asks, written out here without it. */
#include <criterion/criterion.h>
#include <string.h>

#include "../learner_rig.h"
#include "learner/objectives.h"
#include "learner/tied_softmax.h"
#include "measure/generate.h"
#include "measure/likelihood.h"

TestSuite(generate_tokens, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;

enum { V = LEARNER_RIG_TEXT_TOKENS, CONTEXT = LEARNER_RIG_CONTEXT };

static Learner create(SpecEntryChoice choice)
{
    SpecEntryChoice *model = learner_rig_take(1, sizeof *model);
    *model = choice;
    Learner learner;
    const LearnerSetup setup = likelihood_setup(model, &kernels_fast, (TextTokens){.n = V});
    cr_assert(learner_create(&learner, &setup, learner_rig_arena(), &err), "%s", err.text);
    tensors_initialize(&learner.weights_table, learner.weights, 1);
    for (size_t i = 0; i < learner.weights_table.n_elements; i++) learner.weights[i] *= 8;
    return learner;
}

static int prompt_ids[] = {1, 2, 3};

static TokenList generate(Learner *learner, GenerateSpec spec)
{
    TokenList prompt = {3, prompt_ids}, tokens;
    cr_assert(generate_tokens(&tokens, learner, &spec, &prompt, (TextTokens){.n = V},
                              learner_rig_arena(), &err),
              "%s", err.text);
    cr_assert_eq(tokens.n, 3 + (size_t)spec.tokens);
    cr_expect_arr_eq(tokens.ids, prompt_ids, sizeof prompt_ids);
    for (size_t i = 0; i < tokens.n; i++) cr_assert(tokens.ids[i] >= 0 && tokens.ids[i] < V);
    return tokens;
}

/* The likeliest of the first n_logits tokens by row `row` of one sequence. */
static int likeliest(Learner *learner, const int *token, int length, const int *source,
                     int n_source, int row, int n_logits)
{
    int start[] = {0, length}, source_start[] = {0, n_source}, best = 0;
    real logit[256];
    Batch batch = learner_batch_from(learner, token, start, source, source_start, 1);
    learner_forward(learner, &batch, false, (RngKey){0});
    tied_softmax_logits(logit, learner, row, n_logits);
    for (int v = 1; v < n_logits; v++)
        if (logit[v] > logit[best]) best = v;
    return best;
}

static bool same(TokenList a, TokenList b)
{
    return a.n == b.n && !memcmp(a.ids, b.ids, a.n * sizeof *a.ids);
}

Test(generate_tokens, berts_next_token_is_guessed_under_a_mask_between_the_text_and_the_frames_end)
{
    Learner learner = create(learner_rig_bert(0));
    const SpecialTokens special = objectives_tokens(learner.architecture, (TextTokens){.n = V});
    const TokenList tokens = generate(&learner, (GenerateSpec){.tokens = 3});
    for (int n = 3; n < 6; n++) {
        int token[CONTEXT] = {special.start};
        memcpy(token + 1, tokens.ids, (size_t)n * sizeof(int));
        token[n + 1] = special.mask;
        token[n + 2] = special.delimiter;
        cr_expect_eq(tokens.ids[n], likeliest(&learner, token, n + 3, NULL, 0, n + 1, V));
    }
}

Test(generate_tokens, an_encoders_text_longer_than_its_context_goes_on_from_its_end)
{
    Learner learner = create(learner_rig_encoder(0));
    const SpecialTokens special = objectives_tokens(learner.architecture, (TextTokens){.n = V});
    const TokenList tokens = generate(&learner, (GenerateSpec){.tokens = 20});
    int token[CONTEXT];
    memcpy(token, tokens.ids + 22 - (CONTEXT - 1), (CONTEXT - 1) * sizeof(int));
    token[CONTEXT - 1] = special.mask;
    cr_expect_eq(tokens.ids[22], likeliest(&learner, token, CONTEXT, NULL, 0, CONTEXT - 1, V));
}

/* What one sweep over two places gives at temperature 0, in one order or the other. */
static bool is_sweep(Learner *learner, const SpecialTokens *special, const TokenList *tokens,
                     int first)
{
    int token[] = {special->start, 1, 2, 3, special->mask, special->mask, special->delimiter};
    const int order[] = {4 + first, 5 - first};
    for (int i = 0; i < 2; i++) {
        token[order[i]] = special->mask;
        token[order[i]] = likeliest(learner, token, 7, NULL, 0, order[i], V);
    }
    return !memcmp(token + 4, tokens->ids + 3, 2 * sizeof(int));
}

Test(generate_tokens, gibbs_sampling_guesses_every_place_from_both_sides)
{
    Learner learner = create(learner_rig_bert(0));
    const SpecialTokens special = objectives_tokens(learner.architecture, (TextTokens){.n = V});
    for (uint64_t seed = 1; seed <= 8; seed++) {
        const TokenList once =
            generate(&learner, (GenerateSpec){.tokens = 2, .gibbs = 1, .seed = seed});
        cr_expect(is_sweep(&learner, &special, &once, 0) || is_sweep(&learner, &special, &once, 1));
    }
}

Test(generate_tokens, gibbs_samples_follow_from_their_seed_and_fit_any_context)
{
    Learner learner = create(learner_rig_bert(0));
    const GenerateSpec spec = {.tokens = 30, .temperature = 2, .gibbs = 3, .seed = 1};
    GenerateSpec other = spec, fewer = spec;
    other.seed = 2;
    fewer.gibbs = 2;
    const TokenList tokens = generate(&learner, spec);
    cr_expect(same(tokens, generate(&learner, spec)));
    cr_expect_not(same(tokens, generate(&learner, other)));
    cr_expect_not(same(tokens, generate(&learner, fewer)));
}

/* Written again as it is said: a span ends in a token of no text, and its words join the source. */
Test(generate_tokens, t5_tells_spans_for_a_sentinel_at_the_end_of_the_source)
{
    Learner learner = create(learner_rig_t5(0));
    const SpecialTokens special = objectives_tokens(learner.architecture, (TextTokens){.n = V});
    const int sentinel = special.start - 1;
    const TokenList tokens = generate(&learner, (GenerateSpec){.tokens = 4});
    for (int n = 3, from = 3; n < 7;) {
        int source[CONTEXT], token[CONTEXT] = {special.start, sentinel};
        memcpy(source, tokens.ids, (size_t)from * sizeof(int));
        source[from] = sentinel;
        source[from + 1] = special.end;
        memcpy(token + 2, tokens.ids + from, (size_t)(n - from) * sizeof(int));
        const int next = likeliest(&learner, token, 2 + n - from, source, from + 2, 1 + n - from,
                                   n > from ? special.n_language_model : V);
        if (next >= V) {
            from = n;
            continue;
        }
        cr_expect_eq(tokens.ids[n++], next);
    }
}

Test(generate_tokens, t5_writes_beyond_its_context)
{
    Learner learner = create(learner_rig_t5(0));
    generate(&learner, (GenerateSpec){.tokens = 40, .temperature = 1, .seed = 3});
}

Test(generate_tokens, what_sees_nothing_behind_a_token_has_no_gibbs_sampling)
{
    const SpecEntryChoice choices[] = {learner_rig_model(0), learner_rig_t5(0)};
    for (int i = 0; i < 2; i++) {
        err = (Error){0};
        Learner learner = create(choices[i]);
        TokenList prompt = {3, prompt_ids}, tokens;
        const GenerateSpec spec = {.tokens = 2, .gibbs = 1};
        cr_expect_not(generate_tokens(&tokens, &learner, &spec, &prompt, (TextTokens){.n = V},
                                      learner_rig_arena(), &err));
        cr_expect_eq(err.kind, ERROR_USAGE);
        cr_expect(strstr(err.text, "cannot write by Gibbs sampling"), "%s", err.text);
    }
}

/* Three of the eleven ids are the vocabulary's own special tokens; what is likeliest of all is one of them. */
Test(generate_tokens, special_tokens_among_a_vocabularys_own_are_never_written)
{
    static const TokenizerSpecials own = {
        .unknown = -1, .pad = -1, .begin = 4, .end = 5, .mask = 6};
    const TextTokens text = {V, &own};
    SpecEntryChoice model = learner_rig_bert(0);
    Learner learner;
    LearnerSetup setup = likelihood_setup(&model, &kernels_fast, text);
    cr_assert(learner_create(&learner, &setup, learner_rig_arena(), &err), "%s", err.text);
    cr_assert_eq(learner.n_vocab, V, "none stands behind");
    tensors_initialize(&learner.weights_table, learner.weights, 1);
    const TensorInfo *bias = tensors_named(&learner.weights_table, TOP_TOKEN_BIAS);
    learner.weights[bias->offset + 4] = 50;
    TokenList prompt = {3, prompt_ids}, tokens;
    for (int gibbs = 0; gibbs <= 1; gibbs++) {
        const GenerateSpec spec = {.tokens = 20, .temperature = 3, .seed = 1, .gibbs = gibbs};
        cr_assert(
            generate_tokens(&tokens, &learner, &spec, &prompt, text, learner_rig_arena(), &err),
            "%s", err.text);
        for (size_t i = 0; i < tokens.n; i++)
            cr_expect(tokens.ids[i] < 4 || tokens.ids[i] > 6, "%d", tokens.ids[i]);
    }
}
