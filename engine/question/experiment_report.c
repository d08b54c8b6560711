#include "question/experiment_report.h"

#include <math.h>
#include <string.h>

const char *const experiment_report_figure_words[] = {
    "scores",      "grid",       "tasks",       "zero-shot", "context-window", "position", "rate",
    "pretraining", "finetuning", "convergence", NULL,
};
static const char *const axis_words[] = {"auto", "linear", "log", NULL};
static const char *const panel_words[] = {"all", "tasks", "mean", "variants", NULL};

static const SpecField figure_fields[] = {
    SPEC_CHOICE(ExperimentFigure, kind, experiment_report_figure_words, SPEC_REQUIRED,
                "what is drawn"),
    SPEC_ANY(ExperimentFigure, x,
             "grid: the dotted path of the grid that runs along the axis; absent: its first path "
             "with numbers; tasks: object: task -> its place on the axis, a number"),
    SPEC_TEXT(ExperimentFigure, axis, NULL, "title of the horizontal axis, with its unit"),
    SPEC_CHOICE(ExperimentFigure, scale, axis_words, EXPERIMENT_AXIS_AUTO,
                "of the horizontal axis; auto: as the kind and the path suggest"),
    SPEC_CHOICE(ExperimentFigure, panels, panel_words, EXPERIMENT_PANELS_ALL,
                "grid: a panel for each task and their mean, each task, the mean alone, or each "
                "variant with a line for each task"),
    SPEC_TEXTS(ExperimentFigure, tasks, "those drawn; absent: all"),
    SPEC_END,
};
const SpecTable experiment_report_figure_table = {"figure of a report", sizeof(ExperimentFigure),
                                                  figure_fields, NULL};

static const SpecField table_fields[] = {
    SPEC_TEXTS(ExperimentTable, rows, "variants or cells, in this order; absent: all cells"),
    SPEC_ANY(ExperimentTable, columns,
             "list of tasks; or object: heading -> list of tasks, a table each; tasks that the "
             "scale does not have are left out; absent: all tasks"),
    SPEC_ANY(ExperimentTable, paper,
             "object: variant or cell -> task (or \"mean\") -> the paper's own score in points, to "
             "stand below ours"),
    SPEC_END,
};
static const SpecTable table_table = {"table", sizeof(ExperimentTable), table_fields, NULL};

static const SpecField report_fields[] = {
    SPEC_STRUCT(ExperimentReport, table, &table_table, "scores, tasks across"),
    SPEC_ANY(ExperimentReport, figures,
             "list of kinds, or of objects with a kind; absent: whatever there are values for"),
    SPEC_END,
};
const SpecTable experiment_report_table = {"report", sizeof(ExperimentReport), report_fields, NULL};

/* --- lists of tasks ---------------------------------------------------------------------------- */

static bool wrong_type(const SpecReader *reader, const char *path, const char *expected,
                       const Json *json, const char *hint)
{
    spec_error(reader, path, "expected %s, got %s", expected, json_type_name(json_type(json)));
    return error_hint(reader->err, "%s", hint);
}

static bool read_tasks(TextList *tasks, const Json *list, const SpecReader *reader,
                       const char *path)
{
    static const char hint[] = "[\"cola\", \"sst2\"]";
    if (json_type(list) != JSON_LIST_VALUE)
        return wrong_type(reader, path, "a list of tasks", list, hint);
    tasks->text = arena_alloc(reader->arena, json_size(list), sizeof(char *), reader->err);
    if (!tasks->text) return false;
    bool good = true;
    for (size_t i = 0; i < json_size(list); i++) {
        const Json *name = json_at(list, i);
        if (json_type(name) == JSON_TEXT_VALUE) tasks->text[tasks->n++] = json_text(name);
        else good = wrong_type(reader, spec_path_item(reader, path, i), "a task", name, hint);
    }
    return good;
}

static bool read_columns(ExperimentReport *report, const SpecReader *reader)
{
    static const char path[] = "$.report.table.columns";
    const Json *columns = report->table.columns;
    if (!columns) return true;
    bool headed = json_type(columns) == JSON_OBJECT_VALUE;
    size_t n = headed ? json_size(columns) : 1;
    report->groups = arena_alloc(reader->arena, n, sizeof *report->groups, reader->err);
    if (!report->groups) return false;
    report->n_groups = n;
    if (!headed) return read_tasks(&report->groups[0].tasks, columns, reader, path);
    bool good = true;
    for (size_t i = 0; i < n; i++) {
        Json *tasks;
        json_member(columns, i, &report->groups[i].title, &tasks);
        good &= read_tasks(&report->groups[i].tasks, tasks, reader,
                           spec_path_key(reader, path, report->groups[i].title));
    }
    return good;
}

/* --- objects of numbers ------------------------------------------------------------------------ */

static bool check_numbers(const Json *object, const SpecReader *reader, const char *path,
                          const char *hint)
{
    if (json_type(object) != JSON_OBJECT_VALUE)
        return wrong_type(reader, path, "an object", object, hint);
    bool good = true;
    for (size_t i = 0; i < json_size(object); i++) {
        const char *key;
        Json *value;
        json_member(object, i, &key, &value);
        if (json_type(value) != JSON_INTEGER_VALUE && json_type(value) != JSON_REAL_VALUE)
            good = wrong_type(reader, spec_path_key(reader, path, key), "a number", value, hint);
    }
    return good;
}

/* They are shown as they are given, below scores in points. */
static bool check_points(double points, const SpecReader *reader, const char *path)
{
    if (points == 0 || (fabs(points) > 1 && fabs(points) <= 100)) return true;
    spec_error(reader, path, "%.15g: the paper's scores are given in points, of 100", points);
    return fabs(points) <= 1
               ? error_hint(reader->err, "%.15g for a score of %.15g", 100 * points, points)
               : error_hint(reader->err, "45.4 for a score of 0.454");
}

static bool check_scores(const Json *scores, const SpecReader *reader, const char *path)
{
    if (!check_numbers(scores, reader, path, "{\"cola\": 45.4, \"mean\": 74.7}")) return false;
    bool good = true;
    for (size_t i = 0; i < json_size(scores); i++) {
        const char *task;
        Json *score;
        json_member(scores, i, &task, &score);
        good &= check_points(json_number(score), reader, spec_path_key(reader, path, task));
    }
    return good;
}

static bool check_paper(const Json *paper, const SpecReader *reader)
{
    static const char path[] = "$.report.table.paper";
    static const char hint[] = "{\"full\": {\"cola\": 45.4, \"mean\": 74.7}}";
    if (!paper) return true;
    if (json_type(paper) != JSON_OBJECT_VALUE)
        return wrong_type(reader, path, "an object", paper, hint);
    bool good = true;
    for (size_t i = 0; i < json_size(paper); i++) {
        const char *row;
        Json *scores;
        json_member(paper, i, &row, &scores);
        good &= check_scores(scores, reader, spec_path_key(reader, path, row));
    }
    return good;
}

/* --- figures ----------------------------------------------------------------------------------- */

static bool check_x(const ExperimentFigure *figure, const SpecReader *reader, const char *path)
{
    const char *kind = experiment_report_figure_words[figure->kind];
    static const char tasks_hint[] = "{\"storyworld-recall-1\": 1, \"storyworld-recall-2\": 2}";
    path = spec_path_key(reader, path, "x");
    switch (figure->kind) {
    case EXPERIMENT_FIGURE_GRID:
        return !figure->x || json_type(figure->x) == JSON_TEXT_VALUE ||
               wrong_type(reader, path, "text", figure->x, "\"finetune.transfer_layers\"");
    case EXPERIMENT_FIGURE_TASKS:
        if (figure->x) return check_numbers(figure->x, reader, path, tasks_hint);
        spec_error(reader, path, "missing: where each task stands on the axis");
        return error_hint(reader->err, "\"x\": %s", tasks_hint);
    default:
        if (!figure->x) return true;
        spec_error(reader, path, "a figure of kind '%s' has its own axis", kind);
        return error_hint(reader->err, "take it away");
    }
}

/* A word stands for an object with this kind. */
static const Json *figure_object(const Json *item, const SpecReader *reader)
{
    if (json_type(item) != JSON_TEXT_VALUE) return item;
    Json *object = json_new_object(reader->arena, reader->err);
    Json *kind = json_new_text(json_text(item), reader->arena, reader->err);
    return object && json_set(object, "kind", kind, reader->err) ? object : NULL;
}

static bool read_figure(ExperimentReport *report, const Json *item, const SpecReader *reader,
                        const char *path)
{
    ExperimentFigure *figure = &report->figure[report->n_figures];
    const Json *object = figure_object(item, reader);
    if (!object || !spec_read(figure, &experiment_report_figure_table, object, reader, path) ||
        !check_x(figure, reader, path))
        return false;
    if (experiment_report_figure(report, figure->kind)) {
        spec_error(reader, path, "a second figure of kind '%s'",
                   experiment_report_figure_words[figure->kind]);
        return error_hint(reader->err, "one of each kind");
    }
    report->n_figures++;
    return true;
}

static bool read_figures(ExperimentReport *report, const SpecReader *reader)
{
    static const char path[] = "$.report.figures";
    const Json *list = report->figures;
    if (!list) return true;
    if (json_type(list) != JSON_LIST_VALUE)
        return wrong_type(reader, path, "a list", list,
                          "[\"scores\", {\"kind\": \"grid\", \"x\": \"finetune.epochs\"}]");
    report->figure =
        arena_alloc(reader->arena, json_size(list), sizeof *report->figure, reader->err);
    if (!report->figure) return false;
    bool good = true;
    for (size_t i = 0; i < json_size(list); i++)
        good &= read_figure(report, json_at(list, i), reader, spec_path_item(reader, path, i));
    return good;
}

/* --- the whole --------------------------------------------------------------------------------- */

bool experiment_report_read(ExperimentReport *report, const Json *json, const SpecReader *reader)
{
    Json *empty = json_new_object(reader->arena, reader->err);
    if (!empty ||
        !spec_read(report, &experiment_report_table, json ? json : empty, reader, "$.report"))
        return false;
    bool good = read_columns(report, reader);
    good &= check_paper(report->table.paper, reader);
    return read_figures(report, reader) && good;
}

const ExperimentFigure *experiment_report_figure(const ExperimentReport *report,
                                                 ExperimentFigureKind kind)
{
    for (size_t i = 0; i < report->n_figures; i++)
        if (report->figure[i].kind == (int)kind) return &report->figure[i];
    return NULL;
}

double experiment_report_paper(const ExperimentReport *report, const char *row, const char *task)
{
    const Json *scores = report->table.paper ? json_get(report->table.paper, row) : NULL;
    const Json *score = scores ? json_get(scores, task) : NULL;
    return score ? json_number(score) : (double)NAN;
}
