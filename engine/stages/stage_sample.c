#include "stages/stage_sample.h"

#include <string.h>

#include "base/file.h"
#include "model/weights.h"
#include "train/generate.h"

enum { SAMPLE_NUMERICS_VERSION = 1, SAMPLE_TOKENS = 80 };

typedef struct SampleJob {
    const SpecEntryChoice *model;
    const Kernels *kernels;
} SampleJob;

/* Openings that any corpus of stories can go on from. */
static const char *const prompts[] = {"the", "she was", "when he came home,", "\" i do not"};

static bool write_one(Buffer *text, Learner *learner, const Tokenizer *tokenizer,
                      const char *prompt, uint64_t seed, Error *err)
{
    Arena *arena = text->arena;
    GenerateSpec spec = {.tokens = SAMPLE_TOKENS, .temperature = 0.8, .top_k = 40, .seed = seed};
    TokenList begin, tokens;
    if (!tokenizer_encode(&begin, tokenizer, prompt, strlen(prompt), arena, err) ||
        !generate_tokens(&tokens, learner, &spec, &begin, tokenizer_n_tokens(tokenizer), arena,
                         err))
        return false;
    char *rest = tokenizer_decode(tokenizer, tokens.ids + begin.n, tokens.n - begin.n, arena, err);
    return rest && buffer_format(text, err, "[%s] %s\n\n", prompt, rest);
}

/* inputs: 0 pretrain, 1 tokenizer */
static bool write_samples(const Stage *stage, const char *folder, Arena *arena, Error *err)
{
    const SampleJob *job = stage->job;
    Learner learner;
    Tokenizer *tokenizer = tokenizer_load(stage->input[1]->folder, arena, err);
    char *weights = file_join(arena, stage->input[0]->folder, "weights.safetensors", err);
    char *path = file_join(arena, folder, "sample.txt", err);
    if (!tokenizer || !weights || !path) return false;
    LearnerSetup setup = {
        .model = job->model,
        .kernels = job->kernels,
        .n_vocab = tokenizer_n_tokens(tokenizer),
        .max_rows = architecture_of(job->model)->shape(job->model->spec).n_context,
        .max_sequences = 1,
    };
    if (!learner_create(&learner, &setup, arena, err)) return false;
    WeightsBlock block = {"", learner.weights};
    if (!weights_load(weights, &learner.weights_table, &block, 1, NULL, arena, err)) return false;
    Buffer text = buffer_create(arena);
    for (size_t i = 0; i < sizeof prompts / sizeof *prompts; i++)
        if (!write_one(&text, &learner, tokenizer, prompts[i], i + 1, err)) return false;
    return file_write(path, text.data, text.size, err);
}

static bool run(const Stage *stage, const char *folder, Error *err)
{
    Arena *arena = arena_create("sample", err);
    bool ok = arena && write_samples(stage, folder, arena, err);
    arena_destroy(arena);
    return ok;
}

static const StageKind kind = {.name = "sample", .run = run};

Stage *stage_sample_add(Plan *plan, const PlanCell *cell, Error *err)
{
    Json *document = stage_document(&kind, SAMPLE_NUMERICS_VERSION, plan->arena, err);
    if (!document || !plan_set_kernels(document, plan, err)) return NULL;
    bool is_new;
    Stage *inputs[] = {cell->pretrain, cell->tokenizer};
    Stage *stage = plan_stage(plan, &kind, document, inputs, 2, &is_new, err);
    if (!stage || !is_new) return stage;
    SampleJob *job = arena_alloc(plan->arena, 1, sizeof *job, err);
    if (!job) return NULL;
    *job = (SampleJob){&cell->settings->model, plan->kernels};
    stage->job = job;
    stage->title = "text from the pre-trained model";
    return stage;
}
