#include "question/settings.h"

#include "learner/objectives.h"
#include "learner/text_pairs.h"
#include "model/architecture.h"
#include "model/huggingface_family.h"
#include "text/tokenizer.h"

static const SpecField corpus_fields[] = {
    SPEC_TEXT_REQUIRED(CorpusSpec, data,
                       "data set that the tokenizer and the language model learn from"),
    SPEC_REAL(CorpusSpec, held_out, 0.05, 0.0, 0.9,
              "share of documents kept for perplexity, chosen by hash of their names",
              .share = true),
    SPEC_END,
};
static const SpecTable corpus_table = {"corpus", sizeof(CorpusSpec), corpus_fields, NULL};

static const SpecField probe_fields[] = {
    SPEC_INTS(ProbeSpec, context_windows, 1, 8192,
              "context-window: numbers of preceding tokens to predict from; those above "
              "model.n_context are left out"),
    SPEC_INT(ProbeSpec, context_targets, 64, 1, 1e9,
             "context-window: tokens predicted in each held-out document"),
    SPEC_INTS(ProbeSpec, rate_lengths, 2, 8192,
              "rate: tokens a sequence; the model's n_context is set to each in turn"),
    SPEC_INT(ProbeSpec, rate_tokens, 4096, 2, 1e9, "rate: tokens an update, whatever the length"),
    SPEC_INT(ProbeSpec, rate_timings, 5, 1, 1000, "rate: timed updates a length"),
    SPEC_END,
};

static void check_rises(const SpecReader *reader, const char *path, const IntList *list)
{
    for (size_t i = 1; i < list->n; i++) {
        if (list->items[i] > list->items[i - 1]) continue;
        spec_error(reader, spec_path_item(reader, path, i), "%lld does not follow %lld",
                   (long long)list->items[i], (long long)list->items[i - 1]);
        error_hint(reader->err, "rising numbers, each once");
    }
}

/* Every length gets the same number of tokens an update: whole sequences of it. */
static void probe_check(const void *value, const SpecReader *reader, const char *json_path)
{
    const ProbeSpec *spec = value;
    const char *path = spec_path_key(reader, json_path, "rate_lengths");
    check_rises(reader, spec_path_key(reader, json_path, "context_windows"),
                &spec->context_windows);
    check_rises(reader, path, &spec->rate_lengths);
    for (size_t i = 0; i < spec->rate_lengths.n; i++) {
        int64_t length = spec->rate_lengths.items[i];
        if (spec->rate_tokens % length == 0) continue;
        spec_error(reader, spec_path_item(reader, path, i),
                   "%lld does not divide rate_tokens = %lld", (long long)length,
                   (long long)spec->rate_tokens);
        error_hint(reader->err, "powers of two for both");
    }
}

static const SpecTable probe_table = {"probe", sizeof(ProbeSpec), probe_fields, probe_check};

static const SpecField settings_fields[] = {
    SPEC_STRUCT(Settings, corpus, &corpus_table, "running text"),
    SPEC_ENTRY(Settings, tokenizer, &tokenizer_methods, "text to token ids"),
    SPEC_ENTRY(Settings, model, &architectures, "network"),
    SPEC_OPTIONAL(Settings, pretrain, &pretrain_table, "generative pre-training; null: none"),
    SPEC_STRUCT(Settings, finetune, &finetune_table, "supervised fine-tuning"),
    SPEC_STRUCT(Settings, probe, &probe_table,
                "what is measured on the language model or the architecture itself"),
    SPEC_END,
};

/* What answers in words has no head: with all its layers frozen nothing is left to train. */
static void check_frozen(const Settings *settings, const Architecture *architecture,
                         const SpecReader *reader, const char *json_path)
{
    const FinetuneSpec *finetune = &settings->finetune;
    if (!architecture->reads_source || !finetune->freeze_transferred ||
        !settings->pretrain.present ||
        finetune->transfer_layers < architecture->shape(settings->model.spec).n_layer)
        return;
    const char *path = spec_path_key(reader, json_path, "finetune");
    spec_error(reader, spec_path_key(reader, path, "freeze_transferred"),
               "architecture '%s' has no head, so that with all layers frozen nothing would train",
               architecture->entry.name);
    error_hint(reader->err, "fewer \"transfer_layers\" than %d, or \"freeze_transferred\": false",
               architecture->shape(settings->model.spec).n_layer);
}

static void check_next_sentence(const PretrainSpec *spec, const SpecEntryChoice *model,
                                const SpecReader *reader, const char *path)
{
    const Architecture *architecture = architecture_of(model);
    if (!spec->present || !spec->next_sentence) return;
    path = spec_path_key(reader, path, "next_sentence");
    if (!pretrain_tells_pairs(architecture)) {
        spec_error(reader, path,
                   "architecture '%s' cannot be asked whether a text follows another: that needs "
                   "a pooler over two texts that it is told apart",
                   architecture->entry.name);
        error_hint(reader->err, "\"next_sentence\": false, or the architecture 'bert'");
    } else if (pretrain_text_length(spec, model) < TEXT_PAIRS_LEAST) {
        spec_error(reader, path, "no two texts have room in a context of %d tokens",
                   architecture->shape(model->spec).n_context);
        error_hint(reader->err, "\"n_context\": %d or more",
                   TEXT_PAIRS_LEAST + TEXT_PAIRS_BETWEEN + SPECIAL_TOKENS_AROUND);
    }
}

static void check_context(const SpecEntryChoice *model, const SpecReader *reader, const char *path)
{
    const Architecture *architecture = architecture_of(model);
    const int n_context = architecture->shape(model->spec).n_context;
    const int room = objectives_text_length(architecture, n_context);
    if (room >= 1) return;
    spec_error(reader, spec_path_key(reader, path, "n_context"),
               "architecture '%s' sets %d tokens around a text, so that in a context of %d none "
               "has room",
               architecture->entry.name, n_context - room, n_context);
    error_hint(reader->err, "\"n_context\": %d or more", n_context - room + 1);
}

/* What an architecture's states see decides what they can be asked. */
static void settings_check(const void *value, const SpecReader *reader, const char *json_path)
{
    const Settings *settings = value;
    const Architecture *architecture = architecture_of(&settings->model);
    const char *name = architecture->entry.name;
    const int fitting = objectives_for(architecture);
    const char *path = spec_path_key(reader, json_path, "pretrain");
    if (settings->pretrain.present &&
        !objectives_fits(settings->pretrain.objective, architecture)) {
        spec_error(reader, spec_path_key(reader, path, "objective"),
                   "'%s' %s, which the states of architecture '%s' are not made for",
                   objectives_words[settings->pretrain.objective],
                   objectives_at(settings->pretrain.objective)->title, name);
        error_hint(reader->err, "\"%s\", or another architecture", objectives_words[fitting]);
    }
    check_context(&settings->model, reader, spec_path_key(reader, json_path, "model"));
    check_next_sentence(&settings->pretrain, &settings->model, reader, path);
    if (settings->pretrain.present && settings->pretrain.published &&
        !huggingface_family_of(architecture)) {
        spec_error(reader, spec_path_key(reader, path, "published"),
                   "no published weights of architecture '%s' are read", name);
        error_hint(reader->err,
                   "\"pretrain\": null for this architecture, or \"tokens\" to train it");
    }
    if (settings->finetune.lm_coefficient > 0 && objectives_at(fitting)->n_stand_ins > 0) {
        path = spec_path_key(reader, json_path, "finetune");
        spec_error(reader, spec_path_key(reader, path, "lm_coefficient"),
                   "architecture '%s' has no language model beside a task: '%s' changes the text",
                   name, objectives_words[fitting]);
        error_hint(reader->err, "\"lm_coefficient\": 0");
    }
    check_frozen(settings, architecture, reader, json_path);
}

const SpecTable settings_table = {"settings", sizeof(Settings), settings_fields, settings_check};

bool settings_tells_pairs(const Settings *settings)
{
    return settings->pretrain.present && settings->pretrain.next_sentence;
}

bool settings_pretrains(const Settings *settings)
{
    return settings->pretrain.present;
}
