#include "train/pretrain_step.h"

#include "base/parallel.h"

static bool prepare_windows(PretrainStep *step, Arena *arena, Error *err)
{
    const PretrainJob *job = step->job;
    const int longest = pretrain_text_length(job->spec, job->model);
    bool *wanted = arena_alloc(arena, job->tokens->n_documents, sizeof(bool), err);
    if (!wanted) return false;
    for (size_t d = 0; d < job->tokens->n_documents; d++) wanted[d] = !job->held_out[d];
    if (!windows_cut(&step->windows, job->tokens, wanted, longest, arena, err)) return false;
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
    LearnerSetup setup = pretrain_setup(spec, job->model, job->kernels, job->text);
    const WindowsQuestion question = {
        .objective = objectives_at(spec->objective),
        .special = objectives_tokens(architecture_of(job->model), job->text),
    };
    *step = (PretrainStep){.job = job};
    if (!learner_create(&step->learner, &setup, arena, err)) return false;
    int64_t updates = pretrain_updates(spec, job->model);
    step->plan = (OptimizerPlan){
        .adam = spec->adam,
        .adafactor = spec->adafactor,
        .learning_rate = spec->learning_rate,
        .schedule = (Schedule)spec->schedule,
        .warmup = (double)spec->warmup_updates / (double)updates,
        .updates = updates,
    };
    parallel_may_stop();
    tensors_initialize(&step->learner.weights_table, step->learner.weights, (uint64_t)spec->seed);
    return parallel_whole(err) &&
           windows_pack_create(&step->pack, &step->learner, &question, arena, err) &&
           prepare_windows(step, arena, err) &&
           (!spec->next_sentence || text_pairs_create(&step->pairs, &step->learner, &step->windows,
                                                      job->tokens, arena, err));
}

/* What window number i of the endless order becomes, if pairs are asked about. */
static TextPair pair_at(PretrainStep *step, uint64_t i)
{
    return text_pairs_draw(&step->pairs, windows_order_at(&step->order, i),
                           rng_key((uint64_t)step->job->spec->seed, RNG_PAIR, i));
}

static void add_window(PretrainStep *step, uint64_t i)
{
    const RngKey key = rng_key((uint64_t)step->job->spec->seed, RNG_MASK, i);
    if (step->job->spec->next_sentence) {
        const TextPair pair = pair_at(step, i);
        text_pairs_add(&step->pairs, &step->pack, &step->learner, &pair, key);
        return;
    }
    windows_pack_add(&step->pack, &step->learner,
                     &step->windows.items[windows_order_at(&step->order, i)], step->job->tokens,
                     key);
}

/* Windows begin..end of the endless order, packed and asked about. */
static Batch pack(PretrainStep *step, uint64_t begin, uint64_t end)
{
    windows_pack_begin(&step->pack);
    for (uint64_t i = begin; i < end; i++) add_window(step, i);
    if (step->job->spec->next_sentence)
        return text_pairs_batch(&step->pairs, &step->pack, &step->learner);
    return windows_pack_batch(&step->pack, &step->learner);
}

/* Positions of an update, and what is asked of them. */
static PretrainAsked count(PretrainStep *step, uint64_t begin, uint64_t end)
{
    PretrainAsked asked = {0};
    step->n_positions = 0;
    for (uint64_t i = begin; i < end; i++) {
        int length = (int)step->windows.items[windows_order_at(&step->order, i)].length;
        if (step->job->spec->next_sentence) {
            const TextPair pair = pair_at(step, i);
            length = pair.n_first + pair.n_second;
            asked.n_pairs += pair.n_second > 0;
        }
        step->n_positions += (size_t)length;
        asked.n_targets += (size_t)step->pack.question.objective->n_targets(length);
    }
    return asked;
}

/* One micro-batch; adds up the losses of its rows, and of its pairs. */
static void micro_batch(UpdateLosses *sums, PretrainStep *step, const Batch *batch,
                        const PretrainAsked *asked, RngKey key)
{
    Learner *learner = &step->learner;
    for (int row = 0; row < batch->target.N; row++)
        learner->row_weight[row] = (real)(1.0 / (double)asked->n_targets);
    learner_forward(learner, batch, true, key);
    real *dstates = learner_state_gradients(learner, batch);
    step->pack.question.objective->loss(learner, batch, learner->target, learner->row_weight,
                                        dstates);
    if (asked->n_pairs > 0)
        sums->auxiliary += learner_head(learner, batch, step->pairs.truth, batch->S, dstates,
                                        1.0 / (double)asked->n_pairs, 0, key);
    learner_backward(learner, batch, key);
    for (int row = 0; row < batch->target.N; row++) sums->main += (double)learner->row_loss[row];
}

/* Its micro-batches from first to end, or as many as there are. */
static void accumulate(UpdateLosses *losses, int64_t update, int part, void *context)
{
    PretrainStep *step = context;
    const PretrainSpec *spec = step->job->spec;
    const uint64_t pass = (uint64_t)step->learner.max_sequences, batch = (uint64_t)spec->batch;
    const uint64_t n_micro = (batch + pass - 1) / pass, first = (uint64_t)update * batch;
    const uint64_t parts = (uint64_t)spec->partial_sums, p = (uint64_t)part;
    UpdateLosses sums = {0};
    for (uint64_t k = p * n_micro / parts; k < (p + 1) * n_micro / parts; k++) {
        const uint64_t begin = first + k * pass,
                       end = first + (k + 1 < n_micro ? (k + 1) * pass : batch);
        Batch packed = pack(step, begin, end);
        RngKey key = rng_key((uint64_t)spec->seed, RNG_DROPOUT, ((uint64_t)update << 16) + k);
        micro_batch(&sums, step, &packed, &step->asked, key);
    }
    losses->main += sums.main / (double)step->asked.n_targets;
    if (step->asked.n_pairs > 0) losses->auxiliary += sums.auxiliary / (double)step->asked.n_pairs;
}

bool pretrain_step_run(UpdateReport *report, PretrainStep *step, int64_t update, Error *err)
{
    const PretrainSpec *spec = step->job->spec;
    const uint64_t begin = (uint64_t)(update * spec->batch);
    const UpdateWork work = {accumulate, step, (int)spec->partial_sums};
    step->asked = count(step, begin, begin + (uint64_t)spec->batch);
    return update_run(report, &step->learner, &step->plan, update, &work, err);
}
