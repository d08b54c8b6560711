#include "stages/labelled.h"

#include <math.h>

#include "base/log.h"
#include "learner/objectives.h"
#include "task/text_to_text.h"

/* Nothing can be learnt from, or measured on, no rows or rows without labels. */
static bool check_truth(const Sequences *sequences, const char *name, DatasetSplit split,
                        Error *err)
{
    const char *word = dataset_split_words[split];
    if (sequences->n == 0) {
        error_usage(err, "data set '%s': split '%s' is empty", name, word);
        return error_hint(err, "give it rows, or take the task out of the experiment");
    }
    for (int e = 0; e < sequences->n; e++) {
        if (!isnan(sequences->truth[e])) continue;
        error_usage(err, "data set '%s': row '%s' of split '%s' has no label", name,
                    sequences->id[e], word);
        return error_hint(err, "a split whose labels are public, or take the task out");
    }
    return true;
}

static int context_of(const SpecEntryChoice *model)
{
    return architecture_of(model)->shape(model->spec).n_context;
}

bool labelled_encode(Sequences *sequences, const Examples *examples, const DatasetInfo *info,
                     const Tokenizer *tokenizer, const SpecEntryChoice *model, Arena *arena,
                     Error *err)
{
    const Architecture *architecture = architecture_of(model);
    const SpecialTokens special = objectives_tokens(architecture, special_tokens_text(tokenizer));
    if (architecture->reads_source)
        return text_to_text_encode(sequences, examples, info, tokenizer, &special,
                                   context_of(model), arena, err);
    return sequences_encode(sequences, examples, info->form, tokenizer, &special, context_of(model),
                            arena, err);
}

bool labelled_sequences(Sequences *sequences, const Dataset *dataset, DatasetSplit split,
                        const Tokenizer *tokenizer, const SpecEntryChoice *model, Arena *arena,
                        Error *err)
{
    Examples examples;
    const DatasetInfo *info = dataset_info(dataset);
    if (!dataset_examples(&examples, dataset, split, arena, err) ||
        !labelled_encode(sequences, &examples, info, tokenizer, model, arena, err) ||
        (split != SPLIT_SUBMISSION && !check_truth(sequences, info->name, split, err)))
        return false;
    if (sequences->n_truncated && split != SPLIT_VALIDATION) /* read twice, and told of training */
        log_warning("%s, %s: %d of %d sequences were longer than the context of %d tokens and cut",
                    info->name, dataset_split_words[split], sequences->n_truncated,
                    sequences->n_sequences, context_of(model));
    return true;
}

Head labelled_head(const DatasetInfo *info, int regression, const SpecEntryChoice *model)
{
    const Architecture *architecture = architecture_of(model);
    const HeadStates states = {.pooler = architecture->pooler,
                               .texts_apart = architecture->n_segment > 0,
                               .answers = architecture->reads_source};
    return head_of(info, (HeadRegression)regression, states);
}
