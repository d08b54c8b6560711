#include "report/figure/grid.h"

#include "analysis/cell_words.h"

#include <math.h>
#include <string.h>

/* How paths are drawn. Others carry their own name, linear unless they span more than SPAN. */
enum { SPAN = 16 };
typedef struct Drawn {
    const char *path, *title;
    bool log;
    double divisor;
} Drawn;
static const Drawn drawn[] = {
    {"finetune.transfer_layers", "layers transferred", false, 1},
    {"finetune.train_examples", "labelled examples", true, 1},
    {"finetune.epochs", "epochs of fine-tuning", false, 1},
    {"finetune.lm_coefficient", "weight λ of the language-model loss", true, 1},
    {"finetune.learning_rate", "learning rate of fine-tuning", true, 1},
    {"pretrain.learning_rate", "learning rate of pre-training", true, 1},
    {"pretrain.tokens", "tokens of pre-training (millions)", true, 1e6},
    {"model.n_layer", "layers", false, 1},
    {"model.n_channel", "width of the states", true, 1},
    {"model.n_context", "context (tokens)", true, 1},
};

/* --- places ------------------------------------------------------------------------------------- */

/* The value at a dotted path of the resolved settings; NULL: none. */
static const Json *setting(const Json *settings, const char *path)
{
    while (settings && json_type(settings) == JSON_OBJECT_VALUE) {
        char key[64];
        size_t length = strcspn(path, ".");
        if (length >= sizeof key) return NULL;
        memcpy(key, path, length);
        key[length] = '\0';
        settings = json_get(settings, key);
        if (!path[length]) return settings;
        path += length + 1;
    }
    return NULL;
}

/* How many blocks are transferred in the end: no more than there are; "all": all of them. */
static double transferred(const ExperimentCell *cell, const Json *asked)
{
    const Json *layers = cell->json ? setting(cell->json, "model.n_layer") : NULL;
    double all = json_is_numeric(layers) ? json_number(layers) : 1;
    return json_is_numeric(asked) ? fmin(json_number(asked), all) : all;
}

static double train_examples(const Result *result, int cell, int task)
{
    const Numbers *numbers = result->numbers;
    const NumbersRun *run = numbers->runs.items;
    for (size_t i = 0; i < numbers->runs.n; i++)
        if (!strcmp(run[i].cell, numbers->cells.text[cell]) &&
            (task < 0 || numbers_task_place(numbers, run[i].task) == task))
            return (double)run[i].train_examples;
    return (double)NAN;
}

double grid_place(const Grid *grid, const Result *result, int cell, int task)
{
    const ExperimentCell *at = &result->experiment->cells[cell];
    const Json *value = json_get(at->point, grid->path);
    if (!value) return (double)NAN;
    if (!strcmp(grid->path, "finetune.train_examples")) return train_examples(result, cell, task);
    if (!strcmp(grid->path, "finetune.transfer_layers")) return transferred(at, value);
    return json_is_numeric(value) ? json_number(value) / grid->divisor : (double)NAN;
}

/* --- the path ----------------------------------------------------------------------------------- */

static int count_numbers(const Experiment *experiment, const char *path)
{
    const Json *first = NULL;
    for (size_t c = 0; c < experiment->n_cells; c++) {
        const Json *value = json_get(experiment->cells[c].point, path);
        if (!json_is_numeric(value)) continue;
        if (first && !json_same(first, value)) return 2;
        first = value;
    }
    return first != NULL;
}

static const char *find_path(const Experiment *experiment)
{
    const ExperimentFigure *asked =
        experiment_report_figure(&experiment->report, EXPERIMENT_FIGURE_GRID);
    if (asked && asked->x) return json_text(asked->x);
    const Json *point = experiment->n_cells ? experiment->cells[0].point : NULL;
    for (size_t i = 0; point && i < json_size(point); i++) {
        const char *path;
        Json *value;
        json_member(point, i, &path, &value);
        if (count_numbers(experiment, path) > 1) return path;
    }
    return NULL;
}

static void choose_axis(Grid *grid, const Result *result)
{
    const Experiment *experiment = result->experiment;
    const ExperimentFigure *asked =
        experiment_report_figure(&experiment->report, EXPERIMENT_FIGURE_GRID);
    Drawn how = {grid->path, grid->path, false, 1};
    double low = INFINITY, high = 0;
    for (size_t i = 0; i < sizeof drawn / sizeof *drawn; i++)
        if (!strcmp(drawn[i].path, grid->path)) how = drawn[i];
    grid->divisor = how.divisor;
    for (int c = 0; how.title == grid->path && c < (int)result->numbers->cells.n; c++) {
        double place = grid_place(grid, result, c, -1);
        if (place > 0) low = fmin(low, place), high = fmax(high, place);
    }
    grid->axis = (FigureAxis){how.title, how.log || high > SPAN * low, true};
    if (asked && asked->axis) grid->axis.title = asked->axis;
    if (asked && asked->scale) grid->axis.log = asked->scale == EXPERIMENT_AXIS_LOG;
}

/* --- series ------------------------------------------------------------------------------------- */

/* "full, λ = 0.5": a cell's words without the path that runs along the axis. */
static char *series_title(const Grid *grid, const Result *result, const ExperimentCell *cell,
                          Error *err)
{
    Buffer title = buffer_create(result->arena);
    bool named = result->experiment->variants.n > 1;
    if (!buffer_add_text(&title, named ? cell->variant : "", err)) return NULL;
    for (size_t i = 0; i < json_size(cell->point); i++) {
        const char *path;
        Json *value;
        json_member(cell->point, i, &path, &value);
        if (!strcmp(path, grid->path)) continue;
        if (!buffer_add_text(&title, title.size ? ", " : "", err) ||
            !cell_words_setting(&title, path, value, err))
            return NULL;
    }
    return title.data;
}

static bool sort_cells(Grid *grid, const Result *result, Error *err)
{
    const Experiment *experiment = result->experiment;
    const size_t n = experiment->n_cells;
    grid->series = (TextList){0, arena_alloc(result->arena, n, sizeof(char *), err)};
    grid->series_of_cell = arena_alloc(result->arena, n, sizeof(int), err);
    if (!grid->series.text || !grid->series_of_cell) return false;
    for (size_t c = 0; c < n; c++) {
        char *title = series_title(grid, result, &experiment->cells[c], err);
        if (!title) return false;
        grid->series_of_cell[c] = spec_list_place(&grid->series, title);
    }
    return true;
}

bool grid_find(Grid *grid, bool *found, const Result *result, Error *err)
{
    *grid = (Grid){.path = find_path(result->experiment)};
    *found = grid->path != NULL;
    if (!*found) return true;
    choose_axis(grid, result);
    return sort_cells(grid, result, err);
}
