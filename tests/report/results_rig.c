#include "results_rig.h"

#include <criterion/criterion.h>

#include "../outcome_rig.h"
#include "base/file.h"
#include "result/versions.h"

int results_rig_each(void (*visit)(const char *version))
{
    Error err = {0};
    Arena *arena = outcome_rig_arena();
    char **names, **scales;
    size_t n_names, n_scales;
    int n = 0;
    cr_assert(file_list(&names, &n_names, "results", arena, &err), "%s", err.text);
    for (size_t i = 0; i < n_names; i++) {
        char *folder = file_join(arena, "results", names[i], &err);
        if (!file_is_folder(folder)) continue;
        cr_assert(file_list(&scales, &n_scales, folder, arena, &err));
        for (size_t k = 0; k < n_scales; k++, n++) {
            Versions versions;
            cr_assert(versions_list(&versions, "results", names[i], scales[k], arena, &err));
            visit(arena_format(arena, &err, "%s/%s", versions.folder,
                               versions.names.text[versions.names.n - 1]));
        }
    }
    return n;
}
