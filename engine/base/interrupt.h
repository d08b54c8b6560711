/* Ctrl-C and termination signals (SIGINT, SIGTERM, SIGHUP): a flag that long loops look at between units of work.
 *
 * The first signal asks; loops that see it save what they can resume from and fail with
 * error_interrupted. A SIGHUP that is ignored from outside (nohup) stays ignored. A second signal ends the process at once (nothing half written is ever taken for
 * whole, so this loses time only). */
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
void interrupt_request(void); /* as if a signal had come; tests */

/* true: go on; false: interrupted, and err says so. */
bool interrupt_check(Error *err) MUST_USE;

#endif
