#include "result/numbers.h"

#include <math.h>
#include <string.h>

#include "result/verdict.h"
#include "task/metric.h"

#define NUMBERS_COUNT(S, member, help) SPEC_INT(S, member, SPEC_REQUIRED, -1e18, 1e18, help)
#define NUMBERS_REAL(S, member, help)  SPEC_REAL(S, member, SPEC_REQUIRED, -1e300, 1e300, help)

/* Members that came later are left out where there is nothing to say: results that do without them keep
 * their hash. */
#define NUMBERS_REAL_OR_NONE(S, member, help)                                                      \
    SPEC_REAL(S, member, (double)NAN, -1e300, 1e300, help, .sparse = true)

static const SpecField task_fields[] = {
    SPEC_TEXT_REQUIRED(NumbersTask, name, "data set"),
    SPEC_TEXT_REQUIRED(NumbersTask, metric, "of its scores"),
    NUMBERS_COUNT(NumbersTask, validation_examples, "examples that chose the epoch"),
    NUMBERS_COUNT(NumbersTask, test_examples, "examples that gave the scores"),
    NUMBERS_REAL(NumbersTask, baseline, "test score of always giving the commonest answer"),
    NUMBERS_REAL_OR_NONE(NumbersTask, paper_score, "the paper's, on the benchmark's own test set"),
    SPEC_END,
};
static const SpecTable task_table = {"task", sizeof(NumbersTask), task_fields, NULL};

static const SpecField run_fields[] = {
    SPEC_TEXT_REQUIRED(NumbersRun, cell, "variant at a grid point"),
    SPEC_TEXT_REQUIRED(NumbersRun, task, "data set"),
    NUMBERS_COUNT(NumbersRun, seed, "of fine-tuning"),
    NUMBERS_COUNT(NumbersRun, train_examples, "labelled examples trained on"),
    NUMBERS_COUNT(NumbersRun, parameters, "of the fine-tuned model, head included"),
    NUMBERS_COUNT(NumbersRun, best_epoch, "the one whose weights were kept, from 1"),
    NUMBERS_REAL(NumbersRun, validation_score, "the task's metric"),
    NUMBERS_REAL(NumbersRun, validation_accuracy, "share of right predictions"),
    NUMBERS_REAL(NumbersRun, validation_loss, "mean cross-entropy, nats"),
    NUMBERS_REAL(NumbersRun, test_score, "the task's metric"),
    NUMBERS_REAL(NumbersRun, test_accuracy, "share of right predictions"),
    NUMBERS_REAL(NumbersRun, test_loss, "mean cross-entropy, nats"),
    SPEC_BOOL(NumbersRun, degenerate, false, "test predictions constant"),
    SPEC_END,
};
static const SpecTable run_table = {"run", sizeof(NumbersRun), run_fields, NULL};

static const SpecField score_fields[] = {
    SPEC_TEXT_REQUIRED(NumbersScore, cell, "variant at a grid point"),
    SPEC_TEXT_REQUIRED(NumbersScore, task, "data set"),
    NUMBERS_COUNT(NumbersScore, seeds, "runs"),
    NUMBERS_COUNT(NumbersScore, degenerate, "runs whose test predictions were constant"),
    NUMBERS_REAL(NumbersScore, mean, "over seeds"),
    NUMBERS_REAL(NumbersScore, deviation, "standard deviation over seeds"),
    NUMBERS_REAL(NumbersScore, low, "of the 95 % interval"),
    NUMBERS_REAL(NumbersScore, high, "of the 95 % interval"),
    SPEC_END,
};
static const SpecTable score_table = {"score", sizeof(NumbersScore), score_fields, NULL};

static const SpecField effect_fields[] = {
    SPEC_TEXT_REQUIRED(NumbersEffect, better, "cell or variant"),
    SPEC_TEXT_REQUIRED(NumbersEffect, worse, "cell or variant"),
    SPEC_TEXT_REQUIRED(NumbersEffect, task, "data set"),
    NUMBERS_REAL(NumbersEffect, mean, "better minus worse"),
    NUMBERS_REAL(NumbersEffect, low, "of the 95 % interval"),
    NUMBERS_REAL(NumbersEffect, high, "of the 95 % interval"),
    SPEC_END,
};
static const SpecTable effect_table = {"effect", sizeof(NumbersEffect), effect_fields, NULL};

static const SpecField claim_fields[] = {
    SPEC_TEXT_REQUIRED(NumbersClaim, id, "of the claim"),
    SPEC_TEXT_REQUIRED(NumbersClaim, task, "data set"),
    SPEC_CHOICE(NumbersClaim, verdict, verdict_words, VERDICT_UNDECIDED, "from the effect"),
    NUMBERS_REAL(NumbersClaim, smallest_effect, "of interest"),
    NUMBERS_REAL(NumbersClaim, mean, "effect"),
    NUMBERS_REAL(NumbersClaim, low, "of its 95 % interval"),
    NUMBERS_REAL(NumbersClaim, high, "of its 95 % interval"),
    NUMBERS_REAL_OR_NONE(NumbersClaim, order, "Kendall's tau along the points"),
    NUMBERS_REAL_OR_NONE(NumbersClaim, order_low, "of its 95 % interval"),
    NUMBERS_REAL_OR_NONE(NumbersClaim, order_high, "of its 95 % interval"),
    SPEC_END,
};
const SpecTable numbers_claim_table = {"claim", sizeof(NumbersClaim), claim_fields, NULL};

static const SpecField point_fields[] = {
    NUMBERS_REAL(NumbersPoint, x, "what the curve is over"),
    NUMBERS_REAL(NumbersPoint, value, "measured"),
    NUMBERS_REAL(NumbersPoint, low, "of the 95 % interval"),
    NUMBERS_REAL(NumbersPoint, high, "of the 95 % interval"),
    NUMBERS_REAL_OR_NONE(NumbersPoint, normalised, "0 for guessing, 1 for the best model"),
    SPEC_END,
};
static const SpecTable point_table = {"point", sizeof(NumbersPoint), point_fields, NULL};

static const SpecField probe_fields[] = {
    SPEC_CHOICE(NumbersProbe, kind, probe_kind_words, SPEC_REQUIRED, "what was measured"),
    SPEC_TEXT_REQUIRED(NumbersProbe, cell, "variant at a grid point"),
    SPEC_TEXT(NumbersProbe, task, NULL, "data set", .sparse = true),
    NUMBERS_REAL_OR_NONE(NumbersProbe, chance, "score of guessing"),
    NUMBERS_REAL_OR_NONE(NumbersProbe, best, "score of the best model"),
    NUMBERS_COUNT(NumbersProbe, units, "that were resampled for the intervals"),
    SPEC_STRUCTS(NumbersProbe, points, &point_table, "the curve"),
    SPEC_END,
};
const SpecTable numbers_probe_table = {"probe", sizeof(NumbersProbe), probe_fields, NULL};

static const SpecField pretrain_fields[] = {
    SPEC_TEXTS(NumbersPretrain, cells, "that begin from it"),
    NUMBERS_COUNT(NumbersPretrain, parameters, "of the language model"),
    NUMBERS_COUNT(NumbersPretrain, tokens, "trained on, repeats counted"),
    NUMBERS_COUNT(NumbersPretrain, updates, "steps of the optimizer"),
    NUMBERS_REAL(NumbersPretrain, held_out_perplexity, "per token, of documents never trained on"),
    SPEC_END,
};
static const SpecTable language_table = {"pretrain", sizeof(NumbersPretrain), pretrain_fields,
                                         NULL};

static const SpecField selection_fields[] = {
    SPEC_TEXT_REQUIRED(NumbersSelection, cell, "variant at a grid point"),
    SPEC_TEXT_REQUIRED(NumbersSelection, task, "data set"),
    SPEC_TEXT_REQUIRED(NumbersSelection, chosen, "candidate with the best validation score"),
    SPEC_TEXTS(NumbersSelection, candidates, "what was tried, the same for every cell"),
    SPEC_REALS(NumbersSelection, validation, -1e300, 1e300, "score of each, mean over seeds"),
    SPEC_END,
};
static const SpecTable selection_table = {"selection", sizeof(NumbersSelection), selection_fields,
                                          NULL};

static const SpecField truncation_fields[] = {
    SPEC_TEXT_REQUIRED(NumbersTruncation, cell, "variant at a grid point"),
    SPEC_TEXT_REQUIRED(NumbersTruncation, task, "data set"),
    NUMBERS_COUNT(NumbersTruncation, train_sequences, "of the whole training split"),
    NUMBERS_COUNT(NumbersTruncation, train_truncated, "of them, that lost tokens"),
    NUMBERS_COUNT(NumbersTruncation, validation_sequences, "of the split"),
    NUMBERS_COUNT(NumbersTruncation, validation_truncated, "of them, that lost tokens"),
    NUMBERS_COUNT(NumbersTruncation, test_sequences, "of the split"),
    NUMBERS_COUNT(NumbersTruncation, test_truncated, "of them, that lost tokens"),
    SPEC_END,
};
static const SpecTable truncation_table = {"truncation", sizeof(NumbersTruncation),
                                           truncation_fields, NULL};

static const SpecField numbers_fields[] = {
    SPEC_STRUCTS(Numbers, tasks, &task_table, "columns"),
    SPEC_TEXTS(Numbers, cells, "rows"),
    SPEC_STRUCTS(Numbers, pretrains, &language_table, "language models"),
    SPEC_STRUCTS(Numbers, runs, &run_table, "one (cell, task, seed) each"),
    SPEC_STRUCTS(Numbers, scores, &score_table, "test scores of a cell"),
    SPEC_STRUCTS(Numbers, effects, &effect_table, "paired differences of test scores"),
    SPEC_STRUCTS(Numbers, claims, &numbers_claim_table, "verdicts"),
    SPEC_STRUCTS(Numbers, probes, &numbers_probe_table, "without fine-tuning", .sparse = true),
    SPEC_STRUCTS(Numbers, selections, &selection_table, "chosen settings", .sparse = true),
    SPEC_STRUCTS(Numbers, truncations, &truncation_table, "cut sequences", .sparse = true),
    SPEC_END,
};
const SpecTable numbers_table = {"numbers", sizeof(Numbers), numbers_fields, NULL};

const NumbersScore *numbers_score(const Numbers *numbers, const char *cell, const char *task)
{
    const NumbersScore *score = numbers->scores.items;
    for (size_t i = 0; i < numbers->scores.n; i++)
        if (!strcmp(score[i].cell, cell) && !strcmp(score[i].task, task)) return &score[i];
    return NULL;
}

const NumbersEffect *numbers_effect(const Numbers *numbers, const char *better, const char *worse,
                                    const char *task)
{
    const NumbersEffect *effect = numbers->effects.items;
    for (size_t i = 0; i < numbers->effects.n; i++)
        if (!strcmp(effect[i].better, better) && !strcmp(effect[i].worse, worse) &&
            !strcmp(effect[i].task, task))
            return &effect[i];
    return NULL;
}

const NumbersSelection *numbers_selection(const Numbers *numbers, const char *cell,
                                          const char *task)
{
    const NumbersSelection *selection = numbers->selections.items;
    for (size_t i = 0; i < numbers->selections.n; i++)
        if (!strcmp(selection[i].cell, cell) && !strcmp(selection[i].task, task))
            return &selection[i];
    return NULL;
}

const char *numbers_task_unit(const NumbersTask *task)
{
    const Metric *metric = metric_find(task->metric);
    return metric ? metric->title : task->metric;
}

int numbers_task_place(const Numbers *numbers, const char *task)
{
    const NumbersTask *row = numbers->tasks.items;
    for (size_t t = 0; t < numbers->tasks.n; t++)
        if (!strcmp(row[t].name, task)) return (int)t;
    return -1;
}

const NumbersPretrain *numbers_pretrain(const Numbers *numbers, const char *cell)
{
    const NumbersPretrain *pretrain = numbers->pretrains.items;
    for (size_t i = 0; i < numbers->pretrains.n; i++)
        if (spec_list_find(&pretrain[i].cells, cell) >= 0) return &pretrain[i];
    return NULL;
}

int numbers_first_cell(const Numbers *numbers, int cell)
{
    const NumbersPretrain *pretrain = numbers_pretrain(numbers, numbers->cells.text[cell]);
    return pretrain ? spec_list_find(&numbers->cells, pretrain->cells.text[0]) : -1;
}

static bool same_task(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

const NumbersProbe *numbers_probe(const Numbers *numbers, ProbeKind kind, const char *cell,
                                  const char *task)
{
    const NumbersProbe *probe = numbers->probes.items;
    for (size_t i = 0; i < numbers->probes.n; i++)
        if (probe[i].kind == (int)kind && !strcmp(probe[i].cell, cell) &&
            same_task(probe[i].task, task))
            return &probe[i];
    return NULL;
}
