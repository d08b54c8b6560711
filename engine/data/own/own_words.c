#include "data/own/own_words.h"

#include "base/csv.h"
#include "data/own/own_alike.h"
#include "data/own/own_excerpt.h"
#include "data/own/own_name.h"

enum { SHOWN_LABELS = 8 };

/* --- files ---------------------------------------------------------------------------------------- */

static bool add_format(Buffer *words, const OwnLook *look, Error *err)
{
    const RowsLayout *layout = &look->layout;
    if (layout->format == ROWS_JSON_LINES)
        return buffer_format(words, err, "JSON lines; %s\n", encoding_words[layout->encoding]);
    const char *by = layout->format == ROWS_TSV ? "tab" : csv_delimiter_word(layout->delimiter);
    return buffer_format(words, err, "%zu columns parted by %ss; %s; %s\n", layout->columns.n, by,
                         layout->header
                             ? "the first line names them"
                             : "no line with their names (--header yes, if there is one)",
                         encoding_words[layout->encoding]);
}

static bool add_files(Buffer *words, const OwnSet *set, Error *err)
{
    for (size_t f = 0; f < set->n_files; f++)
        if (!buffer_format(words, err, "%s: %zu rows%s%s\n", set->files[f].path,
                           set->files[f].rows.n, set->n_files > 1 ? ", for " : "",
                           set->n_files > 1 ? dataset_split_words[set->files[f].split] : ""))
            return false;
    return buffer_add_text(words, "  rows        ", err) && add_format(words, &set->look, err);
}

static bool add_texts(Buffer *words, const OwnSet *set, Error *err)
{
    const OwnColumns *columns = &set->columns;
    for (int t = 0; t < columns->n_texts; t++) {
        const int c = columns->text[t];
        if (!buffer_format(words, err, "  %s      '%s', such as ", t ? "text-b" : "text  ",
                           columns->items[c].name) ||
            !own_excerpt(words, set->files[0].rows.field[0][c], err) ||
            !buffer_add_char(words, '\n', err))
            return false;
    }
    return true;
}

static bool add_alike(Buffer *words, const OwnColumn *label, Error *err)
{
    const char *alike[2];
    return own_alike_find(alike, label, words->arena, err) &&
           (!alike[0] ||
            buffer_format(words, err,
                          "  note        '%s' and '%s' are two labels: they differ by spaces, "
                          "case, or how a letter or number is written\n",
                          alike[0], alike[1]));
}

static bool add_label(Buffer *words, const OwnSet *set, Error *err)
{
    const OwnColumn *label = &set->columns.items[set->columns.label];
    if (!buffer_format(words, err, "  label       '%s': ", label->name)) return false;
    if (set->form.form == DATASET_REGRESSION)
        return buffer_format(words, err, "numbers from %g to %g\n", label->low, label->high);
    if (!buffer_format(words, err, "%zu labels: ", label->n_values)) return false;
    for (size_t i = 0; i < label->n_values && i < SHOWN_LABELS; i++)
        if (!buffer_format(words, err, "%s'%s' (%zu)", i ? ", " : "", label->value[i],
                           label->count[i]))
            return false;
    return buffer_add_text(words, label->n_values > SHOWN_LABELS ? ", ...\n" : "\n", err) &&
           add_alike(words, label, err);
}

static bool is_used(const OwnColumns *columns, size_t c)
{
    bool used = (int)c == columns->label;
    for (int t = 0; t < columns->n_texts; t++) used |= (int)c == columns->text[t];
    return used;
}

static bool add_unused(Buffer *words, const OwnSet *set, Error *err)
{
    const TextList *out = &set->look.left_out;
    size_t n = 0;
    for (size_t c = 0; c < set->columns.n; c++)
        if (!is_used(&set->columns, c) &&
            !buffer_format(words, err, "%s'%s'", n++ ? ", " : "  not used    ",
                           set->columns.items[c].name))
            return false;
    if (n && !buffer_add_char(words, '\n', err)) return false;
    for (size_t i = 0; i < out->n; i++)
        if (!buffer_format(words, err, "%s'%s'", i ? ", " : "  not usable  ", out->text[i]))
            return false;
    return out->n == 0 ||
           buffer_add_text(
               words,
               ": not in every line, or neither text nor number there, or a name with . * + ?\n",
               err);
}

bool own_words_of_files(Buffer *words, const OwnSet *set, Error *err)
{
    const OwnForm *form = &set->form;
    return add_files(words, set, err) && add_texts(words, set, err) && add_label(words, set, err) &&
           add_unused(words, set, err) &&
           buffer_format(words, err, "  form        %s: %s%s%s%s\n", dataset_form_words[form->form],
                         form->why, form->other ? " (--form " : "", form->other ? form->other : "",
                         form->other ? ")" : "");
}

/* --- splits --------------------------------------------------------------------------------------- */

bool own_words_of_splits(Buffer *words, const OwnSet *set, Error *err)
{
    static const char *const uses[] = {[SPLIT_TRAIN] = "to train on",
                                       [SPLIT_VALIDATION] = "to choose by",
                                       [SPLIT_TEST] = "to report on"};
    for (int s = 0; s < SPLIT_SUBMISSION; s++)
        if (!buffer_format(words, err, "  %-12s%lld rows %s%s\n", dataset_split_words[s],
                           (long long)set->rows[s], uses[s],
                           set->carved[s] ? ", carved from the training rows" : ""))
            return false;
    return true;
}

/* --- plain text ----------------------------------------------------------------------------------- */

bool own_words_of_text(Buffer *words, const OwnText *text, size_t n_documents, Error *err)
{
    if (!buffer_format(words, err, "%s: %zu %s of plain text, %zu bytes; %s\n", text->from,
                       text->count, text->count == 1 ? "file" : "files", text->bytes,
                       encoding_words[text->encoding]) ||
        !buffer_format(words, err, "  form        corpus: running text to pre-train on\n"))
        return false;
    return text->parts == 1
               ? buffer_format(words, err, "  documents   %zu, a file each\n", n_documents)
               : buffer_format(
                     words, err,
                     "  documents   %zu: each file is cut into %zu parts, so that some can "
                     "be held out\n",
                     n_documents, text->parts);
}
