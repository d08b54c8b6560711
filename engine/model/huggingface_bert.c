#include "model/huggingface_bert.h"

#include "model/bert.h"
#include "model/bert_spec.h"
#include "model/gpt_spec.h"
#include "model/top.h"

static const char *const activations[] = {"gelu_new", "gelu", NULL}; /* in the order of GptGelu */

/* clang-format off */
static const HuggingfaceField fields[] = {
    {"max_position_embeddings", HUGGINGFACE_COUNT, .offset = offsetof(GptSpec, n_context), .least = 2, .most = 8192},
    {"hidden_size",             HUGGINGFACE_COUNT, .offset = offsetof(GptSpec, n_channel), .most = 16384},
    {"num_hidden_layers",       HUGGINGFACE_COUNT, .offset = offsetof(GptSpec, n_layer),   .most = 128},
    {"num_attention_heads",     HUGGINGFACE_COUNT, .offset = offsetof(GptSpec, n_head),    .most = 128, .divides = "hidden_size"},
    {"hidden_dropout_prob",          HUGGINGFACE_RATE, .offset = offsetof(GptSpec, dropout)},
    {"attention_probs_dropout_prob", HUGGINGFACE_RATE, .offset = offsetof(GptSpec, attention_dropout)},
    {"hidden_act",              HUGGINGFACE_CHOICE, .offset = offsetof(GptSpec, gelu), .words = activations, .usual = GPT_GELU_ERF},
    {"intermediate_size", .kind = HUGGINGFACE_RATIO, .of = "hidden_size", .factor = 4},
    {"type_vocab_size", .kind = HUGGINGFACE_NUMBER, .number = BERT_SEGMENTS},
    {"layer_norm_eps", .kind = HUGGINGFACE_NUMBER, .number = 1e-12},
    {"position_embedding_type", .kind = HUGGINGFACE_TEXT, .text = "absolute"},
    {"tie_word_embeddings", .kind = HUGGINGFACE_TRUE},
    {NULL}
};

#define PREFIX "bert."
#define EMBEDDINGS PREFIX "embeddings."
#define LAYER PREFIX "encoder.layer.%d."
#define SELF LAYER "attention.self."
#define MASKED "cls.predictions."
enum { LINEAR = HUGGINGFACE_TRANSPOSED, OPTIONAL = HUGGINGFACE_OPTIONAL };

static const HuggingfaceName names[] = {
    {TENSORS_TOKEN_TABLE,         {EMBEDDINGS "word_embeddings.weight"}, 0},
    {"position_embedding.weight", {EMBEDDINGS "position_embeddings.weight"}, 0},
    {"segment_embedding.weight",  {EMBEDDINGS "token_type_embeddings.weight"}, 0},
    {"embedding_norm.gain",       {EMBEDDINGS "LayerNorm.weight"}, 0},
    {"embedding_norm.bias",       {EMBEDDINGS "LayerNorm.bias"}, 0},
    {"block.%d.attention.qkv.weight",
     {SELF "query.weight", SELF "key.weight", SELF "value.weight"}, LINEAR},
    {"block.%d.attention.qkv.bias",
     {SELF "query.bias", SELF "key.bias", SELF "value.bias"}, 0},
    {"block.%d.attention.projection.weight", {LAYER "attention.output.dense.weight"}, LINEAR},
    {"block.%d.attention.projection.bias",   {LAYER "attention.output.dense.bias"}, 0},
    {"block.%d.attention_norm.gain",         {LAYER "attention.output.LayerNorm.weight"}, 0},
    {"block.%d.attention_norm.bias",         {LAYER "attention.output.LayerNorm.bias"}, 0},
    {"block.%d.mlp.widen.weight",            {LAYER "intermediate.dense.weight"}, LINEAR},
    {"block.%d.mlp.widen.bias",              {LAYER "intermediate.dense.bias"}, 0},
    {"block.%d.mlp.narrow.weight",           {LAYER "output.dense.weight"}, LINEAR},
    {"block.%d.mlp.narrow.bias",             {LAYER "output.dense.bias"}, 0},
    {"block.%d.mlp_norm.gain",               {LAYER "output.LayerNorm.weight"}, 0},
    {"block.%d.mlp_norm.bias",               {LAYER "output.LayerNorm.bias"}, 0},
    {"readout.transform.weight", {MASKED "transform.dense.weight"}, LINEAR | OPTIONAL},
    {"readout.transform.bias",   {MASKED "transform.dense.bias"}, OPTIONAL},
    {"readout.norm.gain",        {MASKED "transform.LayerNorm.weight"}, OPTIONAL},
    {"readout.norm.bias",        {MASKED "transform.LayerNorm.bias"}, OPTIONAL},
    {TOP_TOKEN_BIAS,             {MASKED "bias"}, OPTIONAL},
    {"pooler.weight",            {PREFIX "pooler.dense.weight"}, LINEAR | OPTIONAL},
    {"pooler.bias",              {PREFIX "pooler.dense.bias"}, OPTIONAL},
    {TOP_NEXT_SENTENCE ".weight", {"cls.seq_relationship.weight"}, LINEAR | OPTIONAL},
    {TOP_NEXT_SENTENCE ".bias",   {"cls.seq_relationship.bias"}, OPTIONAL},
    {"head.weight",              {"classifier.weight"}, LINEAR},
    {"head.bias",                {"classifier.bias"}, 0},
    {NULL, {NULL}, 0}
};

static const HuggingfaceAlias aliases[] = {
    {MASKED "decoder.weight", EMBEDDINGS "word_embeddings.weight"},
    {MASKED "decoder.bias",   MASKED "bias"},
    {NULL, NULL}
};

/* The release's own, which its conversion kept. */
static const HuggingfaceAlias spellings[] = {
    {"LayerNorm.weight", "LayerNorm.gamma"},
    {"LayerNorm.bias",   "LayerNorm.beta"},
    {NULL, NULL}
};
/* clang-format on */

static const char *const surplus[] = {"cls.seq_relationship.*", "classifier.*", "*position_ids",
                                      NULL};

const HuggingfaceFamily huggingface_bert = {
    .architecture = &bert,
    .model_type = "bert",
    .class_name = "Bert",
    .language_model = "BertForMaskedLM",
    .opened_by = "AutoModelForMaskedLM",
    .of_pairs = {"BertForPreTraining", "AutoModelForPreTraining"},
    .pipeline = "fill-mask",
    .classifier = "BertForSequenceClassification",
    .chooser = "BertForMultipleChoice",
    .prefix = PREFIX,
    .fields = fields,
    .names = names,
    .aliases = aliases,
    .spellings = spellings,
    .surplus = surplus,
};
