#include "question/experiment_folder.h"

#include <string.h>

#include "base/file.h"

bool experiment_folder_names(TextList *names, const char *folder, Arena *arena, Error *err)
{
    static const char ending[] = ".json";
    char **files = NULL;
    size_t n_files = 0;
    if (!file_need_folder(folder, "--experiments", err) ||
        !file_list(&files, &n_files, folder, arena, err))
        return false;
    *names = (TextList){0, arena_alloc(arena, n_files, sizeof *names->text, err)};
    if (!names->text) return false;
    for (size_t i = 0; i < n_files; i++) {
        size_t length = strlen(files[i]);
        bool is_document = length > strlen(ending) && files[i][0] != '.' &&
                           strcmp(files[i] + length - strlen(ending), ending) == 0 &&
                           !strstr(files[i], ".schema.");
        if (!is_document) continue;
        char *name = arena_text_span(arena, files[i], length - strlen(ending), err);
        if (!name) return false;
        names->text[names->n++] = name;
    }
    return true;
}

bool experiment_folder_scales(TextList *names, const char *folder, Arena *arena, Error *err)
{
    char *scales = file_join(arena, folder, "scales", err);
    return scales && experiment_folder_names(names, scales, arena, err);
}

bool experiment_folder_open(ExperimentSource *source, const char *kind, const char *name,
                            const char *folder, const SpecReader *asking, const char *asking_path,
                            Arena *arena, Error *err)
{
    TextList names;
    if (!experiment_folder_names(&names, folder, arena, err)) return false;
    const char *file = arena_format(arena, err, "%s/%s.json", folder, name);
    if (!file) return false;
    *source = (ExperimentSource){name, {file, arena, err}, NULL};
    if (spec_list_find(&names, name) < 0) {
        if (asking) spec_error(asking, asking_path, "unknown %s '%s'", kind, name);
        else error_usage(err, "%s: no such %s", file, kind);
        return spec_suggest_hint(&source->reader, name, names.text, names.n);
    }
    source->json = json_parse_file(file, arena, err);
    if (!source->json) return false;
    if (json_type(source->json) == JSON_OBJECT_VALUE) return true;
    spec_error(&source->reader, "$", "expected an object, got %s",
               json_type_name(json_type(source->json)));
    return error_hint(err, "{\"format\": 1, \"title\": ...}");
}
