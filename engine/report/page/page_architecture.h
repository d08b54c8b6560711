/* The architecture behind a cell of a result. */
#ifndef REPORT_PAGE_ARCHITECTURE_H
#define REPORT_PAGE_ARCHITECTURE_H

#include "model/architecture.h"
#include "question/experiment_spec.h"

/* NULL: the result does not say it, or it is not known any more. `cell` may be NULL: then of none. */
const Architecture *page_architecture_of(const ExperimentCell *cell);

#endif
