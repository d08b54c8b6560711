/* Interrupted stages: whatever happens to what they left, a run ends well and in the same bits. */
#include <criterion/criterion.h>
#include <string.h>

#include "../plan_rig.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/seal.h"

TestSuite(stage_part, .init = plan_rig_begin, .fini = plan_rig_end);

#define MEMBERS                                                                                    \
    "\"tasks\": [\"tiny-happy\"], \"zero_shot_tasks\": [\"tiny-happy\"], \"measure\": "            \
    "[\"fine-tuning\", \"zero-shot\", \"context-window\"], \"probe\": {\"context_windows\": [1, "  \
    "2, 4]}, \"pretrain\": {\"tokens\": 2000, \"checkpoints\": 4, \"save_every\": 1}"

static Error err;

static char *in_folder(const char *folder, const char *name)
{
    return file_join(plan_rig_arena(), folder, name, &err);
}

static char *part_of(const Stage *stage)
{
    return arena_format(plan_rig_arena(), &err, "%s.part", stage->folder);
}

static char **list(size_t *n, const char *folder)
{
    char **names;
    cr_assert(file_list(&names, n, folder, plan_rig_arena(), &err), "%s", err.text);
    return names;
}

static void copy_folder(const char *to, const char *from)
{
    size_t n, size;
    char **names = list(&n, from), *bytes;
    cr_assert(file_remove_tree(to, &err) && file_make_folder(to, &err));
    for (size_t i = 0; i < n; i++)
        cr_assert(file_read(&bytes, &size, in_folder(from, names[i]), plan_rig_arena(), &err) &&
                  file_write(in_folder(to, names[i]), bytes, size, &err));
}

/* --- cut off in the middle ------------------------------------------------------------------------ */

/* A disk that fails at one access after the other cuts a run off at one place after the other; a few of
 * the accesses matter to nobody. In `cut` is what the stage of this kind had left when it held `file` first. */
static char *cut_off(const char *kind, const char *file)
{
    char *cut = in_folder(plan_rig_store(), "cut");
    for (long n = 1;; n += 3) {
        Plan plan = plan_rig_build(MEMBERS);
        const Stage *stage = plan_rig_stage(&plan, kind);
        Error unused = {0};
        file_fail_at(n);
        bool done = plan_rig_go(&plan, 1, &unused);
        file_fail_at(0);
        if (file_exists(in_folder(part_of(stage), file))) {
            copy_folder(cut, part_of(stage));
            return cut;
        }
        if (done || stage->done) cr_assert(file_remove_tree(stage->folder, &err));
        cr_assert_lt(n, 1000, "it was never cut off with '%s'", file);
    }
}

/* --- and then damaged ----------------------------------------------------------------------------- */

typedef enum Damage { FLIPPED, SHORTENED, EMPTIED, OTHER, GONE, N_DAMAGES } Damage;

static void damage_file(const char *path, Damage damage)
{
    char *bytes;
    size_t size;
    if (damage == GONE) {
        cr_assert(file_remove_tree(path, &err));
        return;
    }
    cr_assert(file_read(&bytes, &size, path, plan_rig_arena(), &err));
    if (damage == FLIPPED && size > 0) bytes[size / 2] ^= 4;
    if (damage == SHORTENED) size /= 2;
    if (damage == OTHER) memset(bytes, 0xFF, size); /* as floats: NaN */
    cr_assert(file_write(path, bytes, damage == EMPTIED ? 0 : size, &err));
}

/* Every file of both but those that say when and how fast. */
static void expect_same(const char *kind, const char *folder, const char *whole)
{
    size_t n, n_whole;
    char **names = list(&n, folder);
    list(&n_whole, whole);
    cr_expect_eq(n, n_whole, "%s: %zu files, not %zu", kind, n, n_whole);
    for (size_t i = 0; i < n; i++) {
        HashText a, b;
        if (!strcmp(names[i], "stage.json") || !strcmp(names[i], "pretrain.json") ||
            !strcmp(names[i], "finetune.json"))
            continue;
        cr_assert(hash_file(&a, in_folder(folder, names[i]), &err) &&
                      hash_file(&b, in_folder(whole, names[i]), &err),
                  "%s", err.text);
        cr_expect_str_eq(a.text, b.text, "%s: %s differs", kind, names[i]);
    }
}

static int n_tried;

static void expect_made(const Stage *stage, const char *whole, const char *named)
{
    Plan plan = plan_rig_build(MEMBERS);
    cr_expect_str_eq(plan_rig_run(&plan), stage->kind->name, "%s", named);
    const char *warnings = plan_rig_warnings();
    cr_expect(strstr(warnings, named) && strstr(warnings, ".damaged, and made again"), "%s: %s",
              named, warnings);
    expect_same(stage->kind->name, stage->folder, whole);
    n_tried++;
}

/* Every file of the folder, damaged in every way. What comes out is what a run from the beginning gives; one
 * that went on would in the build for doubles begin with the fp32 of a file. */
static void damage_each(const char *kind, const char *file)
{
    const char *cut = cut_off(kind, file);
    Plan plan = plan_rig_build(MEMBERS);
    const Stage *stage = plan_rig_stage(&plan, kind);
    cr_assert(file_remove_tree(part_of(stage), &err));
    plan_rig_run(&plan);
    char *whole = in_folder(plan_rig_store(), "whole");
    copy_folder(whole, stage->folder);
    size_t n;
    char **names = list(&n, cut);
    for (size_t i = 0; i < n; i++)
        for (int damage = 0; damage < N_DAMAGES; damage++) {
            char *path = in_folder(cut, names[i]), *seal;
            uint64_t size;
            seal = arena_format(plan_rig_arena(), &err, "%s" SEAL_SUFFIX, path);
            if (!file_exists(seal)) continue;
            cr_assert(file_size(&size, seal, &err));
            if (size == 0) continue; /* it was being written */
            cr_assert(file_remove_tree(stage->folder, &err));
            copy_folder(part_of(stage), cut);
            damage_file(in_folder(part_of(stage), names[i]), (Damage)damage);
            expect_made(stage, whole, names[i]);
        }
}

Test(stage_part, pretraining_is_begun_again_whatever_file_is_damaged)
{
    damage_each("pretrain", "checkpoint-0000004.safetensors");
    cr_expect_geq(n_tried, 4 * N_DAMAGES, "%d", n_tried);
}

Test(stage_part, finetuning_is)
{
    damage_each("finetune", "weights.safetensors");
    cr_expect_geq(n_tried, 2 * N_DAMAGES, "%d", n_tried);
}

Test(stage_part, probes_are)
{
    damage_each("context-window", "window-00002.json");
    damage_each("zero-shot", "update-0000002.json");
    cr_expect_geq(n_tried, 2 * N_DAMAGES, "%d", n_tried);
}

/* --- of another stage ----------------------------------------------------------------------------- */

Test(stage_part, what_another_stage_left_is_not_gone_on_from)
{
    const char *cut = cut_off("finetune", "resume.safetensors");
    Plan plan = plan_rig_build(MEMBERS);
    const Stage *stage = plan_rig_stage(&plan, "pretrain");
    plan_rig_run(&plan);
    char *whole = in_folder(plan_rig_store(), "whole");
    copy_folder(whole, stage->folder);
    cr_assert(file_remove_tree(stage->folder, &err));
    copy_folder(part_of(stage), cut);
    expect_made(stage, whole, "attempts.json: is of another stage");
    cr_assert(file_remove_tree(stage->folder, &err));
    copy_folder(part_of(stage), cut);
    cr_assert(file_remove_tree(in_folder(part_of(stage), "attempts.json"), &err) &&
              file_write(in_folder(part_of(stage), "tokens.bin"), "12", 2, &err));
    expect_made(stage, whole, "tokens.bin: is nothing that this stage left");
}

/* Killed after the record was written and before the folder had its name. */
Test(stage_part, a_stage_that_only_wants_its_name_gets_it)
{
    Plan plan = plan_rig_build(MEMBERS);
    Stage *stage = plan_rig_stage(&plan, "pretrain");
    plan_rig_run(&plan);
    char *whole = in_folder(plan_rig_store(), "whole");
    copy_folder(whole, stage->folder);
    cr_assert(file_rename(stage->folder, part_of(stage), &err));
    cr_assert(file_write(in_folder(part_of(stage), "curve.csv.seal"), "", 0, &err));
    plan = plan_rig_build(MEMBERS);
    plan_rig_run(&plan);
    cr_expect_str_eq(plan_rig_warnings(), "");
    expect_same("pretrain", stage->folder, whole);
}
