#include "spec_example.h"

#include <math.h>

static const SpecField gpt_fields[] = {
    SPEC_INT(GptLike, n_layer, SPEC_REQUIRED, 1, 64, "Transformer blocks"),
    SPEC_INT(GptLike, n_head, 4, 1, 64, "attention heads"),
    SPEC_REAL(GptLike, dropout, 0.1, 0.0, 0.9, "drop probability (GPT-1, section 4.1)"),
    SPEC_END,
};

static void gpt_check(const void *value, const SpecReader *reader, const char *path)
{
    const GptLike *gpt = value;
    if (gpt->n_layer % 2 == 0 || gpt->n_head == 4) return;
    spec_error(reader, spec_path_key(reader, path, "n_head"),
               "an odd number of layers needs 4 heads");
    error_hint(reader->err, "4");
}
static const SpecTable gpt_table = {"gpt", sizeof(GptLike), gpt_fields, gpt_check};

static const SpecField lstm_fields[] = {
    SPEC_INT(LstmLike, n_unit, SPEC_REQUIRED, 1, INFINITY, "units"),
    SPEC_END,
};
static const SpecTable lstm_table = {"lstm", sizeof(LstmLike), lstm_fields, NULL};

static const SpecEntry gpt = {"gpt", "a Transformer", &gpt_table};
static const SpecEntry lstm = {"lstm", "a recurrent network", &lstm_table};
static const SpecEntry none = {"none", "no model | at all", NULL};
static const SpecEntry *const models[] = {&gpt, &lstm, &none, NULL};
const SpecRegistry example_models = {"architecture", models};

static const SpecField claim_fields[] = {
    SPEC_TEXT_REQUIRED(Claim, id, "short name"),
    SPEC_REAL(Claim, smallest_effect, 0.0, 0.0, 100.0, "smallest effect of interest"),
    SPEC_END,
};
const SpecTable claim_table = {"claim", sizeof(Claim), claim_fields, NULL};

static const SpecField warmup_fields[] = {
    SPEC_REAL(Warmup, share, 0.002, 0.0, 1.0, "share of all updates"),
    SPEC_INT(Warmup, updates, 0, 0, INFINITY, "updates"),
    SPEC_END,
};
static const SpecTable warmup_table = {"warmup", sizeof(Warmup), warmup_fields, NULL};

static const SpecField pretrain_fields[] = {
    SPEC_INT(Pretrain, updates, 100, 1, INFINITY, "updates"),
    SPEC_STRUCT(Pretrain, warmup, &warmup_table, "how the rate begins"),
    SPEC_END,
};
static const SpecTable pretrain_table = {"pretrain", sizeof(Pretrain), pretrain_fields, NULL};

static const char *const schedules[] = {"linear", "cosine", "constant", NULL};

static const SpecField example_fields[] = {
    SPEC_TEXT(Example, title, NULL, "what it is called", .numerics_free = true),
    SPEC_TEXT(Example, name, "unnamed", "what it is"),
    SPEC_INT_OR(Example, transfer_layers, "all", -1, -1, 0, 64, "layers that are transferred"),
    SPEC_REAL(Example, rate, 6.25e-5, 0.0, 1.0, "learning rate"),
    SPEC_BOOL(Example, tied, true, "tied softmax"),
    SPEC_CHOICE(Example, schedule, schedules, 1, "how the rate runs"),
    SPEC_TEXTS(Example, tasks, "names of data sets"),
    SPEC_INTS(Example, seeds, 0, INFINITY, "seeds of the runs"),
    SPEC_REALS(Example, rates, 0.0, 1.0, "rates to try"),
    SPEC_ANY(Example, report, "what to draw"),
    SPEC_STRUCT(Example, warmup, &warmup_table, "how the rate begins"),
    SPEC_OPTIONAL(Example, pretrain, &pretrain_table, "pre-training; null: none"),
    SPEC_ENTRY(Example, model, &example_models, "the model"),
    SPEC_STRUCTS(Example, claims, &claim_table, "statements to test"),
    SPEC_END,
};
const SpecTable example_table = {"example", sizeof(Example), example_fields, NULL};
