#include "stages/stage_rows.h"

#include "stages/stage_context_window.h"
#include "stages/stage_evaluate.h"
#include "stages/stage_finetune.h"
#include "stages/stage_position.h"
#include "stages/stage_pretrain.h"
#include "stages/stage_rate.h"
#include "stages/stage_sample.h"
#include "stages/stage_tokenizer.h"
#include "stages/stage_tokens.h"
#include "stages/stage_zero_shot.h"

const StageRow *const stage_rows[] = {
    &stage_tokenizer,
    &stage_tokens,
    &stage_pretrain,
    &stage_sample,
    &stage_zero_shot,
    &stage_context_window,
    &stage_position,
    &stage_rate,
    &stage_finetune,
    &stage_evaluate,
    NULL,
};
