/* The lstm of a scale is as large as its gpt, so that what differs between them is not size. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/file.h"
#include "question/experiment_spec.h"
#include "model/lstm.h"

TestSuite(scale_alternatives, .init = scratch_folder_make, .fini = scratch_folder_remove);

static Error err;

/* An experiment of both, beside a copy of a committed scale. */
static Experiment load_both(const char *scale, Arena *arena)
{
    static const char text[] = "{\"format\": 1, \"title\": \"both\", \"variants\": {\"gpt\": {}, "
                               "\"lstm\": {\"model\": {\"architecture\": \"lstm\"}}}}";
    const char *file = arena_format(arena, &err, "scales/%s.json", scale);
    const char *committed = file_join(arena, "experiments", file, &err);
    char *bytes;
    size_t size;
    cr_assert(committed && file_read(&bytes, &size, committed, arena, &err) &&
                  file_make_folder(scratch_folder_path("scales"), &err),
              "%s", err.text);
    scratch_folder_write(file, bytes, size);
    scratch_folder_write("both.json", text, strlen(text));
    Experiment experiment;
    cr_assert(experiment_load(&experiment, "both", scale, scratch_folder_path(""), arena, &err),
              "%s", err.text);
    return experiment;
}

/* Parameters beside the token table, which is the same for both when their channels are. */
static double parameters_beside_tokens(const SpecEntryChoice *model, Arena *arena)
{
    TensorTable table = tensors_create(&kernels_fast.memory, arena);
    cr_assert(architecture_of(model)->weights(&table, model->spec, 1000, &err), "%s", err.text);
    return (double)(table.n_parameters - table.items[0].n);
}

Test(scale_alternatives, an_lstm_has_the_parameters_of_the_gpt_within_1_per_cent)
{
    Arena *arena = arena_create("scales", &err);
    TextList scales;
    cr_assert(arena && experiment_folder_scales(&scales, "experiments", arena, &err), "%s",
              err.text);
    for (size_t i = 0; i < scales.n; i++) {
        if (strcmp(scales.text[i], "paper") == 0) continue; /* the paper's own 2,048 units */
        const Experiment experiment = load_both(scales.text[i], arena);
        if (experiment.omitted.n > 0) continue; /* a scale that has no lstm, and says so */
        const SpecEntryChoice *transformer = &experiment.cells[0].settings->model,
                              *recurrent = &experiment.cells[1].settings->model;
        cr_expect_str_eq(recurrent->entry->name, "lstm");
        cr_expect_eq(architecture_of(transformer)->shape(transformer->spec).n_channel,
                     architecture_of(recurrent)->shape(recurrent->spec).n_channel);
        const double ratio = parameters_beside_tokens(recurrent, arena) /
                             parameters_beside_tokens(transformer, arena);
        cr_expect_lt(fabs(ratio - 1), 0.01, "%s: the lstm is %.3f times as large as the gpt",
                     scales.text[i], ratio);
        cr_log_info("%s: %.4f", scales.text[i], ratio);
    }
    arena_destroy(arena);
}

Test(scale_alternatives, the_lstm_of_scale_paper_is_the_papers)
{
    Arena *arena = arena_create("scales", &err);
    cr_assert(arena, "%s", err.text);
    const Experiment experiment = load_both("paper", arena);
    const LstmSpec *spec = experiment.cells[1].settings->model.spec;
    cr_expect_eq(spec->n_layer, 1);
    cr_expect_eq(spec->n_hidden, 2048);
    cr_expect_eq(spec->n_channel, 768);
    cr_expect_eq(spec->n_context, 512);
    arena_destroy(arena);
}
