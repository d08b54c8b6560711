/* The parts of the paper, each a text of its own; paper.c says which file it becomes. */
#ifndef REPORT_PAPER_PARTS_H
#define REPORT_PAPER_PARTS_H

#include "analysis/ledger.h"
#include "report/paper/paper_results.h"
#include "report/table/table.h"
#include "result/verdict.h"

/* Single numbers, for LaTeX and as key, text and experiment between tabs. */
bool paper_values(Buffer *latex, Buffer *tsv, const PaperResults *results, const Ledger *ledger,
                  Error *err) MUST_USE;

/* Claims of the results that are shown, and those that none of them measures. */
bool paper_ledger_keep(Ledger *ledger, const PaperResults *results);
bool paper_ledger(Buffer *latex, const Ledger *ledger, Error *err) MUST_USE;

/* What an experiment asked and found. */
bool paper_question(Buffer *latex, const Result *result, Error *err) MUST_USE;

/* What moved from each of its versions to the next; nothing where there is one. */
bool paper_versions(Buffer *latex, const Result *result, const char *results, Error *err) MUST_USE;

/* The stages that made a result, those that differ in their seed alone in one row. */
bool paper_stages(Buffer *latex, const Result *result, Error *err) MUST_USE;

/* Models and trainings, a table a scale. */
bool paper_settings(Buffer *latex, const PaperResults *results, Error *err) MUST_USE;

/* Each data set once, with the experiments that used it; each result with machine, program and stages. */
bool paper_data(Buffer *latex, const PaperResults *results, const PaperPlaces *places,
                Error *err) MUST_USE;
bool paper_provenance(Buffer *latex, const PaperResults *results, const PaperPlaces *places,
                      Error *err) MUST_USE;

/* The tasks of an experiment of which the original has a table by row: its own, then what else was measured. */
bool paper_tables_tasks(TextList *tasks, const Result *result, Error *err) MUST_USE;

/* What the original measured, with its numbers beside ours: of a result whose cells or tasks it gives numbers for. */
bool paper_tables_original(Table *table, bool *any, const Result *result,
                           const ExperimentColumns *columns, const DatasetPlaces *data,
                           Error *err) MUST_USE;

#endif
