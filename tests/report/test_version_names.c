/* Names and sentences of specs and files never become commands of the languages that results are written in. */
#include "report/version/version.h"

#include <criterion/criterion.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "../drawing_programs.h"
#include "../scratch_folder.h"
#include "question/experiment_document.h"
#include "base/file.h"
#include "base/xml.h"
#include "data/rows/rows.h"
#include "../outcome_rig.h"

TestSuite(version_names, .init = outcome_rig_begin, .fini = outcome_rig_end);

static bool half(int cell, int task, int seed, int example)
{
    return (example / 2 + seed + task) % 4 != 0 && (cell == 0 || example % 5 < 3);
}

/* Each with what one of the languages takes for a command; none runs without leaving a file `pwned`. */
static const char *const hostile[] = {
    "`touch pwned`",
    "\"; system \"touch pwned\"; #",
    "'; !touch pwned\nsystem 'touch pwned'\r\n# \"q\", r",
    "<script>a</script> &lt; <!-- b -->",
    "a|b *c* _d_ [e](javascript:f) ~~g~~ $h$",
    "\\input{pwned} \\write18{touch pwned} %&#^{~} [x] *y",
    "# heading {/Bold i}_1^2 @term %d %s "
    "\x1b[31m\x01\x7f\xC2\x9B\xE2\x80\xA8\xE2\x80\xAE\xEF\xBF\xBF",
    "--- | --- $(touch pwned) <= , \"\"",
};
enum { N = 8 };

/* The cells, tasks, sentences and samples of an outcome are called so. */
static Outcome *make_hostile(void)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){N, N, 2, 60, half});
    Plan *plan = (Plan *)outcome->plan;
    Experiment *experiment = (Experiment *)plan->experiment;
    ExperimentCell *cells = (ExperimentCell *)experiment->cells;
    ExperimentClaim *claim = (ExperimentClaim *)experiment->claims;
    for (int i = 0; i < N; i++) {
        cells[i].name = cells[i].variant = hostile[i];
        plan->tasks[i].name = hostile[(i + 1) % N];
        ((DatasetInfo *)plan->tasks[i].info)->name = plan->tasks[i].name;
        ((DatasetInfo *)plan->tasks[i].info)->test_note = hostile[(i + 2) % N];
        outcome->pretrains[i].sample.left_to_right = hostile[(i + 3) % N];
    }
    experiment->variants = (TextList){N, (const char **)hostile};
    experiment->title = hostile[6];
    experiment->question = hostile[3];
    experiment->description = hostile[2];
    *claim = (ExperimentClaim){.id = hostile[5],
                               .statement = hostile[3],
                               .better = hostile[0],
                               .worse = hostile[1],
                               .smallest_effect = 0.01};
    Error err = {0};
    experiment->tasks = (TextList){0};
    experiment->document = experiment_document_write(experiment, NULL, outcome_rig_arena(), &err);
    cr_assert(experiment->document, "%s", err.text);
    return outcome;
}

static const char *folder;

static void write_hostile(void)
{
    Error err = {0};
    VersionWritten written;
    drawing_programs_need();
    cr_assert(version_write(&written, make_hostile(), scratch_folder_path("results"),
                            outcome_rig_arena(), &err),
              "%s", err.text);
    folder = written.folder;
}

static const char *content(const char *name, size_t *size)
{
    Error err = {0};
    char *bytes, *path = file_join(outcome_rig_arena(), folder, name, &err);
    cr_assert(path && file_read(&bytes, size, path, outcome_rig_arena(), &err), "%s", err.text);
    return bytes;
}

static bool ends_with(const char *name, const char *end)
{
    size_t n = strlen(name), m = strlen(end);
    return n >= m && !strcmp(name + n - m, end);
}

static size_t figures(char ***names)
{
    Error err = {0};
    size_t n;
    char *path = file_join(outcome_rig_arena(), folder, "figures", &err);
    cr_assert(path && file_list(names, &n, path, outcome_rig_arena(), &err), "%s", err.text);
    return n;
}

Test(version_names, run_nothing)
{
    char **names;
    size_t size;
    write_hostile();
    for (size_t i = 0, n = figures(&names); i < n; i++) {
        cr_expect(ends_with(names[i], ".gp") || ends_with(names[i], ".csv") ||
                      ends_with(names[i], ".svg") || ends_with(names[i], ".pdf"),
                  "%s", names[i]);
        char name[128];
        snprintf(name, sizeof name, "figures/%s", names[i]);
        if (!ends_with(name, ".gp")) continue;
        const char *script = strchr(content(name, &size), '\n'); /* behind the comment */
        cr_expect_null(strchr(script, '`'), "%s", name);
    }
    cr_expect_not(file_exists("pwned"));
}

Test(version_names, are_shown_in_figures_as_they_are)
{
    size_t size;
    Error err = {0};
    write_hostile();
    const char *svg = content("figures/scores.svg", &size);
    cr_expect(xml_parse_text(svg, size, "scores.svg", outcome_rig_arena(), &err), "%s", err.text);
    cr_expect(strstr(svg, ">`touch pwned`</"));
    cr_expect(strstr(svg, "a|b *c* _d_ [e](javascript:f) ~~g~~ $h$</"));
    cr_expect(strstr(svg, "{/Bold i}_1^2 @term %d %s"));
}

/* Every drawn point is there: no name has shifted the columns. */
Test(version_names, shift_no_column_that_gnuplot_reads)
{
    size_t size;
    write_hostile();
    const char *csv = content("figures/scores.csv", &size), *line = strchr(csv, '\n') + 1;
    for (; *line; line = strchr(line, '\n') + 1) {
        int fields = 1;
        bool quoted = false;
        for (const char *c = line; *c != '\n'; c++) {
            if (*c == '"') quoted = !quoted;
            fields += !quoted && *c == ',';
        }
        cr_expect_eq(fields, 8, "%.*s", (int)strcspn(line, "\n"), line);
        cr_expect_neq(*line, '#');
    }
}

static bool is_hostile(const char *name)
{
    for (int i = 0; i < N; i++)
        if (!strcmp(name, hostile[i])) return true;
    return false;
}

Test(version_names, are_read_back_from_tables_of_runs_and_curves)
{
    static const char *columns[] = {"cell", "task", "seed", "split", "metric", "value"};
    static const char *points[] = {"measure", "cell",   "task",  "seed",
                                   "update",  "tokens", "epoch", "value"};
    const struct {
        const char *file;
        TextList columns;
        int cell;
    } tables[] = {{"runs.csv", {6, columns}, 0}, {"curves.csv", {8, points}, 1}};
    write_hostile();
    for (int i = 0; i < 2; i++) {
        size_t size, n = 0;
        Error err = {0};
        Rows rows;
        bool more;
        const char *fields[8], *csv = content(tables[i].file, &size);
        const RowsLayout layout = {
            .format = ROWS_CSV, .header = true, .columns = tables[i].columns};
        cr_assert(rows_begin(&rows, &layout, "csv", csv, size, outcome_rig_arena(), &err), "%s",
                  err.text);
        for (; rows_next(&more, fields, &rows, &err) && more; n++) {
            cr_expect(is_hostile(fields[tables[i].cell]), "%s", fields[tables[i].cell]);
            const char *task = fields[tables[i].cell + 1];
            cr_expect(!*task || is_hostile(task), "%s", task);
        }
        cr_expect_eq(err.length, 0, "%s", err.text);
        cr_expect_gt(n, (size_t)N * N);
    }
}

/* --- Markdown ------------------------------------------------------------------------------------- */

static size_t count_bars(const char *line)
{
    size_t n = 0;
    for (const char *c = line; *c && *c != '\n'; c++)
        n += *c == '|' && (c == line || c[-1] != '\\');
    return n;
}

static void expect_tables(const char *page)
{
    size_t bars = 0;
    for (const char *line = page; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (*line != '|') bars = 0;
        else if (bars == 0) bars = count_bars(line);
        else cr_expect_eq(count_bars(line), bars, "%.*s", (int)strcspn(line, "\n"), line);
    }
}

Test(version_names, are_text_on_the_page)
{
    static const char *const files[] = {"README.md", "table.md"};
    size_t size;
    write_hostile();
    for (int i = 0; i < 2; i++) {
        const char *page = content(files[i], &size);
        expect_tables(page);
        for (const char *line = page; line; line = strchr(line, '\n')) {
            line += *line == '\n';
            bool code = !strncmp(line, "    ", 4);
            size_t length = strcspn(line, "\n");
            for (const char *c = line; c < line + length; c++) {
                cr_expect_not(iscntrl((unsigned char)*c), "%.*s", (int)length, line);
                if (*c == '<' && !code)
                    cr_expect(!strncmp(c, "<br>", 4) || !strncmp(c, "<ins>", 5) ||
                                  !strncmp(c, "</ins>", 6),
                              "%.*s", (int)length, line);
            }
        }
        for (const char *at = page; (at = strstr(at, "](javascript")) != NULL; at++)
            cr_expect_eq(at[-1], '\\');
        cr_expect_null(strstr(page, "\n# heading"));
    }
}

/* --- LaTeX ---------------------------------------------------------------------------------------- */

Test(version_names, are_text_in_latex)
{
    static const char *const commands[] = {
        "begin",          "end",         "toprule",        "midrule",
        "bottomrule",     "textbf",      "textit",         "small",
        "begingroup",     "endgroup",    "footnotesize",   "setlength",
        "tabcolsep",      "parindent",   "raggedright",    "arraybackslash",
        "underline",      "quad",        "textbackslash",  "textasciicircum",
        "textasciitilde", "textbar",     "emph",           "scriptsize",
        "textless",       "textgreater", "textasciigrave", "symbol",
        "times",          "dagger",      "noindent",       "par",
        "smallskip",      "medskip"};
    size_t size;
    int depth = 0;
    write_hostile();
    for (const char *c = content("table.tex", &size); *c; c++) {
        cr_expect(*c == '\n' || !iscntrl((unsigned char)*c));
        if (*c == '%') {
            c += strcspn(c, "\n");
        } else if (*c == '\\' && isalpha((unsigned char)c[1])) {
            size_t n = 0, k = 0;
            while (isalpha((unsigned char)c[1 + n])) n++;
            while (k < sizeof commands / sizeof *commands &&
                   (strlen(commands[k]) != n || strncmp(commands[k], c + 1, n) != 0))
                k++;
            cr_expect(k < sizeof commands / sizeof *commands, "\\%.*s", (int)n, c + 1);
            c += n;
        } else if (*c == '\\') {
            c++;
        } else {
            depth += (*c == '{') - (*c == '}');
            if (!strncmp(c, ">{\\raggedright", 14)) continue; /* of a column */
            cr_expect(depth >= 0 && !strchr("#^~_`|<>\"", *c), "%.40s", c);
        }
    }
    cr_expect_eq(depth, 0);
}
