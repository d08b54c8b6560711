/* Stage `rate`: training tokens a second of a cell's architecture against the length of its sequences, at
 * the same number of tokens an update (train/rate.h). Output: probe.json: the rates, and beside them what
 * does not depend on the machine: floating-point operations a trained token, and layers or steps that forward
 * has to take one after another.
 *
 * Rates are of a machine, so it stands in the stage's document: another processor, another number of cores
 * or threads measures anew, the same one does not. */
#ifndef STAGES_STAGE_RATE_H
#define STAGES_STAGE_RATE_H

#include "stages/stage_row.h"

extern const StageRow stage_rate;

#endif
