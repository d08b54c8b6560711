#include "train/trial.h"

#include "base/clock.h"
#include "base/log.h"
#include "train/pretrain_step.h"

enum { MOST_DOCUMENTS = 2 };

/* Random tokens, enough for every sequence of an update to be another: one document, or two if texts from elsewhere
 * are asked about. */
static bool make_tokens(TokenFile *file, const PretrainSpec *spec, int n_context, int n_text,
                        Arena *arena, Error *err)
{
    size_t n = (size_t)spec->batch * (size_t)n_context + 1;
    uint32_t *token = arena_alloc(arena, n, sizeof *token, err);
    uint64_t *offset = arena_alloc(arena, MOST_DOCUMENTS + 1, sizeof *offset, err);
    const char **name = arena_alloc(arena, MOST_DOCUMENTS, sizeof *name, err);
    const size_t n_documents = spec->next_sentence ? 2 : 1;
    if (!token || !offset || !name) return false;
    RngKey key = rng_key((uint64_t)spec->seed, RNG_SAMPLE, 0);
    for (size_t i = 0; i < n; i++) token[i] = (uint32_t)rng_below(key, i, (uint64_t)n_text);
    for (size_t d = 0; d < n_documents; d++) {
        offset[d + 1] = n * (d + 1) / n_documents;
        name[d] = "random tokens";
    }
    *file = (TokenFile){
        .n_documents = n_documents, .n_tokens = n, .offset = offset, .wide = token, .name = name};
    return true;
}

bool trial_make_job(TrialJob *trial, const PretrainSpec *spec, const SpecEntryChoice *model,
                    const Kernels *kernels, int n_text, Arena *arena, Error *err)
{
    static const bool held_out[MOST_DOCUMENTS] = {false};
    int n_context = architecture_of(model)->shape(model->spec).n_context;
    trial->job = (PretrainJob){.spec = spec,
                               .model = model,
                               .kernels = kernels,
                               .tokens = &trial->tokens,
                               .held_out = held_out,
                               .text = {.n = n_text}};
    return make_tokens(&trial->tokens, spec, n_context, n_text, arena, err);
}

static bool run_updates(TrialReport *report, PretrainStep *step, int updates, double seconds,
                        Error *err)
{
    report->n_parameters = step->learner.weights_table.n_parameters;
    double begun = clock_seconds();
    for (int update = 0; update < updates; update++) {
        double before = clock_seconds();
        UpdateReport done;
        if (!pretrain_step_run(&done, step, update, err)) return false;
        double now = clock_seconds();
        log_info("update %d: %.4g s, loss %.4f, gradient norm %.3g", update + 1, now - before,
                 done.losses.main, done.optimizer.gradient_norm);
        if (!update_is_finite(&done))
            return error_set(err, "the loss of update %d is not a finite number", update + 1);
        report->updates = update + 1;
        report->loss = done.losses.main;
        report->tokens = step->n_positions;
        if (update == 0 || now - before < report->seconds) report->seconds = now - before;
        if (now - begun >= seconds) break;
    }
    return true;
}

bool trial_run(TrialReport *report, const PretrainSpec *spec, const SpecEntryChoice *model,
               const Kernels *kernels, int n_text, int updates, double seconds, Error *err)
{
    *report = (TrialReport){0};
    Arena *arena = arena_create("trial", err);
    if (!arena) return false;
    LearnerSetup setup = pretrain_setup(spec, model, kernels, (TextTokens){.n = n_text});
    TrialJob trial;
    PretrainStep step;
    size_t unused;
    bool ok = learner_measure(&report->memory_bytes, &unused, &setup, arena, err) &&
              trial_make_job(&trial, spec, model, kernels, n_text, arena, err) &&
              pretrain_step_create(&step, &trial.job, arena, err) &&
              run_updates(report, &step, updates, seconds, err);
    arena_destroy(arena);
    return ok;
}
