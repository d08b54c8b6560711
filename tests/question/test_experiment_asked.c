#include "question/experiment_asked.h"

#include <criterion/criterion.h>
#include <string.h>

Test(experiment_asked, a_scale_that_a_shell_would_read_is_quoted_in_the_hint)
{
    Error err = {0};
    error_set(&err, "not done");
    cr_expect_not(experiment_asked_hint(&err, "quickstart", "tiny+finetune.epochs=5+seeds=[1,2]",
                                        ", then go on"));
    cr_expect(strstr(err.text, "try: reprise run quickstart --scale "
                               "'tiny+finetune.epochs=5+seeds=[1,2]', then go on"),
              "%s", err.text);
}

Test(experiment_asked, usual_names_stand_as_they_are)
{
    Error err = {0};
    error_set(&err, "not done");
    cr_expect_not(experiment_asked_hint(&err, "first-transfer", "tiny", ""));
    cr_expect(strstr(err.text, "try: reprise run first-transfer --scale tiny"), "%s", err.text);
}
