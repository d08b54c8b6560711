#include "result/result_file.h"
#include "result/result_document.h"

#include "base/file.h"
#include "question/experiment_document.h"
#include "result/evidence.h"

static const char EVIDENCE_HASH[] = "evidence_sha256";

static bool set_text(Json *object, const char *key, const char *value, Arena *arena, Error *err)
{
    return !value || json_set(object, key, json_new_text(value, arena, err), err);
}

static bool set_part(Json *object, const char *key, const void *value, const SpecTable *table,
                     Arena *arena, Error *err)
{
    return json_set(object, key, spec_write(value, table, true, arena, err), err);
}

static const SpecField model_fields[] = {
    SPEC_TEXT_REQUIRED(ResultModel, cell, "the first that begins from it"),
    SPEC_REAL(ResultModel, bits_per_byte, 0, 0, 1e300, "of held-out documents", .sparse = true),
    SPEC_TEXT(ResultModel, sample, NULL, "text that it wrote", .sparse = true),
    SPEC_TEXT(ResultModel, gibbs, NULL, "text that it wrote by Gibbs sampling", .sparse = true),
    SPEC_INT(ResultModel, gibbs_sweeps, 0, 0, 1000000, "how often each of its tokens was drawn",
             .sparse = true),
    SPEC_END,
};

static void model_check(const void *value, const SpecReader *reader, const char *json_path)
{
    const ResultModel *model = value;
    if ((model->gibbs != NULL) != (model->gibbs_sweeps > 0))
        spec_error(reader, json_path,
                   "needs both gibbs, a text, and gibbs_sweeps, 1 or more, or neither");
}

static const SpecTable model_table = {"model", sizeof(ResultModel), model_fields, model_check};

typedef struct Models {
    SpecList models;
} Models;
static const SpecField models_fields[] = {
    SPEC_STRUCTS(Models, models, &model_table, "what is told of language models"),
    SPEC_END,
};
static const SpecTable models_table = {"models", sizeof(Models), models_fields, NULL};

/* A list, without an object around it. */
static bool set_models(Json *object, const SpecList *models, Arena *arena, Error *err)
{
    const Models part = {*models};
    if (!models->n) return true;
    Json *json = spec_write(&part, &models_table, true, arena, err);
    return json && json_set(object, "models", json_get(json, "models"), err);
}

/* Parts with nothing in them are not there. */
static bool set_findings(Json *result, const Findings *findings, Arena *arena, Error *err)
{
    const Significance *tests = &findings->tests;
    const Timings *timings = &findings->timings;
    HashText hash;
    Json *numbers = spec_write(&findings->numbers, &numbers_table, true, arena, err);
    return numbers && json_hash(&hash, numbers, arena, err) &&
           set_text(result, "numbers_sha256", hash.text, arena, err) &&
           json_set(result, "numbers", numbers, err) &&
           (!tests->claims.n ||
            set_part(result, "tests", tests, &significance_table, arena, err)) &&
           (!timings->probes.n || set_part(result, "timings", timings, &timings_table, arena, err));
}

bool result_file_write(const Result *from, Error *err)
{
    const Experiment *experiment = from->experiment;
    Arena *arena = from->arena;
    HashText document_hash;
    char *path = file_join(arena, from->folder, RESULT_DOCUMENT_FILE, err);
    Json *result = json_new_object(arena, err);
    return path && result && json_hash(&document_hash, experiment->document, arena, err) &&
           json_set(result, "format", json_new_integer(RESULT_DOCUMENT_FORMAT, arena, err), err) &&
           set_text(result, "experiment", experiment->name, arena, err) &&
           set_text(result, "scale", experiment->scale, arena, err) &&
           set_text(result, "version", from->version, arena, err) &&
           set_text(result, "title", experiment->title, arena, err) &&
           set_text(result, "question", experiment->question, arena, err) &&
           set_findings(result, &from->findings, arena, err) &&
           set_models(result, &from->models, arena, err) &&
           set_text(result, "spec_sha256", document_hash.text, arena, err) &&
           json_set(result, "spec", json_clone(experiment->document, arena, err), err) &&
           set_part(result, "provenance", &from->provenance, &provenance_table, arena, err) &&
           set_text(result, EVIDENCE_HASH, from->evidence_sha256, arena, err) &&
           json_write_file(path, result, arena, err);
}

bool result_file_seal(const Result *result, Error *err)
{
    HashText unused, hash;
    Arena *arena = result->arena;
    char *path = file_join(arena, result->folder, RESULT_DOCUMENT_FILE, err);
    char *evidence = file_join(arena, result->folder, EVIDENCE_FILE, err);
    Json *json = path ? result_document_read(&unused, path, arena, err) : NULL;
    return json && evidence && hash_file(&hash, evidence, err) &&
           set_text(json, EVIDENCE_HASH, hash.text, arena, err) &&
           json_write_file(path, json, arena, err);
}

/* --- reading --------------------------------------------------------------------------------------- */

static const char *text_at(const Json *object, const char *key)
{
    const Json *value = json_get(object, key);
    return value && json_type(value) == JSON_TEXT_VALUE ? json_text(value) : NULL;
}

static bool read_part(void *value, const SpecTable *table, const Json *result, const char *key,
                      const SpecReader *reader)
{
    Json *part = json_get(result, key), *empty = json_new_object(reader->arena, reader->err);
    return empty &&
           spec_read(value, table, part ? part : empty, reader, spec_path_key(reader, "$", key));
}

/* Of a document only the claims, which need nothing else to be understood. */
typedef struct Claims {
    SpecList claims;
} Claims;
static const SpecField claims_fields[] = {
    SPEC_STRUCTS(Claims, claims, &experiment_claim_table, "statements to test"),
    SPEC_END,
};
static const SpecTable claims_table = {"spec", sizeof(Claims), claims_fields, NULL};

bool result_file_read_claims(SpecList *claims, const Json *document, const char *path, Arena *arena,
                             Error *err)
{
    const SpecReader reader = {.file = path, .arena = arena, .err = err};
    bool object = document && json_type(document) == JSON_OBJECT_VALUE;
    Json *list = object ? json_get(document, "claims") : NULL;
    Json *only = json_new_object(arena, err);
    Claims read = {0};
    if (!only || (list && !json_set(only, "claims", list, err)) ||
        !spec_read(&read, &claims_table, only, &reader, "$"))
        return false;
    *claims = read.claims;
    return true;
}

static bool read_models(SpecList *models, const Json *result, const SpecReader *reader)
{
    Json *list = json_get(result, "models"), *only = json_new_object(reader->arena, reader->err);
    Models read = {0};
    if (!only || (list && !json_set(only, "models", list, reader->err)) ||
        !spec_read(&read, &models_table, only, reader, "$"))
        return false;
    *models = read.models;
    return true;
}

bool result_file_read(Result *result, const char *path, Arena *arena, Error *err)
{
    const SpecReader reader = {.file = path, .arena = arena, .err = err};
    Experiment *experiment = arena_alloc(arena, 1, sizeof *experiment, err);
    Json *json = result_document_read(&result->numbers_hash, path, arena, err);
    if (!json || !experiment) return false;
    Findings *findings = &result->findings;
    result->version = text_at(json, "version");
    result->evidence_sha256 = text_at(json, EVIDENCE_HASH);
    result->experiment = experiment;
    return experiment_document_read(experiment, json_get(json, "spec"), path, arena, err) &&
           read_part(&findings->numbers, &numbers_table, json, "numbers", &reader) &&
           read_part(&findings->tests, &significance_table, json, "tests", &reader) &&
           read_part(&findings->timings, &timings_table, json, "timings", &reader) &&
           read_part(&result->provenance, &provenance_table, json, "provenance", &reader) &&
           read_models(&result->models, json, &reader);
}
