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

Test(interrupt, nobody_is_told_while_what_there_is_is_kept)
{
    Error err = {0};
    interrupt_request();
    interrupt_hold(true);
    cr_assert(interrupt_check(&err));
    interrupt_hold(false);
    cr_assert_not(interrupt_check(&err));
}

Test(interrupt, a_test_counts_the_looks_and_chooses_the_one_that_finds_it)
{
    Error err = {0};
    interrupt_at(3);
    cr_assert(interrupt_check(&err) && interrupt_check(&err));
    cr_assert_not(interrupt_check(&err));
    cr_assert_not(interrupt_check(&err));
    cr_assert_eq(interrupt_looks(), 4);
    interrupt_at(0);
    cr_assert_not(interrupt_check(&err), "it stays so");
    interrupt_forget();
    cr_assert(interrupt_check(&err));
}
