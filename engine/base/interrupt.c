#include "base/interrupt.h"

#include <signal.h>
#include <stdatomic.h>
#include <sys/prctl.h>
#include <unistd.h>

/* Lock-free, so a signal handler may write them. */
static atomic_bool requested;
static atomic_int first_signal;
static atomic_bool held;
static atomic_long look_that_finds, looks; /* 0: looks are not counted */

static void on_signal(int signal_number)
{
    /* A second signal finds the default action again (SA_RESETHAND) and ends the process. */
    int none = 0;
    atomic_compare_exchange_strong(&first_signal, &none, signal_number);
    atomic_store(&requested, true);
}

void interrupt_install(void)
{
    struct sigaction before,
        action = {.sa_handler = on_signal, .sa_flags = SA_RESTART | (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, NULL, &before);
    if (before.sa_handler != SIG_IGN) sigaction(SIGHUP, &action, NULL); /* as nohup wants it */
}

void interrupt_install_worker(int parent)
{
    struct sigaction ask = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigemptyset(&ask.sa_mask);
    sigemptyset(&ignore.sa_mask);
    sigaction(SIGTERM, &ask, NULL);
    sigaction(SIGINT, &ignore, NULL);
    sigaction(SIGHUP, &ignore, NULL);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) interrupt_request(); /* it ended before that was said */
}

void interrupt_at(long n)
{
    atomic_store(&looks, 0);
    atomic_store(&look_that_finds, n);
}

long interrupt_looks(void)
{
    return atomic_load(&looks);
}

void interrupt_forget(void)
{
    atomic_store(&requested, false);
    atomic_store(&first_signal, 0);
}

static void count_look(void)
{
    const long n = atomic_load_explicit(&look_that_finds, memory_order_relaxed);
    if (n > 0 && atomic_fetch_add(&looks, 1) + 1 == n) interrupt_request();
}

bool interrupt_requested(void)
{
    if (atomic_load_explicit(&held, memory_order_relaxed)) return false;
    count_look();
    return atomic_load_explicit(&requested, memory_order_relaxed);
}

void interrupt_hold(bool hold)
{
    atomic_store(&held, hold);
}

int interrupt_signal(void)
{
    return atomic_load(&first_signal);
}

void interrupt_request(void)
{
    atomic_store(&requested, true);
}

bool interrupt_check(Error *err)
{
    if (!interrupt_requested()) return true;
    error_interrupted(err, "interrupted: stopped as asked; everything finished so far was kept");
    return error_hint(err, "the same command again, to go on from there");
}
