/* What is known of the text of a corpus while a stage is planned. */
#ifndef STAGES_CORPUS_PLANNED_H
#define STAGES_CORPUS_PLANNED_H

#include "stages/corpus_text.h"
#include "stages/stage_request.h"

/* Counted where the corpus is encoded already, else as its manifest states. */
bool corpus_planned(CorpusText *text, const StageRequest *request, Error *err) MUST_USE;

#endif
