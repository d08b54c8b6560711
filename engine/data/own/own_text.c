#include "data/own/own_text.h"

#include <fnmatch.h>
#include <string.h>

#include "base/archive.h"
#include "base/file.h"
#include "data/dataset/dataset_verify.h"
#include "data/own/own_encoding.h"
#include "data/own/own_name.h"
#include "data/own/own_words.h"

enum { ENOUGH_DOCUMENTS = 20 }; /* of which a twentieth can be held out */

typedef struct Adding {
    const OwnPlace *place;
    const OwnAsked *asked;
    OwnText text;
    const char *folder; /* that is visited; NULL: a file is */
    OwnEncoding encoding;
    Arena *arena;
} Adding;

bool own_text_is(const char *const *paths, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fnmatch(own_manifest_members, paths[i], 0) != 0)
            return n == 1 && file_is_folder(paths[i]);
    return true;
}

/* --- files ---------------------------------------------------------------------------------------- */

static bool is_text(void *context, const char *member)
{
    (void)context;
    return fnmatch(own_manifest_members, member, 0) == 0;
}

/* A file of the folder, or the file itself. */
static bool add_file(void *context, const char *member, const char *bytes, size_t size, Error *err)
{
    Adding *adding = context;
    const char *stored = adding->text.stored;
    char *from = adding->folder ? file_join(adding->arena, adding->folder, member, err)
                                : arena_text(adding->arena, adding->text.from, err),
         *to = file_join(adding->arena, adding->place->stored, member, err);
    if (!from || !to) return false;
    adding->text.count++;
    adding->text.bytes += size;
    return own_encoding_add(&adding->encoding, adding->asked->encoding, from, bytes, size,
                            adding->arena, err) &&
           own_place_write(adding->place, adding->text.folder ? to : stored, bytes, size, err);
}

static bool no_text(const char *folder, Error *err)
{
    error_usage(err, "%s: no file in it ends in .txt", folder);
    return error_hint(err,
                      "plain text in files NAME.txt is a corpus; files of rows are named one by "
                      "one: reprise data add %s/train.csv %s/test.csv",
                      folder, folder);
}

static bool add_files(Adding *adding, const char *const *paths, size_t n, Error *err)
{
    OwnText *text = &adding->text;
    const bool folder = n == 1 && file_is_folder(paths[0]);
    text->folder = folder || n > 1;
    text->stored = text->folder ? adding->place->stored
                                : file_join(adding->arena, adding->place->stored,
                                            own_name_base(paths[0]), err);
    if (!text->stored) return false;
    adding->folder = folder ? paths[0] : NULL;
    for (size_t i = 0; i < n; i++) {
        text->from = paths[i];
        if (!archive_visit(paths[i], 0, is_text, add_file, adding, err)) return false;
    }
    if (text->count == 0) return no_text(paths[0], err);
    text->encoding = adding->encoding.encoding;
    text->from = folder || n == 1 ? own_name_base(paths[0])
                                  : arena_format(adding->arena, err, "%s and %zu more",
                                                 own_name_base(paths[0]), n - 1);
    return text->from != NULL;
}

static bool find_digest(Adding *adding, Error *err)
{
    const DatasetFile file = {.members = own_manifest_members};
    char *path =
        file_join(adding->arena, adding->place->staged.downloads, adding->text.stored, err);
    return path && dataset_verify_hash(&adding->text.digest, path, &file, err);
}

/* --- documents ------------------------------------------------------------------------------------ */

static bool read_documents(Documents *documents, const Adding *adding, Error *err)
{
    const Json *manifest = own_manifest_of_text(&adding->text, adding->arena, err);
    const Dataset *dataset = manifest ? own_place_open(adding->place, manifest, err) : NULL;
    return dataset && dataset_documents(documents, dataset, adding->arena, err);
}

static size_t count_lines(const Document *document)
{
    size_t n = 0;
    for (size_t i = 0; i < document->size; i++) n += document->text[i] == '\n';
    return n;
}

/* Few long texts are cut, so that some of them can be held out; at most as often as the shortest has paragraphs. */
static bool choose_parts(Adding *adding, const Documents *whole, Error *err)
{
    size_t parts = (ENOUGH_DOCUMENTS + whole->n - 1) / whole->n, least = SIZE_MAX;
    for (size_t d = 0; d < whole->n; d++) {
        const size_t lines = count_lines(&whole->items[d]);
        if (lines < least) least = lines;
    }
    adding->text.parts = parts < least ? parts : least;
    if (whole->n * adding->text.parts >= 2) return true;
    error_usage(err, "%s: is one paragraph: nothing is left to train on when some text is held out",
                adding->text.from);
    return error_hint(err, "paragraphs are parted by empty lines, or stand one on a line");
}

static bool add(Buffer *words, Adding *adding, const char *const *paths, size_t n, Error *err)
{
    Documents documents;
    adding->text.parts = 1;
    if (!add_files(adding, paths, n, err) || !find_digest(adding, err) ||
        !read_documents(&documents, adding, err) || !choose_parts(adding, &documents, err) ||
        !read_documents(&documents, adding, err))
        return false;
    return own_words_of_text(words, &adding->text, documents.n, err);
}

bool own_text_add(Buffer *words, const OwnPlace *place, const char *const *paths, size_t n,
                  const OwnAsked *asked, Error *err)
{
    Adding adding = {.place = place,
                     .asked = asked,
                     .text = {.name = place->name,
                              .title = asked->title,
                              .licence = asked->licence,
                              .home = asked->home},
                     .arena = arena_create("own text", err)};
    const bool done = adding.arena && add(words, &adding, paths, n, err);
    arena_destroy(adding.arena);
    return done;
}
