/* A store in which a bit was flipped: no command takes what it reads there for what was written. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "cli_rig.h"

#ifndef REPRISE_DOUBLE /* the command is the same in both builds */

static const char RUN[] = "run trial --scale mini";

static Error err;
static Arena *arena;

static void begin(void)
{
    cli_rig_begin();
    arena = arena_create("damaged store", &err);
    cli_rig_edit("experiments/scales/mini.json", "\"tokens\": 3000", "\"tokens\": 400");
    cli_rig_edit("experiments/trial.json", "\"all\"",
                 "[\"tiny-happy\"], \"measure\": [\"fine-tuning\", \"position\"]");
    cli_rig_expect(cli_rig_run(RUN), 0, NULL);
}

static void end(void)
{
    arena_destroy(arena);
    cli_rig_end();
}

TestSuite(damaged_store, .init = begin, .fini = end, .timeout = 120);

/* Of the one finished stage of a kind: its folder, or a file in it. */
static char *stored(const char *kind, const char *file)
{
    char **names, *folder = arena_format(arena, &err, "build/store/%s", kind);
    size_t n, i = 0;
    cr_assert(folder && file_list(&names, &n, folder, arena, &err), "%s", err.text);
    while (i < n && strchr(names[i], '.')) i++; /* locks, and what was set aside */
    cr_assert_lt(i, n);
    return arena_format(arena, &err, "%s/%s%s%s", folder, names[i], *file ? "/" : "", file);
}

/* `at`: -1 in the middle. */
static void flip(const char *path, int at)
{
    char *bytes;
    size_t size;
    cr_assert(file_read(&bytes, &size, path, arena, &err) && size > 0, "%s", err.text);
    bytes[at < 0 ? size / 2 : (size_t)at] ^= 4;
    cr_assert(file_write(path, bytes, size, &err), "%s", err.text);
}

/* Commands that read what stages left, and those that only look what there is. */
enum {
    GENERATE,
    CHECKPOINT,
    COMPARE,
    EXPORT,
    TOKENIZER,
    LANGUAGE_MODEL,
    CLASSIFIER,
    PREDICT,
    N_READERS
};

/* Into a new folder each time: one that holds something is refused. */
static const char *export_model(const char *options)
{
    static int n;
    return arena_format(arena, &err, "export huggingface trial --scale mini%s --out model-%d",
                        options, n++);
}

static const char *command(int reader)
{
    switch (reader) {
    case GENERATE: return "generate trial --scale mini --tokens 2";
    case CHECKPOINT:
        return arena_format(arena, &err, "generate trial --scale mini --tokens 2 --checkpoint %s",
                            stored("pretrain", "weights.safetensors"));
    case COMPARE: return "compare trial --scale mini --against v001";
    case EXPORT: return "export predictions trial --scale mini --out there";
    case LANGUAGE_MODEL: return export_model("");
    case CLASSIFIER: return export_model(" --task tiny-happy");
    case PREDICT: return "predict trial --scale mini good";
    default: return arena_format(arena, &err, "tokenizer %s good", stored("tokenizer", ""));
    }
}

static const char *const onlookers[] = {"plan trial --scale mini", "status trial --scale mini",
                                        "bench trial --scale mini", "store list"};

/* `reads`: by which of the readers, a '+' each. */
static void expect_found(const char *kind, const char *file, int at, const char *reads)
{
    char *said = arena_format(arena, &err, "/%s: is not what was written", file);
    flip(stored(kind, file), at);
    for (int reader = 0; reader < N_READERS; reader++) {
        CliRun run = cli_rig_run(command(reader));
        if (reads[reader] == '+') cli_rig_expect(run, 1, said, "try: reprise run ", NULL);
        else cli_rig_expect(run, 0, NULL);
    }
    for (size_t i = 0; i < sizeof onlookers / sizeof *onlookers; i++)
        cli_rig_expect(cli_rig_run(onlookers[i]), 0, NULL);
    CliRun explained = cli_rig_run("explain trial --scale mini");
    cr_expect(explained.status == 0 && strstr(explained.out, said), "%s", explained.out);
    cli_rig_expect(cli_rig_run(RUN), 0, said, "is damaged: set aside as", NULL);
    for (int reader = 0; reader < N_READERS; reader++)
        cli_rig_expect(cli_rig_run(command(reader)), 0, NULL);
}

Test(damaged_store, weights_of_pre_training_are_held_to_what_was_written)
{
    expect_found("pretrain", "weights.safetensors", -1, "+++--+--");
}

Test(damaged_store, weights_of_fine_tuning_are)
{
    expect_found("finetune", "weights.safetensors", -1, "--++--++");
}

Test(damaged_store, a_tokenizer_is)
{
    expect_found("tokenizer", "merges.bpe", -1, "+++-++++");
    expect_found("tokenizer", "vocabulary.json", -1, "+++-++++");
}

Test(damaged_store, an_evaluation_is)
{
    expect_found("evaluate", "evaluate.json", -1, "--++--+-");
}

/* They are counted for the estimates of a plan. */
Test(damaged_store, tokens_are_and_a_plan_can_be_made_without_them)
{
    expect_found("tokens", "tokens.bin", 0, "--+-----");
    expect_found("tokens", "tokens.json", 0, "--+-----");
}

#endif
