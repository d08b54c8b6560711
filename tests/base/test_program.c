#include "base/program.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#include "../scratch_folder.h"

TestSuite(program, .init = scratch_folder_make, .fini = scratch_folder_remove);

Test(program, one_that_is_not_there_is_told_from_one_that_fails)
{
    const char *missing[] = {"no-such-program-here", NULL}, *fails[] = {"false", NULL};
    cr_assert_eq(program_run(missing, NULL, NULL), PROGRAM_MISSING);
    cr_assert_eq(program_run(fails, NULL, NULL), 1);
}

Test(program, time_is_settled_whatever_the_environment_says)
{
    const char *argv[] = {"sh", "-c", "echo $TZ $SOURCE_DATE_EPOCH", NULL};
    cr_assert_eq(setenv("TZ", "Asia/Tokyo", 1), 0);
    cr_assert_eq(setenv("SOURCE_DATE_EPOCH", "1", 1), 0);
    cr_assert_eq(program_run(argv, scratch_folder_path(""), "said"), 0);
    cr_expect_str_eq(scratch_folder_read("said"), "UTC 1528675200\n");
}
