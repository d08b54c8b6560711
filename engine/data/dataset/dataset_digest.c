#include "data/dataset/dataset_digest.h"

#include "base/file.h"
#include "base/hash.h"
#include "data/dataset/dataset_verify.h"

enum { SHA256_DIGITS = HASH_TEXT_SIZE - 1, SHA1_DIGITS = 40 };

/* How the manifest calls what dataset_verify_hash finds. */
static const char *key_of(const DatasetFile *file, const char *path)
{
    if (file->git_blob && !file->sha256) return "git_blob";
    return file_is_folder(path) || file->tree_sha256 ? "tree_sha256" : "sha256";
}

/* What to write there, if the file can be asked. */
static void hint_digest(const DatasetFiles *files, const DatasetFile *file,
                        const SpecReader *reader)
{
    HashText found;
    Error ignored = {0};
    char *path;
    if (dataset_files_where(&path, files, file, reader->arena, &ignored) && path &&
        dataset_verify_hash(&found, path, file, &ignored))
        error_hint(reader->err, "\"%s\": \"%s\", which is what %s has", key_of(file, path),
                   found.text, path);
    else
        error_hint(reader->err, "put the file at %s/%s: then its digest is shown here",
                   files->places->downloads, file->path);
}

static void check(const DatasetFiles *files, const DatasetFile *file, const SpecReader *reader,
                  const char *path)
{
    const int n = (file->sha256 != NULL) + (file->git_blob != NULL) + (file->tree_sha256 != NULL) +
                  file->recorded;
    const size_t digits = file->git_blob ? SHA1_DIGITS : SHA256_DIGITS;
    const char *title, *digest = dataset_manifest_digest(file, &title);
    if (n != 1)
        spec_error(reader, path,
                   "file '%s' needs one of sha256, git_blob, tree_sha256 and recorded", file->path);
    else if (digest && !hash_is_digits(digest, digits))
        spec_error(reader, path, "file '%s': '%s' is no %s (%zu digits of 0-9, a-f)", file->path,
                   digest, title, digits);
    else return;
    if (n <= 1) hint_digest(files, file, reader);
}

void dataset_digest_check(const DatasetFiles *files, const SpecReader *reader)
{
    const SpecList *list = &files->manifest->files;
    const DatasetFile *file = list->items;
    for (size_t i = 0; i < list->n; i++)
        if (file[i].path)
            check(files, &file[i], reader,
                  spec_path_item(reader, spec_path_key(reader, "$", "files"), i));
}
