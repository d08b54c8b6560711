#include "stages/stage_sample.h"

#include <string.h>

#include "base/file.h"
#include "learner/objectives.h"
#include "measure/generate.h"
#include "stages/pretrained.h"
#include "stages/stage_tokenizer.h"

static const char LEFT_TO_RIGHT_FILE[] = "sample.txt", GIBBS_FILE[] = "gibbs.txt";

/* Of Gibbs sampling each token takes a pass over the whole text for each sweep. */
enum { SAMPLE_NUMERICS_VERSION = 1, SAMPLE_TOKENS = 80, GIBBS_TOKENS = 32, GIBBS_SWEEPS = 8 };

typedef struct SampleDocument {
    Arithmetic arithmetic;
    int64_t gibbs_tokens, gibbs_sweeps;
} SampleDocument;

static const SpecField sample_fields[] = {
    ARITHMETIC_FIELDS(offsetof(SampleDocument, arithmetic)),
    SPEC_INT(SampleDocument, gibbs_tokens, 0, 0, 1000000, "of a text by Gibbs sampling; 0: none"),
    SPEC_INT(SampleDocument, gibbs_sweeps, 0, 0, 1000000, "how often each of them is drawn"),
    SPEC_END,
};
static const SpecTable sample_table = {"sample", sizeof(SampleDocument), sample_fields, NULL};

static bool fill(void *document, const StageRequest *request, Arena *arena, Error *err)
{
    const Architecture *architecture = architecture_of(&request->settings->model);
    SampleDocument *sample = document;
    (void)arena;
    (void)err;
    *sample = (SampleDocument){.arithmetic = arithmetic_here(request->kernels)};
    if (!objectives_of(architecture)->rewrites) return true;
    sample->gibbs_tokens = GIBBS_TOKENS;
    sample->gibbs_sweeps = GIBBS_SWEEPS;
    return true;
}

static const char *title(const StageRequest *request, const void *document, Arena *arena,
                         Error *err)
{
    (void)request;
    (void)document;
    (void)arena;
    (void)err;
    return "text from the pre-trained model";
}

/* Openings that any corpus of stories can go on from. */
static const char *const prompts[] = {"the", "she was", "when he came home,", "\" i do not"};

static bool write_one(Buffer *text, Pretrained *model, const char *prompt, const GenerateSpec *spec,
                      Error *err)
{
    Arena *arena = text->arena;
    const Tokenizer *tokenizer = model->tokenizer;
    TokenList begin, tokens;
    if (!tokenizer_encode(&begin, tokenizer, prompt, strlen(prompt), arena, err) ||
        !generate_tokens(&tokens, &model->learner, spec, &begin, special_tokens_text(tokenizer),
                         arena, err))
        return false;
    char *rest = tokenizer_decode(tokenizer, tokens.ids + begin.n, tokens.n - begin.n, arena, err);
    return rest && buffer_format(text, err, "[%s] %s\n\n", prompt, rest);
}

/* All prompts gone on from in one way, each with a seed of its own. */
static bool write_all(const StageRun *run, Pretrained *model, const char *file, GenerateSpec way,
                      Error *err)
{
    Buffer text = buffer_create(run->arena);
    char *path = file_join(run->arena, run->folder, file, err);
    if (!path) return false;
    for (size_t i = 0; i < sizeof prompts / sizeof *prompts; i++) {
        way.seed = i + 1;
        if (!write_one(&text, model, prompts[i], &way, err)) return false;
    }
    return file_write(path, text.data, text.size, err);
}

static bool run_stage(const StageRun *run, Error *err)
{
    const SampleDocument *document = run->document;
    Pretrained model;
    const GenerateSpec left_to_right = {.tokens = SAMPLE_TOKENS, .temperature = 0.8, .top_k = 40};
    GenerateSpec gibbs = left_to_right;
    gibbs.tokens = document->gibbs_tokens;
    gibbs.gibbs = document->gibbs_sweeps;
    return pretrained_load(&model, run, &document->arithmetic, err) &&
           write_all(run, &model, LEFT_TO_RIGHT_FILE, left_to_right, err) &&
           (gibbs.gibbs == 0 || write_all(run, &model, GIBBS_FILE, gibbs, err));
}

const StageRow stage_sample = {
    .kind = {.name = "sample", .version = SAMPLE_NUMERICS_VERSION, .run = stage_row_run},
    .help = "lets the language model write text",
    .inputs = {&stage_pretrain, &stage_tokenizer},
    .applies = settings_pretrains,
    .document = &sample_table,
    .fill = fill,
    .title = title,
    .run = run_stage,
};

static const char *read_text(const Stage *stage, const char *file, Arena *arena, Error *err)
{
    char *bytes, *path = file_join(arena, stage->folder, file, err);
    size_t size;
    return path && file_read(&bytes, &size, path, arena, err) ? bytes : NULL;
}

bool stage_sample_read(SampleTexts *texts, const Stage *stage, Arena *arena, Error *err)
{
    SampleDocument document;
    *texts = (SampleTexts){0};
    if (!stage_row_read(&document, stage, arena, err)) return false;
    texts->left_to_right = read_text(stage, LEFT_TO_RIGHT_FILE, arena, err);
    texts->gibbs_sweeps = document.gibbs_sweeps;
    if (document.gibbs_sweeps == 0) return texts->left_to_right != NULL;
    texts->gibbs = read_text(stage, GIBBS_FILE, arena, err);
    return texts->left_to_right && texts->gibbs;
}
