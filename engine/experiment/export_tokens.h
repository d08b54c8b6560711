/* The tokens of task/special_tokens.h in a tokenizer of Hugging Face's library: their names there, and what it sets around
 * texts for the model. */
#ifndef EXPERIMENT_EXPORT_TOKENS_H
#define EXPERIMENT_EXPORT_TOKENS_H

#include "model/huggingface_config.h"
#include "task/special_tokens.h"
#include "text/tokenizer_huggingface.h"

typedef struct ExportTokens {
    size_t n;
    TokenizerAdded *added; /* by rising id, in the arena */
    TokenizerFrame frame;  /* of these */
    bool has_frame;
} ExportTokens;

/* of_task: of a model of a task, else of a language model. */
bool export_tokens_make(ExportTokens *tokens, const SpecialTokens *special, bool of_task,
                        Arena *arena, Error *err) MUST_USE;

/* What config.json says of them. */
HuggingfaceTokens export_tokens_config(const SpecialTokens *special, const Tokenizer *tokenizer);

#endif
