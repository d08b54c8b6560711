#include "result/curves.h"

#include <criterion/criterion.h>
#include <string.h>

#include "../scratch_folder.h"

static Arena *arena;

static void begin(void)
{
    Error err = {0};
    arena = arena_create("curves", &err);
    cr_assert(arena);
    scratch_folder_make();
}

static void end(void)
{
    scratch_folder_remove();
    arena_destroy(arena);
}

TestSuite(curves, .init = begin, .fini = end);

static const char *cells[] = {"full", "a, \"b\"", "c\nd"};
static NumbersTask tasks[] = {{.name = "alpha"}, {.name = "beta, too"}};
static const Numbers numbers = {.tasks = {2, tasks}, .cells = {3, cells}};

static bool read(Curves *curves, const char *csv, Error *err)
{
    scratch_folder_write("curves.csv", csv, strlen(csv));
    return curves_read(curves, scratch_folder_path("curves.csv"), &numbers, arena, err);
}

#define HEADER "measure,cell,task,seed,update,tokens,epoch,value\n"

Test(curves, are_read_as_they_were_written_whatever_names_there_are)
{
    Error err = {0};
    static CurvePoint points[] = {{CURVES_PRETRAINING_LOSS, 1, -1, 0, 12.5, 10240, 0, 4.25},
                                  {CURVES_HELD_OUT_PERPLEXITY, 2, -1, 0, 20, 20480, 0, 61},
                                  {CURVES_VALIDATION_SCORE, 0, 1, -3, 7, 0, 0.5, 0.625}};
    const Curves written = {3, 3, points};
    Curves curves;
    Buffer csv = buffer_create(arena);
    cr_assert(curves_write(&csv, &written, &numbers, &err) && read(&curves, csv.data, &err), "%s",
              err.text);
    cr_assert_eq(curves.n, 3);
    for (int i = 0; i < 3; i++) {
        const CurvePoint *a = &curves.points[i], *b = &points[i];
        cr_expect(a->measure == b->measure && a->cell == b->cell && a->task == b->task);
        cr_expect(a->seed == b->seed && a->update == b->update && a->tokens == b->tokens);
        cr_expect(a->epoch == b->epoch && a->value == b->value);
    }
}

Test(curves, of_what_the_result_does_not_have_are_refused_with_their_line)
{
    static const char *const wrong[] = {
        HEADER "task loss,full,alpha,1,1,,1,0.5\ntask loss,nobody,alpha,1,1,,1,0.5\n",
        HEADER "task loss,full,alpha,1,1,,1,0.5\ntask loss,full,gamma,1,1,,1,0.5\n",
        HEADER "task loss,full,alpha,1,1,,1,0.5\nluck,full,alpha,1,1,,1,0.5\n"};
    for (int i = 0; i < 3; i++) {
        Error err = {0};
        Curves curves;
        cr_expect_not(read(&curves, wrong[i], &err));
        cr_expect(strstr(err.text, "curves.csv:3: is not of a measure, a cell and a task"), "%s",
                  err.text);
    }
}

Test(curves, a_row_of_other_columns_is_refused)
{
    Error err = {0};
    Curves curves;
    cr_assert_not(read(&curves, HEADER "task loss,full\n", &err));
    cr_assert(strstr(err.text, "curves.csv:2"), "%s", err.text);
    err = (Error){0};
    cr_assert_not(read(&curves, "a,b\n1,2\n", &err));
}
