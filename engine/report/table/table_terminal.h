/* A table for who reads at a terminal: aligned, in as many parts as its width needs. */
#ifndef REPORT_TABLE_TERMINAL_H
#define REPORT_TABLE_TERMINAL_H

#include "report/table/table.h"

/* `width`: columns of the terminal. Intervals stand beside their values where all of them find room, else below. */
bool table_terminal(Buffer *text, const Table *table, size_t width, Error *err) MUST_USE;

#endif
