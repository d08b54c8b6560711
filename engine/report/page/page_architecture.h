/* The architecture behind a cell of a result. */
#ifndef REPORT_PAGE_ARCHITECTURE_H
#define REPORT_PAGE_ARCHITECTURE_H

#include "model/architecture.h"
#include "result/result.h"

/* NULL: the result does not say it, or it is not known any more. */
const Architecture *page_architecture_at(const Result *result, size_t cell);
const Architecture *page_architecture_of(const Result *result, const char *cell); /* by its name */

#endif
