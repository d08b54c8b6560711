/* Objectives: what they ask, and that their gradients are those of their losses. */
#include <criterion/criterion.h>
#include <math.h>

#include "../learner_rig.h"
#include "learner/causal_lm.h"
#include "learner/masked_lm.h"
#include "learner/objectives.h"
#include "learner/span_corruption.h"
#include "model/bert.h"
#include "model/encoder.h"
#include "model/t5.h"

TestSuite(objectives, .init = learner_rig_begin, .fini = learner_rig_end);

enum { LONG = 100, TEXT = 50 };

/* Of an objective without a source. */
static void ask(const Objective *objective, int *token, int *target, int length, int next,
                const SpecialTokens *special, RngKey key)
{
    ObjectiveText text = {.token = token, .target = target, .length = length, .next = next};
    objective->ask(&text, special, key);
    cr_assert_eq(text.length, length);
}

static void draw_text(int *token)
{
    for (int i = 0; i < LONG; i++) token[i] = i * 7 % TEXT;
}

Test(objectives, every_architecture_has_one_that_fits)
{
    for (size_t i = 0; architectures.entries[i]; i++) {
        const SpecEntryChoice choice = {.entry = architectures.entries[i]};
        cr_expect(
            objectives_fits(objectives_for(architecture_of(&choice)), architecture_of(&choice)));
    }
    cr_expect_eq(objectives_at(objectives_for(&gpt)), &causal_lm);
    cr_expect_eq(objectives_at(objectives_for(&lstm)), &causal_lm);
    cr_expect_eq(objectives_at(objectives_for(&encoder)), &masked_lm);
    cr_expect_eq(objectives_at(objectives_for(&bert)), &masked_lm);
    cr_expect_eq(objectives_at(objectives_for(&t5)), &span_corruption);
}

Test(objectives, only_a_vocabulary_that_needs_a_mask_token_has_one)
{
    cr_expect_eq(objectives_tokens(&gpt, (TextTokens){.n = TEXT}).n_language_model, TEXT);
    cr_expect_eq(objectives_tokens(&gpt, (TextTokens){.n = TEXT}).n_task, TEXT + 3);
    cr_expect_eq(objectives_tokens(&encoder, (TextTokens){.n = TEXT}).mask, TEXT);
    cr_expect_eq(objectives_tokens(&encoder, (TextTokens){.n = TEXT}).n_task, TEXT + 4);
    cr_expect_eq(objectives_tokens(&bert, (TextTokens){.n = TEXT}).n_language_model, TEXT + 3,
                 "with the frame's");
    cr_expect_eq(objectives_tokens(&bert, (TextTokens){.n = TEXT}).n_task, TEXT + 3);
    cr_expect_eq(objectives_tokens(&t5, (TextTokens){.n = TEXT}).n_language_model, TEXT + 102);
    cr_expect_eq(objectives_tokens(&t5, (TextTokens){.n = TEXT}).n_task, TEXT + 102);
}

Test(objectives, a_causal_one_asks_for_the_next_token_of_each)
{
    int token[] = {3, 1, 4}, target[3];
    ask(&causal_lm, token, target, 3, 9, NULL, (RngKey){0});
    cr_expect_arr_eq(target, ((int[]){1, 4, 9}), sizeof target);
    cr_expect_arr_eq(token, ((int[]){3, 1, 4}), sizeof token);
    ask(&causal_lm, token, target, 3, -1, NULL, (RngKey){0});
    cr_expect_eq(target[2], -1);
    cr_expect_eq(causal_lm.n_targets(3), 3);
}

Test(objectives, a_masked_one_asks_for_15_per_cent_and_one_at_least)
{
    SpecialTokens special = special_tokens((TextTokens){.n = TEXT}, 1, SPECIAL_TOKENS_TASKS);
    for (int length = 1; length <= LONG; length++) {
        int token[LONG], target[LONG], n = 0;
        draw_text(token);
        ask(&masked_lm, token, target, length, -1, &special,
            rng_key(1, RNG_TEST, (uint64_t)length));
        for (int i = 0; i < length; i++) {
            n += target[i] >= 0;
            cr_expect(target[i] < 0 ? token[i] == i * 7 % TEXT : target[i] == i * 7 % TEXT);
        }
        cr_expect_eq(n, masked_lm.n_targets(length), "length %d", length);
        cr_expect_eq(n, (int)fmax(1, floor(0.15 * length + 0.5)), "length %d: %d", length, n);
    }
}

/* Over 3,000 texts of 100 tokens: 45,000 that are asked for; deviations of five standard errors. */
Test(objectives, a_masked_one_masks_80_replaces_10_and_keeps_10_per_cent_anywhere)
{
    enum { TEXTS = 3000, ASKED = 15 * TEXTS };
    SpecialTokens special = special_tokens((TextTokens){.n = TEXT}, 1, SPECIAL_TOKENS_TASKS);
    int masked = 0, kept = 0, first = 0, last = 0;
    for (uint64_t t = 0; t < TEXTS; t++) {
        int token[LONG], target[LONG];
        draw_text(token);
        ask(&masked_lm, token, target, LONG, -1, &special, rng_key(7, RNG_TEST, t));
        first += target[0] >= 0;
        last += target[LONG - 1] >= 0;
        for (int i = 0; i < LONG; i++) {
            if (target[i] < 0) continue;
            masked += token[i] == special.mask;
            kept += token[i] == target[i];
            cr_expect_leq(token[i], special.mask);
        }
    }
    cr_expect_float_eq(masked, 0.8 * ASKED, 5 * sqrt(0.16 * ASKED), "%d", masked);
    cr_expect_float_eq(kept, (0.1 + 0.1 / TEXT) * ASKED, 5 * sqrt(0.09 * ASKED), "%d", kept);
    cr_expect_float_eq(first, 0.15 * TEXTS, 5 * sqrt(0.1275 * TEXTS), "%d", first);
    cr_expect_float_eq(last, 0.15 * TEXTS, 5 * sqrt(0.1275 * TEXTS), "%d", last);
}

/* --- span corruption ------------------------------------------------------------------------------- */

enum { FIRST_SENTINEL = TEXT + 99, START = TEXT + 100, END = TEXT + 101, LONGEST = 568 };

/* What a text of LONGEST tokens or fewer, token i being i % TEXT, becomes. */
typedef struct Corrupted {
    int token[LONGEST + SPECIAL_TOKENS_BEHIND], target[LONGEST + SPECIAL_TOKENS_BEHIND];
    int source[LONGEST + SPECIAL_TOKENS_BEHIND];
    ObjectiveText text;
} Corrupted;

static void corrupt(Corrupted *corrupted, int length, RngKey key)
{
    const SpecialTokens special = objectives_tokens(&t5, (TextTokens){.n = TEXT});
    for (int i = 0; i < length; i++) corrupted->token[i] = i % TEXT;
    corrupted->text = (ObjectiveText){.token = corrupted->token,
                                      .target = corrupted->target,
                                      .length = length,
                                      .next = -1,
                                      .source = corrupted->source};
    span_corruption.ask(&corrupted->text, &special, key);
}

/* The text again, each sentinel of the source replaced by its span; returns its length, and how many spans
 * there are. */
static int restore(int *text, int *n_spans, const Corrupted *corrupted)
{
    int n = 0, row = 0;
    *n_spans = 0;
    for (int i = 0; i + 1 < corrupted->text.n_source; i++) {
        if (corrupted->source[i] < TEXT) {
            text[n++] = corrupted->source[i];
            continue;
        }
        const int sentinel = FIRST_SENTINEL - (*n_spans)++;
        cr_assert_eq(corrupted->source[i], sentinel, "they descend");
        cr_assert_eq(corrupted->target[row++], sentinel, "a span is told behind its sentinel");
        while (corrupted->target[row] < TEXT) text[n++] = corrupted->target[row++];
    }
    cr_assert_eq(corrupted->source[corrupted->text.n_source - 1], END);
    return n;
}

Test(objectives, span_corruption_of_any_length_can_be_undone)
{
    for (int length = 1; length <= LONG; length++)
        for (uint64_t draw = 0; draw < 20; draw++) {
            Corrupted corrupted;
            int text[LONG], n_spans;
            corrupt(&corrupted, length, rng_key(draw, RNG_TEST, (uint64_t)length));
            const int rows = corrupted.text.length;
            cr_assert_leq(corrupted.text.n_source, length + 1);
            cr_assert_leq(rows, length + 1);
            cr_expect_eq(rows, span_corruption.n_targets(length));
            cr_expect_eq(corrupted.text.n_source, span_corruption.n_source(length));
            cr_assert_eq(restore(text, &n_spans, &corrupted), length, "length %d", length);
            for (int i = 0; i < length; i++) cr_expect_eq(text[i], i % TEXT);
            cr_expect_eq(corrupted.target[rows - 1], END);
            cr_expect_eq(corrupted.token[0], START);
            for (int row = 0; row + 1 < rows; row++)
                cr_expect_eq(corrupted.target[row], corrupted.token[row + 1]);
        }
}

Test(objectives, span_corruption_cuts_out_15_per_cent_in_spans_of_3_as_published)
{
    Corrupted corrupted;
    int text[LONGEST], n_spans;
    corrupt(&corrupted, 568, rng_key(1, RNG_TEST, 0));
    restore(text, &n_spans, &corrupted);
    cr_expect_eq(n_spans, 28);
    cr_expect_eq(corrupted.text.n_source, 512);
    cr_expect_eq(corrupted.text.length, 114);
    cr_expect_lt(corrupted.target[112], TEXT, "no sentinel before the end");
    cr_expect_lt(corrupted.source[0], TEXT, "a text begins with a kept piece");
    corrupt(&corrupted, 141, rng_key(1, RNG_TEST, 0));
    cr_expect_eq(corrupted.text.n_source, 128);
    cr_expect_eq(corrupted.text.length, 29);
}

Test(objectives, span_corruption_rounds_halves_to_even_and_has_no_more_spans_than_sentinels)
{
    cr_expect_eq(span_corruption.n_targets(10), 2 + 1 + 1);
    cr_expect_eq(span_corruption.n_targets(30), 4 + 1 + 1);
    cr_expect_eq(span_corruption.n_targets(50), 8 + 3 + 1);
    cr_expect_eq(span_corruption.n_targets(8190), 1228 + 100 + 1);
}

Test(objectives, span_corruption_keeps_a_text_of_one_token_as_published)
{
    Corrupted corrupted;
    corrupt(&corrupted, 1, rng_key(1, RNG_TEST, 0));
    cr_expect_eq(corrupted.text.n_source, 2);
    cr_expect_arr_eq(corrupted.source, ((int[]){0, END}), 2 * sizeof(int));
    cr_expect_eq(corrupted.text.length, 2);
    cr_expect_arr_eq(corrupted.target, ((int[]){FIRST_SENTINEL, END}), 2 * sizeof(int));
    cr_expect_arr_eq(corrupted.token, ((int[]){START, FIRST_SENTINEL}), 2 * sizeof(int));
}

/* Of how much the first piece and the first span are: every size as likely. */
Test(objectives, span_corruption_cuts_anywhere)
{
    enum { LENGTH = 40, DRAWS = 4000 }; /* 6 tokens in 2 spans, among 34 kept ones */
    int first_size[7] = {0}, first_kept[LENGTH] = {0};
    for (uint64_t draw = 0; draw < DRAWS; draw++) {
        Corrupted corrupted;
        corrupt(&corrupted, LENGTH, rng_key(9, RNG_TEST, draw));
        int size = 0, kept = 0;
        while (corrupted.target[1 + size] < TEXT) size++;
        while (corrupted.source[kept] < TEXT) kept++;
        first_size[size]++;
        first_kept[kept]++;
    }
    for (int size = 1; size <= 5; size++)
        cr_expect_float_eq(first_size[size], DRAWS / 5.0, 5 * sqrt(DRAWS * 0.16), "%d: %d", size,
                           first_size[size]);
    for (int kept = 1; kept <= 33; kept++)
        cr_expect_float_eq(first_kept[kept], DRAWS / 33.0, 5 * sqrt(DRAWS / 33.0), "%d: %d", kept,
                           first_kept[kept]);
}

/* --- gradients ----------------------------------------------------------------------------------- */

#ifdef REPRISE_DOUBLE

enum { SEQUENCES = 3, ROWS = 16 };

/* A batch of three sequences, asked about; its arrays are the test's. */
typedef struct Asked {
    int token[ROWS], start[SEQUENCES + 1], source[ROWS], source_start[SEQUENCES + 1];
} Asked;

static Batch make_batch(Learner *learner, const Objective *objective, Asked *asked)
{
    static const int length[SEQUENCES] = {7, 1, 5};
    const SpecialTokens special =
        objectives_tokens(learner->architecture, (TextTokens){.n = LEARNER_RIG_TEXT_TOKENS});
    for (int s = 0; s < SEQUENCES; s++) {
        ObjectiveText text = {.token = asked->token + asked->start[s],
                              .target = learner->target + asked->start[s],
                              .length = length[s],
                              .next = 2,
                              .source = asked->source + asked->source_start[s]};
        for (int i = 0; i < length[s]; i++) text.token[i] = i * 5 % LEARNER_RIG_TEXT_TOKENS;
        objective->ask(&text, &special, rng_key(3, RNG_TEST, (uint64_t)s));
        asked->start[s + 1] = asked->start[s] + text.length;
        asked->source_start[s + 1] = asked->source_start[s] + text.n_source;
    }
    for (int row = 0; row < ROWS; row++) learner->row_weight[row] = 0.1 + 0.01 * row;
    return objective->reads_source
               ? learner_batch_from(learner, asked->token, asked->start, asked->source,
                                    asked->source_start, SEQUENCES)
               : learner_batch(learner, asked->token, asked->start, SEQUENCES);
}

static double weighted_loss(Learner *learner, const Objective *objective, const Batch *batch)
{
    double sum = 0;
    learner_forward(learner, batch, false, (RngKey){0});
    objective->loss(learner, batch, learner->target, learner->row_weight, NULL);
    for (int row = 0; row < batch->target.N; row++)
        sum += learner->row_weight[row] * learner->row_loss[row];
    return sum;
}

static void check_gradients(const SpecEntryChoice *model, const Objective *objective)
{
    const double h = 1e-5;
    Asked asked = {0};
    Learner learner = learner_rig_learner(model, NULL, NULL, 16, true);
    Batch batch = make_batch(&learner, objective, &asked);
    for (size_t i = 0; i < learner.weights_table.n_elements; i++)
        learner.weights[i] += 0.2 * rng_normal(rng_key(5, RNG_TEST, 0), i);
    learner_zero_gradients(&learner);
    learner_forward(&learner, &batch, true, (RngKey){0});
    real *dstates = learner_state_gradients(&learner, &batch);
    objective->loss(&learner, &batch, learner.target, learner.row_weight, dstates);
    learner_backward(&learner, &batch, (RngKey){0});
    for (int t = 0; t < learner.weights_table.n; t++) {
        const TensorInfo *tensor = &learner.weights_table.items[t];
        for (size_t i = tensor->offset; i < tensor->offset + tensor->n; i += tensor->n / 20 | 1) {
            const real kept = learner.weights[i];
            learner.weights[i] = kept + h;
            double above = weighted_loss(&learner, objective, &batch);
            learner.weights[i] = kept - h;
            double slope = (above - weighted_loss(&learner, objective, &batch)) / (2 * h);
            learner.weights[i] = kept;
            cr_expect_float_eq(learner.gradients[i], slope, 1e-6 * fmax(1, fabs(slope)),
                               "%s: %.12g, difference %.12g", tensor->name, learner.gradients[i],
                               slope);
        }
    }
}

Test(objectives, gradients_are_those_of_differences)
{
    const SpecEntryChoice causal = learner_rig_model(0), bidirectional = learner_rig_encoder(0),
                          with_readout = learner_rig_bert(0), two_streams = learner_rig_t5(0);
    check_gradients(&causal, &causal_lm);
    check_gradients(&bidirectional, &masked_lm);
    check_gradients(&with_readout, &masked_lm);
    check_gradients(&two_streams, &span_corruption);
}

#endif

/* --- likelihoods ---------------------------------------------------------------------------------------- */

/* Question `number` about a stretch of the text 3 1 4 1 5. */
static ObjectiveQuestion ask_about(const Objective *objective, int from, int until, bool whole,
                                   int number)
{
    static int token[8], source[8];
    static const int text[] = {3, 1, 4, 1, 5};
    const SpecialTokens special =
        special_tokens((TextTokens){.n = TEXT}, objective->n_stand_ins,
                       objective->reads_source ? SPECIAL_TOKENS_SOURCE : SPECIAL_TOKENS_TASKS);
    const ObjectiveStretch stretch = {text, 5, from, until, whole};
    ObjectiveQuestion question = {.token = token, .source = source};
    objective->question(&question, &stretch, number, &special);
    return question;
}

/* 4 1 5 or, as a whole, 1 4 1 5 are scored. */
static ObjectiveQuestion question(const Objective *objective, bool whole, int number)
{
    return ask_about(objective, whole ? 1 : 2, 5, whole, number);
}

static void expect_tokens(const int *found, int n_found, const int *wanted, int n)
{
    cr_assert_eq(n_found, n, "%d tokens, not %d", n_found, n);
    cr_expect_arr_eq(found, wanted, (size_t)n * sizeof(int));
}
#define EXPECT(found, n, ...)                                                                      \
    expect_tokens(found, n, (int[]){__VA_ARGS__}, (int)(sizeof(int[]){__VA_ARGS__} / sizeof(int)))

static void expect_rows(const ObjectiveQuestion *question, int row, int scored, int n_scored)
{
    cr_expect_eq(question->row, row);
    cr_expect_eq(question->scored, scored);
    cr_expect_eq(question->n_scored, n_scored);
}

Test(objectives, a_causal_one_is_asked_for_a_stretch_at_once)
{
    cr_expect_eq(causal_lm.n_questions(3, false), 1);
    cr_expect_eq(causal_lm.n_questions(4, true), 1);
    ObjectiveQuestion asked = question(&causal_lm, false, 0);
    EXPECT(asked.token, asked.length, 3, 1, 4, 1);
    expect_rows(&asked, 1, 2, 3);
}

Test(objectives, a_masked_one_is_asked_for_each_token_with_that_one_masked_alone)
{
    cr_expect_eq(masked_lm.n_questions(3, false), 3);
    cr_expect_eq(masked_lm.n_questions(4, true), 4);
    ObjectiveQuestion asked = question(&masked_lm, false, 1);
    EXPECT(asked.token, asked.length, 3, 1, 4, TEXT, 5);
    expect_rows(&asked, 3, 3, 1);
}

Test(objectives, what_was_cut_out_is_asked_for_behind_its_sentinel)
{
    cr_expect_eq(span_corruption.n_questions(3, false), 1);
    ObjectiveQuestion asked = question(&span_corruption, false, 0);
    EXPECT(asked.source, asked.n_source, 3, 1, FIRST_SENTINEL, END);
    EXPECT(asked.token, asked.length, START, FIRST_SENTINEL, 4, 1);
    expect_rows(&asked, 1, 2, 3);
}

Test(objectives, of_a_whole_text_each_token_is_cut_out_alone)
{
    cr_expect_eq(span_corruption.n_questions(4, true), 4);
    ObjectiveQuestion asked = question(&span_corruption, true, 2);
    EXPECT(asked.source, asked.n_source, 3, 1, 4, FIRST_SENTINEL, 5, END);
    EXPECT(asked.token, asked.length, START, FIRST_SENTINEL);
    expect_rows(&asked, 1, 3, 1);
}

/* 1 4 of 3 1 4 1 5: what stands behind them is 1 5. */
Test(objectives, a_causal_one_is_asked_for_what_stands_behind_a_stretch_too)
{
    ObjectiveQuestion asked = ask_about(&causal_lm, 1, 3, false, 0);
    EXPECT(asked.token, asked.length, 3, 1, 4, 1);
    expect_rows(&asked, 0, 1, 4);
}

Test(objectives, a_masked_one_is_given_what_stands_behind_a_stretch)
{
    ObjectiveQuestion asked = ask_about(&masked_lm, 1, 3, false, 1);
    EXPECT(asked.token, asked.length, 3, 1, TEXT, 1, 5);
    expect_rows(&asked, 2, 2, 1);
}

Test(objectives, what_was_cut_out_of_the_middle_has_one_sentinel_in_its_place)
{
    ObjectiveQuestion asked = ask_about(&span_corruption, 1, 3, false, 0);
    EXPECT(asked.source, asked.n_source, 3, FIRST_SENTINEL, 1, 5, END);
    EXPECT(asked.token, asked.length, START, FIRST_SENTINEL, 1);
    expect_rows(&asked, 1, 1, 2);
}
