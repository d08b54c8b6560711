#include "model/huggingface_config.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char model_type[] = "openai-gpt";
static const char activation[] =
    "gelu"; /* by which the library means the form with tanh, as here */
static const double norm_epsilon = 1e-5;
static const double initial_deviation = 0.02;

/* clang-format off */
static const struct { const char *key; size_t offset; int64_t most; } counts[] = {
    {"vocab_size",  offsetof(HuggingfaceConfig, n_vocab),        1 << 30},
    {"n_positions", offsetof(HuggingfaceConfig, spec.n_context), 8192},
    {"n_embd",      offsetof(HuggingfaceConfig, spec.n_channel), 16384},
    {"n_layer",     offsetof(HuggingfaceConfig, spec.n_layer),   128},
    {"n_head",      offsetof(HuggingfaceConfig, spec.n_head),    128},
};
static const struct { const char *key; size_t offset; } rates[] = {
    {"embd_pdrop",  offsetof(HuggingfaceConfig, spec.dropout)},
    {"resid_pdrop", offsetof(HuggingfaceConfig, spec.dropout)},
    {"attn_pdrop",  offsetof(HuggingfaceConfig, spec.attention_dropout)},
};
/* clang-format on */
enum { N_COUNTS = sizeof counts / sizeof *counts, N_RATES = sizeof rates / sizeof *rates };

static const double usual_rate = 0.1, most_rate = 0.9;

/* --- reading -------------------------------------------------------------------------------- */

typedef struct Reading {
    const char *path;
    const Json *object;
    Error *err;
} Reading;

static void read_count(int64_t *value, const Reading *r, const char *key, int64_t most)
{
    const Json *member = json_get(r->object, key);
    *value = 1;
    if (member && json_type(member) == JSON_INTEGER_VALUE && json_int(member) >= 1 &&
        json_int(member) <= most)
        *value = json_int(member);
    else
        error_set(r->err, "%s: $.%s: expected a whole number from 1 to %lld%s", r->path, key,
                  (long long)most, member ? "" : ", found nothing");
}

/* A number that may be left out. */
static double read_number(const Reading *r, const char *key, double usual)
{
    const Json *member = json_get(r->object, key);
    if (!member) return usual;
    if (json_is_numeric(member)) return json_number(member);
    error_set(r->err, "%s: $.%s: expected a number", r->path, key);
    return usual;
}

static void check_text(const Reading *r, const char *key, const char *wanted, bool may_lack)
{
    const Json *member = json_get(r->object, key);
    if (!member && may_lack) return;
    const char *text = json_get_text(r->object, key), *found = text ? text : "no text";
    if (strcmp(found, wanted) != 0)
        error_set(r->err, "%s: $.%s is '%s', but a gpt here is '%s'", r->path, key, found, wanted);
}

static void read_rates(HuggingfaceConfig *config, const Reading *r)
{
    for (int i = 0; i < N_RATES; i++) {
        double rate = read_number(r, rates[i].key, usual_rate);
        if (!(rate >= 0 && rate <= most_rate)) {
            error_set(r->err, "%s: $.%s: expected a number from 0 to %g", r->path, rates[i].key,
                      most_rate);
            rate = usual_rate;
        }
        *(double *)((char *)config + rates[i].offset) = rate;
    }
    if (read_number(r, "embd_pdrop", usual_rate) != read_number(r, "resid_pdrop", usual_rate))
        error_set(r->err, "%s: $.embd_pdrop is not $.resid_pdrop, but a gpt here has one for both",
                  r->path);
}

static void read_members(HuggingfaceConfig *config, const Reading *r)
{
    for (int i = 0; i < N_COUNTS; i++)
        read_count((int64_t *)(void *)((char *)config + counts[i].offset), r, counts[i].key,
                   counts[i].most);
    read_rates(config, r);
    check_text(r, "afn", activation, true);
    if (fabs(read_number(r, "layer_norm_epsilon", norm_epsilon) - norm_epsilon) > 1e-9)
        error_set(r->err, "%s: $.layer_norm_epsilon is not %g, which a gpt here has", r->path,
                  norm_epsilon);
    if (config->spec.n_channel % config->spec.n_head != 0)
        error_set(r->err, "%s: $.n_head: %lld does not divide n_embd = %lld", r->path,
                  (long long)config->spec.n_head, (long long)config->spec.n_channel);
}

bool huggingface_config_read(HuggingfaceConfig *config, const char *path, Arena *arena, Error *err)
{
    *config = (HuggingfaceConfig){.pad_token = -1};
    const int n_before = err->n_errors;
    Reading r = {path, json_parse_file(path, arena, err), err};
    if (!r.object) return false;
    if (json_type(r.object) != JSON_OBJECT_VALUE)
        return error_set(err, "%s: expected an object", path);
    check_text(&r, "model_type", model_type, false);
    if (err->n_errors > n_before) /* what another kind of model says means nothing here */
        return error_hint(err, "a folder of an OpenAIGPT model");
    read_members(config, &r);
    return err->n_errors == n_before;
}

/* --- writing -------------------------------------------------------------------------------- */

typedef struct Writing {
    Json *object;
    Arena *arena;
    Error *err;
} Writing;

static bool set_text(const Writing *w, const char *key, const char *value)
{
    return json_set_text(w->object, key, value, w->arena, w->err);
}

static bool set_integer(const Writing *w, const char *key, int64_t value)
{
    return json_set_integer(w->object, key, value, w->arena, w->err);
}

static bool set_number(const Writing *w, const char *key, double value)
{
    return json_set_number(w->object, key, value, w->arena, w->err);
}

static bool write_labels(const Writing *w, const HuggingfaceConfig *config)
{
    Writing names = *w, numbers = *w;
    names.object = json_new_object(w->arena, w->err);
    numbers.object = names.object ? json_new_object(w->arena, w->err) : NULL;
    if (!numbers.object) return false;
    for (int n = 0; n < config->n_labels; n++) {
        char number[16];
        snprintf(number, sizeof number, "%d", n);
        const char *name = config->label_names ? config->label_names[n] : number;
        if (!set_text(&names, number, name) || !set_integer(&numbers, name, n)) return false;
    }
    return json_set(w->object, "id2label", names.object, w->err) &&
           json_set(w->object, "label2id", numbers.object, w->err) &&
           set_text(w, "problem_type", "single_label_classification");
}

static bool write_members(const Writing *w, const HuggingfaceConfig *config)
{
    Json *architectures = json_new_list(w->arena, w->err);
    const char *architecture =
        config->n_labels ? "OpenAIGPTForSequenceClassification" : "OpenAIGPTLMHeadModel";
    if (!architectures ||
        !json_add(architectures, json_new_text(architecture, w->arena, w->err), w->err) ||
        !json_set(w->object, "architectures", architectures, w->err) ||
        !set_text(w, "model_type", model_type))
        return false;
    for (int i = 0; i < N_COUNTS; i++)
        if (!set_integer(w, counts[i].key,
                         *(const int64_t *)(const void *)((const char *)config + counts[i].offset)))
            return false;
    for (int i = 0; i < N_RATES; i++)
        if (!set_number(w, rates[i].key,
                        *(const double *)(const void *)((const char *)config + rates[i].offset)))
            return false;
    return set_text(w, "afn", activation) && set_number(w, "layer_norm_epsilon", norm_epsilon) &&
           set_number(w, "initializer_range", initial_deviation) &&
           set_text(w, "dtype", "float32") && set_text(w, "torch_dtype", "float32") &&
           json_set(w->object, "tie_word_embeddings", json_new_bool(true, w->arena, w->err),
                    w->err) &&
           set_integer(w, "pad_token_id", config->pad_token) &&
           (!config->n_labels || write_labels(w, config));
}

bool huggingface_config_write(const char *path, const HuggingfaceConfig *config, Arena *scratch,
                              Error *err)
{
    const Writing w = {json_new_object(scratch, err), scratch, err};
    return w.object && write_members(&w, config) && json_write_file(path, w.object, scratch, err);
}
