#include "result/significance.h"

#include <math.h>
#include <string.h>

#include "result/verdict.h"

#define P_VALUE(S, member, help) SPEC_REAL(S, member, (double)NAN, 0, 1, help, .sparse = true)

static const SpecField claim_fields[] = {
    SPEC_TEXT_REQUIRED(SignificanceClaim, id, "of the claim"),
    SPEC_TEXT_REQUIRED(SignificanceClaim, task, "as in its row among the numbers"),
    P_VALUE(SignificanceClaim, p, "two-sided"),
    P_VALUE(SignificanceClaim, p_corrected, "among the claim's tasks"),
    SPEC_CHOICE(SignificanceClaim, verdict, verdict_words, VERDICT_UNDECIDED, "corrected"),
    SPEC_TEXTS(SignificanceClaim, caveats, "what the interval does not say", .sparse = true),
    SPEC_END,
};
static const SpecTable claim_table = {"test", sizeof(SignificanceClaim), claim_fields, NULL};

static const SpecField effect_fields[] = {
    SPEC_TEXT_REQUIRED(SignificanceEffect, better, "cell or variant"),
    SPEC_TEXT_REQUIRED(SignificanceEffect, worse, "cell or variant"),
    SPEC_TEXT_REQUIRED(SignificanceEffect, task, "data set"),
    P_VALUE(SignificanceEffect, p, "paired permutation of test examples"),
    SPEC_END,
};
static const SpecTable effect_table = {"test", sizeof(SignificanceEffect), effect_fields, NULL};

static const SpecField significance_fields[] = {
    SPEC_TEXT(Significance, method, NULL, "how p-values come about"),
    SPEC_STRUCTS(Significance, claims, &claim_table, "verdicts"),
    SPEC_STRUCTS(Significance, effects, &effect_table, "paired effects", .sparse = true),
    SPEC_END,
};
const SpecTable significance_table = {"tests", sizeof(Significance), significance_fields, NULL};

const SignificanceClaim *significance_claim(const Significance *significance, const char *id,
                                            const char *task)
{
    const SignificanceClaim *row = significance->claims.items;
    for (size_t i = 0; i < significance->claims.n; i++)
        if (!strcmp(row[i].id, id) && !strcmp(row[i].task, task)) return &row[i];
    return NULL;
}
