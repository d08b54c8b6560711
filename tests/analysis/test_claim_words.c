#include "analysis/claim_words.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static Arena *arena;
static Error err;

static void begin(void)
{
    err = (Error){0};
    arena = arena_create("words", &err);
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(claim_words, .init = begin, .fini = end);

static const char *row(const ExperimentClaim *claim, double mean, double low, double high)
{
    Buffer text = buffer_create(arena);
    const NumbersClaim numbers = {
        .task = "x", .mean = mean, .low = low, .high = high, .order = (double)NAN};
    cr_assert(claim_words_row(&text, claim, &numbers, &err), "%s", err.text);
    return text.data;
}

static const char *rule(const ExperimentClaim *claim)
{
    Buffer text = buffer_create(arena);
    cr_assert(claim_words_rule(&text, claim, &err), "%s", err.text);
    return text.data;
}

Test(claim_words, scores_are_points_with_their_sign)
{
    const ExperimentClaim claim = {.on = CLAIM_ON_SCORE, .smallest_effect = 0.02};
    cr_expect_str_eq(row(&claim, 0.0912, -0.004, 0.131),
                     "+9.1 points, 95 % interval −0.4 to +13.1");
    cr_expect_str_eq(rule(&claim), "the interval is above 0, the effect at least 2.0 points");
}

/* ln 2 more updates a second: twice as fast. */
Test(claim_words, differences_of_logarithms_are_said_as_ratios)
{
    const ExperimentClaim claim = {.on = CLAIM_ON_RATE, .smallest_effect = log(1.25)};
    cr_expect_str_eq(row(&claim, log(2), log(0.5), log(3)),
                     "2.00 times as fast, 95 % interval 0.50 to 3.00");
    cr_expect_str_eq(rule(&claim),
                     "the interval is above 1, the effect at least 1.25 times as fast");
}

Test(claim_words, sizes_are_said_as_ratios)
{
    const ExperimentClaim claim = {.on = CLAIM_ON_SIZE, .smallest_effect = log(1.5)};
    cr_expect_str_eq(row(&claim, log(2), log(2), log(2)),
                     "2.00 times as many, 95 % interval 2.00 to 2.00");
    cr_expect_str_eq(rule(&claim),
                     "the interval is above 1, the effect at least 1.50 times as many");
}

Test(claim_words, bounds_on_both_sides_have_their_sign)
{
    const ExperimentClaim claim = {
        .on = CLAIM_ON_SCORE, .rule = CLAIM_EQUIVALENT, .smallest_effect = 0.03};
    cr_expect_str_eq(rule(&claim), "the interval is between −3.0 and 3.0 points");
}

/* A claim may name tasks of several scales. */
Test(claim_words, tasks_are_those_that_the_scale_has)
{
    const char *const named[] = {"ending", "lambada", "recall"}, *asked[] = {"recall", "ending"};
    const ExperimentClaim claim = {
        .better = "A", .on = CLAIM_ON_ZERO_SHOT, .tasks = {.n = 3, .text = (const char **)named}};
    const Experiment experiment = {.zero_shot_tasks = {.n = 2, .text = asked}};
    const NumbersClaim whole = {
        .task = "ending, recall", .mean = 0.1, .low = 0, .high = 0.2, .order = (double)NAN};
    Buffer text = buffer_create(arena), everywhere = buffer_create(arena);
    cr_assert(claim_words_found(&text, &experiment, &claim, &whole, (double)NAN, &err), "%s",
              err.text);
    cr_expect_str_eq(
        text.data, "“A”: zero-shot score, normalised so that guessing is 0 and the best is 100, on "
                   "ending, recall: +10.0 normalised points, 95 % interval +0.0 to +20.0");
    cr_assert(claim_words_effect(&everywhere, NULL, &claim, &err), "%s", err.text);
    cr_expect(strstr(everywhere.data, "on ending, lambada, recall"), "%s", everywhere.data);
}
