#include "data/own/own_manifest.h"

#include "data/book/book.h"

const char own_manifest_members[] = "*.[tT][xX][tT]";

typedef struct Writing {
    Arena *arena;
    Error *err;
} Writing;

/* --- values: nothing is set of what is NULL --------------------------------------------------------- */

static bool set_text(const Writing *w, Json *object, const char *key, const char *text)
{
    return !text || json_set_text(object, key, text, w->arena, w->err);
}

static bool set_integer(const Writing *w, Json *object, const char *key, size_t value)
{
    return json_set_integer(object, key, (int64_t)value, w->arena, w->err);
}

static bool set_texts(const Writing *w, Json *object, const char *key, const char *const *text,
                      size_t n)
{
    Json *list = json_new_list(w->arena, w->err);
    for (size_t i = 0; list && i < n; i++)
        if (!json_add(list, json_new_text(text[i], w->arena, w->err), w->err)) return false;
    return list && json_set(object, key, list, w->err);
}

static Json *new_object(const Writing *w)
{
    return json_new_object(w->arena, w->err);
}

static Json *begin(const Writing *w, const char *title, const char *licence, const char *home,
                   const char *form, const char *from)
{
    Json *manifest = new_object(w);
    return manifest && set_text(w, manifest, "title", title) &&
                   set_text(w, manifest, "home", home) &&
                   set_text(w, manifest, "licence", licence) &&
                   set_text(w, manifest, "form", form) && set_text(w, manifest, "imported", from)
               ? manifest
               : NULL;
}

/* --- rows ----------------------------------------------------------------------------------------- */

static bool add_file(const Writing *w, Json *files, const OwnFile *file)
{
    Json *row = new_object(w);
    return row && set_text(w, row, "path", file->stored) &&
           set_integer(w, row, "bytes", file->bytes) &&
           set_text(w, row, "sha256", file->sha256.text) && json_add(files, row, w->err);
}

static Json *make_files(const Writing *w, const OwnSet *set)
{
    Json *files = json_new_list(w->arena, w->err);
    for (size_t f = 0; files && f < set->n_files; f++)
        if (!add_file(w, files, &set->files[f])) return NULL;
    return files;
}

static Json *make_table(const Writing *w, const OwnSet *set)
{
    static const char *const formats[] = {
        [ROWS_TSV] = "tsv", [ROWS_CSV] = "csv", [ROWS_JSON_LINES] = "json-lines"};
    const RowsLayout *layout = &set->look.layout;
    const OwnColumns *columns = &set->columns;
    const OwnColumn *label = &columns->items[columns->label];
    const char delimiter[] = {layout->delimiter, '\0'}, *text[2];
    for (int t = 0; t < columns->n_texts; t++) text[t] = columns->items[columns->text[t]].name;
    Json *table = new_object(w);
    if (!table || !set_text(w, table, "format", formats[layout->format])) return NULL;
    if (layout->encoding != ENCODING_UTF8 &&
        !set_text(w, table, "encoding", encoding_words[layout->encoding]))
        return NULL;
    if (layout->format == ROWS_CSV && layout->delimiter != ',' &&
        !set_text(w, table, "delimiter", delimiter))
        return NULL;
    if (layout->header && !json_set(table, "header", json_new_bool(true, w->arena, w->err), w->err))
        return NULL;
    if (!set_texts(w, table, "columns", layout->columns.text, layout->columns.n) ||
        !set_texts(w, table, "text", text, (size_t)columns->n_texts) ||
        !set_text(w, table, "label", label->name))
        return NULL;
    if (set->form.form != DATASET_REGRESSION &&
        !set_texts(w, table, "label_words", label->value, label->n_values))
        return NULL;
    return table;
}

static bool add_sources(const Writing *w, Json *split, const OwnSet *set, DatasetSplit which)
{
    Json *sources = json_new_list(w->arena, w->err);
    for (size_t f = 0; sources && f < set->n_files; f++) {
        if (set->files[f].split != which) continue;
        Json *source = new_object(w);
        if (!source || !set_text(w, source, "file", set->files[f].stored) ||
            !set_integer(w, source, "rows", set->files[f].rows.n) ||
            !json_add(sources, source, w->err))
            return false;
    }
    return sources && json_set(split, "sources", sources, w->err);
}

static Json *make_splits(const Writing *w, const OwnSet *set)
{
    Json *splits = new_object(w);
    for (int s = 0; splits && s < SPLIT_SUBMISSION; s++) {
        Json *split = new_object(w);
        const bool made =
            split && (set->carved[s] ? set_integer(w, split, "carved_rows", (size_t)set->carved[s])
                                     : add_sources(w, split, set, (DatasetSplit)s));
        if (!made || (set->rows[s] && !set_integer(w, split, "rows", (size_t)set->rows[s])) ||
            !json_set(splits, dataset_split_words[s], split, w->err))
            return NULL;
    }
    return splits;
}

static bool set_target(const Writing *w, Json *manifest, const OwnSet *set)
{
    const OwnColumn *label = &set->columns.items[set->columns.label];
    if (set->form.form != DATASET_REGRESSION) return true;
    return json_set_number(manifest, "target_low", label->low, w->arena, w->err) &&
           json_set_number(manifest, "target_high", label->high, w->arena, w->err);
}

Json *own_manifest_of_rows(const OwnSet *set, Arena *arena, Error *err)
{
    const Writing w = {arena, err};
    Json *manifest = begin(&w, set->title, set->licence, set->home,
                           dataset_form_words[set->form.form], set->from);
    return manifest && set_target(&w, manifest, set) &&
                   json_set(manifest, "files", make_files(&w, set), err) &&
                   json_set(manifest, "table", make_table(&w, set), err) &&
                   json_set(manifest, "splits", make_splits(&w, set), err)
               ? manifest
               : NULL;
}

/* --- plain text ----------------------------------------------------------------------------------- */

Json *own_manifest_of_text(const OwnText *text, Arena *arena, Error *err)
{
    const Writing w = {arena, err};
    const char *members = text->folder ? own_manifest_members : NULL;
    Json *manifest = begin(&w, text->title, text->licence, text->home,
                           dataset_form_words[DATASET_CORPUS], text->from),
         *file = new_object(&w), *files = json_new_list(arena, err), *documents = new_object(&w);
    if (!manifest || !file || !files || !documents || !set_text(&w, file, "path", text->stored) ||
        (!text->folder && !set_integer(&w, file, "bytes", text->bytes)) ||
        !set_text(&w, file, text->folder ? "tree_sha256" : "sha256", text->digest.text) ||
        !set_text(&w, file, "members", members) || !json_add(files, file, err) ||
        !set_text(&w, documents, "file", text->stored) ||
        !set_text(&w, documents, "members", members) ||
        (text->encoding != ENCODING_UTF8 &&
         !set_text(&w, documents, "encoding", encoding_words[text->encoding])) ||
        !set_text(&w, documents, "layout", book_layout_words[BOOK_WHOLE]) ||
        !set_integer(&w, documents, "count", text->count) ||
        (text->parts > 1 && !set_integer(&w, documents, "parts", text->parts)))
        return NULL;
    return json_set(manifest, "files", files, err) &&
                   json_set(manifest, "documents", documents, err)
               ? manifest
               : NULL;
}
