#include "train/pretrain.h"

#include "learner/text_pairs.h"

static const SpecField pretrain_fields[] = {
    SPEC_CHOICE(PretrainSpec, objective, objectives_words, 0,
                "what the model is asked of a text; must fit what its architecture's states see",
                .sparse = true),
    SPEC_BOOL(
        PretrainSpec, next_sentence, false,
        "also ask whether a text follows another, as BERT was (Devlin et al. 2019, 3.1): half of "
        "the sequences are two texts of which the second is from another document. Off, because "
        "without it tasks are done as well or better (RoBERTa: Liu et al. 2019, 4.2); 'bert' alone",
        .sparse = true),
    SPEC_CHOICE(PretrainSpec, precision, kernels_precision_words, PRECISION_FP32,
                "of the operands of matrix products, while training and when its model is measured",
                .sparse = true),
    SPEC_ANY(
        PretrainSpec, published,
        "weights that are taken as they are, and nothing is trained: the name of a data set of "
        "form 'weights', such as \"gpt1-openai\", or {\"folder\": \"PATH\"}, a model of Hugging "
        "Face's library",
        .sparse = true, .alone = true),
    SPEC_INT(PretrainSpec, tokens, 0, 1, 1e15,
             "tokens to train on, repeats counted; needed unless weights are published",
             .sparse = true),
    SPEC_INT(PretrainSpec, batch, 64, 1, 65536, "sequences an update (GPT-1, 4.1: 64)"),
    SPEC_INT(PretrainSpec, micro_batch, 16, 1, 65536,
             "sequences a pass; gradients are summed over passes"),
    SPEC_INT(PretrainSpec, partial_sums, 1, 1, 1 << (LEARNER_MOST_SUMS - 1),
             "sums that the gradients of an update's passes go into, 1, 2, 4 or so on; they are "
             "joined in a tree, so that as many processes can share an update and give the same "
             "bits. Each doubling takes memory for one more block of gradients",
             .sparse = true),
    SPEC_REAL(PretrainSpec, learning_rate, 2.5e-4, 0.0, 1.0, "maximum (GPT-1, 4.1: 2.5e-4)"),
    SPEC_CHOICE(PretrainSpec, schedule, schedule_words, SCHEDULE_WARMUP_COSINE,
                "course of the learning rate (BERT: linear_after_warmup; T5: inverse_sqrt)"),
    SPEC_INT(PretrainSpec, warmup_updates, 2000, 0, 1e9,
             "updates of warm-up, linear but for inverse_sqrt's (GPT-1, 4.1: 2,000)"),
    SPEC_STRUCT(PretrainSpec, adam, &optimizer_adam_table, "optimizer, unless adafactor is"),
    SPEC_OPTIONAL(PretrainSpec, adafactor, &optimizer_adafactor_table,
                  "optimizer in the place of adam, as T5's: {} is its defaults (Shazeer and Stern "
                  "2018, Raffel et al. 2020)",
                  .sparse = true),
    SPEC_INT(PretrainSpec, seed, 1, 0, 1e15, "of initial weights, order and dropout"),
    SPEC_INT(PretrainSpec, checkpoints, 1, 1, 1000,
             "weights kept: this many, evenly spaced, the last at the end"),
    {.name = "save_every",
     .type = SPEC_TYPE_INT,
     .offset = offsetof(PretrainSpec, save_every),
     .numerics_free = true,
     .default_number = 100,
     .minimum = 1,
     .maximum = 1e9,
     .help = "updates between resume points; changes no number"},
    SPEC_END,
};
const char *pretrain_published_name(const PretrainSpec *spec)
{
    const Json *published = spec->published;
    return published && json_type(published) == JSON_TEXT_VALUE ? json_text(published) : NULL;
}

const char *pretrain_published_folder(const PretrainSpec *spec)
{
    const Json *published = spec->published;
    if (!published || json_type(published) != JSON_OBJECT_VALUE || json_size(published) != 1)
        return NULL;
    return json_get_text(published, "folder");
}

static void check_partial_sums(const PretrainSpec *spec, const SpecReader *reader, const char *path)
{
    const int64_t sums = spec->partial_sums;
    const int64_t passes = (spec->batch + spec->micro_batch - 1) / spec->micro_batch;
    int64_t most = 1;
    while (most * 2 <= passes) most *= 2;
    if (sums == 1 || ((sums & (sums - 1)) == 0 && sums <= passes)) return;
    spec_error(reader, spec_path_key(reader, path, "partial_sums"),
               sums > passes ? "%lld sums of an update that has %lld passes"
                             : "%lld sums cannot be joined two by two (an update has %lld passes)",
               (long long)sums, (long long)passes);
    error_hint(reader->err, "a power of two up to %lld, or a smaller \"micro_batch\"",
               (long long)most);
}

static void check(const void *value, const SpecReader *reader, const char *path)
{
    const PretrainSpec *spec = value;
    if (spec->published && !pretrain_published_name(spec) && !pretrain_published_folder(spec)) {
        spec_error(reader, spec_path_key(reader, path, "published"),
                   "expected the name of a data set, or an object with a folder");
        error_hint(reader->err, "\"gpt1-openai\", or {\"folder\": \"PATH\"}");
    }
    if (!spec->published && spec->tokens < 1) {
        spec_error(reader, path, "missing: 'tokens', how many to train on");
        error_hint(reader->err, "\"tokens\": 1000000, or \"published\" weights");
    }
    if (spec->published && spec->tokens > 0) {
        spec_error(reader, spec_path_key(reader, path, "tokens"),
                   "published weights are trained already");
        error_hint(reader->err, "leave tokens out, or published");
    }
    if (spec->published && spec->next_sentence) {
        spec_error(reader, spec_path_key(reader, path, "next_sentence"),
                   "published weights are trained already");
        error_hint(reader->err, "leave next_sentence out, or published");
    }
    if (spec->schedule == SCHEDULE_INVERSE_SQRT && spec->warmup_updates < 1) {
        spec_error(
            reader, spec_path_key(reader, path, "warmup_updates"),
            "the schedule 'inverse_sqrt' falls from where the warm-up ends, so there must be "
            "one: 1 update or more");
        error_hint(reader->err, "\"warmup_updates\": 10000, as T5");
    }
    check_partial_sums(spec, reader, path);
    optimizer_check(&spec->adam, &spec->adafactor, reader, path);
}

const SpecTable pretrain_table = {"pretrain", sizeof(PretrainSpec), pretrain_fields, check};

bool pretrain_tells_pairs(const Architecture *architecture)
{
    return architecture->pooler && architecture->n_segment > 1 &&
           architecture->mask == ATTENTION_BIDIRECTIONAL && !architecture->reads_source;
}

int pretrain_text_length(const PretrainSpec *spec, const SpecEntryChoice *model)
{
    const Architecture *architecture = architecture_of(model);
    const int n_context = architecture->shape(model->spec).n_context;
    return objectives_text_length(architecture, n_context) -
           (spec->next_sentence ? TEXT_PAIRS_BETWEEN : 0);
}

int64_t pretrain_updates(const PretrainSpec *spec, const SpecEntryChoice *model)
{
    int64_t tokens_an_update = spec->batch * pretrain_text_length(spec, model);
    return (spec->tokens + tokens_an_update - 1) / tokens_an_update;
}

/* Blocks of gradients while sums wait for one as large (train/update.c). */
static int n_sums(const PretrainSpec *spec)
{
    int n = 1;
    for (int64_t parts = spec->partial_sums; parts > 1; parts /= 2) n++;
    return n;
}

LearnerSetup pretrain_setup(const PretrainSpec *spec, const SpecEntryChoice *model,
                            const Kernels *kernels, TextTokens text)
{
    int n_context = architecture_of(model)->shape(model->spec).n_context;
    int64_t sequences = spec->micro_batch < spec->batch ? spec->micro_batch : spec->batch;
    return (LearnerSetup){
        .model = model,
        .kernels = kernels_in(kernels, (Precision)spec->precision),
        .text = text,
        .n_vocab = objectives_tokens(architecture_of(model), text).n_language_model,
        .max_rows = (int)sequences * n_context,
        .max_sequences = (int)sequences,
        .max_examples = spec->next_sentence ? (int)sequences : 0,
        .next_sentence = spec->next_sentence,
        .training = true,
        .no_first_moment = spec->adafactor.present,
        .n_sums = n_sums(spec),
    };
}
