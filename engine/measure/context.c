#include "measure/context.h"

#include "base/size.h"
#include "measure/likelihood.h"

/* Targets of a document of so many tokens. */
static size_t count_targets(uint64_t tokens, int longest, size_t most)
{
    if (tokens <= (uint64_t)longest) return 0;
    uint64_t possible = tokens - (uint64_t)longest;
    return possible < most ? (size_t)possible : most;
}

bool context_targets(ContextTargets *targets, const TokenFile *file, const bool *wanted,
                     int longest, size_t most, Arena *arena, Error *err)
{
    size_t n = 0;
    for (size_t d = 0; d < file->n_documents; d++)
        if (wanted[d]) n += count_targets(file->offset[d + 1] - file->offset[d], longest, most);
    *targets = (ContextTargets){
        .token = arena_alloc(arena, n, sizeof(uint64_t), err),
        .first = arena_alloc(arena, file->n_documents + 1, sizeof(size_t), err),
    };
    if (!targets->token || !targets->first) return false;
    for (size_t d = 0; d < file->n_documents; d++) {
        uint64_t tokens = file->offset[d + 1] - file->offset[d];
        size_t count = wanted[d] ? count_targets(tokens, longest, most) : 0;
        if (count == 0) continue;
        uint64_t begin = file->offset[d] + (uint64_t)longest, possible = tokens - (uint64_t)longest;
        for (uint64_t i = 0; i < count; i++) /* the middle of the i-th of `count` equal parts */
            targets->token[targets->n++] = begin + (2 * i + 1) * possible / (2 * count);
        targets->first[++targets->n_documents] = targets->n;
    }
    return true;
}

/* One text a target: k tokens, then the target, which alone is scored. */
static bool make_texts(LikelihoodTexts *texts, const TokenFile *file, const ContextTargets *targets,
                       int k, Arena *arena, Error *err)
{
    size_t n = targets->n, length = (size_t)k + 1, n_tokens;
    if (!size_mul(&n_tokens, n, length) || n_tokens > INT32_MAX)
        return error_set(err, "%zu targets with %d tokens before each are too many", n, k);
    int *token = arena_alloc(arena, n_tokens, sizeof(int), err);
    int *start = arena_alloc(arena, n + 1, sizeof(int), err);
    int *from = arena_alloc(arena, n, sizeof(int), err);
    if (!token || !start || !from) return false;
    for (size_t t = 0; t < n; t++) {
        for (size_t i = 0; i < length; i++)
            token[t * length + i] = token_file_at(file, targets->token[t] - (uint64_t)k + i);
        start[t + 1] = (int)((t + 1) * length);
        from[t] = k;
    }
    *texts = (LikelihoodTexts){.n = (int)n, .token = token, .start = start, .from = from};
    return true;
}

bool context_measure(double *loss, Learner *learner, const TokenFile *file,
                     const ContextTargets *targets, int k, Arena *scratch, Error *err)
{
    LikelihoodTexts texts;
    Likelihoods found;
    char *title = arena_format(scratch, err, "predictions from %d tokens", k);
    if (!title || !make_texts(&texts, file, targets, k, scratch, err) ||
        !likelihood_measure(&found, learner, &texts, false, title, scratch, err))
        return false;
    for (size_t d = 0; d < targets->n_documents; d++) {
        loss[d] = 0;
        for (size_t t = targets->first[d]; t < targets->first[d + 1]; t++) loss[d] -= found.sum[t];
    }
    return true;
}
