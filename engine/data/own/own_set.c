#include "data/own/own_set.h"

#include <string.h>

#include "base/control.h"
#include "base/file.h"
#include "data/own/own_encoding.h"
#include "data/own/own_name.h"

enum {
    LEAST_ROWS = 30,  /* to train on, to choose by and to report on */
    MANY_ROWS = 1000, /* from here on a tenth is enough to report on, else a fifth */
    MOST_CARVED = 5000,
};

typedef struct Reading {
    OwnSet *set;
    const OwnAsked *asked;
    Arena *arena;
    Error *err;
} Reading;

/* --- files ---------------------------------------------------------------------------------------- */

/* What a manifest can say. */
static bool check_name(const char *path, Error *err)
{
    const char *name = own_name_base(path);
    if (encoding_utf8_length(name, strlen(name)) == strlen(name) && !control_find(name, false))
        return true;
    error_usage(err, "%s: the file's name is no UTF-8, or has a control character", path);
    return error_hint(err, "give it a name of letters and digits");
}

/* One file is the whole, whatever it is called. */
static bool name_files(const Reading *r, const char *const *paths)
{
    OwnSet *set = r->set;
    bool any = false;
    for (size_t f = 0; f < set->n_files; f++) {
        OwnFile *file = &set->files[f];
        file->path = paths[f];
        if (!check_name(paths[f], r->err)) return false;
        if (set->n_files > 1) (void)own_name_split(&file->split, paths[f]);
        any |= file->split == SPLIT_TRAIN;
        file->stored =
            arena_format(r->arena, r->err, "own/%s/%s", set->name, own_name_base(paths[f]));
        if (!file->stored) return false;
        for (size_t k = 0; k < f; k++)
            if (!strcmp(file->stored, set->files[k].stored)) {
                error_usage(r->err, "%s, %s: two files of the same name", paths[k], paths[f]);
                return error_hint(r->err, "rename one of them");
            }
    }
    if (any) return true;
    error_usage(r->err, "%s: none of the files holds training rows, by their names",
                own_name_base(paths[0]));
    return error_hint(r->err, "train, dev or valid, and test in a name say what a file is for");
}

/* The one that says how rows stand in all: the first with training rows. */
static size_t leading_file(const OwnSet *set)
{
    size_t f = 0;
    while (set->files[f].split != SPLIT_TRAIN) f++;
    return f;
}

/* --- bytes ---------------------------------------------------------------------------------------- */

static bool check_file(const Reading *r, const char *path)
{
    if (file_is_folder(path)) {
        error_usage(r->err, "%s: is a folder among files of rows", path);
        return error_hint(r->err, "a folder of plain text is added alone, as a corpus");
    }
    if (file_exists(path)) return true;
    return error_usage(r->err, "%s: no such file", path);
}

static bool read_bytes(const Reading *r)
{
    bool all = true;
    for (size_t f = 0; f < r->set->n_files; f++) all &= check_file(r, r->set->files[f].path);
    for (size_t f = 0; all && f < r->set->n_files; f++) {
        OwnFile *file = &r->set->files[f];
        if (!file_read(&file->content, &file->bytes, file->path, r->arena, r->err)) return false;
        file->sha256 = hash_bytes(file->content, file->bytes);
    }
    return all;
}

static bool no_rows(const OwnFile *file, Error *err)
{
    error_usage(err, "%s: has no rows", file->path);
    return memchr(file->content, '\r', file->bytes)
               ? error_hint(err, "lines end in LF or CR LF; where they end in CR alone, save it "
                                 "anew with the line ends of Unix or Windows")
               : error_hint(err, "a row a line, below the names of the columns");
}

static bool read_rows(const Reading *r)
{
    OwnSet *set = r->set;
    OwnEncoding all = {0};
    const OwnFile *lead = &set->files[leading_file(set)];
    OwnAsked asked = *r->asked;
    for (size_t f = 0; f < set->n_files; f++)
        if (!own_encoding_add(&all, asked.encoding, set->files[f].path, set->files[f].content,
                              set->files[f].bytes, r->arena, r->err))
            return false;
    asked.encoding = encoding_words[all.encoding];
    if (!own_look(&set->look, &asked, lead->path, lead->content, lead->bytes, r->arena, r->err))
        return false;
    for (size_t f = 0; f < set->n_files; f++) {
        OwnFile *file = &set->files[f];
        if (!own_rows_read(&file->rows, &set->look.layout, file->path, file->content, file->bytes,
                           r->arena, r->err))
            return error_wrap(r->err, "reading it like %s", lead->path);
        if (file->rows.n == 0) return no_rows(file, r->err);
    }
    return true;
}

/* Of JSON lines: what cannot be a column may be the one that is looked for. */
static bool tell_left_out(const Reading *r)
{
    Buffer names = buffer_create(r->arena);
    const TextList *out = &r->set->look.left_out;
    for (size_t i = 0; i < out->n; i++)
        if (!buffer_format(&names, r->err, "%s'%s'", i ? ", " : "", out->text[i])) return false;
    return out->n == 0 || error_wrap(r->err,
                                     "leaving out %s: not in every line, or neither text nor "
                                     "number there, or a name with . * + ?",
                                     names.data);
}

static bool choose_columns(const Reading *r, const char *path)
{
    return own_columns_choose(&r->set->columns, r->asked, path, r->arena, r->err) ||
           (tell_left_out(r) && false);
}

static bool read_columns(const Reading *r)
{
    OwnSet *set = r->set;
    OwnRows *rows = arena_alloc(r->arena, set->n_files, sizeof *rows, r->err);
    const char *path = set->files[leading_file(set)].path;
    for (size_t f = 0; rows && f < set->n_files; f++) rows[f] = set->files[f].rows;
    return rows &&
           own_columns_count(&set->columns, &set->look.layout.columns, rows, set->n_files, r->arena,
                             r->err) &&
           choose_columns(r, path) &&
           own_form_choose(&set->form, &set->columns, r->asked, path, r->arena, r->err);
}

/* --- splits --------------------------------------------------------------------------------------- */

static int64_t at_most(int64_t rows, int64_t most)
{
    return rows < most ? rows : most;
}

/* Splits without a file are carved from the training rows: a tenth to choose by, a tenth or, of few, a fifth to
 * report on. */
static bool carve(const Reading *r)
{
    OwnSet *set = r->set;
    int64_t n[N_SPLITS] = {0};
    for (size_t f = 0; f < set->n_files; f++)
        n[set->files[f].split] += (int64_t)set->files[f].rows.n;
    const int64_t rows = n[SPLIT_TRAIN];
    if (rows < LEAST_ROWS) {
        error_usage(r->err,
                    "%s: %lld training %s too few: some are to train on, others to choose by, "
                    "others to report on",
                    set->files[leading_file(set)].path, (long long)rows,
                    rows == 1 ? "row is" : "rows are");
        return error_hint(r->err, "%d rows at least; a few hundred tell something", LEAST_ROWS);
    }
    if (n[SPLIT_TEST] == 0)
        set->carved[SPLIT_TEST] = at_most(rows / (rows < MANY_ROWS ? 5 : 10), MOST_CARVED);
    if (n[SPLIT_VALIDATION] == 0) set->carved[SPLIT_VALIDATION] = at_most(rows / 10, MOST_CARVED);
    return true;
}

static bool describe_from(const Reading *r)
{
    Buffer from = buffer_create(r->arena);
    for (size_t f = 0; f < r->set->n_files; f++)
        if (!buffer_format(&from, r->err, "%s%s", f ? ", " : "",
                           own_name_base(r->set->files[f].path)))
            return false;
    r->set->from = from.data;
    return true;
}

bool own_set_read(OwnSet *set, const char *name, const char *const *paths, size_t n,
                  const OwnAsked *asked, Arena *arena, Error *err)
{
    const Reading reading = {set, asked, arena, err};
    *set = (OwnSet){.name = name,
                    .title = asked->title,
                    .licence = asked->licence,
                    .home = asked->home,
                    .n_files = n,
                    .files = arena_alloc(arena, n, sizeof *set->files, err)};
    return set->files && name_files(&reading, paths) && read_bytes(&reading) &&
           describe_from(&reading) && read_rows(&reading) && carve(&reading) &&
           read_columns(&reading);
}
