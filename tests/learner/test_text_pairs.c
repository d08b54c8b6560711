/* Pairs of texts, of which a model is asked whether the second follows the first. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../learner_rig.h"
#include "learner/masked_lm.h"
#include "learner/objectives.h"
#include "learner/text_pairs.h"
#include "model/bert.h"

TestSuite(text_pairs, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;

enum { SEQUENCES = 6, ROUNDS = 100 };

/* A bert with its memory, windows of the rig's text, and room for pairs of them. */
typedef struct Rig {
    TokenFile file;
    Windows windows;
    Learner learner;
    WindowsPack pack;
    TextPairs pairs;
} Rig;

enum { LENGTH = LEARNER_RIG_CONTEXT - SPECIAL_TOKENS_AROUND - TEXT_PAIRS_BETWEEN };

/* Windows of up to `length` tokens. */
static bool make(Rig *rig, const bool *wanted, int length)
{
    const TextTokens text = {.n = LEARNER_RIG_TEXT_TOKENS};
    const WindowsQuestion question = {&masked_lm, objectives_tokens(&bert, text)};
    const SpecEntryChoice model = learner_rig_bert(0);
    const LearnerSetup setup = {.model = &model,
                                .kernels = &kernels_fast,
                                .text = text,
                                .n_vocab = question.special.n_language_model,
                                .max_rows = SEQUENCES * LEARNER_RIG_CONTEXT,
                                .max_sequences = SEQUENCES,
                                .max_examples = SEQUENCES,
                                .next_sentence = true,
                                .training = true};
    Arena *arena = learner_rig_arena();
    rig->file = learner_rig_tokens();
    cr_assert(windows_cut(&rig->windows, &rig->file, wanted, length, arena, &err) &&
                  learner_create(&rig->learner, &setup, arena, &err) &&
                  windows_pack_create(&rig->pack, &rig->learner, &question, arena, &err),
              "%s", err.text);
    tensors_initialize(&rig->learner.weights_table, rig->learner.weights, 1);
    return text_pairs_create(&rig->pairs, &rig->learner, &rig->windows, &rig->file, arena, &err);
}

static void make_of_all(Rig *rig, int length)
{
    static const bool all[] = {true, true, true, true, true, true};
    cr_assert(make(rig, all, length), "%s", err.text);
}

static uint32_t document_at(const TokenFile *file, uint64_t at)
{
    uint32_t d = 0;
    while (file->offset[d + 1] <= at) d++;
    return d;
}

static TextPair draw(const Rig *rig, uint32_t window, uint64_t step)
{
    return text_pairs_draw(&rig->pairs, window, rng_key(3, RNG_PAIR, step));
}

Test(text_pairs, half_of_the_second_texts_follow_and_half_are_of_another_document)
{
    Rig rig;
    make_of_all(&rig, LENGTH);
    double n_pairs = 0, n_random = 0;
    for (uint32_t w = 0; w < rig.windows.n; w++)
        for (uint64_t round = 0; round < ROUNDS; round++) {
            const Window *window = &rig.windows.items[w];
            const TextPair pair = draw(&rig, w, w * ROUNDS + round);
            cr_assert_eq(pair.first, window->begin);
            cr_assert_geq(pair.n_first, 1);
            if (window->length < TEXT_PAIRS_LEAST) {
                cr_assert_eq(pair.n_second, 0);
                continue;
            }
            n_pairs++;
            n_random += pair.random;
            cr_assert_geq(pair.n_second, 1);
            cr_assert_leq(pair.n_first + pair.n_second, (int)window->length);
            const uint64_t last = pair.second + (uint64_t)pair.n_second - 1;
            const uint32_t document = document_at(&rig.file, pair.second);
            cr_assert_eq(document_at(&rig.file, last), document, "within one document");
            cr_assert_eq(document != window->document, pair.random);
            if (pair.random) continue;
            cr_assert_eq(pair.second, window->begin + (uint64_t)pair.n_first);
            cr_assert_eq(pair.n_first + pair.n_second, (int)window->length);
        }
    cr_expect_float_eq(n_random / n_pairs, 0.5, 4 * 0.5 / sqrt(n_pairs), "%g of %g", n_random,
                       n_pairs);
}

/* Both are drawn from all that there is: no length and no place tells one from the other. */
Test(text_pairs, texts_from_elsewhere_are_as_long_and_begin_everywhere)
{
    Rig rig;
    make_of_all(&rig, LENGTH);
    bool begins[256] = {0};
    int n_shorter = 0, n_places = 0;
    for (uint64_t step = 0; step < 4000; step++) {
        const uint32_t w = (uint32_t)(step % rig.windows.n);
        const TextPair pair = draw(&rig, w, step);
        if (!pair.random) continue;
        n_shorter += pair.n_first + pair.n_second < (int)rig.windows.items[w].length;
        cr_assert_lt(pair.second, sizeof begins);
        n_places += !begins[pair.second];
        begins[pair.second] = true;
    }
    cr_expect_eq(n_shorter, 0);
    cr_expect_eq((size_t)n_places, rig.file.n_tokens - rig.file.n_documents,
                 "all tokens but the last of each document: %d", n_places);
}

Test(text_pairs, of_one_document_there_are_none)
{
    Rig rig;
    static const bool third[] = {false, false, true, false, false, false};
    cr_expect_not(make(&rig, third, LENGTH));
    cr_expect_eq(err.kind, ERROR_USAGE);
    cr_expect(strstr(err.text, "all training text is of one"), "%s", err.text);
    cr_expect(strstr(err.text, "try: \"next_sentence\": false"), "%s", err.text);
}

/* Packs windows first, first + 1, ...; pairs [SEQUENCES] becomes what they are. */
static Batch pack(Rig *rig, TextPair *pairs, uint32_t first, int n)
{
    windows_pack_begin(&rig->pack);
    for (int s = 0; s < n; s++) {
        const uint32_t w = first + (uint32_t)s;
        pairs[s] = draw(rig, w, w);
        text_pairs_add(&rig->pairs, &rig->pack, &rig->learner, &pairs[s], rng_key(3, RNG_MASK, w));
    }
    return text_pairs_batch(&rig->pairs, &rig->pack, &rig->learner);
}

static void expect_text(const Rig *rig, const Batch *batch, int row, uint64_t begin, int n,
                        int segment)
{
    const int *target = rig->learner.target;
    for (int i = 0; i < n; i++, row++) {
        const int token = token_file_at(&rig->file, begin + (uint64_t)i);
        cr_expect_eq(target[row] < 0 ? batch->target.token[row] : target[row], token);
        cr_expect_eq(batch->target.segment[row], segment);
    }
}

static void expect_special(const Rig *rig, const Batch *batch, int row, int token, int segment)
{
    cr_expect_eq(batch->target.token[row], token);
    cr_expect_eq(rig->learner.target[row], -1, "nobody asks for it");
    cr_expect_eq(batch->target.segment[row], segment);
}

/* What was asked of first and of second texts, and sequences that are no pairs. */
typedef struct Seen {
    int asked[2], n_single;
} Seen;

static void expect_sequence(Seen *seen, const Rig *rig, const Batch *batch, int s,
                            const TextPair *pair)
{
    const SpecialTokens *special = &rig->pack.question.special;
    const int begin = batch->target.start[s], end = batch->target.start[s + 1];
    const int second = begin + 2 + pair->n_first;
    const bool is_pair = pair->n_second > 0;
    cr_assert_leq(end - begin, LEARNER_RIG_CONTEXT);
    cr_assert_eq(end, second + (is_pair ? pair->n_second + 1 : 0));
    expect_special(rig, batch, begin, special->start, 0);
    expect_text(rig, batch, begin + 1, pair->first, pair->n_first, 0);
    expect_special(rig, batch, second - 1, special->delimiter, 0);
    expect_text(rig, batch, second, pair->second, pair->n_second, 1);
    if (is_pair) expect_special(rig, batch, end - 1, special->delimiter, 1);
    if (is_pair) cr_expect_eq(rig->pairs.truth[s], (double)pair->random);
    else cr_expect(isnan(rig->pairs.truth[s]));
    seen->n_single += !is_pair;
    int n = 0;
    for (int row = begin; row < end; row++) {
        const bool asked = rig->learner.target[row] >= 0;
        n += asked;
        seen->asked[row >= second] += asked;
    }
    cr_expect_eq(n, masked_lm.n_targets(pair->n_first + pair->n_second));
}

Test(text_pairs, stand_between_special_tokens_in_segments_and_are_asked_about_both)
{
    Seen seen = {0};
    for (int length = 3; length <= LENGTH; length++) {
        Rig rig;
        make_of_all(&rig, length);
        for (uint32_t w = 0; w + 1 < rig.windows.n; w += 2) {
            TextPair pairs[SEQUENCES];
            const Batch batch = pack(&rig, pairs, w, 2);
            for (int s = 0; s < batch.S; s++) expect_sequence(&seen, &rig, &batch, s, &pairs[s]);
        }
    }
    cr_expect_gt(seen.asked[0], 0);
    cr_expect_gt(seen.asked[1], 0);
    cr_expect_gt(seen.n_single, 0, "some windows have one token");
}

#ifdef REPRISE_DOUBLE

/* Both losses of a batch, the gradients of which are left in the learner. */
static double loss_of(Rig *rig, const Batch *batch)
{
    Learner *learner = &rig->learner;
    double loss = 0;
    learner_zero_gradients(learner);
    learner_forward(learner, batch, true, (RngKey){0});
    real *dstates = learner_state_gradients(learner, batch);
    for (int row = 0; row < batch->target.N; row++) learner->row_weight[row] = 0.5;
    masked_lm.loss(learner, batch, learner->target, learner->row_weight, dstates);
    for (int row = 0; row < batch->target.N; row++) loss += 0.5 * learner->row_loss[row];
    loss += 0.25 *
            learner_head(learner, batch, rig->pairs.truth, batch->S, dstates, 0.25, 0, (RngKey){0});
    learner_backward(learner, batch, (RngKey){0});
    return loss;
}

Test(text_pairs, gradients_of_both_losses_are_those_of_differences)
{
    Rig rig;
    TextPair pairs[SEQUENCES];
    make_of_all(&rig, LENGTH);
    const Batch batch = pack(&rig, pairs, 0, SEQUENCES);
    const TensorTable *table = &rig.learner.weights_table;
    real *analytic = learner_rig_take(table->n_elements, sizeof *analytic);
    loss_of(&rig, &batch);
    memcpy(analytic, rig.learner.gradients, table->n_elements * sizeof *analytic);
    cr_expect_geq(tensors_find(table, "next_sentence.weight"), 0);
    cr_expect_geq(tensors_find(table, "pooler.weight"), 0);
    cr_expect_geq(tensors_find(table, TOP_TOKEN_BIAS), 0);
    for (int t = 0; t < table->n; t++) {
        const TensorInfo *tensor = &table->items[t];
        for (size_t i = 0; i < tensor->n; i += 1 + tensor->n / 7) {
            const double step = 1e-5;
            real *weight = &rig.learner.weights[tensor->offset + i], at = *weight;
            *weight = at + step;
            const double above = loss_of(&rig, &batch);
            *weight = at - step;
            const double below = loss_of(&rig, &batch);
            *weight = at;
            cr_expect_float_eq(analytic[tensor->offset + i], (above - below) / (2 * step), 1e-6,
                               "%s[%zu]", tensor->name, i);
        }
    }
}

#endif
