#include "result/result.h"

#include "base/file.h"
#include "result/result_check.h"
#include "result/result_document.h"
#include "result/result_file.h"
#include "result/versions.h"

static bool read_document(Result *result, const char *folder, const char *document, Arena *arena,
                          Error *err)
{
    *result = (Result){.folder = folder, .arena = arena};
    result->numbers = &result->findings.numbers;
    return folder && document && result_file_read(result, document, arena, err) &&
           result_check(result, document, err);
}

bool result_read_document(Result *result, const char *document, Arena *arena, Error *err)
{
    return read_document(result, file_parent(arena, document, err), document, arena, err);
}

static bool read_before(Result *result, Arena *arena, Error *err)
{
    const char *folder;
    if (!versions_before(&folder, result->folder, result->version, arena, err)) return false;
    if (!folder) return true;
    Result *before = arena_alloc(arena, 1, sizeof *before, err);
    const char *document = file_join(arena, folder, RESULT_DOCUMENT_FILE, err);
    result->before = before;
    return before && read_document(before, folder, document, arena, err);
}

bool result_read_as(Result *result, const char *folder, const char *document, Arena *arena,
                    Error *err)
{
    char *curves = file_join(arena, folder, CURVES_FILE, err);
    return curves && read_document(result, folder, document, arena, err) &&
           curves_read(&result->curves, curves, result->numbers, arena, err) &&
           read_before(result, arena, err);
}

bool result_read(Result *result, const char *folder, Arena *arena, Error *err)
{
    char *document = file_join(arena, folder, RESULT_DOCUMENT_FILE, err);
    return document && result_read_as(result, folder, document, arena, err);
}
