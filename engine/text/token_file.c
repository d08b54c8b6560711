#include "text/token_file.h"

#include <string.h>

#include "base/file.h"
#include "base/json.h"

static const char magic[8] = {'R', 'E', 'P', 'T', 'O', 'K', '0', '1'};

typedef struct Header {
    char magic[8];
    uint64_t n_documents, n_tokens, width;
} Header;

static char *names_path(const char *path, Arena *arena, Error *err)
{
    size_t length = strlen(path);
    if (length > 4 && !strcmp(path + length - 4, ".bin")) length -= 4;
    return arena_format(arena, err, "%.*s.json", (int)length, path);
}

static bool write_names(const char *path, const char *const *name, size_t n, Arena *scratch,
                        Error *err)
{
    Json *list = json_new_list(scratch, err);
    if (!list) return false;
    for (size_t d = 0; d < n; d++)
        if (!json_add(list, json_new_text(name[d], scratch, err), err)) return false;
    char *file = names_path(path, scratch, err);
    return file && json_write_file(file, list, scratch, err);
}

/* Ids in pieces, narrowed on the way, so that no second copy of the corpus is needed. */
static bool write_ids(FileWriter *writer, const int *ids, size_t n, size_t width, Error *err)
{
    enum { PIECE = 65536 };
    static _Thread_local unsigned char piece[PIECE * 4];
    for (size_t begin = 0; begin < n; begin += PIECE) {
        size_t count = n - begin < PIECE ? n - begin : PIECE;
        for (size_t i = 0; i < count; i++) {
            uint32_t id = (uint32_t)ids[begin + i];
            memcpy(piece + i * width, &id, width); /* little-endian: the low bytes come first */
        }
        if (!file_writer_add(writer, piece, count * width, err)) return false;
    }
    return true;
}

bool token_file_write(const char *path, const int *ids, const size_t *offset,
                      const char *const *name, size_t n_documents, int n_vocab, Arena *scratch,
                      Error *err)
{
    Header header = {.n_documents = n_documents,
                     .n_tokens = offset[n_documents],
                     .width = n_vocab <= 65536 ? 2 : 4};
    memcpy(header.magic, magic, sizeof magic);
    if (!write_names(path, name, n_documents, scratch, err)) return false;
    FileWriter *writer = file_writer_open(path, scratch, err);
    if (!writer) return false;
    bool ok = file_writer_add(writer, &header, sizeof header, err);
    for (size_t d = 0; ok && d <= n_documents; d++) {
        uint64_t at = offset[d];
        ok = file_writer_add(writer, &at, sizeof at, err);
    }
    ok = ok && write_ids(writer, ids, header.n_tokens, header.width, err) &&
         file_writer_commit(writer, err);
    file_writer_abandon(writer);
    return ok;
}

static bool read_names(TokenFile *file, const char *path, Arena *arena, Error *err)
{
    char *beside = names_path(path, arena, err);
    if (!beside) return false;
    Json *list = json_parse_file(beside, arena, err);
    if (!list) return false;
    if (json_type(list) != JSON_LIST_VALUE || json_size(list) != file->n_documents)
        return error_set(err, "%s: is not the list of the %zu document names of %s", beside,
                         file->n_documents, path);
    file->name = arena_alloc(arena, file->n_documents, sizeof(char *), err);
    if (!file->name) return false;
    for (size_t d = 0; d < file->n_documents; d++) {
        Json *name = json_at(list, d);
        if (json_type(name) != JSON_TEXT_VALUE)
            return error_set(err, "%s: $[%zu]: expected the name of a document, not %s", beside, d,
                             json_type_name(json_type(name)));
        file->name[d] = json_text(name);
    }
    return true;
}

static bool check_offsets(const TokenFile *file, const char *path, Error *err)
{
    if (file->offset[0] != 0 || file->offset[file->n_documents] != file->n_tokens)
        return error_set(err, "%s: documents do not take all of its %zu tokens", path,
                         file->n_tokens);
    for (size_t d = 0; d < file->n_documents; d++)
        if (file->offset[d] > file->offset[d + 1])
            return error_set(err, "%s: document %zu ends before it begins", path, d);
    return true;
}

static bool check_ids(const TokenFile *file, const char *path, int n_vocab, Error *err)
{
    if (n_vocab == 0 || file->n_tokens == 0) return true;
    uint32_t largest = 0; /* of all, so that the loop has no way out and is fast */
    for (size_t i = 0; file->narrow && i < file->n_tokens; i++)
        largest = file->narrow[i] > largest ? file->narrow[i] : largest;
    for (size_t i = 0; file->wide && i < file->n_tokens; i++)
        largest = file->wide[i] > largest ? file->wide[i] : largest;
    if (largest < (uint32_t)n_vocab) return true;
    return error_set(err, "%s: token id %u is not in the vocabulary of %d", path, largest, n_vocab);
}

static bool map_file(TokenFile *file, const char *path, Arena *arena, Error *err)
{
    const void *bytes;
    size_t size;
    if (!file_map(&bytes, &size, path, arena, err)) return false;
    Header header = {0};
    if (size >= sizeof header) memcpy(&header, bytes, sizeof header);
    uint64_t n = header.n_documents;
    bool whole = !memcmp(header.magic, magic, sizeof magic) &&
                 (header.width == 2 || header.width == 4) && n < size / 8 &&
                 header.n_tokens <= size / header.width &&
                 size == sizeof header + (n + 1) * 8 + header.n_tokens * header.width;
    if (!whole)
        return error_set(err, "%s: is no token file, or is damaged (%zu bytes)", path, size);
    const char *body = (const char *)bytes + sizeof header;
    *file =
        (TokenFile){.n_documents = n, .n_tokens = header.n_tokens, .offset = (const void *)body};
    const void *ids = body + (n + 1) * 8;
    if (header.width == 2) file->narrow = ids;
    else file->wide = ids;
    return true;
}

bool token_file_open(TokenFile *file, const char *path, int n_vocab, Arena *arena, Error *err)
{
    if (map_file(file, path, arena, err) && check_offsets(file, path, err) &&
        check_ids(file, path, n_vocab, err) && read_names(file, path, arena, err))
        return true;
    return error_hint(err, "remove the stage's folder and run again: it will be made anew");
}
