/* What the paper (paper/) is made of: every number, table and figure of the committed results, as files that LaTeX reads
 * and that the site is made of. Prose is not written here.
 *
 *   values.tex, values.tsv        \measured{KEY}: the single numbers that prose names, and where they come from
 *   ledger.tex                    all claims and their verdicts
 *   settings.tex                  models and trainings, at each scale
 *   data.tex, provenance.tex      where everything comes from
 *   questions/NAME.tex            a section an experiment
 *   tables/NAME.tex, NAME.html    its tables, and those in the form of the original's
 *   figures/NAME-FIGURE.*         its figures, with their values
 *
 * LaTeX is what both the document and the site are made from; it uses the commands of paper/reprise.sty alone. */
#ifndef REPORT_PAPER_H
#define REPORT_PAPER_H

#include "base/arena.h"
#include "report/paper/paper_places.h"

/* What stood in the folder is replaced. */
bool paper_write(const PaperPlaces *places, Arena *arena, Error *err) MUST_USE;

#endif
