#include "train/finetune_step.h"

#include <assert.h>

#include "base/parallel.h"
#include "learner/objectives.h"
#include "model/weights.h"
#include "train/finetune_loss.h"

/* The examples that are trained on: all, or a random subset that depends on the seed alone. */
static bool choose_subset(FinetuneStep *step, Arena *arena, Error *err)
{
    const FinetuneJob *job = step->job;
    int64_t limit = job->spec->train_examples;
    int all = job->train->n;
    assert(all > 0 && job->validation->n > 0);
    step->subset = arena_alloc(arena, (size_t)all, sizeof(uint32_t), err);
    step->order = arena_alloc(arena, (size_t)all, sizeof(uint32_t), err);
    if (!step->subset || !step->order) return false;
    rng_permutation(step->subset, (uint32_t)all, rng_key(job->seed, RNG_SUBSET, 0));
    step->n = limit > 0 && limit < all ? (int)limit : all;
    return true;
}

/* A resumed run knows it from the spec again: nothing about it is stored. */
static bool freeze(FinetuneStep *step, Arena *scratch, Error *err)
{
    const FinetuneJob *job = step->job;
    const SpecialTokens special = objectives_tokens(architecture_of(job->model), job->text);
    return !job->pretrained || !job->spec->freeze_transferred ||
           weights_freeze(job->pretrained, &step->learner.weights_table,
                          (int)job->spec->transfer_layers, (size_t)special.n_language_model,
                          scratch, err);
}

bool finetune_step_create(FinetuneStep *step, const FinetuneJob *job, Arena *arena, Error *err)
{
    const FinetuneSpec *spec = job->spec;
    const Sequences *sets[] = {job->train, job->validation};
    const Kernels *kernels = kernels_in(job->kernels, (Precision)spec->precision);
    LearnerSetup setup = packer_setup(job->model, kernels, job->text, &job->head, sets, 2,
                                      (int)spec->micro_batch_tokens, true);
    setup.no_first_moment = spec->adafactor.present;
    *step = (FinetuneStep){
        .job = job,
        .objective = objectives_of(architecture_of(job->model)),
        .epoch = -1,
    };
    if (!choose_subset(step, arena, err) || !learner_create(&step->learner, &setup, arena, err) ||
        !packer_create(&step->packer, &step->learner, arena, err))
        return false;
    step->updates_an_epoch = (step->n + spec->batch - 1) / spec->batch;
    step->plan = (OptimizerPlan){
        .adam = spec->adam,
        .adafactor = spec->adafactor,
        .learning_rate = spec->learning_rate,
        .schedule = (Schedule)spec->schedule,
        .warmup = spec->warmup,
        .updates = spec->epochs * step->updates_an_epoch,
    };
    if (!freeze(step, arena, err)) return false;
    parallel_may_stop();
    tensors_initialize(&step->learner.weights_table, step->learner.weights, job->seed);
    return parallel_whole(err);
}

int64_t finetune_step_epoch(const FinetuneStep *step, int64_t update)
{
    return update / step->updates_an_epoch;
}

int64_t finetune_step_examples(const FinetuneStep *step, int64_t updates_done)
{
    int64_t epoch = finetune_step_epoch(step, updates_done);
    return epoch * step->n +
           (updates_done - epoch * step->updates_an_epoch) * step->job->spec->batch;
}

static void order_epoch(FinetuneStep *step, int64_t epoch)
{
    if (epoch == step->epoch) return;
    rng_permutation(step->order, (uint32_t)step->n,
                    rng_key(step->job->seed, RNG_ORDER, (uint64_t)epoch));
    for (int i = 0; i < step->n; i++) step->order[i] = step->subset[step->order[i]];
    step->epoch = epoch;
}

static int sequences_in(const Sequences *sequences, const uint32_t *index, int n)
{
    int count = 0;
    for (int i = 0; i < n; i++)
        count += sequences->first[index[i] + 1] - sequences->first[index[i]];
    return count;
}

static void accumulate(UpdateLosses *losses, int64_t update, int part, void *context)
{
    (void)part; /* there is one */
    FinetuneStep *step = context;
    const FinetuneJob *job = step->job;
    const int64_t epoch = finetune_step_epoch(step, update), batch = job->spec->batch;
    const int64_t begin = (update - epoch * step->updates_an_epoch) * batch;
    order_epoch(step, epoch);
    const uint32_t *index = step->order + begin;
    const int n = step->n - begin < batch ? (int)(step->n - begin) : (int)batch;
    step->n_examples = n;
    FinetuneLoss terms = {
        .objective = step->objective,
        .lm_coefficient = job->spec->lm_coefficient,
        .classifier_dropout = job->spec->classifier_dropout,
        .n_examples = n,
        .n_sequences = sequences_in(job->train, index, n),
    };
    uint64_t micro = (uint64_t)update << 16; /* and the number of the micro-batch */
    for (int done = 0; done < n; micro++) {
        Batch packed;
        done += packer_fill(&step->packer, &packed, &step->learner, job->train, index + done,
                            n - done, PACKER_RIGHT_ANSWER);
        terms.dropout_key = rng_key(job->seed, RNG_DROPOUT, micro);
        terms.head_key = rng_key(job->seed, RNG_HEAD_DROPOUT, micro);
        finetune_loss_run(losses, &step->learner, &step->packer, &packed, &terms);
    }
}

bool finetune_step_run(UpdateReport *report, FinetuneStep *step, int64_t update, Error *err)
{
    const UpdateWork work = {accumulate, step, 1};
    return update_run(report, &step->learner, &step->plan, update, &work, err);
}
