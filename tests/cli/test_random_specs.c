/* What `plan` accepts, `run` can do: random specs at the smallest size, through the whole command.
 *
 * REPRISE_RANDOM_SPECS says how many (10), REPRISE_RANDOM_SEED the first of them (1): a spec is a function of
 * its number, which is told when something is wrong with it. */
#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/file.h"
#include "base/rng.h"
#include "cli_rig.h"

#ifndef REPRISE_DOUBLE /* the command is the same in both builds */

TestSuite(random_specs, .init = cli_rig_begin, .fini = cli_rig_end, .timeout = 100000);

typedef struct Spec {
    char text[16384];
    size_t length;
    uint64_t number, draws;
} Spec;

static uint32_t below(Spec *spec, uint32_t n)
{
    return rng_u32(rng_key(spec->number, RNG_SAMPLE, 0), spec->draws++) % n;
}

static bool chance(Spec *spec, uint32_t percent)
{
    return below(spec, 100) < percent;
}

static void add(Spec *spec, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    size_t room = sizeof spec->text - spec->length;
    int n = vsnprintf(spec->text + spec->length, room, format, arguments);
    va_end(arguments);
    cr_assert(n >= 0 && (size_t)n < room);
    spec->length += (size_t)n;
}

/* One of the values given as JSON. */
#define ONE_OF(spec, ...)                                                                          \
    ((const char *const[]){__VA_ARGS__})[below(spec, sizeof((const char *const[]){__VA_ARGS__}) /  \
                                                         sizeof(const char *))]

/* `"key": value` in an object that is ended by a member "" to be taken away; now and then. */
#define MAYBE(spec, percent, key, ...)                                                             \
    if (chance(spec, percent)) add(spec, "\"%s\": %s, ", key, ONE_OF(spec, __VA_ARGS__))

static void end(Spec *spec, char close)
{
    if (spec->text[spec->length - 2] == ',') spec->length -= 2;
    spec->text[spec->length++] = close;
    spec->text[spec->length] = '\0';
}

static void add_model(Spec *spec)
{
    add(spec, "\"model\": {");
    bool lstm = chance(spec, 30);
    if (lstm) {
        add(spec, "\"architecture\": \"lstm\", ");
        MAYBE(spec, 90, "n_layer", "1", "2");
        MAYBE(spec, 90, "n_channel", "1", "8", "13");
    } else {
        MAYBE(spec, 40, "n_layer", "1", "3");
        MAYBE(spec, 40, "n_head", "1", "2", "4", "3");
        MAYBE(spec, 40, "n_channel", "4", "12", "16", "24");
    }
    MAYBE(spec, 50, "n_context", "1", "2", "3", "4", "5", "6", "9", "17", "63", "300");
    MAYBE(spec, 30, "dropout", "0", "0.5", "0.9");
    end(spec, '}');
}

static void add_pretrain(Spec *spec)
{
    if (chance(spec, 20)) {
        add(spec, "\"pretrain\": null");
        return;
    }
    add(spec, "\"pretrain\": {");
    add(spec, "\"tokens\": %s, ", ONE_OF(spec, "1", "64", "500", "900"));
    MAYBE(spec, 40, "batch", "1", "3", "7");
    MAYBE(spec, 40, "micro_batch", "1", "2", "7");
    MAYBE(spec, 40, "warmup_updates", "0", "1", "1000");
    MAYBE(spec, 60, "checkpoints", "1", "2", "5", "40");
    MAYBE(spec, 30, "save_every", "1", "1000");
    MAYBE(spec, 30, "seed", "0", "7", "9223372036854775807");
    MAYBE(spec, 30, "learning_rate", "0.0001", "0.002");
    end(spec, '}');
}

static void add_finetune(Spec *spec)
{
    add(spec, "\"finetune\": {");
    MAYBE(spec, 80, "epochs", "1", "2");
    MAYBE(spec, 40, "batch", "1", "5", "100");
    MAYBE(spec, 40, "learning_rate", "0.0001", "0.002");
    MAYBE(spec, 40, "warmup", "0", "0.5", "1");
    MAYBE(spec, 40, "lm_coefficient", "0", "0.5", "2");
    MAYBE(spec, 40, "classifier_dropout", "0", "0.9");
    MAYBE(spec, 40, "transfer_layers", "0", "1", "\"all\"", "9");
    MAYBE(spec, 20, "freeze_transferred", "true", "false");
    MAYBE(spec, 40, "train_examples", "0", "1", "2", "7", "1000");
    MAYBE(spec, 40, "micro_batch_tokens", "1", "16", "64", "300", "4096");
    MAYBE(spec, 20, "regression", "\"soft-bins\"", "\"squared-error\"");
    end(spec, '}');
}

static void add_probe(Spec *spec)
{
    add(spec, "\"probe\": {");
    MAYBE(spec, 80, "context_windows", "[1, 2, 4]", "[1]", "[3, 60, 500]", "[8192]");
    MAYBE(spec, 50, "context_targets", "1", "5");
    MAYBE(spec, 80, "rate_lengths", "[2, 16]", "[64]");
    add(spec, "\"rate_tokens\": 64, \"rate_timings\": 1}");
}

static void add_settings(Spec *spec)
{
    if (chance(spec, 30))
        add(spec, "\"corpus\": {\"held_out\": %s}, ", ONE_OF(spec, "0", "0.01", "0.5"));
    if (chance(spec, 30))
        add(spec, "\"tokenizer\": %s, ",
            ONE_OF(spec, "{\"merges\": 0}", "{\"merges\": 1}", "{\"merges\": 3000}",
                   "{\"method\": \"published\", \"data\": \"tiny-books\"}"));
    if (chance(spec, 70)) {
        add_model(spec);
        add(spec, ", ");
    }
    add_pretrain(spec);
    add(spec, ", ");
    add_finetune(spec);
    add(spec, ", ");
    add_probe(spec);
}

static const char *const variants[] = {
    "a",     "b | c",   "`id`", "*",           "<b>",    "\xc3\xa9t\xc3\xa9",
    "100 %", "$x$_y^z", "\\\\", "\\\"q\\\"",   "a, b=1", "mean",
    "#",     "~",       "{}",   "\xe6\x96\x87"};

static void add_variants(Spec *spec, int n, int first)
{
    static const char *const overrides[] = {
        "{}",
        "{\"pretrain\": null}",
        "{\"model\": {\"architecture\": \"lstm\", \"n_layer\": 1, \"n_channel\": 8}}",
        "{\"finetune\": {\"epochs\": 1}}",
        "{\"tokenizer\": {\"merges\": 20}}",
        "{\"model\": {\"n_context\": 33}}"};
    add(spec, "\"variants\": {");
    for (int v = 0; v < n; v++)
        add(spec, "\"%s\": %s, ", variants[(first + v) % (int)(sizeof variants / sizeof *variants)],
            overrides[below(spec, sizeof overrides / sizeof *overrides)]);
    end(spec, '}');
    add(spec, ", ");
}

static void add_questions(Spec *spec)
{
    if (chance(spec, 40))
        add(spec, "\"measure\": %s, ",
            ONE_OF(spec, "[\"fine-tuning\"]", "[\"zero-shot\"]", "[\"position\"]",
                   "[\"context-window\", \"fine-tuning\"]", "[\"rate\"]",
                   "[\"fine-tuning\", \"zero-shot\", \"context-window\", \"position\", \"rate\"]"));
    add(spec, "\"tasks\": %s, ",
        ONE_OF(spec, "\"all\"", "[\"tiny-happy\"]", "[\"tiny-ending\"]", "[\"tiny-pairs\"]",
               "[\"tiny-sentence\"]", "[\"tiny-unsplit\"]", "[\"tiny-happy\", \"tiny-pairs\"]"));
    MAYBE(spec, 30, "zero_shot_tasks", "[\"tiny-sentence\"]", "[\"tiny-unsplit\"]",
          "[\"tiny-ending\"]", "\"all\"");
    MAYBE(spec, 50, "seeds", "2", "[0]", "[9007199254740992]", "[3, 1]");
    MAYBE(spec, 40, "grid", "{\"finetune.epochs\": [1, 2]}",
          "{\"finetune.transfer_layers\": [0, \"all\"], \"finetune.lm_coefficient\": [0, 0.5]}",
          "{\"pretrain.tokens\": [64, 300]}", "{\"corpus.held_out\": [0, 0.3]}",
          "{\"finetune\": [{\"epochs\": 1}, {\"batch\": 2}]}", "{\"model.n_context\": [5, 40]}",
          "{\"tokenizer.merges\": [0, 50]}", "{\"finetune.train_examples\": [1, 5, 0]}");
    MAYBE(spec, 20, "select", "{\"finetune.learning_rate\": [0.0001, 0.001]}",
          "{\"finetune.epochs\": [1, 2]}");
    MAYBE(spec, 30, "report", "{\"figures\": [\"scores\", \"tasks\"]}",
          "{\"figures\": [{\"kind\": \"grid\", \"axis\": \"`a` | $b$\"}]}",
          "{\"table\": {\"columns\": {\"A & B | \\\\x\": [\"tiny-happy\"]}}}");
}

static void add_claim(Spec *spec, int n, int first)
{
    if (n < 2 || chance(spec, 40)) return;
    const int most = (int)(sizeof variants / sizeof *variants);
    add(spec,
        "\"claims\": [{\"id\": \"c_1 | %%\", \"statement\": \"`it` *is* <so> & $so$\", "
        "\"better\": \"%s\", \"worse\": \"%s\", \"on\": %s, \"rule\": %s, \"smallest_effect\": "
        "%s}], ",
        variants[first % most], variants[(first + 1) % most],
        ONE_OF(spec, "\"score\"", "\"score\"", "\"convergence\"", "\"gap\"", "\"position\"",
               "\"zero-shot\""),
        ONE_OF(spec, "\"superior\"", "\"not-inferior\"", "\"equivalent\"", "\"most\""),
        ONE_OF(spec, "0", "0.01"));
}

static void make_spec(Spec *spec, uint64_t number)
{
    *spec = (Spec){.number = number};
    add(spec, "{\"format\": 1, \"title\": \"A random one | `number` & $%llu$\", ",
        (unsigned long long)number);
    int n = (int)below(spec, 4), first = (int)below(spec, 16);
    add_questions(spec);
    if (n > 0) add_variants(spec, n, first);
    add_claim(spec, n, first);
    add_settings(spec);
    end(spec, '}');
}

static uint64_t setting(const char *name, uint64_t preset)
{
    const char *text = getenv(name);
    return text ? strtoull(text, NULL, 10) : preset;
}

Test(random_specs, what_plan_accepts_run_can_do)
{
    static Spec spec;
    uint64_t n = setting("REPRISE_RANDOM_SPECS", 10), first = setting("REPRISE_RANDOM_SEED", 1);
    uint64_t n_accepted = 0;
    for (uint64_t number = first; number < first + n; number++) {
        make_spec(&spec, number);
        scratch_folder_write("experiments/trial.json", spec.text, spec.length);
        CliRun plan = cli_rig_run("plan trial --scale mini");
        cr_expect(plan.status == 0 || plan.status == 2, "spec %llu: plan ends with %d\n%s\n%s",
                  (unsigned long long)number, plan.status, spec.text, plan.err);
        if (plan.status != 0) continue;
        n_accepted++;
        CliRun run = cli_rig_run("run trial --scale mini --threads 1");
        cr_expect_eq(run.status, 0, "spec %llu: accepted by plan, run ends with %d\n%s\n%s",
                     (unsigned long long)number, run.status, spec.text, run.err);
    }
    cr_expect_geq(n_accepted, n / 8, "too few were accepted to say much");
}

#endif
