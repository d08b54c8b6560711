/* Rows of the table of cases.c for the updates of weights. */
#ifndef TESTS_KERNELS_CASES_UPDATES_H
#define TESTS_KERNELS_CASES_UPDATES_H

#include "cases.h"

CaseSizing cases_updates_adam_sizes, cases_updates_adafactor_sizes;
CasePreparation cases_updates_adam_prepare, cases_updates_adafactor_prepare;
CaseCall cases_updates_adam_forward, cases_updates_adafactor_forward;

#endif
