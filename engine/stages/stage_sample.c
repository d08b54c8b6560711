#include "stages/stage_sample.h"

#include <string.h>

#include "base/file.h"
#include "measure/generate.h"
#include "stages/pretrained.h"
#include "stages/stage_tokenizer.h"

static const char FILE_NAME[] = "sample.txt";

enum { SAMPLE_NUMERICS_VERSION = 1, SAMPLE_TOKENS = 80 };

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

static bool write_one(Buffer *text, Learner *learner, const Tokenizer *tokenizer,
                      const char *prompt, uint64_t seed, Error *err)
{
    Arena *arena = text->arena;
    GenerateSpec spec = {.tokens = SAMPLE_TOKENS, .temperature = 0.8, .top_k = 40, .seed = seed};
    TokenList begin, tokens;
    if (!tokenizer_encode(&begin, tokenizer, prompt, strlen(prompt), arena, err) ||
        !generate_tokens(&tokens, learner, &spec, &begin, special_tokens_text(tokenizer), arena,
                         err))
        return false;
    char *rest = tokenizer_decode(tokenizer, tokens.ids + begin.n, tokens.n - begin.n, arena, err);
    return rest && buffer_format(text, err, "[%s] %s\n\n", prompt, rest);
}

static bool run_stage(const StageRun *run, Error *err)
{
    Pretrained model;
    char *path = file_join(run->arena, run->folder, FILE_NAME, err);
    if (!path || !pretrained_load(&model, run, run->document, err)) return false;
    Buffer text = buffer_create(run->arena);
    for (size_t i = 0; i < sizeof prompts / sizeof *prompts; i++)
        if (!write_one(&text, &model.learner, model.tokenizer, prompts[i], i + 1, err))
            return false;
    return file_write(path, text.data, text.size, err);
}

const StageRow stage_sample = {
    .kind = {.name = "sample", .version = SAMPLE_NUMERICS_VERSION, .run = stage_row_run},
    .help = "lets the language model write text",
    .inputs = {&stage_pretrain, &stage_tokenizer},
    .applies = settings_pretrains,
    .document = &arithmetic_table,
    .fill = arithmetic_fill,
    .title = title,
    .run = run_stage,
};

bool stage_sample_read(const char **text, const Stage *stage, Arena *arena, Error *err)
{
    char *bytes, *path = file_join(arena, stage->folder, FILE_NAME, err);
    size_t size;
    if (!path || !file_read(&bytes, &size, path, arena, err)) return false;
    *text = bytes;
    return true;
}
