#include "learner/packer.h"

#include <string.h>

#include "learner/objectives.h"

/* Of a micro-batch. */
typedef struct Limits {
    int rows, sequences, examples;
} Limits;

/* Room for `rows` tokens, and at least for any one example of any of the sets. */
static Limits limits_of(const Sequences *const *sets, int n_sets, int rows)
{
    int widest = 1, longest = 1, shortest = rows; /* sequences and tokens of one example */
    for (int i = 0; i < n_sets; i++)
        for (int e = 0; e < sets[i]->n; e++) {
            int q0 = sets[i]->first[e], q1 = sets[i]->first[e + 1];
            int length = sets[i]->start[q1] - sets[i]->start[q0];
            if (q1 - q0 > widest) widest = q1 - q0;
            if (length > longest) longest = length;
            if (length < shortest) shortest = length;
        }
    if (rows < longest) rows = longest;
    int examples = rows / (shortest > 0 ? shortest : 1) + 1;
    return (Limits){.rows = rows, .sequences = examples * widest, .examples = examples};
}

LearnerSetup packer_setup(const SpecEntryChoice *model, const Kernels *kernels, int n_text,
                          const Head *head, const Sequences *const *sets, int n_sets, int rows,
                          bool training)
{
    Limits limits = limits_of(sets, n_sets, rows);
    return (LearnerSetup){
        .model = model,
        .kernels = kernels,
        .n_vocab = objectives_tokens(architecture_of(model), n_text).n_task,
        .max_rows = limits.rows,
        .max_sequences = limits.sequences,
        .max_examples = limits.examples,
        .head = head,
        .training = training,
    };
}

bool packer_create(Packer *packer, const Learner *learner, Arena *arena, Error *err)
{
    *packer = (Packer){
        .token = arena_alloc(arena, (size_t)learner->max_rows, sizeof(int), err),
        .start = arena_alloc(arena, (size_t)learner->max_sequences + 1, sizeof(int), err),
        .truth = arena_alloc(arena, (size_t)learner->max_examples, sizeof(double), err),
    };
    return packer->token && packer->start && packer->truth;
}

int packer_fill(Packer *packer, Batch *batch, Learner *learner, const Sequences *sequences,
                const uint32_t *index, int n)
{
    int row = 0, S = 0, taken = 0;
    for (; taken < n && taken < learner->max_examples; taken++) {
        uint32_t e = index[taken];
        int q0 = sequences->first[e], q1 = sequences->first[e + 1];
        int begin = sequences->start[q0], length = sequences->start[q1] - begin;
        if (row + length > learner->max_rows || S + q1 - q0 > learner->max_sequences) break;
        memcpy(packer->token + row, sequences->token + begin, (size_t)length * sizeof(int));
        if (learner->head.kind->is_choice) learner->head_buffers.first[taken] = S;
        for (int q = q0; q < q1; q++) packer->start[S++] = row + sequences->start[q] - begin;
        packer->truth[taken] = sequences->truth[e];
        row += length;
    }
    if (learner->head.kind->is_choice) learner->head_buffers.first[taken] = S;
    packer->start[S] = row;
    packer->n_examples = taken;
    *batch = learner_batch(learner, packer->token, packer->start, S);
    return taken;
}
