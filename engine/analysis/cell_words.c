#include "analysis/cell_words.h"

#include <string.h>

#include "question/experiment_cells.h"
#include "question/experiment_grid.h"

/* What stands before the value, and what behind it: of one, of several; what all of it is called; and what stands for a
 * zero that is no number of anything (NULL: it is one). */
typedef struct Words {
    const char *path, *before, *one, *several, *name, *none;
} Words;

static const Words words[] = {
    {"finetune.transfer_layers", "", " layer transferred", " layers transferred",
     "layers transferred", NULL},
    {"finetune.train_examples", "", " labelled example", " labelled examples", "labelled examples",
     "all labelled examples"},
    {"finetune.epochs", "", " epoch", " epochs", "epochs", NULL},
    {"finetune.lm_coefficient", "λ = ", "", "", "λ", NULL},
    {"finetune.learning_rate", "learning rate ", "", "", "learning rate", NULL},
    {"pretrain.learning_rate", "learning rate of pre-training ", "", "",
     "learning rate of pre-training", NULL},
    {"pretrain.tokens", "", " token", " tokens", "tokens of pre-training", NULL},
    {"model.n_layer", "", " layer", " layers", "layers", NULL},
    {"model.n_channel", "width ", "", "", "width", NULL},
    {"model.n_context", "context ", "", "", "context", NULL},
};

static const Words *find_words(const char *path)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i].path, path)) return &words[i];
    return NULL;
}

const char *cell_words_path(const char *path)
{
    const Words *known = find_words(path);
    return known ? known->name : path;
}

/* 2500000: "2.5 M"; 400: "400". */
static bool add_number(Buffer *text, double value, Error *err)
{
    if (value >= 1e6) return buffer_format(text, err, "%.4g M", value / 1e6);
    if (value >= 1e4) return buffer_format(text, err, "%.4g k", value / 1e3);
    return buffer_format(text, err, "%g", value);
}

bool cell_words_value(Buffer *text, const Json *value, Error *err)
{
    if (json_is_numeric(value)) return add_number(text, json_number(value), err);
    const char *word = json_type(value) == JSON_TEXT_VALUE
                           ? json_text(value)
                           : json_canonical(value, text->arena, err);
    return word && buffer_add_text(text, word, err);
}

/* "clip_norm = 1": of a path without words of its own. */
static bool add_named(Buffer *text, const char *path, const Json *value, Error *err)
{
    const char *dot = strrchr(path, '.');
    return buffer_format(text, err, "%s = ", dot ? dot + 1 : path) &&
           cell_words_value(text, value, err);
}

bool cell_words_setting(Buffer *text, const char *path, const Json *value, Error *err)
{
    const Words *known = find_words(path);
    if (!known) return add_named(text, path, value, err);
    if (known->none && json_is_numeric(value) && json_number(value) == 0)
        return buffer_add_text(text, known->none, err);
    const bool one = json_is_numeric(value) && json_number(value) == 1;
    return buffer_add_text(text, known->before, err) && cell_words_value(text, value, err) &&
           buffer_add_text(text, one ? known->one : known->several, err);
}

/* Where it stands on the grid, behind what is there already. */
static bool add_point(Buffer *text, const ExperimentCell *cell, Error *err)
{
    for (size_t i = 0; i < json_size(cell->point); i++) {
        const char *path;
        Json *value;
        json_member(cell->point, i, &path, &value);
        if ((text->size && !buffer_add_text(text, i ? " and " : ", ", err)) ||
            !cell_words_setting(text, path, value, err))
            return false;
    }
    return true;
}

/* A cell that a grid made; NULL: none of this name. */
static const ExperimentCell *find_cell(const Experiment *experiment, const char *name)
{
    const ExperimentCell *cell = experiment_cells_find(experiment, name);
    return cell && json_size(cell->point) > 0 ? cell : NULL;
}

const char *cell_words(const Experiment *experiment, const char *name, Arena *arena, Error *err)
{
    const ExperimentCell *cell = find_cell(experiment, name);
    Buffer text = buffer_create(arena);
    if (!cell) return name;
    return buffer_add_text(&text, experiment->variants.n > 1 ? cell->variant : "", err) &&
                   add_point(&text, cell, err)
               ? text.data
               : NULL;
}

const char *cell_words_difference(const Experiment *experiment, const char *better,
                                  const char *worse, Arena *arena, Error *err)
{
    const ExperimentCell *a = find_cell(experiment, better), *b = find_cell(experiment, worse);
    const bool same_point = a && b && json_same(a->point, b->point);
    const bool same_variant = a && b && !strcmp(a->variant, b->variant);
    const char *first = same_point ? a->variant : cell_words(experiment, better, arena, err);
    const char *second = same_point ? b->variant : cell_words(experiment, worse, arena, err);
    Buffer text = buffer_create(arena), point = buffer_create(arena);
    if (!first || !second || (same_variant && !add_point(&point, b, err))) return NULL;
    if (same_variant) second = point.data;
    if (!buffer_format(&text, err, "%s − %s", first, second)) return NULL;
    return !same_point || add_point(&text, a, err) ? text.data : NULL;
}

static const char *point_words(const ExperimentGrid *grid, size_t point, Arena *arena, Error *err)
{
    Buffer text = buffer_create(arena);
    for (size_t a = 0; a < grid->n_axes; a++)
        if ((a > 0 && !buffer_add_text(&text, " and ", err)) ||
            !cell_words_setting(&text, grid->axes[a].path, experiment_grid_value(grid, a, point),
                                err))
            return NULL;
    return text.data;
}

const char *cell_words_candidate(const Experiment *experiment, const char *label, Arena *arena,
                                 Error *err)
{
    ExperimentGrid select;
    if (!experiment_grid_read(&select, experiment->select, arena, err)) return NULL;
    for (size_t point = 0; select.n_axes > 0 && point < select.n_points; point++) {
        const char *own = experiment_grid_label(&select, point, arena, err);
        if (!own) return NULL;
        if (!strcmp(own, label)) return point_words(&select, point, arena, err);
    }
    return label;
}
