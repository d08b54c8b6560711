/* What is committed under experiments/ loads. */
#include <criterion/criterion.h>
#include <string.h>

#include "question/experiment_document.h"

/* A document is read back to an experiment that has the same document. */
static void expect_read_back(const Experiment *experiment, Arena *arena)
{
    Error err = {0};
    Experiment back;
    cr_assert(experiment_document_read(&back, experiment->document, "document", arena, &err), "%s",
              err.text);
    Json *again =
        experiment_document_write(&back, json_get(experiment->document, "report"), arena, &err);
    cr_assert(again, "%s", err.text);
    cr_expect(json_same(again, experiment->document), "%s at %s", back.name, back.scale);
    cr_expect_eq(back.variants.n, experiment->variants.n);
    cr_expect_eq(back.report.n_figures, experiment->report.n_figures);
}

/* Where it does not, it says only that the scale has not what is asked for: a small one has all. */
Test(experiment_committed, every_experiment_loads_at_every_scale_that_has_what_it_asks_for)
{
    Error err = {0};
    Arena *arena = arena_create("committed", &err);
    TextList names, scales;
    cr_assert(experiment_folder_names(&names, "experiments", arena, &err), "%s", err.text);
    cr_assert(experiment_folder_scales(&scales, "experiments", arena, &err), "%s", err.text);
    cr_expect_gt(names.n, 0);
    cr_expect_gt(scales.n, 0);
    for (size_t i = 0; i < names.n; i++)
        for (size_t k = 0; k < scales.n; k++) {
            Experiment experiment;
            err = (Error){0};
            const bool loaded = experiment_load(&experiment, names.text[i], scales.text[k],
                                                "experiments", arena, &err);
            const bool lacks = !loaded && experiment.n_lacking == err.n_errors;
            cr_assert(loaded || (lacks && !strcmp(scales.text[k], "published")), "%s", err.text);
            if (loaded) expect_read_back(&experiment, arena);
        }
    arena_destroy(arena);
}
