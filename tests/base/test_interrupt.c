#include "base/interrupt.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>

Test(interrupt, nothing_is_requested_at_first)
{
    Error err = {0};
    cr_assert_not(interrupt_requested());
    cr_assert(interrupt_check(&err));
}

Test(interrupt, the_first_signal_only_asks)
{
    Error err = {0};
    interrupt_install();
    raise(SIGINT);
    cr_assert(interrupt_requested());
    cr_assert_not(interrupt_check(&err));
    cr_assert_eq(err.kind, ERROR_INTERRUPTED);
    cr_assert(strstr(err.text, "\n  try: the same command again"));
}

Test(interrupt, termination_asks_as_well)
{
    interrupt_install();
    raise(SIGTERM);
    cr_assert(interrupt_requested());
}

Test(interrupt, the_second_signal_ends_the_process, .signal = SIGINT)
{
    interrupt_install();
    raise(SIGINT);
    raise(SIGINT);
}
