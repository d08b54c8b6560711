#include "learner/packer.h"

#include <string.h>

#include "learner/objectives.h"

/* Of a micro-batch. */
typedef struct Limits {
    int rows, sequences, examples;
} Limits;

/* What one example takes: rows of the stream that has more of them, and the least that it may take. */
typedef struct Extent {
    int sequences, rows, least;
} Extent;

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static Extent extent_of(const Sequences *set, int e)
{
    const int q0 = set->first[e], q1 = set->first[e + 1];
    const int rows = set->start[q1] - set->start[q0];
    if (!set->source) return (Extent){q1 - q0, rows, rows};
    const int source = set->source_start[e + 1] - set->source_start[e];
    return (Extent){q1 - q0, larger(rows, source), source};
}

/* Room for `rows` tokens, and at least for any one example of any of the sets. */
static Limits limits_of(const Sequences *const *sets, int n_sets, int rows)
{
    int widest = 1, longest = 1, shortest = rows; /* sequences and tokens of one example */
    for (int i = 0; i < n_sets; i++)
        for (int e = 0; e < sets[i]->n; e++) {
            const Extent extent = extent_of(sets[i], e);
            widest = larger(widest, extent.sequences);
            longest = larger(longest, extent.rows);
            if (extent.least < shortest) shortest = extent.least;
        }
    rows = larger(rows, longest);
    int examples = rows / (shortest > 0 ? shortest : 1) + 1;
    return (Limits){.rows = rows, .sequences = examples * widest, .examples = examples};
}

LearnerSetup packer_setup(const SpecEntryChoice *model, const Kernels *kernels, TextTokens text,
                          const Head *head, const Sequences *const *sets, int n_sets, int rows,
                          bool training)
{
    Limits limits = limits_of(sets, n_sets, rows);
    return (LearnerSetup){
        .model = model,
        .kernels = kernels,
        .text = text,
        .n_vocab = objectives_tokens(architecture_of(model), text).n_task,
        .max_rows = limits.rows,
        .max_sequences = limits.sequences,
        .max_examples = limits.examples,
        .head = head,
        .training = training,
    };
}

bool packer_create(Packer *packer, const Learner *learner, Arena *arena, Error *err)
{
    const size_t rows = (size_t)learner->max_rows, sequences = (size_t)learner->max_sequences,
                 examples = (size_t)learner->max_examples;
    *packer = (Packer){
        .token = arena_alloc(arena, rows, sizeof(int), err),
        .start = arena_alloc(arena, sequences + 1, sizeof(int), err),
        .truth = arena_alloc(arena, examples, sizeof(double), err),
    };
    if (!packer->token || !packer->start || !packer->truth) return false;
    if (learner->architecture->n_segment > 0 &&
        !(packer->second = arena_alloc(arena, sequences, sizeof(int), err)))
        return false;
    if (!learner->architecture->reads_source) return true;
    packer->source = arena_alloc(arena, rows, sizeof(int), err);
    packer->source_start = arena_alloc(arena, examples + 1, sizeof(int), err);
    packer->looks = arena_alloc(arena, examples + 1, sizeof(int), err);
    packer->right = arena_alloc(arena, examples, sizeof(int), err);
    return packer->source && packer->source_start && packer->looks && packer->right;
}

/* A micro-batch on its way. */
typedef struct Filling {
    Packer *packer;
    Learner *learner;
    const Sequences *sequences;
    int S, n; /* sequences and examples in it */
} Filling;

static int source_length(const Sequences *sequences, uint32_t e)
{
    return sequences->source_start[e + 1] - sequences->source_start[e];
}

/* Sequences q0..q1 of example e, if they fit. */
static bool has_room(const Filling *filling, uint32_t e, int q0, int q1)
{
    const Sequences *sequences = filling->sequences;
    const Packer *packer = filling->packer;
    const int most = filling->learner->max_rows, S = filling->S;
    return S + q1 - q0 <= filling->learner->max_sequences &&
           packer->start[S] + sequences->start[q1] - sequences->start[q0] <= most &&
           (!sequences->source ||
            packer->source_start[filling->n] + source_length(sequences, e) <= most);
}

/* All answers of an example look at the same one. */
static void add_source(const Filling *filling, uint32_t e)
{
    const Sequences *sequences = filling->sequences;
    Packer *packer = filling->packer;
    const int begin = packer->source_start[filling->n], n = source_length(sequences, e);
    memcpy(packer->source + begin, sequences->source + sequences->source_start[e],
           (size_t)n * sizeof(int));
    packer->source_start[filling->n + 1] = begin + n;
    packer->looks[filling->n + 1] = packer->start[filling->S];
}

static void add_sequence(Filling *filling, int q)
{
    const Sequences *sequences = filling->sequences;
    Packer *packer = filling->packer;
    const int row = packer->start[filling->S], begin = sequences->start[q];
    const int n = sequences->start[q + 1] - begin;
    memcpy(packer->token + row, sequences->token + begin, (size_t)n * sizeof(int));
    if (packer->second) packer->second[filling->S] = sequences->second[q];
    if (sequences->asked)
        memcpy(filling->learner->target + row, sequences->asked + begin, (size_t)n * sizeof(int));
    packer->start[++filling->S] = row + n;
}

static Batch batch_of(const Filling *filling)
{
    const Packer *packer = filling->packer;
    const LearnerSource source = {packer->source, packer->source_start, filling->n, packer->looks};
    const Batch batch =
        learner_batch_sharing(filling->learner, packer->token, packer->start, filling->S, source);
    if (packer->second) learner_tell_segments(filling->learner, &batch, packer->second);
    return batch;
}

int packer_fill(Packer *packer, Batch *batch, Learner *learner, const Sequences *sequences,
                const uint32_t *index, int n, PackerAnswers answers)
{
    Filling filling = {packer, learner, sequences, 0, 0};
    const bool grouped = learner->head.kind->is_choice;
    int *first = learner->head_buffers.first;
    for (; filling.n < n && filling.n < learner->max_examples; filling.n++) {
        const uint32_t e = index[filling.n];
        int q0 = sequences->first[e], q1 = sequences->first[e + 1];
        if (sequences->right) packer->right[filling.n] = sequences->right[e];
        if (sequences->right && answers == PACKER_RIGHT_ANSWER) {
            q0 += sequences->right[e];
            q1 = q0 + 1;
            packer->right[filling.n] = 0;
        }
        if (!has_room(&filling, e, q0, q1)) break;
        if (grouped) first[filling.n] = filling.S;
        for (int q = q0; q < q1; q++) add_sequence(&filling, q);
        if (sequences->source) add_source(&filling, e);
        packer->truth[filling.n] = sequences->truth[e];
    }
    if (grouped) first[filling.n] = filling.S;
    packer->n_examples = filling.n;
    *batch = batch_of(&filling);
    return filling.n;
}
