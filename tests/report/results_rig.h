/* The committed results. */
#ifndef TESTS_RESULTS_RIG_H
#define TESTS_RESULTS_RIG_H

/* Visits the last version of every NAME/SCALE under results/, by the path of its folder; how many there are. */
int results_rig_each(void (*visit)(const char *version));

#endif
