/* The registry of objectives: one row each, and its word in the same place. */
#include "learner/objectives.h"

#include <assert.h>

#include "learner/causal_lm.h"
#include "learner/masked_lm.h"
#include "learner/span_corruption.h"

static const Objective *const rows[] = {&causal_lm, &masked_lm, &span_corruption};
const char *const objectives_words[] = {"causal-lm", "masked-lm", "span-corruption", NULL};

enum { N_OBJECTIVES = sizeof rows / sizeof *rows };
static_assert(sizeof objectives_words / sizeof *objectives_words == N_OBJECTIVES + 1,
              "a word for every row");

const Objective *objectives_at(int number)
{
    assert(number >= 0 && number < N_OBJECTIVES);
    return rows[number];
}

bool objectives_fits(int number, const Architecture *architecture)
{
    const Objective *objective = objectives_at(number);
    return objective->mask == architecture->mask &&
           objective->reads_source == architecture->reads_source;
}

int objectives_for(const Architecture *architecture)
{
    int number = 0;
    while (!objectives_fits(number, architecture)) number++;
    return number;
}

int objectives_text_length(const Architecture *architecture, int n_context)
{
    if (architecture->reads_source) return n_context - SPECIAL_TOKENS_BEHIND;
    return architecture->n_segment > 0 ? n_context - SPECIAL_TOKENS_AROUND : n_context;
}

const Objective *objectives_of(const Architecture *architecture)
{
    return rows[objectives_for(architecture)];
}

static SpecialTokensUse use_of(const Architecture *architecture)
{
    return architecture->n_segment > 0  ? SPECIAL_TOKENS_FRAME
           : architecture->reads_source ? SPECIAL_TOKENS_SOURCE
                                        : SPECIAL_TOKENS_TASKS;
}

const char *objectives_lacking(const Architecture *architecture, TextTokens text)
{
    return special_tokens_lacking(text, use_of(architecture));
}

SpecialTokens objectives_tokens(const Architecture *architecture, TextTokens text)
{
    int n_stand_ins = 0;
    for (int number = 0; number < N_OBJECTIVES; number++)
        if (objectives_fits(number, architecture) && rows[number]->n_stand_ins > n_stand_ins)
            n_stand_ins = rows[number]->n_stand_ins;
    return special_tokens(text, n_stand_ins, use_of(architecture));
}
