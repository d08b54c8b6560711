#include "model/huggingface_gpt.h"

#include "model/gpt.h"
#include "model/gpt_spec.h"

/* clang-format off */
static const HuggingfaceField fields[] = {
    {"n_positions", HUGGINGFACE_COUNT, .offset = offsetof(GptSpec, n_context), .least = 2, .most = 8192},
    {"n_embd",      HUGGINGFACE_COUNT, .offset = offsetof(GptSpec, n_channel), .most = 16384},
    {"n_layer",     HUGGINGFACE_COUNT, .offset = offsetof(GptSpec, n_layer),   .most = 128},
    {"n_head",      HUGGINGFACE_COUNT, .offset = offsetof(GptSpec, n_head),    .most = 128, .divides = "n_embd"},
    {"embd_pdrop",  HUGGINGFACE_RATE, .offset = offsetof(GptSpec, dropout)},
    {"resid_pdrop", HUGGINGFACE_RATE, .offset = offsetof(GptSpec, dropout)},
    {"attn_pdrop",  HUGGINGFACE_RATE, .offset = offsetof(GptSpec, attention_dropout)},
    {"afn", .kind = HUGGINGFACE_TEXT, .text = "gelu"}, /* by which the library means the form with tanh, as here */
    {"layer_norm_epsilon", .kind = HUGGINGFACE_NUMBER, .number = 1e-5},
    {"tie_word_embeddings", .kind = HUGGINGFACE_TRUE},
    {NULL}
};

#define PREFIX "transformer."
#define BLOCK PREFIX "h.%d."

static const HuggingfaceName names[] = {
    {TENSORS_TOKEN_TABLE,                    {PREFIX "tokens_embed.weight"}, 0},
    {"position_embedding.weight",            {PREFIX "positions_embed.weight"}, 0},
    {"block.%d.attention.qkv.weight",        {BLOCK "attn.c_attn.weight"}, 0},
    {"block.%d.attention.qkv.bias",          {BLOCK "attn.c_attn.bias"}, 0},
    {"block.%d.attention.projection.weight", {BLOCK "attn.c_proj.weight"}, 0},
    {"block.%d.attention.projection.bias",   {BLOCK "attn.c_proj.bias"}, 0},
    {"block.%d.attention_norm.gain",         {BLOCK "ln_1.weight"}, 0},
    {"block.%d.attention_norm.bias",         {BLOCK "ln_1.bias"}, 0},
    {"block.%d.mlp.widen.weight",            {BLOCK "mlp.c_fc.weight"}, 0},
    {"block.%d.mlp.widen.bias",              {BLOCK "mlp.c_fc.bias"}, 0},
    {"block.%d.mlp.narrow.weight",           {BLOCK "mlp.c_proj.weight"}, 0},
    {"block.%d.mlp.narrow.bias",             {BLOCK "mlp.c_proj.bias"}, 0},
    {"block.%d.mlp_norm.gain",               {BLOCK "ln_2.weight"}, 0},
    {"block.%d.mlp_norm.bias",               {BLOCK "ln_2.bias"}, 0},
    {"head.weight",                          {"score.weight"}, HUGGINGFACE_TRANSPOSED},
    {NULL, {NULL}, 0}
};
/* clang-format on */

static const HuggingfaceAlias aliases[] = {{"lm_head.weight", PREFIX "tokens_embed.weight"},
                                           {NULL, NULL}};
static const HuggingfaceAlias spellings[] = {{NULL, NULL}};

/* The triangle of the causal mask, which old files hold. */
static const char *const surplus[] = {"h.*.attn.bias", PREFIX "h.*.attn.bias", NULL};

const HuggingfaceFamily huggingface_gpt = {
    .architecture = &gpt,
    .model_type = "openai-gpt",
    .class_name = "OpenAIGPT",
    .language_model = "OpenAIGPTLMHeadModel",
    .opened_by = "AutoModelForCausalLM",
    .pipeline = "text-generation",
    .classifier = "OpenAIGPTForSequenceClassification",
    .head_without_bias = true,
    .prefix = PREFIX,
    .fields = fields,
    .names = names,
    .aliases = aliases,
    .spellings = spellings,
    .surplus = surplus,
};
