/* What is exported: the trial with a task of ratings, run. */
#ifndef TESTS_EXPORT_RIG_H
#define TESTS_EXPORT_RIG_H

#include <stdbool.h>

#define EXPORT_RIG_TRIAL "experiments/trial.json"

/* Pairs with scores from 0 to 5 in the mirror, as those of STS-B, and three more for a server. */
void export_rig_write_ratings(bool for_server);

/* The trial on these and on 'tiny-happy'. */
void export_rig_run_trial(void);

#endif
