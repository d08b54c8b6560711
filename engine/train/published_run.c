#include "train/published_run.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/seal.h"
#include "measure/likelihood.h"
#include "measure/perplexity.h"
#include "model/weights.h"
#include "train/held_out_file.h"
#include "train/training.h"

static bool measure(PerplexityReport *report, Learner *learner, const PretrainJob *job,
                    Arena *arena, Error *err)
{
    const Architecture *architecture = architecture_of(job->model);
    const WindowsQuestion question = {
        .objective = objectives_of(architecture),
        .special = objectives_tokens(architecture, job->n_text),
    };
    return perplexity_measure(report, learner, &question, job->tokens, job->held_out,
                              job->token_bytes, arena, err);
}

static bool save_weights(const Learner *learner, const char *folder, Arena *arena, Error *err)
{
    char *path = file_join(arena, folder, TRAINING_WEIGHTS_FILE, err);
    const WeightsBlock block = {"", learner->weights};
    return path && seal_break(path, err) &&
           weights_save(path, &learner->weights_table, &block, 1, NULL, arena, err) &&
           seal_set(path, err);
}

enum { UNREAD_SEED = 1 }; /* of what the weights do not say */

static bool run_in(Arena *arena, const PretrainJob *job, PublishedLoad *load, const void *source,
                   Error *err)
{
    Learner learner;
    PerplexityReport report;
    const double begun = clock_seconds();
    const Kernels *kernels = kernels_in(job->kernels, (Precision)job->spec->precision);
    const LearnerSetup setup = likelihood_setup(job->model, kernels, job->n_text);
    if (!learner_create(&learner, &setup, arena, err)) return false;
    tensors_initialize(&learner.weights_table, learner.weights, UNREAD_SEED);
    if (!load(source, &learner.weights_table, learner.weights, arena, err) ||
        !measure(&report, &learner, job, arena, err) ||
        !held_out_file_write(&report, job->folder, arena, err) ||
        !save_weights(&learner, job->folder, arena, err))
        return false;
    const PretrainSums sums = {
        .parameters = (int64_t)learner.weights_table.n_parameters,
        .held_out_tokens = (int64_t)report.n_tokens,
        .held_out_bits_per_byte = report.bits_per_byte,
        .held_out_perplexity = report.perplexity,
        .seconds = clock_seconds() - begun,
    };
    Json *json = spec_write(&sums, &pretrain_run_sums_table, true, arena, err);
    char *path = file_join(arena, job->folder, PRETRAIN_SUMS_FILE, err);
    return json && path && seal_write_json(path, json, arena, err);
}

bool published_run(const PretrainJob *job, PublishedLoad *load, const void *source, Error *err)
{
    Arena *arena = arena_create("published weights", err);
    bool done = arena && run_in(arena, job, load, source, err);
    arena_destroy(arena);
    return done;
}
