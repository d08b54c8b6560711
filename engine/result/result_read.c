#include "result/result.h"

#include "base/file.h"
#include "result/result_check.h"
#include "result/result_document.h"
#include "result/result_file.h"

bool result_read(Result *result, const char *folder, Arena *arena, Error *err)
{
    char *file = file_join(arena, folder, RESULT_DOCUMENT_FILE, err);
    char *curves = file_join(arena, folder, CURVES_FILE, err);
    *result = (Result){.folder = folder, .arena = arena};
    result->numbers = &result->findings.numbers;
    return file && curves && result_file_read(result, file, arena, err) &&
           result_check(result, file, err) &&
           curves_read(&result->curves, curves, result->numbers, arena, err);
}
