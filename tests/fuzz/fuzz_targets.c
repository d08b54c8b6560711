#include "fuzz_targets.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/archive.h"
#include "base/file.h"
#include "base/json.h"
#include "base/xml.h"
#include "data/book/book.h"
#include "data/dataset/dataset_schema.h"
#include "data/own/own_set.h"
#include "data/rows/rows.h"
#include "model/huggingface_config.h"
#include "model/npy.h"
#include "model/safetensors.h"
#include "question/experiment_spec.h"
#include "result/result_file.h"
#include "text/token_file.h"
#include "text/tokenizer.h"

/* What target of this page holds its input in. */
typedef struct Input {
    const char *folder, *path; /* path: the bytes, in a file in the folder */
    const char *bytes;
    size_t size;
    Arena *arena;
} Input;

/* A file beside the input. NULL: it could not be written. */
static const char *write_beside(const Input *in, const char *name, const void *bytes, size_t size,
                                Error *err)
{
    char *path = file_join(in->arena, in->folder, name, err);
    return path && file_make_parent(path, err) && file_write(path, bytes, size, err) ? path : NULL;
}

/* --- documents --------------------------------------------------------------------------------- */

/* What is read is written, and read again as the same. */
static bool read_json(const Input *in, Error *err)
{
    Json *json = json_parse_text(in->bytes, in->size, in->path, in->arena, err);
    char *text = json ? json_print(json, in->arena, err) : NULL;
    if (!text) return false;
    Json *again = json_parse_text(text, strlen(text), "what was written", in->arena, err);
    if (again && json_same(json, again)) return true;
    error_clear(err); /* no words: the promise is broken */
    return false;
}

static bool read_xml(const Input *in, Error *err)
{
    return xml_parse_text(in->bytes, in->size, in->path, in->arena, err);
}

static bool read_experiment(const Input *in, Error *err)
{
    static const char scale[] = "experiments/scales/tiny.json";
    char *bytes;
    size_t size;
    Experiment experiment;
    return file_read(&bytes, &size, scale, in->arena, err) &&
           write_beside(in, "scales/tiny.json", bytes, size, err) &&
           write_beside(in, "asked.json", in->bytes, in->size, err) &&
           experiment_load(&experiment, "asked", "tiny", in->folder, in->arena, err);
}

static bool read_scale(const Input *in, Error *err)
{
    static const char question[] = "{\"format\": 1, \"title\": \"t\", \"tasks\": \"all\", "
                                   "\"variants\": {\"a\": {}, \"b\": {\"pretrain\": null}}}";
    Experiment experiment;
    return write_beside(in, "scales/given.json", in->bytes, in->size, err) &&
           write_beside(in, "asked.json", question, strlen(question), err) &&
           experiment_load(&experiment, "asked", "given", in->folder, in->arena, err);
}

static bool read_manifest(const Input *in, Error *err)
{
    DatasetManifest manifest;
    return dataset_schema_read(&manifest, in->path, in->arena, err);
}

static bool read_result(const Input *in, Error *err)
{
    Result result;
    return result_file_read(&result, in->path, in->arena, err);
}

/* --- data -------------------------------------------------------------------------------------- */

/* The first byte chooses the format, its upper half the rest of the layout. */
static bool read_rows(const Input *in, Error *err)
{
    static const char *names[] = {"text", "label"}, *paths[] = {"a.*.0", "b.*"}, *parts[] = {": "};
    if (in->size == 0) return true;
    const unsigned layout = (unsigned char)in->bytes[0];
    const RowsLayout rows_layout = {
        .format = (RowsFormat)((layout & 15) % (ROWS_BLOCKS + 1)),
        .header = layout & 16,
        .more_columns = layout & 32,
        .columns = {2, names},
        .paths = {layout & 64 ? 2 : 0, paths},
        .separators = {layout & 128 ? 1 : 0, parts},
    };
    Rows rows;
    const char *fields[2];
    bool more = true;
    if (!rows_begin(&rows, &rows_layout, in->path, in->bytes + 1, in->size - 1, in->arena, err))
        return false;
    while (more)
        if (!rows_next(&more, fields, &rows, err)) return false;
    return true;
}

/* Rows that nobody has described. */
static bool look_at_own(const Input *in, Error *err)
{
    OwnSet set;
    const OwnAsked asked = {0};
    return own_set_read(&set, "own", &in->path, 1, &asked, in->arena, err);
}

static bool read_book(const Input *in, Error *err)
{
    Buffer text = buffer_create(in->arena);
    return book_clean(&text, in->bytes, in->size, BOOK_PLAIN, in->arena, err) &&
           book_clean(&text, in->bytes, in->size, BOOK_MARKDOWN, in->arena, err) &&
           book_clean(&text, in->bytes, in->size, BOOK_WHOLE, in->arena, err);
}

static bool pass_over(void *context, const char *member, const char *bytes, size_t size, Error *err)
{
    (void)context, (void)member, (void)bytes, (void)size, (void)err;
    return true;
}

static bool read_archive(const Input *in, Error *err)
{
    return archive_visit(in->path, (size_t)1 << 20, NULL, pass_over, NULL, err);
}

/* --- what the engine wrote itself ---------------------------------------------------------------- */

/* Vocabulary and merges, with a zero byte between. */
static bool read_merges(const Input *in, Error *err)
{
    const char *parting = memchr(in->bytes, 0, in->size);
    size_t first = parting ? (size_t)(parting - in->bytes) : in->size,
           skip = parting ? first + 1 : first;
    const char *vocabulary = write_beside(in, "vocabulary.json", in->bytes, first, err),
               *merges = write_beside(in, "merges.bpe", in->bytes + skip, in->size - skip, err);
    const TokenizerFiles files = {"published", vocabulary, merges, NULL};
    return vocabulary && merges && tokenizer_load_files(&files, in->arena, err);
}

/* Read by the method; a text that has something of everything is then encoded, and decoded again. */
static bool read_published(const Input *in, const char *method, Error *err)
{
    static const char text[] = "A caf\u00E9 e\u0301, \uFF21 \u6F22\n \u2581ab <unk> \xFF!";
    const TokenizerFiles files = {.method = method, .vocabulary = in->path};
    const Tokenizer *tokenizer = tokenizer_load_files(&files, in->arena, err);
    TokenList tokens;
    return tokenizer &&
           tokenizer_encode(&tokens, tokenizer, text, sizeof text - 1, in->arena, err) &&
           tokenizer_decode(tokenizer, tokens.ids, tokens.n, in->arena, err);
}

static bool read_wordpiece(const Input *in, Error *err)
{
    return read_published(in, "wordpiece", err);
}

static bool read_sentencepiece(const Input *in, Error *err)
{
    return read_published(in, "sentencepiece", err);
}

/* All values that it promises are there. */
static bool read_npy(const Input *in, Error *err)
{
    NpyFile file;
    if (!npy_open(&file, in->path, in->arena, err)) return false;
    size_t sum = 0;
    for (size_t i = 0; i < file.n * sizeof(float); i++) sum += file.values[i];
    return sum <= UCHAR_MAX * file.n * sizeof(float);
}

static bool read_config(const Input *in, Error *err)
{
    HuggingfaceConfig config;
    return huggingface_config_read(&config, in->path, in->arena, err);
}

/* A header, its length before it, and the data: the length of 0 is replaced by that of all. */
static bool read_safetensors(const Input *in, Error *err)
{
    SafetensorsFile file;
    return safetensors_open(&file, in->path, in->arena, err);
}

static bool read_tokens(const Input *in, Error *err)
{
    static const char names[] = "[\"first\", \"second\"]";
    TokenFile file;
    const char *path = write_beside(in, "tokens.bin", in->bytes, in->size, err);
    return path && write_beside(in, "tokens.json", names, strlen(names), err) &&
           token_file_open(&file, path, 16, in->arena, err);
}

/* --- the list ----------------------------------------------------------------------------------- */

static const struct Target {
    const char *name;
    bool (*read)(const Input *in, Error *err);
} targets[] = {
    {"archive", read_archive}, {"book", read_book},
    {"config", read_config},   {"experiment", read_experiment},
    {"json", read_json},       {"manifest", read_manifest},
    {"merges", read_merges},   {"npy", read_npy},
    {"own", look_at_own},      {"result", read_result},
    {"rows", read_rows},       {"safetensors", read_safetensors},
    {"scale", read_scale},     {"sentencepiece", read_sentencepiece},
    {"tokens", read_tokens},   {"wordpiece", read_wordpiece},
    {"xml", read_xml},
};
enum { N_TARGETS = sizeof targets / sizeof targets[0] };

const char *fuzz_targets_name(size_t i)
{
    return i < N_TARGETS ? targets[i].name : NULL;
}

static bool try_in(Arena *arena, const struct Target *target, const char *folder, const void *bytes,
                   size_t size, Error *err)
{
    Input in = {.folder = folder, .size = size, .arena = arena};
    char *copy = arena_alloc(arena, size + 1, 1, err); /* readers may count on no zero behind */
    if (!copy) return false;
    memcpy(copy, bytes, size);
    in.bytes = copy;
    in.path = write_beside(&in, "input", bytes, size, err);
    return in.path && target->read(&in, err);
}

bool fuzz_targets_try(size_t i, const char *folder, const void *bytes, size_t size)
{
    Error err = {0};
    Arena *arena = arena_create("fuzzing", &err);
    bool read = arena && try_in(arena, &targets[i], folder, bytes, size, &err);
    arena_destroy(arena);
    return read != (err.n_errors > 0);
}
