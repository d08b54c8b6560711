/* What a pre-training leaves of its course. */
#include <criterion/criterion.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/file.h"
#include "train/milestones.h"
#include "train_rig.h"

TestSuite(milestones, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;

static PretrainJob run(PretrainSpec *spec)
{
    static TokenFile tokens;
    tokens = learner_rig_tokens();
    *spec = train_rig_pretrain_spec("{\"tokens\": 320, \"batch\": 4, \"checkpoints\": 3}");
    PretrainJob job = train_rig_pretrain_job(spec, &tokens, "run");
    cr_assert(pretrain_run(&job, &err), "%s", err.text);
    return job;
}

Test(milestones, are_the_initial_model_and_every_checkpoint_with_its_tokens)
{
    PretrainSpec spec;
    PretrainJob job = run(&spec);
    Milestones milestones;
    cr_assert(milestones_read(&milestones, job.folder, learner_rig_arena(), &err), "%s", err.text);
    cr_assert_eq(milestones.n, 4);
    cr_expect_eq((int64_t)milestones.n, milestones_expected(&spec, job.model));
    cr_expect_eq(milestones.items[0].update, 0);
    cr_expect_eq(milestones.items[0].tokens, 0);
    double tokens[10];
    cr_assert_eq(train_rig_column(tokens, 10, "run/curve.csv", 1), 10);
    static const int64_t updates[] = {0, 4, 7, 10};
    for (int i = 1; i < 4; i++) {
        cr_expect_eq(milestones.items[i].update, updates[i]);
        cr_expect_eq((double)milestones.items[i].tokens, tokens[updates[i] - 1]);
    }
}

static Learner load(const Milestone *milestone, const PretrainJob *job)
{
    Learner learner;
    LearnerSetup setup = pretrain_setup(job->spec, job->model, job->kernels, job->text);
    cr_assert(learner_create(&learner, &setup, learner_rig_arena(), &err), "%s", err.text);
    cr_assert(milestones_load(&learner, milestone, job->spec, learner_rig_arena(), &err), "%s",
              err.text);
    return learner;
}

/* The loss of the first update is measured before any weight has changed. */
Test(milestones, the_first_is_the_model_that_pre_training_began_with)
{
    PretrainSpec spec;
    PretrainJob job = run(&spec);
    Milestones milestones;
    cr_assert(milestones_read(&milestones, job.folder, learner_rig_arena(), &err));
    Learner first = load(&milestones.items[0], &job), last = load(&milestones.items[3], &job);
    Learner fresh;
    LearnerSetup setup = pretrain_setup(&spec, job.model, job.kernels, job.text);
    cr_assert(learner_create(&fresh, &setup, learner_rig_arena(), &err));
    tensors_initialize(&fresh.weights_table, fresh.weights, (uint64_t)spec.seed);
    size_t bytes = fresh.weights_table.n_elements * sizeof(real);
    cr_expect_arr_eq(first.weights, fresh.weights, bytes);
    cr_expect_arr_neq(last.weights, fresh.weights, bytes);
}

Test(milestones, a_checkpoint_without_its_row_is_an_error)
{
    PretrainSpec spec;
    PretrainJob job = run(&spec);
    Milestones milestones;
    scratch_folder_write("run/curve.csv", "update,tokens\n3,20\n", 19);
    cr_expect_not(milestones_read(&milestones, job.folder, learner_rig_arena(), &err));
    cr_expect(strstr(err.text, "no row for update 6"), "%s", err.text);
}
