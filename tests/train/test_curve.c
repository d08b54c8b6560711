#include <criterion/criterion.h>
#include <string.h>

#include "../learner_rig.h"
#include "../scratch_folder.h"
#include "train/curve.h"

TestSuite(curve, .init = learner_rig_begin, .fini = learner_rig_end);

static Error err;

static Curve begin(void)
{
    Curve curve;
    cr_assert(curve_begin(&curve, scratch_folder_path(""), "curve.csv", "update,loss\n",
                          learner_rig_arena(), &err),
              "%s", err.text);
    return curve;
}

static void save_three_rows(void)
{
    Curve curve = begin();
    for (int update = 8; update < 11; update++)
        cr_assert(curve_row(&curve, &err, "%d,%.2f", update, 1.0 / update));
    cr_assert(curve_save(&curve, &err), "%s", err.text);
}

Test(curve, is_written_as_text_with_a_header)
{
    save_three_rows();
    cr_expect_str_eq(scratch_folder_read("curve.csv"), "update,loss\n8,0.12\n9,0.11\n10,0.10\n");
}

Test(curve, resumed_at_an_update_keeps_the_rows_below_it)
{
    save_three_rows();
    Curve curve = begin();
    cr_assert(curve_resume(&curve, 10, learner_rig_arena(), &err), "%s", err.text);
    cr_expect_str_eq(curve.text.data, "update,loss\n8,0.12\n9,0.11\n");
    cr_expect_eq(curve.n_rows, 2);
}

Test(curve, resumed_without_its_file_is_an_error)
{
    Curve curve = begin();
    cr_expect_not(curve_resume(&curve, 10, learner_rig_arena(), &err));
    cr_expect(strstr(err.text, "curve.csv: cannot be opened: No such file or directory\n"
                               "  while resuming at update 10"),
              "%s", err.text);
}

Test(curve, a_row_may_be_of_any_length)
{
    char name[2000];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    Curve curve = begin();
    cr_assert(curve_row(&curve, &err, "1,%s", name), "%s", err.text);
    cr_expect_eq(curve.text.size, strlen("update,loss\n1,\n") + sizeof name - 1);
    cr_expect_eq(curve.text.data[curve.text.size - 1], '\n');
}
