/* What `plan` accepts, `run` can do: random specs at the smallest size, through the whole command.
 *
 * REPRISE_RANDOM_SPECS says how many (16), REPRISE_RANDOM_SEED the first of them (1); when it is told
 * what is wrong with one, its number is told. With REPRISE_RANDOM_TELL, how many of each feature were
 * accepted goes to standard error. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/file.h"
#include "cli_rig.h"
#include "random_spec.h"

#ifndef REPRISE_DOUBLE /* the command is the same in both builds */

TestSuite(random_specs, .init = cli_rig_begin, .fini = cli_rig_end, .timeout = 100000);

static const char *const features[] = {"\"lstm\"",
                                       "\"encoder\"",
                                       "\"n_context\"",
                                       "\"n_head\"",
                                       "dropout\": 0.9",
                                       "\"held_out\": 0}",
                                       "\"held_out\": 0.9",
                                       "\"one-letter\"",
                                       "\"pretrain\": null",
                                       "\"position\"",
                                       "\"context-window\"",
                                       "\"rate\"",
                                       "\"zero-shot\"",
                                       "zero_shot_tasks",
                                       "\"grid\": {",
                                       "\"select\"",
                                       "\"claims\"",
                                       "\"variants\"",
                                       "lm_coefficient",
                                       "transfer_layers",
                                       "\"seeds\"",
                                       "\"batch\": 500",
                                       "\"learning_rate\": 1,",
                                       "\"train_examples\": 1,",
                                       "\"one-class\"",
                                       "\"unseen\"",
                                       "\"one-row\"",
                                       "\"letter\"",
                                       "\"empty\"",
                                       "\"related\"",
                                       "\"recall\"",
                                       "\"pronouns\"",
                                       "\"tiny-ending\"",
                                       "\"report\""};
enum { N_FEATURES = sizeof features / sizeof *features };
static int tried[N_FEATURES], accepted[N_FEATURES];

static void count(const RandomSpec *spec, bool is_accepted)
{
    for (int i = 0; i < N_FEATURES; i++) {
        const bool has = strstr(spec->text, features[i]) != NULL;
        tried[i] += has;
        accepted[i] += has && is_accepted;
    }
}

static void tell(uint64_t n, uint64_t n_accepted)
{
    fprintf(stderr, "%llu specs, %llu accepted\n", (unsigned long long)n,
            (unsigned long long)n_accepted);
    for (int i = 0; i < N_FEATURES; i++)
        fprintf(stderr, "%-24s %4d of %4d\n", features[i], accepted[i], tried[i]);
}

static uint64_t setting(const char *name, uint64_t preset)
{
    const char *text = getenv(name);
    return text ? strtoull(text, NULL, 10) : preset;
}

/* Two ways of ending otherwise are results too: a training that diverges, with what to change, and a corpus
 * that is found to be too small once it is encoded, which `plan` then says as well. */
static bool is_understood(const RandomSpec *spec, const CliRun *run)
{
    if (run->status == 1 && strstr(run->err, "not a finite number"))
        return strstr(spec->text, "\"learning_rate\": 1") && strstr(run->err, "try: lower ");
    if (run->status != 2 || !strstr(run->err, "planning anew, as the corpus is encoded now"))
        return false;
    return cli_rig_run("plan trial --scale mini").status == 2;
}

static void run_accepted(const RandomSpec *spec)
{
    Error err = {0};
    CliRun run = cli_rig_run("run trial --scale mini --threads 1");
    if (run.status != 0 && is_understood(spec, &run)) return;
    cr_expect_eq(run.status, 0, "spec %llu: accepted by plan, run ends with %d\n%s\n%s",
                 (unsigned long long)spec->number, run.status, spec->text, run.err);
    if (run.status != 0) return;
    CliRun compared = cli_rig_run("compare trial --scale mini --against v001");
    cr_expect_eq(compared.status, 0, "spec %llu: compare ends with %d\n%s\n%s",
                 (unsigned long long)spec->number, compared.status, spec->text, compared.err);
    cr_assert(file_remove_tree("results", &err), "%s", err.text);
}

Test(random_specs, what_plan_accepts_run_can_do)
{
    static RandomSpec spec;
    uint64_t n = setting("REPRISE_RANDOM_SPECS", 16), first = setting("REPRISE_RANDOM_SEED", 1);
    uint64_t n_accepted = 0;
    random_spec_write_data();
    for (uint64_t number = first; number < first + n; number++) {
        random_spec_make(&spec, number);
        scratch_folder_write("experiments/trial.json", spec.text, spec.length);
        CliRun plan = cli_rig_run("plan trial --scale mini");
        cr_expect(plan.status == 0 || plan.status == 2, "spec %llu: plan ends with %d\n%s\n%s",
                  (unsigned long long)number, plan.status, spec.text, plan.err);
        count(&spec, plan.status == 0);
        if (getenv("REPRISE_RANDOM_TELL") && plan.status != 0)
            fprintf(stderr, "%llu: %s\n", (unsigned long long)number, plan.err);
        if (plan.status != 0) continue;
        n_accepted++;
        run_accepted(&spec);
    }
    if (getenv("REPRISE_RANDOM_TELL")) tell(n, n_accepted);
    cr_expect_geq(n_accepted, n / 2, "too few were accepted to say much");
}

#endif
