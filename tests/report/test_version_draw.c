#include "report/version/version_draw.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "../outcome_rig.h"
#include "../scratch_folder.h"
#include "base/file.h"
#include "results_rig.h"

TestSuite(version_draw, .init = outcome_rig_begin, .fini = outcome_rig_end);

static const char *read(const char *folder, const char *name)
{
    Error err = {0};
    char *bytes, *path = file_join(outcome_rig_arena(), folder, name, &err);
    size_t size;
    cr_assert(path && file_read(&bytes, &size, path, outcome_rig_arena(), &err), "%s", err.text);
    return bytes;
}

/* How many files stand in the folder, all of which are as those of the version. */
static int compare(const char *drawn, const char *version)
{
    Error err = {0};
    char **names;
    size_t n;
    int n_files = 0;
    cr_assert(file_list(&names, &n, drawn, outcome_rig_arena(), &err), "%s", err.text);
    for (size_t i = 0; i < n; i++) {
        char *a = file_join(outcome_rig_arena(), drawn, names[i], &err);
        char *b = file_join(outcome_rig_arena(), version, names[i], &err);
        if (file_is_folder(a)) n_files += compare(a, b);
        else {
            cr_expect_str_eq(read(drawn, names[i]), read(version, names[i]), "%s", b);
            n_files++;
        }
    }
    return n_files;
}

static void draw_again(const char *version)
{
    Error err = {0};
    Result result;
    const DatasetPlaces places = {.manifests = "datasets", .downloads = "build/data"};
    char *folder = arena_text(outcome_rig_arena(), scratch_folder_path(version), &err);
    cr_assert(folder && result_read(&result, version, outcome_rig_arena(), &err) &&
                  version_draw_describe(&result, &places, &err) && file_make_folder(folder, &err) &&
                  version_draw(&result, folder, &err),
              "%s: %s", version, err.text);
    cr_expect_geq(compare(folder, version),
                  5); /* README.md, two tables, a figure's CSV and script */
}

/* The last of each: what an older one says, it says in the words of its time. */
Test(version_draw, every_committed_result_is_drawn_again_to_the_last_byte)
{
    cr_assert_geq(results_rig_each(draw_again), 14);
}
