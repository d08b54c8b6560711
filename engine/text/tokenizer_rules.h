/* What stands before byte-pair encoding (cleanup.h, standardize.h, splitter.h), said once more as rules of Hugging
 * Face's library `tokenizers`: regular expressions of Oniguruma that replace in the text, then cut it into words.
 *
 * Differs  from ours, as these rules cannot say it or would take a table to say it: HTML entities, mis-decoded text and
 *          C1 controls are not repaired, full-width forms stay, and a stretch gives off at most four words at
 *          either end. What differs in ids is a few words in a thousand lines */
#ifndef TEXT_TOKENIZER_RULES_H
#define TEXT_TOKENIZER_RULES_H

#include "base/json.h"

Json *tokenizer_rules_normalizer(Arena *arena, Error *err);    /* NULL: failed */
Json *tokenizer_rules_pre_tokenizer(Arena *arena, Error *err); /* NULL: failed */

#endif
