/* What a command compares: the files of a version, or what the finished stages of an experiment give. */
#ifndef CLI_SIDES_H
#define CLI_SIDES_H

#include "analysis/comparison.h"
#include "cli/options.h"
#include "experiment/plan_union.h"

/* Whatever `word` says, from the files alone unless it says so:
 *
 *   results/NAME/SCALE/v001        a version; any folder with a result.json
 *   results/NAME/SCALE             the last one in it
 *   THEIRS.json                    a result.json, of whatever name
 *   NAME, NAME/SCALE               the last version; without SCALE at that of the options
 *   NAME@v001, NAME/SCALE@v001     that version
 *   NAME@store, NAME/SCALE@store   the finished stages
 *
 * What is there as a file or a folder is that. */
bool sides_open(ComparisonSide *side, const char *word, const Options *options, Arena *arena,
                Error *err) MUST_USE;

/* The finished stages of an experiment. `held`: plan_check.h. */
bool sides_open_store(ComparisonSide *side, const PlanUnionItem *item, bool *held,
                      const Options *options, Arena *arena, Error *err) MUST_USE;

/* The version whose folder this is. */
bool sides_open_version(ComparisonSide *side, const char *folder, Arena *arena,
                        Error *err) MUST_USE;

/* Whether a word can only be a side of its own, and no experiment's name. */
bool sides_is_file_or_version(const char *word);

#endif
