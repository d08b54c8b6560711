/* Rows of the table of cases.c for kernels that gather rows by their numbers. */
#ifndef TESTS_KERNELS_CASES_TABLES_H
#define TESTS_KERNELS_CASES_TABLES_H

#include "cases.h"

CaseSizing cases_tables_embedding_sizes, cases_tables_pool_sizes;
CasePreparation cases_tables_embedding_prepare, cases_tables_pool_prepare;
CaseCall cases_tables_embedding_forward, cases_tables_embedding_backward;
CaseCall cases_tables_pool_forward, cases_tables_pool_backward;

#endif
