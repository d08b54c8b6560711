#include "text/sentencepiece_file.h"

#include "base/protobuf.h"

/* Numbers of fields, by message of sentencepiece_model.proto. */
enum { MODEL_PIECE = 1, MODEL_TRAINER = 2, MODEL_NORMALIZER = 3, MODEL_DENORMALIZER = 5 };
enum { PIECE_TEXT = 1, PIECE_SCORE = 2, PIECE_TYPE = 3 };
enum { TRAINER_MODEL = 3, TRAINER_SUFFIX = 24, TRAINER_BYTES = 35, TRAINER_UNKNOWN = 44 };
enum { NORMALIZER_MAP = 2, NORMALIZER_PREFIX = 3, NORMALIZER_REMOVE = 4, NORMALIZER_ESCAPE = 5 };

enum { KIND_UNIGRAM = 1 }; /* of TrainerSpec.ModelType */

typedef struct Reading {
    SentencepieceModel *model;
    const char *path;
    Arena *arena;
    Error *err;
} Reading;

static bool damaged(const Reading *r)
{
    error_set(r->err, "%s: is damaged, cut off, or no model of SentencePiece", r->path);
    return error_hint(r->err, "fetch the file again: spiece.model as T5's authors gave it out");
}

static bool is_field(const ProtobufField *field, int number, ProtobufType type)
{
    return field->number == (uint32_t)number && field->type == type;
}

static bool read_piece(const Reading *r, const ProtobufField *message)
{
    ProtobufReader reader = protobuf_begin(message->bytes, message->size);
    ProtobufField text = {0};
    UnigramPiece piece = {.type = UNIGRAM_NORMAL};
    for (ProtobufField field; protobuf_next(&field, &reader);) {
        if (is_field(&field, PIECE_TEXT, PROTOBUF_BYTES)) text = field;
        if (is_field(&field, PIECE_SCORE, PROTOBUF_FIXED32))
            piece.score = (double)protobuf_float(&field);
        if (!is_field(&field, PIECE_TYPE, PROTOBUF_VARINT)) continue;
        if (field.value < UNIGRAM_NORMAL || field.value > UNIGRAM_BYTE)
            return error_set(r->err, "%s: piece %zu is of a type that is not known, %llu", r->path,
                             r->model->vocabulary->n, (unsigned long long)field.value);
        piece.type = (UnigramType)field.value;
    }
    if (protobuf_broken(&reader)) return damaged(r);
    return sentencepiece_model_add(r->model, text.bytes, text.size, piece, r->path, r->arena,
                                   r->err);
}

static bool refuse_kind(const Reading *r, uint64_t kind)
{
    static const char *const names[] = {"", "unigram", "BPE", "word", "char"};
    error_set(r->err, "%s: is a model of kind '%s', not 'unigram'", r->path,
              kind < sizeof names / sizeof *names ? names[kind] : "?");
    return error_hint(r->err, "only unigram models are read, such as T5's");
}

static bool read_trainer(const Reading *r, const ProtobufField *message)
{
    ProtobufReader reader = protobuf_begin(message->bytes, message->size);
    for (ProtobufField field; protobuf_next(&field, &reader);) {
        if (is_field(&field, TRAINER_MODEL, PROTOBUF_VARINT) && field.value != KIND_UNIGRAM)
            return refuse_kind(r, field.value);
        if (is_field(&field, TRAINER_SUFFIX, PROTOBUF_VARINT) && field.value)
            return error_set(r->err, "%s: spaces are marked behind words, which is not read",
                             r->path);
        if (is_field(&field, TRAINER_BYTES, PROTOBUF_VARINT))
            r->model->unigram.has_bytes = field.value != 0;
        if (!is_field(&field, TRAINER_UNKNOWN, PROTOBUF_BYTES)) continue;
        r->model->unknown_text = arena_text_span(r->arena, field.bytes, field.size, r->err);
        if (!r->model->unknown_text) return false;
    }
    return !protobuf_broken(&reader) || damaged(r);
}

static bool read_map(const Reading *r, const ProtobufField *field)
{
    return charsmap_read(&r->model->words.map, field->bytes, field->size, r->arena, r->err) ||
           error_wrap(r->err, "reading '%s'", r->path);
}

static bool read_normalizer(const Reading *r, const ProtobufField *message)
{
    ProtobufReader reader = protobuf_begin(message->bytes, message->size);
    SentencepieceWords *words = &r->model->words;
    for (ProtobufField field; protobuf_next(&field, &reader);) {
        if (is_field(&field, NORMALIZER_MAP, PROTOBUF_BYTES) && !read_map(r, &field)) return false;
        if (is_field(&field, NORMALIZER_PREFIX, PROTOBUF_VARINT))
            words->add_prefix = field.value != 0;
        if (is_field(&field, NORMALIZER_REMOVE, PROTOBUF_VARINT))
            words->remove_spaces = field.value != 0;
        if (is_field(&field, NORMALIZER_ESCAPE, PROTOBUF_VARINT) && !field.value)
            return error_set(r->err, "%s: spaces are not written as U+2581, which is not read",
                             r->path);
    }
    return !protobuf_broken(&reader) || damaged(r);
}

/* A map back, after decoding, which T5's has not. */
static bool refuse_denormalizer(const Reading *r, const ProtobufField *message)
{
    ProtobufReader reader = protobuf_begin(message->bytes, message->size);
    for (ProtobufField field; protobuf_next(&field, &reader);)
        if (is_field(&field, NORMALIZER_MAP, PROTOBUF_BYTES) && field.size > 0)
            return error_set(r->err, "%s: has a map for decoded text, which is not read", r->path);
    return !protobuf_broken(&reader) || damaged(r);
}

static bool read_part(const Reading *r, const ProtobufField *field)
{
    if (field->type != PROTOBUF_BYTES) return true;
    switch (field->number) {
    case MODEL_PIECE: return read_piece(r, field);
    case MODEL_TRAINER: return read_trainer(r, field);
    case MODEL_NORMALIZER: return read_normalizer(r, field);
    case MODEL_DENORMALIZER: return refuse_denormalizer(r, field);
    default: return true;
    }
}

bool sentencepiece_file_read(SentencepieceModel *model, const char *bytes, size_t size,
                             const char *path, Arena *arena, Error *err)
{
    const Reading reading = {model, path, arena, err};
    ProtobufReader reader = protobuf_begin(bytes, size);
    model->unigram.is_single = true;
    model->words.add_prefix = model->words.remove_spaces = true;
    for (ProtobufField field; protobuf_next(&field, &reader);)
        if (!read_part(&reading, &field)) return false;
    if (protobuf_broken(&reader) || model->vocabulary->n == 0) return damaged(&reading);
    return true;
}
