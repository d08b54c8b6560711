/* What is committed under experiments/ loads. */
#include <criterion/criterion.h>

#include "question/experiment_spec.h"

Test(experiment_committed, every_experiment_loads_at_every_scale)
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
            cr_expect(experiment_load(&experiment, names.text[i], scales.text[k], "experiments",
                                      arena, &err),
                      "%s", err.text);
        }
    arena_destroy(arena);
}
