/* The experiment `families` compares like with like at every scale: what its variants are called is what they are. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "data/dataset/dataset.h"
#include "question/experiment_spec.h"
#include "stages/estimate.h"

static const double NEARLY = 0.03;

static Arena *arena;
static Error err;

static void begin(void)
{
    err = (Error){0};
    arena = arena_create("families", &err);
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(families, .init = begin, .fini = end);

/* NULL: the scale has it not. */
static const Settings *settings_of(const Experiment *experiment, const char *variant)
{
    for (size_t c = 0; c < experiment->n_cells; c++)
        if (!strcmp(experiment->cells[c].variant, variant)) return experiment->cells[c].settings;
    return NULL;
}

/* Of pre-training, with as many tokens as GPT-1's vocabulary has where the vocabulary is not learnt. */
static StageCost cost_of(const Settings *settings)
{
    static const DatasetInfo gpt1 = {.n_tokens = 40478};
    static const DataShelfItem published = {.info = &gpt1};
    const bool is_learnt = !strcmp(settings->tokenizer.entry->name, "bpe");
    const StageRequest request = {
        .settings = settings, .published = is_learnt ? NULL : &published, .kernels = &kernels_fast};
    StageCost cost = {0};
    cr_assert(estimate_pretrain(&cost, &request, NULL, arena, &err), "%s", err.text);
    return cost;
}

static void expect_alike(const Experiment *experiment, const char *variant, bool by_flops)
{
    const Settings *settings = settings_of(experiment, variant);
    if (!settings) return;
    const StageCost own = cost_of(settings), gpt = cost_of(settings_of(experiment, "GPT"));
    const double ratio =
        by_flops ? own.flops / gpt.flops : (double)own.n_parameters / (double)gpt.n_parameters;
    cr_expect_lt(fabs(ratio - 1), NEARLY, "%s at %s: %.3f times GPT's", variant, experiment->scale,
                 ratio);
}

static bool load(Experiment *experiment, const char *scale)
{
    err = (Error){0};
    const bool loaded = experiment_load(experiment, "families", scale, "experiments", arena, &err);
    cr_assert(loaded || experiment->n_lacking > 0, "%s", err.text);
    return loaded && settings_of(experiment, "BERT") && settings_of(experiment, "T5");
}

Test(families, are_of_equal_parameters_or_of_equal_cost)
{
    TextList scales;
    int n_compared = 0;
    cr_assert(experiment_folder_scales(&scales, "experiments", arena, &err), "%s", err.text);
    for (size_t i = 0; i < scales.n; i++) {
        Experiment experiment;
        if (!load(&experiment, scales.text[i])) continue;
        n_compared++;
        expect_alike(&experiment, "BERT", false);
        expect_alike(&experiment, "T5", false);
        expect_alike(&experiment, "LSTM", false);
        expect_alike(&experiment, "BERT at equal FLOPs", true);
        expect_alike(&experiment, "T5 at equal FLOPs", true);
    }
    cr_expect_eq(n_compared, 3, "tiny, small and paper");
}

Test(families, one_t5_is_as_wide_and_as_deep_as_gpt_is)
{
    static const char *const scales[] = {"tiny", "small", "paper"};
    int n_compared = 0;
    for (int i = 0; i < 3; i++) {
        Experiment experiment;
        cr_assert(load(&experiment, scales[i]));
        const Settings *wide = settings_of(&experiment, "T5 at equal width");
        if (!wide) continue;
        n_compared++;
        const SpecEntryChoice *gpt = &settings_of(&experiment, "GPT")->model, *t5 = &wide->model;
        const ModelShape shape = architecture_of(gpt)->shape(gpt->spec),
                         other = architecture_of(t5)->shape(t5->spec);
        cr_expect_eq(other.n_channel, shape.n_channel, "%s", scales[i]);
        cr_expect_eq(other.n_layer, 2 * shape.n_layer, "%s: encoder and decoder", scales[i]);
        cr_expect_eq(other.n_context, shape.n_context, "%s", scales[i]);
    }
    cr_expect_eq(n_compared, 2, "small and paper: tiny has not the time");
}
