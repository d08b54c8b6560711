#include "analysis/claim_words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "analysis/cell_words.h"

static const char *const measures[] = {
    [CLAIM_ON_SCORE] = "test score",
    [CLAIM_ON_CONVERGENCE] = "updates to the same validation score",
    [CLAIM_ON_GAP] = "training minus validation loss",
    [CLAIM_ON_PARAMETERS] = "minus the share of parameters that fine-tuning adds",
    [CLAIM_ON_ZERO_SHOT] = "zero-shot score, normalised so that guessing is 0 and the best is 100",
    [CLAIM_ON_CONTEXT_WINDOW] = "minus the loss, given k tokens before",
    [CLAIM_ON_POSITION] = "minus the loss at a position of the context",
    [CLAIM_ON_RATE] = "training rate (tokens a second)",
    [CLAIM_ON_SIZE] = "parameters of the language model",
};

ClaimWordsUnit claim_words_unit(const ExperimentClaim *claim, const char *task)
{
    bool share =
        claim->rule == CLAIM_MOST && (!strcmp(task, NUMBERS_ALL_TASKS) || claim->tasks.n > 1);
    if (share) return (ClaimWordsUnit){100, 0, "% of tasks", CLAIM_WORDS_SHARE};
    switch ((ClaimOn)claim->on) {
    case CLAIM_ON_SCORE: return (ClaimWordsUnit){100, 1, "points", CLAIM_WORDS_SIGNED};
    case CLAIM_ON_ZERO_SHOT:
        return (ClaimWordsUnit){100, 1, "normalised points", CLAIM_WORDS_SIGNED};
    case CLAIM_ON_PARAMETERS:
        return (ClaimWordsUnit){100, 2, "% of parameters", CLAIM_WORDS_SIGNED};
    case CLAIM_ON_SIZE: return (ClaimWordsUnit){1, 2, "times as many", CLAIM_WORDS_RATIO};
    case CLAIM_ON_GAP: return (ClaimWordsUnit){1, 3, "nats", CLAIM_WORDS_SIGNED};
    case CLAIM_ON_CONTEXT_WINDOW:
    case CLAIM_ON_POSITION: return (ClaimWordsUnit){1, 3, "nats a token", CLAIM_WORDS_SIGNED};
    default: return (ClaimWordsUnit){1, 2, "times as fast", CLAIM_WORDS_RATIO};
    }
}

static bool add_unsigned(Buffer *text, ClaimWordsUnit unit, double value, Error *err)
{
    const double number = unit.form == CLAIM_WORDS_RATIO ? exp(value) : unit.scale * (value + 0.5);
    return buffer_format(text, err, "%.*f", unit.digits, number);
}

bool claim_words_value(Buffer *text, ClaimWordsUnit unit, double value, Error *err)
{
    char number[64];
    if (unit.form != CLAIM_WORDS_SIGNED) return add_unsigned(text, unit, value, err);
    snprintf(number, sizeof number, "%+.*f", unit.digits, unit.scale * value);
    return number[0] == '-' ? buffer_format(text, err, "−%s", number + 1)
                            : buffer_add_text(text, number, err);
}

static bool add_point(Buffer *text, const ExperimentClaim *claim, Error *err)
{
    if (claim->rule == CLAIM_TREND || claim->at == CLAIM_AT_GAIN)
        return buffer_add_text(text, ", last minus first", err);
    switch ((ClaimAt)claim->at) {
    case CLAIM_AT_FIRST: return buffer_add_text(text, ", first point", err);
    case CLAIM_AT_LAST: return buffer_add_text(text, ", last point", err);
    case CLAIM_AT_POINT: return buffer_format(text, err, ", at %g", claim->point);
    default: return true;
    }
}

static const char *task_words(const char *task)
{
    if (!strcmp(task, CLAIM_LARGEST)) return "the half of the tasks with most labelled examples";
    if (!strcmp(task, CLAIM_SMALLEST)) return "the half with fewest";
    return task;
}

static bool names_task(const TextList *tasks, const char *task)
{
    for (size_t i = 0; i < tasks->n; i++)
        if (!strcmp(tasks->text[i], task)) return true;
    return false;
}

/* Does a word of a claim's tasks mean anything at the experiment's scale? */
static bool is_meant(const Experiment *experiment, ClaimOn on, const char *word)
{
    const TextList *tasks =
        on == CLAIM_ON_ZERO_SHOT ? &experiment->zero_shot_tasks : &experiment->tasks;
    return !strcmp(word, CLAIM_LARGEST) || !strcmp(word, CLAIM_SMALLEST) || names_task(tasks, word);
}

/* The halves of the tasks, or their names: of those that the experiment has at its scale, where it is known. */
static bool add_tasks(Buffer *text, const Experiment *experiment, ClaimOn on, const TextList *tasks,
                      Error *err)
{
    bool first = true;
    for (size_t i = 0; i < tasks->n; i++) {
        const char *task = tasks->text[i];
        if (experiment && !is_meant(experiment, on, task)) continue;
        if (!buffer_format(text, err, first ? "%s" : ", %s", task_words(task))) return false;
        first = false;
    }
    return true;
}

/* What it is of, if not of all tasks. */
static bool add_whereon(Buffer *text, const Experiment *experiment, const ExperimentClaim *claim,
                        Error *err)
{
    const ClaimOn on = (ClaimOn)claim->on;
    return !claim->tasks.n || (buffer_add_text(text, ", on ", err) &&
                               add_tasks(text, experiment, on, &claim->tasks, err) &&
                               (!claim->against_tasks.n ||
                                (buffer_add_text(text, " minus on ", err) &&
                                 add_tasks(text, experiment, on, &claim->against_tasks, err))));
}

bool claim_words_effect(Buffer *text, const Experiment *experiment, const ExperimentClaim *claim,
                        Error *err)
{
    const char *better = claim->better, *worse = claim->worse;
    if (experiment) better = cell_words(experiment, better, text->arena, err);
    if (experiment && worse) worse = cell_words(experiment, worse, text->arena, err);
    if (!better || (claim->worse && !worse)) return false;
    return buffer_format(text, err, "“%s”", better) &&
           (!worse || buffer_format(text, err, " against “%s”", worse)) &&
           buffer_format(text, err, ": %s", measures[claim->on]) && add_point(text, claim, err) &&
           (!claim->along ||
            buffer_format(text, err, " along %s", cell_words_path(claim->along))) &&
           add_whereon(text, experiment, claim, err);
}

/* A bound of an effect, in the effect's unit. */
static bool add_bound(Buffer *text, ClaimWordsUnit unit, double bound, Error *err)
{
    if (unit.form != CLAIM_WORDS_SIGNED) return add_unsigned(text, unit, bound, err);
    return buffer_format(text, err, "%s%.*f", bound < 0 ? "−" : "", unit.digits,
                         fabs(bound) * unit.scale);
}

bool claim_words_rule(Buffer *text, const ExperimentClaim *claim, Error *err)
{
    const ClaimWordsUnit unit = claim_words_unit(claim, NUMBERS_ALL_TASKS);
    const double s = claim->smallest_effect;
    switch ((ClaimRule)claim->rule) {
    case CLAIM_NOT_INFERIOR:
        return buffer_add_text(text, "the interval is above ", err) &&
               add_bound(text, unit, -s, err) && buffer_format(text, err, " %s", unit.word);
    case CLAIM_EQUIVALENT:
        return buffer_add_text(text, "the interval is between ", err) &&
               add_bound(text, unit, -s, err) && buffer_add_text(text, " and ", err) &&
               add_bound(text, unit, s, err) && buffer_format(text, err, " %s", unit.word);
    default: break;
    }
    const int nothing[] = {
        [CLAIM_WORDS_SIGNED] = 0, [CLAIM_WORDS_RATIO] = 1, [CLAIM_WORDS_SHARE] = 50};
    return buffer_format(text, err, "the interval is above %d", nothing[unit.form]) &&
           (s <= 0 ||
            (buffer_add_text(text, ", the effect at least ", err) &&
             add_bound(text, unit, s, err) && buffer_format(text, err, " %s", unit.word))) &&
           (claim->rule != CLAIM_TREND ||
            buffer_add_text(text, ", and the interval of Kendall's tau is above 0", err));
}

bool claim_words_p(Buffer *text, const char *name, double p, Error *err)
{
    if (isnan(p)) return true;
    return p < 0.0015 ? buffer_format(text, err, ", %s ≤ 0.001", name)
                      : buffer_format(text, err, ", %s = %.3f", name, p);
}

bool claim_words_row(Buffer *text, const ExperimentClaim *claim, const NumbersClaim *row,
                     Error *err)
{
    ClaimWordsUnit unit = claim_words_unit(claim, row->task),
                   plain = {1, 2, "", CLAIM_WORDS_SIGNED};
    if (!claim_words_value(text, unit, row->mean, err) ||
        !buffer_format(text, err, " %s, 95 %% interval ", unit.word) ||
        !claim_words_value(text, unit, row->low, err) || !buffer_add_text(text, " to ", err) ||
        !claim_words_value(text, unit, row->high, err))
        return false;
    return isnan(row->order) ||
           (buffer_add_text(text, "; Kendall's tau ", err) &&
            claim_words_value(text, plain, row->order, err) && buffer_add_text(text, ", ", err) &&
            claim_words_value(text, plain, row->order_low, err) &&
            buffer_add_text(text, " to ", err) &&
            claim_words_value(text, plain, row->order_high, err));
}

bool claim_words_found(Buffer *text, const Experiment *experiment, const ExperimentClaim *claim,
                       const NumbersClaim *row, double p, Error *err)
{
    const bool of_all = experiment_claim_has_tasks(claim->on) && !claim->tasks.n;
    return claim_words_effect(text, experiment, claim, err) &&
           buffer_format(text, err, of_all ? ", %s: " : "%s: ", of_all ? row->task : "") &&
           claim_words_row(text, claim, row, err) && claim_words_p(text, "p", p, err);
}
