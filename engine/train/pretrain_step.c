#include "train/pretrain_step.h"

static bool prepare_windows(PretrainStep *step, Arena *arena, Error *err)
{
    const PretrainJob *job = step->job;
    bool *wanted = arena_alloc(arena, job->tokens->n_documents, sizeof(bool), err);
    if (!wanted) return false;
    for (size_t d = 0; d < job->tokens->n_documents; d++) wanted[d] = !job->held_out[d];
    int n_context = step->learner.shape.n_context;
    if (!windows_cut(&step->windows, job->tokens, wanted, n_context, arena, err)) return false;
    if (step->windows.n == 0) {
        error_usage(err, "no training text is left: all %zu documents are held out or empty",
                    job->tokens->n_documents);
        return error_hint(err, "corpus.held_out 0, or a corpus of more documents");
    }
    return windows_order_create(&step->order, step->windows.n, (uint64_t)job->spec->seed, arena,
                                err);
}

bool pretrain_step_create(PretrainStep *step, const PretrainJob *job, Arena *arena, Error *err)
{
    const PretrainSpec *spec = job->spec;
    LearnerSetup setup = pretrain_setup(spec, job->model, job->kernels, job->n_vocab);
    *step = (PretrainStep){.job = job};
    if (!learner_create(&step->learner, &setup, arena, err)) return false;
    int64_t updates = pretrain_updates(spec, step->learner.shape.n_context);
    step->plan = (OptimizerPlan){
        .adam = spec->adam,
        .learning_rate = spec->learning_rate,
        .schedule = (Schedule)spec->schedule,
        .warmup = (double)spec->warmup_updates / (double)updates,
        .updates = updates,
    };
    step->token = arena_alloc(arena, (size_t)setup.max_rows, sizeof(int), err);
    step->start = arena_alloc(arena, (size_t)setup.max_sequences + 1, sizeof(int), err);
    tensors_initialize(&step->learner.weights_table, step->learner.weights, (uint64_t)spec->seed);
    return step->token && step->start && prepare_windows(step, arena, err);
}

/* Windows begin..end of the endless order, packed. */
static Batch pack(PretrainStep *step, uint64_t begin, uint64_t end)
{
    int row = 0, S = 0;
    for (uint64_t i = begin; i < end; i++) {
        const Window *window = &step->windows.items[windows_order_at(&step->order, i)];
        windows_tokens(step->token + row, step->learner.target + row, window, step->job->tokens);
        step->start[S++] = row;
        row += (int)window->length;
    }
    step->start[S] = row;
    return learner_batch(&step->learner, step->token, step->start, S);
}

static size_t positions_of(PretrainStep *step, uint64_t begin, uint64_t end)
{
    size_t n = 0;
    for (uint64_t i = begin; i < end; i++)
        n += step->windows.items[windows_order_at(&step->order, i)].length;
    return n;
}

/* One micro-batch; adds up the losses of its rows. */
static void micro_batch(double *loss, PretrainStep *step, const Batch *batch, RngKey key)
{
    Learner *learner = &step->learner;
    for (int row = 0; row < batch->N; row++)
        learner->row_weight[row] = (real)(1.0 / (double)step->n_positions);
    learner_forward(learner, batch, true, key);
    real *dstates = learner_state_gradients(learner, batch);
    learner_language_model(learner, batch, learner->target, learner->row_weight, dstates);
    learner_backward(learner, batch, key);
    for (int row = 0; row < batch->N; row++) *loss += (double)learner->row_loss[row];
}

static void accumulate(UpdateLosses *losses, int64_t update, void *context)
{
    PretrainStep *step = context;
    const PretrainSpec *spec = step->job->spec;
    const uint64_t pass = (uint64_t)step->learner.max_sequences;
    uint64_t begin = (uint64_t)(update * spec->batch), end = begin + (uint64_t)spec->batch;
    uint64_t micro = (uint64_t)update << 16;
    step->n_positions = positions_of(step, begin, end);
    double loss = 0;
    for (uint64_t i = begin; i < end; i += pass, micro++) {
        Batch batch = pack(step, i, i + pass < end ? i + pass : end);
        micro_batch(&loss, step, &batch, rng_key((uint64_t)spec->seed, RNG_DROPOUT, micro));
    }
    losses->main += loss / (double)step->n_positions;
}

UpdateReport pretrain_step_run(PretrainStep *step, int64_t update)
{
    return update_run(&step->learner, &step->plan, update, accumulate, step);
}
