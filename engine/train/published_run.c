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
        .special = objectives_tokens(architecture, job->text),
    };
    return perplexity_measure(report, learner, &question, job->tokens, job->held_out,
                              job->token_bytes, arena, err);
}

enum { UNREAD_SEED = 1 }; /* of what the weights do not say */

/* What is published: the tensors of the learner, and the pooler's behind them if it is there. */
typedef struct Whole {
    TensorTable table;
    real *block;
} Whole;

static bool build_table(TensorTable *table, const Learner *learner, bool has_pooler, Error *err)
{
    const Architecture *architecture = learner->architecture;
    const int C = learner->shape.n_channel, V = learner->n_vocab;
    return architecture_language_model(table, architecture, learner->spec, V, err) &&
           (!has_pooler || architecture->pooler->weights(table, C, V, err) >= 0);
}

static bool read(Whole *whole, Learner *learner, const PublishedWeights *published, Arena *arena,
                 Error *err)
{
    const TensorTable *own = &learner->weights_table;
    whole->table = tensors_create(own->memory, arena);
    if (!build_table(&whole->table, learner, published->has_pooler, err)) return false;
    whole->block = tensors_allocate(&whole->table, arena, err);
    if (!whole->block) return false;
    tensors_initialize(&whole->table, whole->block, UNREAD_SEED);
    if (!published->load(published->source, &whole->table, whole->block, arena, err)) return false;
    for (int i = 0; i < own->n; i++)
        own->memory->copy(learner->weights + own->items[i].offset,
                          whole->block + whole->table.items[i].offset, own->items[i].n);
    return true;
}

static bool save_weights(const Whole *whole, const char *folder, Arena *arena, Error *err)
{
    char *path = file_join(arena, folder, TRAINING_WEIGHTS_FILE, err);
    const WeightsBlock block = {"", whole->block};
    return path && seal_break(path, err) &&
           weights_save(path, &whole->table, &block, 1, NULL, arena, err) && seal_set(path, err);
}

static bool run_in(Arena *arena, const PretrainJob *job, const PublishedWeights *published,
                   Error *err)
{
    Learner learner;
    Whole whole;
    PerplexityReport report;
    const double begun = clock_seconds();
    const Kernels *kernels = kernels_in(job->kernels, (Precision)job->spec->precision);
    const LearnerSetup setup = likelihood_setup(job->model, kernels, job->text);
    if (!learner_create(&learner, &setup, arena, err) ||
        !read(&whole, &learner, published, arena, err) ||
        !measure(&report, &learner, job, arena, err) ||
        !held_out_file_write(&report, job->folder, arena, err) ||
        !save_weights(&whole, job->folder, arena, err))
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

bool published_run(const PretrainJob *job, const PublishedWeights *published, Error *err)
{
    Arena *arena = arena_create("published weights", err);
    bool done = arena && run_in(arena, job, published, err);
    arena_destroy(arena);
    return done;
}
