#include "analysis/claim_words.h"

#include <math.h>
#include <string.h>

static const char *const measures[] = {
    [CLAIM_ON_SCORE] = "test score",
    [CLAIM_ON_CONVERGENCE] = "speed to the same validation score (ln of updates)",
    [CLAIM_ON_GAP] = "training minus validation loss",
    [CLAIM_ON_PARAMETERS] = "minus the share of parameters that fine-tuning adds",
    [CLAIM_ON_ZERO_SHOT] = "normalised zero-shot score",
    [CLAIM_ON_CONTEXT_WINDOW] = "minus ln of perplexity, given k preceding tokens",
    [CLAIM_ON_POSITION] = "minus loss at a position in the context",
    [CLAIM_ON_RATE] = "training rate (ln of tokens a second)",
};

ClaimWordsUnit claim_words_unit(const ExperimentClaim *claim, const char *task)
{
    bool share =
        claim->rule == CLAIM_MOST && (!strcmp(task, NUMBERS_ALL_TASKS) || claim->tasks.n > 1);
    if (share) return (ClaimWordsUnit){100, 0, "% of tasks more than half"};
    switch ((ClaimOn)claim->on) {
    case CLAIM_ON_SCORE: return (ClaimWordsUnit){100, 1, "points"};
    case CLAIM_ON_ZERO_SHOT: return (ClaimWordsUnit){100, 1, "points"};
    case CLAIM_ON_PARAMETERS: return (ClaimWordsUnit){100, 2, "% of parameters"};
    case CLAIM_ON_GAP: return (ClaimWordsUnit){1, 3, "nats"};
    case CLAIM_ON_CONTEXT_WINDOW:
    case CLAIM_ON_POSITION: return (ClaimWordsUnit){1, 3, "nats a token"};
    default: return (ClaimWordsUnit){1, 2, "in ln"};
    }
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

bool claim_words_effect(Buffer *text, const ExperimentClaim *claim, Error *err)
{
    return buffer_format(text, err, "\"%s\"", claim->better) &&
           (!claim->worse || buffer_format(text, err, " against \"%s\"", claim->worse)) &&
           buffer_format(text, err, ": %s", measures[claim->on]) && add_point(text, claim, err) &&
           (!claim->along || buffer_format(text, err, " along %s", claim->along));
}

bool claim_words_rule(Buffer *text, const ExperimentClaim *claim, Error *err)
{
    ClaimWordsUnit unit = claim_words_unit(claim, NUMBERS_ALL_TASKS);
    double s = claim->smallest_effect * unit.scale;
    switch ((ClaimRule)claim->rule) {
    case CLAIM_NOT_INFERIOR:
        return buffer_format(text, err, "the interval is above %.*f %s", unit.digits, -s,
                             unit.word);
    case CLAIM_EQUIVALENT:
        return buffer_format(text, err, "the interval is between %.*f and %.*f %s", unit.digits, -s,
                             unit.digits, s, unit.word);
    default: break;
    }
    return buffer_add_text(text, "the interval is above 0", err) &&
           (claim->smallest_effect <= 0 ||
            buffer_format(text, err, ", the effect at least %.*f %s", unit.digits, s, unit.word)) &&
           (claim->rule != CLAIM_TREND ||
            buffer_add_text(text, ", and the interval of Kendall's tau is above 0", err));
}

bool claim_words_row(Buffer *text, const ExperimentClaim *claim, const NumbersClaim *row,
                     Error *err)
{
    ClaimWordsUnit unit = claim_words_unit(claim, row->task);
    return buffer_format(text, err, "%+.*f %s, 95 %% interval %+.*f to %+.*f", unit.digits,
                         unit.scale * row->mean, unit.word, unit.digits, unit.scale * row->low,
                         unit.digits, unit.scale * row->high) &&
           (isnan(row->order) || buffer_format(text, err, "; Kendall's tau %+.2f, %+.2f to %+.2f",
                                               row->order, row->order_low, row->order_high));
}
