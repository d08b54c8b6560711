#include "measure/score.h"

#include <math.h>

#include "base/elementary.h"
#include "base/parallel.h"
#include "learner/answering.h"

static int outputs_of(const Learner *learner, const Sequences *sequences, int e)
{
    return learner->head.kind->is_choice ? sequences->first[e + 1] - sequences->first[e]
                                         : learner->head.n_output;
}

static bool allocate(Scores *scores, const Learner *learner, const Sequences *sequences,
                     Arena *arena, Error *err)
{
    size_t n = (size_t)sequences->n;
    *scores = (Scores){
        .n = sequences->n,
        .predicted = arena_alloc(arena, n, sizeof(double), err),
        .first = arena_alloc(arena, n + 1, sizeof(int), err),
    };
    if (!scores->predicted || !scores->first) return false;
    for (int e = 0; e < sequences->n; e++)
        scores->first[e + 1] = scores->first[e] + outputs_of(learner, sequences, e);
    scores->output = arena_alloc(arena, (size_t)scores->first[n], sizeof(float), err);
    return scores->output != NULL;
}

/* Copies the outputs of examples e0..e0+n and what they say; `outputs` has room for those of a group. */
static bool take(Scores *scores, real *outputs, const Learner *learner, const Sequences *sequences,
                 int e0, int n, Error *err)
{
    const HeadBuffers *buffers = &learner->head_buffers;
    learner->kernels->memory.copy_out(outputs, buffers->z, (size_t)buffers->first[n]);
    for (int e = e0; e < e0 + n; e++) {
        const real *z = outputs + buffers->first[e - e0];
        int begin = scores->first[e], count = scores->first[e + 1] - begin;
        for (int k = 0; k < count; k++) {
            scores->output[begin + k] = (float)z[k];
            if (!isfinite(scores->output[begin + k]))
                return error_set(err, "output %d of row '%s', %g, is not a finite number", k + 1,
                                 sequences->id[e], (double)z[k]);
        }
        scores->predicted[e] = head_predict(&learner->head, z, count);
    }
    return true;
}

bool score_examples(Scores *scores, Learner *learner, Packer *packer, const Sequences *sequences,
                    Arena *arena, Error *err)
{
    uint32_t *index = arena_alloc(arena, (size_t)sequences->n, sizeof(uint32_t), err);
    size_t most = head_outputs(&learner->head, learner->max_examples, learner->max_sequences);
    real *outputs = arena_alloc(arena, most, sizeof(real), err);
    if (!index || !outputs || !learner_check_finite(learner, err) ||
        !allocate(scores, learner, sequences, arena, err))
        return false;
    for (int e = 0; e < sequences->n; e++) index[e] = (uint32_t)e;
    double sum = 0;
    int n_known = 0;
    for (int e = 0; e < sequences->n; e++) n_known += !isnan(sequences->truth[e]);
    for (int e = 0; e < sequences->n;) {
        Batch batch;
        int n = packer_fill(packer, &batch, learner, sequences, index + e, sequences->n - e,
                            PACKER_ALL_ANSWERS);
        parallel_may_stop();
        learner_forward(learner, &batch, false, (RngKey){0});
        sum += answering_run(learner, packer, &batch, &(AnsweringPass){.example_weight = 1});
        if (!parallel_whole(err) || !take(scores, outputs, learner, sequences, e, n, err))
            return false;
        e += n;
    }
    scores->loss = n_known ? sum / n_known : 0.0;
    return isfinite(scores->loss) ||
           error_set(err, "the loss of %d rows, %g, is not a finite number", n_known, scores->loss);
}

void score_probabilities(double *probability, const float *output, int n)
{
    double sum = 0;
    float largest = output[0];
    for (int k = 1; k < n; k++)
        if (output[k] > largest) largest = output[k];
    for (int k = 0; k < n; k++) {
        probability[k] = elementary_exp64((double)output[k] - (double)largest);
        sum += probability[k];
    }
    for (int k = 0; k < n; k++) probability[k] /= sum;
}
