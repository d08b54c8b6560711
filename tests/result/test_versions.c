#include "result/versions.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/file.h"
#include "../outcome_rig.h"
#include "base/program.h"

TestSuite(versions, .init = outcome_rig_begin, .fini = outcome_rig_end);

static Versions list(void)
{
    Error err = {0};
    Versions versions;
    cr_assert(versions_list(&versions, scratch_folder_path("results"), "name", "tiny",
                            outcome_rig_arena(), &err),
              "%s", err.text);
    return versions;
}

static void make(const char *version)
{
    char name[64];
    snprintf(name, sizeof name, "results/name/tiny/%s/result.json", version);
    scratch_folder_write(name, "{}", 2);
}

static const char *next(const Versions *versions)
{
    Error err = {0};
    return versions_next(versions, outcome_rig_arena(), &err);
}

Test(versions, begin_with_v001)
{
    Versions versions = list();
    cr_assert_eq(versions.names.n, 0);
    cr_assert_str_eq(next(&versions), "v001");
}

Test(versions, are_in_order_of_their_numbers)
{
    make("v1000");
    make("v999");
    make("v002");
    Versions versions = list();
    cr_assert_eq(versions.names.n, 3);
    cr_assert_str_eq(versions.names.text[0], "v002");
    cr_assert_str_eq(versions.names.text[2], "v1000");
    cr_assert_str_eq(next(&versions), "v1001");
}

Test(versions, are_not_other_folders)
{
    make("v001");
    make("v002.part");
    make("notes");
    make("v");
    Versions versions = list();
    cr_assert_eq(versions.names.n, 1);
}

static const char *before(const char *folder, const char *version)
{
    Error err = {0};
    const char *found;
    char *own = arena_text(outcome_rig_arena(), scratch_folder_path(folder), &err);
    cr_assert(versions_before(&found, own, version, outcome_rig_arena(), &err), "%s", err.text);
    return found;
}

Test(versions, the_one_before_is_the_last_below_it_beside_it)
{
    make("v001");
    make("v003");
    make("v010");
    make("v011.part");
    cr_expect(strstr(before("results/name/tiny/v010", "v010"), "/name/tiny/v003"));
    cr_expect(strstr(before("results/name/tiny/v011.part", "v011"), "/name/tiny/v010"));
    cr_expect_null(before("results/name/tiny/v001", "v001"));
    cr_expect_null(before("elsewhere/v003", "v003"));
}

static const char *last_committed(const Versions *versions)
{
    Error err = {0};
    const char *version = "none";
    cr_assert(versions_last_committed(&version, versions, outcome_rig_arena(), &err));
    return version;
}

Test(versions, outside_a_repository_the_last_counts)
{
    setenv("GIT_CEILING_DIRECTORIES", scratch_folder_path(""), 1);
    make("v001");
    make("v002");
    Versions versions = list();
    cr_assert_str_eq(last_committed(&versions), "v002");
}

Test(versions, in_a_repository_the_last_that_is_tracked_counts)
{
    make("v001");
    make("v002");
    const char *folder = scratch_folder_path("");
    const char *init[] = {"git", "init", "-q", NULL};
    const char *add[] = {"git", "add", "results/name/tiny/v001", NULL};
    if (program_run(init, folder, NULL) != 0) cr_skip_test("git is not installed");
    cr_assert_eq(program_run(add, folder, NULL), 0);
    Versions versions = list();
    cr_assert_str_eq(last_committed(&versions), "v001");
}
