#include "data/dataset/dataset_documents.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/archive.h"
#include "base/encoding.h"
#include "base/interrupt.h"
#include "base/progress.h"
#include "data/book/book.h"

typedef struct Visit {
    const DatasetDocuments *spec;
    Documents *documents; /* room for spec->count times spec->parts */
    size_t n_found;       /* of members: may be more than there is room for */
    bool by_path;         /* documents are called by their folders as well */
    Arena *arena;         /* of the result */
    Arena *scratch;       /* reset after each document */
    Progress progress;
} Visit;

static bool is_wanted(void *context, const char *member)
{
    const DatasetDocuments *spec = ((const Visit *)context)->spec;
    return dataset_manifest_covers(spec->members, &spec->except, member);
}

/* "corpus/Dickens_Bleak_1853.txt" -> "Dickens_Bleak_1853"; in Markdown collections the folder is the
 * author: ".../Jane Austen/Emma.md" -> "Jane Austen/Emma". */
static char *document_name(const Visit *visit, const char *member, Error *err)
{
    int parts = visit->by_path ? INT_MAX : visit->spec->layout == BOOK_MARKDOWN ? 2 : 1;
    const char *begin = member + strlen(member);
    while (begin > member && !(begin[-1] == '/' && --parts == 0)) begin--;
    const char *dot = strrchr(begin, '.');
    return arena_text_span(visit->arena, begin,
                           dot && dot > begin ? (size_t)(dot - begin) : strlen(begin), err);
}

static bool add_document(Visit *visit, char *name, const char *text, size_t size, Error *err)
{
    if (!name) return false;
    Document *document = &visit->documents->items[visit->documents->n++];
    document->name = name;
    document->text = arena_text_span(visit->arena, text, size, err);
    document->size = size;
    return document->text != NULL;
}

/* So many parts with about as many paragraphs each, which are lines by now. */
static bool add_parts(Visit *visit, const char *name, const char *member, const Buffer *text,
                      Error *err)
{
    const size_t parts = (size_t)visit->spec->parts;
    size_t n_lines = 0, line = 0, at = 0;
    for (size_t i = 0; i < text->size; i++) n_lines += text->data[i] == '\n';
    if (n_lines < parts) {
        error_usage(err, "%s: has %zu paragraphs, too few to be cut into %zu parts", member,
                    n_lines, parts);
        return error_hint(err, "correct documents.parts in the manifest");
    }
    for (size_t p = 0; p < parts; p++) {
        const size_t begin = at;
        for (; line < n_lines * (p + 1) / parts; line++)
            at = (size_t)((char *)memchr(text->data + at, '\n', text->size - at) - text->data) + 1;
        char *part = arena_format(visit->arena, err, "%s, part %03zu", name, p + 1);
        if (!add_document(visit, part, text->data + begin, at - begin, err)) return false;
    }
    return true;
}

static bool clean_document(Visit *visit, const char *member, const char *bytes, size_t size,
                           Error *err)
{
    Buffer text = buffer_create(visit->scratch);
    if (!encoding_decode(&bytes, &size, (Encoding)visit->spec->encoding, member, visit->scratch,
                         err))
        return false;
    if (!book_clean(&text, bytes, size, (BookLayout)visit->spec->layout, visit->scratch, err))
        return error_wrap(err, "cleaning '%s'", member);
    if (text.size == 0 && visit->spec->layout == BOOK_WHOLE) {
        error_usage(err, "%s: there is no text in it", member);
        return error_hint(err, "remove the file");
    }
    if (text.size == 0)
        return error_usage(
            err, "%s: nothing is left of it after headings were dropped; is it a plain-text book?",
            member);
    char *name = document_name(visit, member, err);
    if (visit->spec->parts == 1) return add_document(visit, name, text.data, text.size, err);
    return name && add_parts(visit, name, member, &text, err);
}

static bool visit_document(void *context, const char *member, const char *bytes, size_t size,
                           Error *err)
{
    Visit *visit = context;
    if (visit->n_found++ >= (size_t)visit->spec->count) return true;
    ArenaMark mark = arena_mark(visit->scratch);
    bool cleaned = clean_document(visit, member, bytes, size, err);
    arena_reset(visit->scratch, mark);
    progress_report(&visit->progress, (double)visit->n_found);
    return cleaned && interrupt_check(err);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const Document *)a)->name, ((const Document *)b)->name);
}

/* In the order of their names; NULL: no two have the same. */
static const char *find_namesakes(const Visit *visit)
{
    const Documents *documents = visit->documents;
    qsort(documents->items, documents->n, sizeof *documents->items, by_name);
    for (size_t i = 1; i < documents->n; i++)
        if (strcmp(documents->items[i - 1].name, documents->items[i].name) == 0)
            return documents->items[i].name;
    return NULL;
}

static bool check_number(const Visit *visit, const DatasetFiles *files, const char *path,
                         Error *err)
{
    if (visit->n_found == (size_t)visit->spec->count) return true;
    error_usage(err, "%s: %zu documents match '%s', expected %lld", path, visit->n_found,
                visit->spec->members, (long long)visit->spec->count);
    return error_hint(err, "compare documents in %s with the archive's members",
                      files->manifest_path);
}

static bool visit_documents(Visit *visit, const DatasetFiles *files, const DatasetFile *file,
                            const char *path, Error *err)
{
    visit->n_found = visit->documents->n = 0;
    progress_begin(&visit->progress, "documents", (double)visit->spec->count, 0, "reading %s",
                   files->name);
    const bool read =
        archive_visit(path, (uint64_t)file->unpacked_bytes, is_wanted, visit_document, visit, err);
    progress_end(&visit->progress);
    return read && check_number(visit, files, path, err);
}

/* Texts that have the same name in several folders are called by their paths: all of them, for one order. */
static bool read_documents(Visit *visit, const DatasetFiles *files, Error *err)
{
    const DatasetFile *file = dataset_manifest_file(files->manifest, visit->spec->file);
    Documents *documents = visit->documents;
    char *path;
    *documents = (Documents){0};
    documents->items = arena_alloc(visit->arena, (size_t)(visit->spec->count * visit->spec->parts),
                                   sizeof *documents->items, err);
    if (!documents->items || !dataset_files_get(&path, files, file, visit->arena, err) ||
        !visit_documents(visit, files, file, path, err))
        return false;
    const char *namesake = find_namesakes(visit);
    if (namesake && visit->spec->layout == BOOK_WHOLE) {
        visit->by_path = true;
        if (!visit_documents(visit, files, file, path, err)) return false;
        namesake = find_namesakes(visit);
    }
    if (!namesake) return true;
    error_usage(err, "%s: two documents are called '%s'", path, namesake);
    return error_hint(err, "another name for one of them");
}

bool dataset_documents_read(Documents *documents, const DatasetFiles *files, Arena *arena,
                            Error *err)
{
    Visit visit = {.spec = &files->manifest->documents,
                   .documents = documents,
                   .arena = arena,
                   .scratch = arena_create("documents", err)};
    if (!visit.scratch) return false;
    bool read = read_documents(&visit, files, err);
    if (!read) error_wrap(err, "reading the documents of data set '%s'", files->name);
    arena_destroy(visit.scratch);
    return read;
}
