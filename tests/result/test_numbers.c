#include "result/numbers.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

static Arena *arena;
static Error err;

static void begin(void)
{
    err = (Error){0};
    arena = arena_create("numbers", &err);
    cr_assert(arena);
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(numbers, .init = begin, .fini = end);

static Numbers read_numbers(const char *file, const Json *json)
{
    const SpecReader reader = {file, arena, &err};
    Numbers numbers;
    cr_assert(spec_read(&numbers, &numbers_table, json, &reader, "$.numbers"), "%s", err.text);
    return numbers;
}

static Json *write_numbers(const Numbers *numbers)
{
    Json *json = spec_write(numbers, &numbers_table, true, arena, &err);
    cr_assert(json, "%s", err.text);
    return json;
}

/* Members that came later must add nothing to results that have no use for them. */
Test(numbers, a_committed_result_keeps_its_hash_when_read_and_written_again)
{
    static const char file[] = "results/quickstart/tiny/v001/result.json";
    Json *result = json_parse_file(file, arena, &err);
    cr_assert(result, "%s", err.text);
    Numbers numbers = read_numbers(file, json_get(result, "numbers"));
    HashText hash;
    cr_assert(json_hash(&hash, write_numbers(&numbers), arena, &err));
    cr_assert_str_eq(hash.text, json_text(json_get(result, "numbers_sha256")));
}

Test(numbers, probes_are_read_as_they_were_written)
{
    NumbersPoint points[] = {{1, 0.5, 0.4, 0.6, (double)NAN}, {2, 0.7, 0.6, 0.8, 0.4}};
    NumbersProbe probes[] = {
        {PROBE_POSITION, "full", NULL, (double)NAN, (double)NAN, 9, {1, points}},
        {PROBE_ZERO_SHOT, "full", "alpha", 0.5, 1, 50, {2, points}},
    };
    Numbers numbers = {.probes = {2, probes}};
    Json *json = write_numbers(&numbers);
    Numbers again = read_numbers("numbers", json);
    cr_assert(json_same(json, write_numbers(&again)));
    const NumbersProbe *probe = numbers_probe(&again, PROBE_ZERO_SHOT, "full", "alpha");
    cr_assert_eq(((const NumbersPoint *)probe->points.items)[1].normalised, 0.4);
    probe = numbers_probe(&again, PROBE_POSITION, "full", NULL);
    cr_assert(isnan(((const NumbersPoint *)probe->points.items)[0].normalised));
    cr_assert_null(numbers_probe(&again, PROBE_ZERO_SHOT, "full", NULL));
}

Test(numbers, selections_and_cut_sequences_are_read_as_they_were_written)
{
    const char *labels[] = {"rate=1", "rate=2"};
    double scores[] = {0.5, 0.75};
    NumbersSelection selection = {"full", "alpha", "rate=2", {2, labels}, {2, scores}};
    NumbersTruncation truncation = {"full", "alpha", 100, 3, 10, 0, 20, 1};
    Numbers numbers = {.selections = {1, &selection}, .truncations = {1, &truncation}};
    Json *json = write_numbers(&numbers);
    Numbers again = read_numbers("numbers", json);
    cr_assert(json_same(json, write_numbers(&again)));
    cr_assert_eq(numbers_selection(&again, "full", "alpha")->validation.items[1], 0.75);
    cr_assert_null(numbers_selection(&again, "full", "beta"));
}
