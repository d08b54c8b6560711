/* Ctrl-C and termination signals (SIGINT, SIGTERM, SIGHUP): a flag that long loops look at between units of work.
 *
 * The first signal asks; loops that see it save what they can resume from and fail with error_interrupted. So that
 * Ctrl-C answers within a second, whatever may take longer looks in between; loops of parallel.h do where they may
 * (parallel_may_stop). A SIGHUP that is ignored from outside (nohup) stays ignored. A second signal ends the
 * process at once (nothing half written is ever taken for whole, so this loses time only). */
#ifndef BASE_INTERRUPT_H
#define BASE_INTERRUPT_H

#include "base/error.h"

void interrupt_install(void);
void interrupt_install_worker(
    int parent); /* base/process.h: SIGTERM asks, as often as it comes, and comes
                                              by itself when the process `parent` ends; the terminal's
                                              signals are for that process */
bool interrupt_requested(void);
int interrupt_signal(void);   /* that asked first; 0: none did */
void interrupt_request(void); /* as if a signal had come */

/* Between interrupt_hold(true) and interrupt_hold(false) nobody is told to stop: for keeping what is to be gone on
 * from. */
void interrupt_hold(bool hold);

/* true: go on; false: interrupted, and err says so. */
bool interrupt_check(Error *err) MUST_USE;

/* Tests only: the n-th look from now on finds that a signal has come (counting from 1); 0: none does. interrupt_looks
 * counts them. interrupt_forget: none has come. */
void interrupt_at(long n);
long interrupt_looks(void);
void interrupt_forget(void);

#endif
