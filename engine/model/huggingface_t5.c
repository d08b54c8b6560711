#include "model/huggingface_t5.h"

#include "model/t5.h"

/* clang-format off */
static const HuggingfaceField fields[] = {
    {"n_positions", HUGGINGFACE_COUNT, .offset = offsetof(T5Spec, n_context), .least = 2, .most = 8192, .usual = 512, .loose = true},
    {"d_model",     HUGGINGFACE_COUNT, .offset = offsetof(T5Spec, n_channel), .most = 16384},
    {"num_layers",  HUGGINGFACE_COUNT, .offset = offsetof(T5Spec, n_layer),   .most = 128},
    {"num_heads",   HUGGINGFACE_COUNT, .offset = offsetof(T5Spec, n_head),    .most = 128, .divides = "d_model"},
    {"dropout_rate", HUGGINGFACE_RATE, .offset = offsetof(T5Spec, dropout)},
    {"num_decoder_layers", .kind = HUGGINGFACE_RATIO, .of = "num_layers", .factor = 1},
    {"d_kv", .kind = HUGGINGFACE_RATIO, .of = "d_model", .by = "num_heads", .factor = 1},
    {"d_ff", .kind = HUGGINGFACE_RATIO, .of = "d_model", .factor = 4},
    {"relative_attention_num_buckets", .kind = HUGGINGFACE_NUMBER, .number = 32},
    {"relative_attention_max_distance", .kind = HUGGINGFACE_NUMBER, .number = 128},
    {"layer_norm_epsilon", .kind = HUGGINGFACE_NUMBER, .number = 1e-6},
    {"feed_forward_proj", .kind = HUGGINGFACE_TEXT, .text = "relu"},
    {"is_encoder_decoder", .kind = HUGGINGFACE_TRUE},
    {"tie_word_embeddings", .kind = HUGGINGFACE_TRUE},
    {NULL}
};

#define ENCODER "encoder.block.%d.layer."
#define DECODER "decoder.block.%d.layer."
#define OF_SELF(stack) stack "0.SelfAttention."
#define OF_SOURCE DECODER "1.EncDecAttention."
enum { LINEAR = HUGGINGFACE_TRANSPOSED };

static const HuggingfaceName names[] = {
    {TENSORS_TOKEN_TABLE,                {"shared.weight"}, 0},
    {"encoder.relative_position.weight", {"encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight"}, 0},
    {"encoder.block.%d.attention_norm.gain",         {ENCODER "0.layer_norm.weight"}, 0},
    {"encoder.block.%d.attention.query.weight",      {OF_SELF(ENCODER) "q.weight"}, LINEAR},
    {"encoder.block.%d.attention.key_value.weight",  {OF_SELF(ENCODER) "k.weight", OF_SELF(ENCODER) "v.weight"}, LINEAR},
    {"encoder.block.%d.attention.projection.weight", {OF_SELF(ENCODER) "o.weight"}, LINEAR},
    {"encoder.block.%d.mlp_norm.gain",               {ENCODER "1.layer_norm.weight"}, 0},
    {"encoder.block.%d.mlp.widen.weight",            {ENCODER "1.DenseReluDense.wi.weight"}, LINEAR},
    {"encoder.block.%d.mlp.narrow.weight",           {ENCODER "1.DenseReluDense.wo.weight"}, LINEAR},
    {"encoder.final_norm.gain",                      {"encoder.final_layer_norm.weight"}, 0},
    {"decoder.relative_position.weight", {"decoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight"}, 0},
    {"decoder.block.%d.attention_norm.gain",         {DECODER "0.layer_norm.weight"}, 0},
    {"decoder.block.%d.attention.query.weight",      {OF_SELF(DECODER) "q.weight"}, LINEAR},
    {"decoder.block.%d.attention.key_value.weight",  {OF_SELF(DECODER) "k.weight", OF_SELF(DECODER) "v.weight"}, LINEAR},
    {"decoder.block.%d.attention.projection.weight", {OF_SELF(DECODER) "o.weight"}, LINEAR},
    {"decoder.block.%d.source_norm.gain",            {DECODER "1.layer_norm.weight"}, 0},
    {"decoder.block.%d.source.query.weight",         {OF_SOURCE "q.weight"}, LINEAR},
    {"decoder.block.%d.source.key_value.weight",     {OF_SOURCE "k.weight", OF_SOURCE "v.weight"}, LINEAR},
    {"decoder.block.%d.source.projection.weight",    {OF_SOURCE "o.weight"}, LINEAR},
    {"decoder.block.%d.mlp_norm.gain",               {DECODER "2.layer_norm.weight"}, 0},
    {"decoder.block.%d.mlp.widen.weight",            {DECODER "2.DenseReluDense.wi.weight"}, LINEAR},
    {"decoder.block.%d.mlp.narrow.weight",           {DECODER "2.DenseReluDense.wo.weight"}, LINEAR},
    {"decoder.final_norm.gain",                      {"decoder.final_layer_norm.weight"}, 0},
    {NULL, {NULL}, 0}
};

static const HuggingfaceAlias aliases[] = {
    {"lm_head.weight",              "shared.weight"},
    {"encoder.embed_tokens.weight", "shared.weight"},
    {"decoder.embed_tokens.weight", "shared.weight"},
    {NULL, NULL}
};
/* clang-format on */

static const HuggingfaceAlias spellings[] = {{NULL, NULL}};

/* A table of the first cross-attention, which older files hold and nothing reads. */
static const char *const surplus[] = {
    "decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight", NULL};

const HuggingfaceFamily huggingface_t5 = {
    .architecture = &t5,
    .model_type = "t5",
    .class_name = "T5",
    .language_model = "T5ForConditionalGeneration",
    .opened_by = "AutoModelForSeq2SeqLM",
    .pipeline = "text2text-generation",
    .pads_vocabulary = true,
    .prefix = "",
    .fields = fields,
    .names = names,
    .aliases = aliases,
    .spellings = spellings,
    .surplus = surplus,
};
