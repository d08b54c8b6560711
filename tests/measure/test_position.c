/* Loss by position. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../learner_rig.h"
#include "learner/causal_lm.h"
#include "learner/tied_softmax.h"
#include "measure/perplexity.h"
#include "measure/position.h"

TestSuite(position, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;

enum { DOCUMENTS = 6, T = LEARNER_RIG_CONTEXT }; /* of 5, 15, ... 55 tokens */
static const bool all[DOCUMENTS] = {true, true, true, true, true, true};

static Learner create(int rows)
{
    static SpecEntryChoice model;
    model = learner_rig_model(0);
    return learner_rig_learner(&model, NULL, NULL, rows, false);
}

static PositionReport measure(Learner *learner, const TokenFile *file, const bool *wanted)
{
    PositionReport report;
    cr_assert(position_measure(&report, learner, file, wanted, learner_rig_arena(), &err), "%s",
              err.text);
    return report;
}

Test(position, each_document_counts_its_full_windows)
{
    TokenFile file = learner_rig_tokens();
    Learner learner = create(40);
    PositionReport report = measure(&learner, &file, all);
    cr_expect_eq(report.n_positions, T);
    cr_assert_eq(report.n_documents, 5, "the first document has no full window");
    static const double windows[] = {1, 3, 4, 5, 6}; /* (tokens - 1) / 8 */
    for (int d = 0; d < 5; d++) cr_expect_eq(report.windows[d], windows[d]);
}

Test(position, at_each_position_it_is_the_loss_of_what_the_first_tokens_of_the_windows_predict)
{
    TokenFile file = learner_rig_tokens();
    Learner learner = create(40);
    PositionReport report = measure(&learner, &file, all);
    for (size_t d = 0; d < report.n_documents; d++)
        for (int p = 0; p < T; p++) {
            double sum = 0;
            for (int w = 0; w < (int)report.windows[d]; w++) {
                int token[T], target[T], start[2] = {0, p + 1};
                for (int i = 0; i <= p; i++) {
                    uint64_t at = file.offset[d + 1] + (uint64_t)(w * T + i);
                    token[i] = token_file_at(&file, at);
                    target[i] = i == p ? token_file_at(&file, at + 1) : -1;
                }
                Batch batch = learner_batch(&learner, token, start, 1);
                learner_forward(&learner, &batch, false, (RngKey){0});
                tied_softmax_loss(&learner, &batch, target, NULL, NULL);
                sum += (double)learner.row_loss[p];
            }
            cr_expect_float_eq(report.loss[(size_t)p * report.n_documents + d], sum, 1e-4);
        }
}

Test(position, adds_up_to_the_perplexity_of_a_document_of_full_windows)
{
    TokenFile file = learner_rig_tokens();
    Learner learner = create(40);
    const bool one[DOCUMENTS] = {[2] = true}; /* 25 tokens: three full windows and no more */
    PositionReport report = measure(&learner, &file, one);
    PerplexityReport whole;
    cr_assert(perplexity_measure(&whole, &learner, &(WindowsQuestion){.objective = &causal_lm},
                                 &file, one, NULL, learner_rig_arena(), &err));
    double sum = 0;
    for (int p = 0; p < T; p++) sum += report.loss[p];
    cr_expect_eq(whole.n_tokens, 24);
    cr_expect_float_eq(sum, whole.loss, 1e-4);
}

Test(position, without_a_full_window_there_is_nothing)
{
    TokenFile file = learner_rig_tokens();
    Learner learner = create(40);
    const bool short_one[DOCUMENTS] = {[0] = true};
    cr_expect_eq(measure(&learner, &file, short_one).n_documents, 0);
}
