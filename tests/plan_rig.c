#include "plan_rig.h"

#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>

#include "scratch_folder.h"
#include "base/file.h"
#include "base/log.h"
#include "base/parallel.h"
#include "experiment/plan_build.h"
#include "experiment/plan_run.h"
#include "kernels/gemm_fp32.h"

static Arena *arena;
static Error err;
static Buffer ran, warned;
static const char *here, *store;

/* Each stage that runs is told of in a line "KIND: TITLE". */
static void note_stage(LogLevel level, const char *line, void *context)
{
    static const char *const kinds[] = {"tokenizer", "tokens",   "pretrain",  "sample",
                                        "finetune",  "evaluate", "zero-shot", "context-window",
                                        "position",  "rate",     NULL};
    (void)context;
    if (level == LOG_WARNING) cr_assert(buffer_format(&warned, &err, "%s\n", line));
    if (level != LOG_INFO) return;
    for (int i = 0; kinds[i]; i++) {
        size_t length = strlen(kinds[i]);
        if (strncmp(line, kinds[i], length) != 0 || line[length] != ':') continue;
        cr_assert(buffer_format(&ran, &err, ran.size ? " %s" : "%s", kinds[i]));
    }
}

/* Each test has manifests of its own, so that it may add some. */
static void copy_manifests(void)
{
    char **names, *from = file_join(arena, here, "datasets", &err);
    size_t n;
    cr_assert(file_list(&names, &n, from, arena, &err), "%s", err.text);
    for (size_t i = 0; i < n; i++) {
        char *bytes;
        size_t size;
        cr_assert(file_read(&bytes, &size, file_join(arena, from, names[i], &err), arena, &err));
        scratch_folder_write(arena_format(arena, &err, "datasets/%s", names[i]), bytes, size);
    }
}

void plan_rig_begin(void)
{
    err = (Error){0};
    scratch_folder_make();
    arena = arena_create("plan rig", &err);
    cr_assert(arena && gemm_fp32_start(&err), "%s", err.text);
    ran = buffer_create(arena);
    warned = buffer_create(arena);
    parallel_set_threads(1);
    char folder[1024];
    cr_assert(getcwd(folder, sizeof folder));
    here = arena_format(arena, &err, "%s/tests/experiment/data", folder);
    char *bytes;
    size_t size;
    cr_assert(file_read(&bytes, &size, file_join(arena, here, "experiments/scales/mini.json", &err),
                        arena, &err),
              "%s", err.text);
    scratch_folder_write("experiments/scales/mini.json", bytes, size);
    copy_manifests();
    plan_rig_use_store("store");
    log_install(note_stage, NULL);
}

void plan_rig_end(void)
{
    arena_destroy(arena);
    scratch_folder_remove();
}

Arena *plan_rig_arena(void)
{
    return arena;
}

void plan_rig_use_store(const char *name)
{
    store = arena_text(arena, scratch_folder_path(name), &err);
}

void plan_rig_use_dataset(const char *name, const char *manifest)
{
    const char *path = arena_format(arena, &err, "datasets/%s.json", name);
    scratch_folder_write(path, manifest, strlen(manifest));
}

void plan_rig_copy_dataset(const char *name, const char *other)
{
    const char *text = scratch_folder_read(arena_format(arena, &err, "datasets/%s.json", name));
    plan_rig_use_dataset(other, arena_text(arena, text, &err));
}

const char *plan_rig_store(void)
{
    return store;
}

bool plan_rig_try(Plan *plan, const char *members, Error *error)
{
    *error = (Error){0};
    char *text = arena_format(arena, error, "{\"format\": 1, \"title\": \"a trial\", %s}", members);
    scratch_folder_write("experiments/trial.json", text, strlen(text));
    const char *experiments = arena_text(arena, scratch_folder_path("experiments"), error);
    Experiment *experiment = arena_alloc(arena, 1, sizeof *experiment, error);
    PlanPlaces places = {
        .experiments = experiments,
        .store = store,
        .data = {.manifests = arena_text(arena, scratch_folder_path("datasets"), error),
                 .downloads = arena_text(arena, scratch_folder_path("data"), error)},
    };
    return experiment_load(experiment, "trial", "mini", experiments, arena, error) &&
           plan_build(plan, experiment, &places, &kernels_fast, arena, error);
}

Plan plan_rig_build(const char *members)
{
    Plan plan;
    cr_assert(plan_rig_try(&plan, members, &err), "%s", err.text);
    return plan;
}

static bool listen(const Plan *plan, void *context, Error *error)
{
    (void)plan, (void)context, (void)error;
    return true;
}

bool plan_rig_go(Plan *plan, int jobs, Error *error)
{
    PlanUnion alone;
    return plan_union_open(&alone, plan->experiment->name, plan, 1, arena, error) &&
           plan_run(&alone, jobs, &(PlanListener){.finished = listen}, error);
}

const char *plan_rig_run(Plan *plan)
{
    ran = buffer_create(arena);
    warned = buffer_create(arena);
    cr_assert(buffer_add_text(&ran, "", &err) && buffer_add_text(&warned, "", &err));
    cr_assert(plan_rig_go(plan, 1, &err), "%s", err.text);
    return ran.data;
}

const char *plan_rig_warnings(void)
{
    return warned.data;
}

Stage *plan_rig_stage(const Plan *plan, const char *kind)
{
    for (int i = 0; i < plan->graph.n; i++)
        if (!strcmp(plan->graph.stages[i]->kind->name, kind)) return plan->graph.stages[i];
    cr_assert_fail("no stage '%s'", kind);
    return NULL;
}
