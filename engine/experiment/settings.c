#include "experiment/settings.h"

#include "model/architecture.h"
#include "text/tokenizer.h"

static const SpecField corpus_fields[] = {
    SPEC_TEXT_REQUIRED(CorpusSpec, data,
                       "data set that the tokenizer and the language model learn from"),
    SPEC_REAL(CorpusSpec, held_out, 0.05, 0.0, 0.9,
              "share of documents kept for perplexity, chosen by hash of their names"),
    SPEC_END,
};
static const SpecTable corpus_table = {"corpus", sizeof(CorpusSpec), corpus_fields, NULL};

static const SpecField settings_fields[] = {
    SPEC_STRUCT(Settings, corpus, &corpus_table, "running text"),
    SPEC_ENTRY(Settings, tokenizer, &tokenizer_methods, "text to token ids"),
    SPEC_ENTRY(Settings, model, &architectures, "network"),
    SPEC_OPTIONAL(Settings, pretrain, &pretrain_table, "generative pre-training; null: none"),
    SPEC_STRUCT(Settings, finetune, &finetune_table, "supervised fine-tuning"),
    SPEC_END,
};
const SpecTable settings_table = {"settings", sizeof(Settings), settings_fields, NULL};
