/* Axes of lines, whatever the values. */
#include "report/figure/figure_lines.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static Error err;
static Arena *arena;

static void begin(void)
{
    err = (Error){0};
    arena = arena_create("figure lines", &err);
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(figure_lines, .init = begin, .fini = end);

/* The script of a line between two values. */
static const char *draw_between(double low, double high, bool log_y)
{
    FigureLines lines;
    FigureSheet sheet = {.name = "flat",
                         .csv = buffer_create(arena),
                         .script = buffer_create(arena),
                         .spots = buffer_create(arena)};
    cr_assert(figure_lines_make(&lines, 1, 1, 1, arena, &err), "%s", err.text);
    lines.log_y = log_y;
    lines.x.title = "x";
    lines.panels[0] = (FigurePanel){.label = "y", .level = (double)NAN};
    FigureLine *line = figure_lines_add(&lines, 0, 0, 2, &err);
    line->series = "one";
    figure_lines_point(line, 1, low, (double)NAN, (double)NAN);
    figure_lines_point(line, 2, high, (double)NAN, (double)NAN);
    cr_assert(figure_lines_draw(&sheet, &lines, &err), "%s", err.text);
    return sheet.script.data;
}

static void expect_a_range(double low, double high, bool log_y)
{
    double from = 0, to = 0;
    const char *range = strstr(draw_between(low, high, log_y), "set yrange [");
    cr_assert(range && sscanf(range, "set yrange [%lf:%lf]", &from, &to) == 2);
    cr_expect_lt(from, to, "%g to %g: %g to %g", low, high, from, to);
}

/* A model that has learnt nothing is as good with every context: no range, or one that is lost in writing. */
Test(figure_lines, values_that_are_equal_or_nearly_have_a_range)
{
    static const double values[][2] = {{5, 5}, {5, 5.0000001}, {0, 0}, {37.5, 37.500001}, {1, 2}};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        for (int log_y = 0; log_y < 2; log_y++) expect_a_range(values[i][0], values[i][1], log_y);
}

Test(figure_lines, the_title_of_an_axis_makes_room_for_long_numbers)
{
    cr_expect(strstr(draw_between(-0.1, 0.2, false), "\"y\" noenhanced offset 2,0\n"));
    cr_expect(strstr(draw_between(-0.1, 0.6, false), "\"y\" noenhanced offset 1,0\n"));
    cr_expect(strstr(draw_between(0, 0.3, false), "\"y\" noenhanced offset 1,0\n"));
}
