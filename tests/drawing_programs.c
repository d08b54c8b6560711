#include "drawing_programs.h"

#include <criterion/criterion.h>

#include "report/figure/figure.h"

void drawing_programs_need(void)
{
    Error err = {0};
    if (!figure_check(&err)) cr_skip_test("%s", err.text);
}
