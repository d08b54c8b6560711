#include "train/finetune.h"

static const SpecField finetune_fields[] = {
    SPEC_CHOICE(FinetuneSpec, precision, kernels_precision_words, PRECISION_FP32,
                "of the operands of matrix products, while training and when its model is scored",
                .sparse = true),
    SPEC_INT(FinetuneSpec, epochs, 3, 1, 1000, "passes over the training set (GPT-1, 4.1: 3)"),
    SPEC_INT(FinetuneSpec, batch, 32, 1, 65536, "examples an update (GPT-1, 4.1: 32)"),
    SPEC_REAL(FinetuneSpec, learning_rate, 6.25e-5, 0.0, 1.0, "maximum (GPT-1, 4.1: 6.25e-5)"),
    SPEC_CHOICE(FinetuneSpec, schedule, schedule_words, SCHEDULE_WARMUP_LINEAR,
                "course of the learning rate (BERT: linear_after_warmup; T5: warmup_constant)"),
    SPEC_REAL(FinetuneSpec, warmup, 0.002, 0.0, 1.0,
              "share of the updates: 0.002 is the paper's 0.2 % (GPT-1, 4.1)", .share = true),
    SPEC_REAL(FinetuneSpec, lm_coefficient, 0.5, 0.0, 100.0,
              "lambda of the auxiliary language model (GPT-1, 3.2)"),
    SPEC_REAL(FinetuneSpec, classifier_dropout, 0.1, 0.0, 0.9,
              "drop probability before the head (GPT-1, 4.1)", .share = true),
    SPEC_INT_OR(FinetuneSpec, transfer_layers, "all", 64, 64, 0, 64,
                "blocks taken from pre-training, embeddings always; more than there are: all"),
    SPEC_BOOL(FinetuneSpec, freeze_transferred, false,
              "leave what was transferred as it is: neither gradient step nor decay; the rows of "
              "the special tokens and the head are new and always train"),
    SPEC_INT(FinetuneSpec, train_examples, 0, 0, 1e9,
             "train on at most this many examples, drawn by seed; 0: all"),
    SPEC_INT(FinetuneSpec, micro_batch_tokens, 2048, 64, 1e6,
             "tokens a pass; gradients are summed over passes"),
    SPEC_CHOICE(FinetuneSpec, regression, head_regression_words, HEAD_SOFT_BINS,
                "how numbers are predicted: shares of the integers of their range (Tai et al. "
                "2015), or directly"),
    SPEC_STRUCT(FinetuneSpec, adam, &optimizer_adam_table, "optimizer, unless adafactor is"),
    SPEC_OPTIONAL(FinetuneSpec, adafactor, &optimizer_adafactor_table,
                  "optimizer in the place of adam, as T5's: {} is its defaults (Shazeer and Stern "
                  "2018, Raffel et al. 2020)",
                  .sparse = true),
    SPEC_END,
};

static void check(const void *value, const SpecReader *reader, const char *path)
{
    const FinetuneSpec *spec = value;
    if (spec->schedule == SCHEDULE_INVERSE_SQRT && spec->warmup <= 0) {
        spec_error(
            reader, spec_path_key(reader, path, "warmup"),
            "the schedule 'inverse_sqrt' falls from where the warm-up ends, so there must be "
            "one: a share above 0");
        error_hint(reader->err, "\"warmup\": 0.1");
    }
    optimizer_check(&spec->adam, &spec->adafactor, reader, path);
}

const SpecTable finetune_table = {"finetune", sizeof(FinetuneSpec), finetune_fields, check};
