#include "question/experiment_report_check.h"

#include <string.h>

#include "question/experiment_fields.h"
#include "question/experiment_folder.h"

typedef struct Checking {
    const SpecReader *reader;
    TextList rows, axes, tasks; /* known */
} Checking;

static void check_name(const Checking *checking, const TextList *known, const char *kind,
                       const char *name, const char *path)
{
    if (spec_list_find(known, name) >= 0) return;
    spec_error(checking->reader, path, "unknown %s '%s'", kind, name);
    spec_suggest_hint(checking->reader, name, known->text, known->n);
}

/* --- what is known ------------------------------------------------------------------------------ */

static bool add_names(TextList *known, const Json *list, Arena *arena, Error *err)
{
    size_t n = list && json_type(list) == JSON_LIST_VALUE ? json_size(list) : 0;
    const char **text = arena_alloc(arena, known->n + n, sizeof *text, err);
    if (!text) return false;
    memcpy(text, known->text, known->n * sizeof *text);
    known->text = text;
    for (size_t i = 0; i < n; i++) {
        const Json *name = json_at(list, i);
        if (json_type(name) == JSON_TEXT_VALUE && spec_list_find(known, json_text(name)) < 0)
            known->text[known->n++] = json_text(name);
    }
    return true;
}

/* What is wrong with another scale is no error of this experiment. */
static bool add_scale(TextList *known, const char *path, Arena *arena, Error *err)
{
    Error unheard = {0};
    const Json *scale = json_parse_file(path, arena, &unheard);
    if (!scale || json_type(scale) != JSON_OBJECT_VALUE) return true;
    for (size_t i = 0; experiment_fields_task_lists[i]; i++)
        if (!add_names(known, json_get(scale, experiment_fields_task_lists[i]), arena, err))
            return false;
    return true;
}

static bool list_tasks(TextList *known, const Experiment *experiment, const char *folder,
                       Arena *arena, Error *err)
{
    TextList scales;
    const TextList *own[] = {&experiment->tasks, &experiment->zero_shot_tasks};
    size_t most = own[0]->n + own[1]->n;
    *known = (TextList){0, arena_alloc(arena, most, sizeof *known->text, err)};
    if (!known->text || !experiment_folder_scales(&scales, folder, arena, err)) return false;
    for (int k = 0; k < 2; k++)
        for (size_t i = 0; i < own[k]->n; i++) spec_list_place(known, own[k]->text[i]);
    for (size_t i = 0; i < scales.n; i++) {
        const char *path = arena_format(arena, err, "%s/scales/%s.json", folder, scales.text[i]);
        if (!path || !add_scale(known, path, arena, err)) return false;
    }
    return true;
}

static bool list_axes(TextList *known, const Experiment *experiment, Arena *arena, Error *err)
{
    const Json *point = experiment->cells[0].point;
    *known = (TextList){0, arena_alloc(arena, json_size(point), sizeof *known->text, err)};
    if (!known->text) return false;
    for (size_t i = 0; i < json_size(point); i++) {
        Json *value;
        json_member(point, i, &known->text[known->n++], &value);
    }
    return true;
}

/* --- the parts ---------------------------------------------------------------------------------- */

static void check_table(const Checking *checking, const ExperimentReport *report)
{
    static const char paper_path[] = "$.report.table.paper";
    const SpecReader *reader = checking->reader;
    for (size_t i = 0; i < report->table.rows.n; i++)
        check_name(checking, &checking->rows, "variant", report->table.rows.text[i],
                   spec_path_item(reader, "$.report.table.rows", i));
    for (size_t g = 0; g < report->n_groups; g++)
        for (size_t i = 0; i < report->groups[g].tasks.n; i++)
            check_name(checking, &checking->tasks, "task", report->groups[g].tasks.text[i],
                       "$.report.table.columns");
    for (size_t i = 0; report->table.paper && i < json_size(report->table.paper); i++) {
        const char *row, *task;
        Json *scores, *score;
        json_member(report->table.paper, i, &row, &scores);
        check_name(checking, &checking->rows, "variant", row,
                   spec_path_key(reader, paper_path, row));
        for (size_t k = 0; k < json_size(scores); k++) {
            json_member(scores, k, &task, &score);
            if (strcmp(task, EXPERIMENT_REPORT_MEAN) != 0)
                check_name(checking, &checking->tasks, "task", task,
                           spec_path_key(reader, spec_path_key(reader, paper_path, row), task));
        }
    }
}

static void check_grid(const Checking *checking, const ExperimentFigure *figure, const char *path)
{
    if (checking->axes.n == 0) {
        spec_error(checking->reader, path, "a figure of kind 'grid' without a grid");
        error_hint(checking->reader->err,
                   "give the experiment a \"grid\", or take the figure away");
    } else if (figure->x) {
        check_name(checking, &checking->axes, "path of the grid", json_text(figure->x),
                   spec_path_key(checking->reader, path, "x"));
    }
}

static void check_figure(const Checking *checking, const ExperimentFigure *figure, const char *path)
{
    const SpecReader *reader = checking->reader;
    if (figure->kind == EXPERIMENT_FIGURE_GRID) check_grid(checking, figure, path);
    for (size_t i = 0; i < figure->tasks.n; i++)
        check_name(checking, &checking->tasks, "task", figure->tasks.text[i],
                   spec_path_item(reader, spec_path_key(reader, path, "tasks"), i));
    if (figure->kind != EXPERIMENT_FIGURE_TASKS) return;
    for (size_t i = 0; i < json_size(figure->x); i++) {
        const char *task;
        Json *place;
        json_member(figure->x, i, &task, &place);
        check_name(checking, &checking->tasks, "task", task,
                   spec_path_key(reader, spec_path_key(reader, path, "x"), task));
    }
}

bool experiment_report_check(const Experiment *experiment, const TextList *rows, const char *folder,
                             const SpecReader *reader)
{
    int n_errors = reader->err->n_errors;
    Checking checking = {.reader = reader, .rows = *rows};
    if (!list_tasks(&checking.tasks, experiment, folder, reader->arena, reader->err) ||
        !list_axes(&checking.axes, experiment, reader->arena, reader->err))
        return false;
    check_table(&checking, &experiment->report);
    for (size_t i = 0; i < experiment->report.n_figures; i++)
        check_figure(&checking, &experiment->report.figure[i],
                     spec_path_item(reader, "$.report.figures", i));
    return reader->err->n_errors == n_errors;
}
