/* tests/errors/CASE/: spec.json, and what else the case needs, must give exactly message.txt. See
 * tests/errors/README.md. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "question/experiment_spec.h"

static Arena *arena;
static Error err;
static char *cases; /* tests/errors, whatever the working folder */
static char folder[] = "/tmp/reprise-errors-XXXXXX";

static void begin(void)
{
    err = (Error){0};
    arena = arena_create("errors", &err);
    char *here = getcwd(NULL, 0);
    cases = arena_format(arena, &err, "%s/tests/errors", here);
    free(here);
    cr_assert(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
}

static void end(void)
{
    cr_assert_eq(chdir("/"), 0);
    cr_expect(file_remove_tree(folder, &err), "%s", err.text);
    arena_destroy(arena);
}
TestSuite(experiment_errors, .init = begin, .fini = end);

static void copy(const char *to, const char *from)
{
    char *bytes;
    size_t size;
    cr_assert(file_read(&bytes, &size, from, arena, &err), "%s", err.text);
    cr_assert(file_write(to, bytes, size, &err), "%s", err.text);
}

/* experiments/ with the documents of a case; scale.json becomes the scale "small". */
static void lay_out(const char *folder_of_case)
{
    char **files;
    size_t n_files;
    cr_assert(file_remove_tree("experiments", &err), "%s", err.text);
    copy("experiments/scales/small.json", file_join(arena, cases, "scale.json", &err));
    cr_assert(file_list(&files, &n_files, folder_of_case, arena, &err), "%s", err.text);
    for (size_t i = 0; i < n_files; i++) {
        bool is_scale = strcmp(files[i], "scale.json") == 0;
        const char *to = is_scale ? "experiments/scales/small.json"
                                  : arena_format(arena, &err, "experiments/%s", files[i]);
        copy(to, file_join(arena, folder_of_case, files[i], &err));
    }
}

static void check_case(const char *name)
{
    char *folder_of_case = file_join(arena, cases, name, &err);
    char *wanted;
    size_t size;
    Experiment experiment;
    lay_out(folder_of_case);
    char *message = file_join(arena, folder_of_case, "message.txt", &err);
    cr_assert(file_read(&wanted, &size, message, arena, &err), "%s", err.text);
    err = (Error){0};
    cr_expect_not(experiment_load(&experiment, "spec", "small", "experiments", arena, &err), "%s",
                  name);
    cr_expect_eq(err.kind, ERROR_USAGE, "%s", name);
    cr_expect_str_eq(arena_format(arena, &err, "%s\n", err.text), wanted, "case %s:\n%s", name,
                     err.text);
    err = (Error){0};
}

Test(experiment_errors, every_case_gives_exactly_its_message)
{
    char **names;
    size_t n, n_cases = 0;
    cr_assert(file_list(&names, &n, cases, arena, &err), "%s", err.text);
    for (size_t i = 0; i < n; i++) {
        if (!file_is_folder(file_join(arena, cases, names[i], &err))) continue;
        check_case(names[i]);
        n_cases++;
    }
    cr_expect_geq(n_cases, 10);
}

Test(experiment_errors, the_scale_of_the_cases_is_without_error)
{
    Experiment experiment;
    static const char text[] = "{\"format\": 1, \"title\": \"nothing wrong\"}";
    copy("experiments/scales/small.json", file_join(arena, cases, "scale.json", &err));
    cr_assert(file_write("experiments/spec.json", text, strlen(text), &err), "%s", err.text);
    cr_expect(experiment_load(&experiment, "spec", "small", "experiments", arena, &err), "%s",
              err.text);
}
