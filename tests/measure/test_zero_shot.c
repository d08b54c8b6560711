/* Predictions without fine-tuning against those that are worked out text by text. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../learner_rig.h"
#include "learner/tied_softmax.h"
#include "measure/generate.h"
#include "measure/likelihood.h"
#include "measure/zero_shot.h"

TestSuite(zero_shot, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;

enum { N = 30, V = LEARNER_RIG_TEXT_TOKENS };

/* N examples of `texts` texts each; the scored end of a text is one to three tokens long. */
static Continuations make_set(int texts, int shift)
{
    int n_texts = N * texts;
    Continuations set = {
        .n = N,
        .n_texts = n_texts,
        .first = learner_rig_take(N + 1, sizeof(int)),
        .start = learner_rig_take((size_t)n_texts + 1, sizeof(int)),
        .from = learner_rig_take((size_t)n_texts, sizeof(int)),
        .token = learner_rig_take((size_t)n_texts * LEARNER_RIG_CONTEXT, sizeof(int)),
        .truth = learner_rig_take(N, sizeof(double)),
        .id = learner_rig_take(N, sizeof(char *)),
    };
    for (int q = 0; q < n_texts; q++) {
        int e = q / texts, length = 5 + (q * 5 / 3 + shift) % 3;
        for (int i = 0; i < length; i++)
            set.token[set.start[q] + i] = (shift + e * e + 3 * i + (i > 3 ? q : 0)) % V;
        set.from[q] = 4;
        set.start[q + 1] = set.start[q] + length;
    }
    for (int e = 0; e < N; e++) {
        set.first[e + 1] = (e + 1) * texts;
        set.truth[e] = e * 7 / 3 % (texts > 1 ? texts : 2);
    }
    return set;
}

static ZeroShotScores score(Learner *learner, DatasetHeuristic heuristic, const Continuations *test,
                            const Continuations *validation)
{
    ZeroShot zero_shot = {heuristic, metric_find("accuracy"), test, validation};
    ZeroShotScores scores;
    cr_assert(zero_shot_score(&scores, learner, &zero_shot, "test", learner_rig_arena(), &err),
              "%s", err.text);
    return scores;
}

/* Log-probability of one scored token, with all before it alone in a batch. */
static double token_log_probability(Learner *learner, const int *token, int i)
{
    int start[2] = {0, i}, target[LEARNER_RIG_CONTEXT];
    for (int k = 0; k < i; k++) target[k] = k == i - 1 ? token[i] : -1;
    Batch batch = learner_batch(learner, token, start, 1);
    learner_forward(learner, &batch, false, (RngKey){0});
    tied_softmax_loss(learner, &batch, target, NULL, NULL);
    return -(double)learner->row_loss[i - 1];
}

static double text_score(Learner *learner, const Continuations *set, int q, bool mean)
{
    const int *token = set->token + set->start[q];
    int length = set->start[q + 1] - set->start[q];
    double sum = 0;
    for (int i = set->from[q]; i < length; i++) sum += token_log_probability(learner, token, i);
    return mean ? sum / (length - set->from[q]) : sum;
}

static void expect_highest_is_picked(DatasetHeuristic heuristic, bool mean)
{
    Continuations set = make_set(3, 0);
    Learner learner = learner_rig_likelihood();
    ZeroShotScores scores = score(&learner, heuristic, &set, NULL);
    int right = 0, picked[3] = {0};
    for (int e = 0; e < N; e++) {
        int best = 0;
        double highest = -INFINITY;
        for (int k = 0; k < 3; k++) {
            double found = text_score(&learner, &set, 3 * e + k, mean);
            cr_expect_float_eq(scores.score[3 * e + k], found, 1e-4);
            if (found > highest) highest = found, best = k;
        }
        cr_expect_eq(scores.predicted[e], best);
        right += best == (int)set.truth[e];
        picked[best]++;
    }
    cr_expect_float_eq(scores.value, (double)right / N, 1e-12);
    cr_expect(picked[0] && picked[1] && picked[2], "examples of every prediction");
}

Test(zero_shot, the_answer_with_the_highest_mean_is_chosen)
{
    expect_highest_is_picked(HEURISTIC_CHOICE, true);
}

Test(zero_shot, the_referent_with_the_highest_mean_of_the_rest_is_chosen)
{
    expect_highest_is_picked(HEURISTIC_WINOGRAD, true);
}

Test(zero_shot, the_word_with_the_highest_probability_is_chosen)
{
    expect_highest_is_picked(HEURISTIC_WORDS, false);
}

/* The last token of each text stands behind the gap: it counts, as all that follow do. */
Test(zero_shot, the_word_that_makes_the_whole_text_likeliest_is_put_into_a_gap)
{
    Continuations set = make_set(3, 0);
    set.until = learner_rig_take((size_t)set.n_texts, sizeof(int));
    for (int q = 0; q < set.n_texts; q++) set.until[q] = set.from[q] + 1;
    Learner learner = learner_rig_likelihood();
    ZeroShotScores scores = score(&learner, HEURISTIC_CLOZE, &set, NULL);
    for (int e = 0; e < N; e++) {
        int best = 0;
        for (int k = 0; k < 3; k++) {
            const double whole = text_score(&learner, &set, 3 * e + k, false);
            cr_expect_float_eq(scores.score[3 * e + k], whole, 1e-4);
            if (whole > text_score(&learner, &set, 3 * e + best, false)) best = k;
        }
        cr_expect_eq(scores.predicted[e], best);
    }
}

Test(zero_shot, no_other_threshold_is_better_on_the_validation_examples)
{
    Continuations test = make_set(1, 0), validation = make_set(1, 5);
    Learner learner = learner_rig_likelihood();
    ZeroShotScores scores = score(&learner, HEURISTIC_ACCEPTABILITY, &test, &validation);
    double known[N];
    for (int e = 0; e < N; e++) known[e] = text_score(&learner, &validation, e, true);
    int chosen = 0, best = 0;
    for (int e = 0; e < N; e++) chosen += (known[e] > scores.threshold) == validation.truth[e];
    for (int i = 0; i < N; i++)
        for (int side = -1; side <= 1; side += 2) {
            int right = 0;
            for (int e = 0; e < N; e++)
                right += (known[e] > known[i] + side * 1e-4) == validation.truth[e];
            if (right > best) best = right;
        }
    cr_expect_eq(chosen, best);
    cr_expect_gt(best, N / 2, "better than one answer for all: %d", best);
    for (int e = 0; e < N; e++)
        cr_expect_eq(scores.predicted[e], text_score(&learner, &test, e, true) > scores.threshold);
}

/* Every third example ends as the model itself goes on. */
static void write_greedily(Learner *learner, Continuations *set)
{
    for (int e = 0; e < N; e += 3) {
        int *token = set->token + set->start[e], from = set->from[e];
        TokenList prompt = {(size_t)from, token}, tokens;
        GenerateSpec spec = {.tokens = set->start[e + 1] - set->start[e] - from};
        cr_assert(generate_tokens(&tokens, learner, &spec, &prompt, (TextTokens){.n = V},
                                  learner_rig_arena(), &err));
        memcpy(token, tokens.ids, tokens.n * sizeof(int));
    }
}

Test(zero_shot, a_word_is_right_when_each_of_its_tokens_is_the_likeliest)
{
    Continuations set = make_set(1, 0);
    for (int e = 0; e < N; e++) set.truth[e] = 1;
    Learner learner = learner_rig_likelihood();
    write_greedily(&learner, &set);
    double mean = 0;
    int right = 0;
    ZeroShotScores scores = score(&learner, HEURISTIC_LAST_WORD, &set, NULL);
    for (int e = 0; e < N; e++) {
        int token[LEARNER_RIG_CONTEXT], length = set.start[e + 1] - set.start[e];
        bool likeliest = true;
        memcpy(token, set.token + set.start[e], (size_t)length * sizeof(int));
        for (int i = set.from[e]; i < length; i++) {
            int word = token[i];
            double own = token_log_probability(&learner, token, i);
            for (int v = 0; v < V; v++) {
                token[i] = v;
                if (v != word && token_log_probability(&learner, token, i) > own) likeliest = false;
            }
            token[i] = word;
        }
        mean -= text_score(&learner, &set, e, false) / N;
        right += likeliest;
        cr_expect_eq(scores.predicted[e], likeliest);
    }
    cr_expect_gt(right, 0);
    cr_expect_lt(right, N);
    cr_expect_float_eq(scores.value, (double)right / N, 1e-12);
    cr_expect_float_eq(scores.perplexity, exp(mean), 1e-3 * exp(mean));
}

Test(zero_shot, a_pair_is_right_where_the_good_sentence_is_likelier)
{
    Continuations set = make_set(2, 0);
    for (int e = 0; e < N; e++) set.truth[e] = 1;
    Learner learner = learner_rig_likelihood();
    ZeroShotScores scores = score(&learner, HEURISTIC_MINIMAL_PAIRS, &set, NULL);
    int right = 0;
    for (int e = 0; e < N; e++) {
        bool good =
            text_score(&learner, &set, 2 * e, false) > text_score(&learner, &set, 2 * e + 1, false);
        cr_expect_eq(scores.predicted[e], good);
        right += good;
    }
    cr_expect_float_eq(scores.value, (double)right / N, 1e-12);
    cr_expect(right > 0 && right < N, "%d of %d", right, N);
}

Test(zero_shot, equally_likely_sentences_are_no_right_pair)
{
    Continuations set = make_set(2, 0);
    for (int e = 0; e < N; e++) {
        set.truth[e] = 1;
        const int *good = set.token + set.start[2 * e];
        const int length = set.start[2 * e + 1] - set.start[2 * e];
        memmove(set.token + set.start[2 * e + 1], good, (size_t)length * sizeof(int));
        set.start[2 * e + 2] = set.start[2 * e + 1] + length;
    }
    Learner learner = learner_rig_likelihood();
    cr_expect_eq(score(&learner, HEURISTIC_MINIMAL_PAIRS, &set, NULL).value, 0);
}
