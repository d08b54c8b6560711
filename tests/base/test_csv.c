#include "base/csv.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "base/rng.h"

static Error err;
static Arena *arena;

static void make(void)
{
    arena = arena_create("test", &err);
}

static void destroy(void)
{
    arena_destroy(arena);
}

TestSuite(csv, .init = make, .fini = destroy);

/* All rows as "a|b;c|d;"; NULL: an error. */
static const char *read_all(const char *text)
{
    CsvReader reader = csv_reader("t", text, strlen(text));
    Buffer all = buffer_create(arena), field = buffer_create(arena);
    cr_assert(buffer_add_text(&all, "", &err));
    while (csv_next_row(&reader))
        for (bool last = false; !last;) {
            if (!csv_read(&field, &last, &reader, &err)) return NULL;
            cr_assert(buffer_format(&all, &err, "%s%c", field.data, last ? ';' : '|'));
        }
    return all.data;
}

Test(csv, another_delimiter_parts_fields_and_is_named_where_it_is_missing)
{
    static const char text[] = "a,b;\"c;d\"\n\"e\",f\n";
    CsvReader reader = csv_reader("t", text, strlen(text));
    Buffer field = buffer_create(arena);
    bool last;
    reader.delimiter = ';';
    cr_assert(csv_next_row(&reader) && csv_read(&field, &last, &reader, &err));
    cr_expect_str_eq(field.data, "a,b");
    cr_assert(csv_read(&field, &last, &reader, &err) && last);
    cr_expect_str_eq(field.data, "c;d");
    cr_assert(csv_next_row(&reader));
    cr_assert_not(csv_read(&field, &last, &reader, &err));
    cr_expect(strstr(err.text, "t:2: text follows a closing quotation mark; expected a semicolon"),
              "%s", err.text);
}

Test(csv, is_written_with_quotes_where_they_must_be)
{
    static const char *const texts[] = {"plain",      "a, b", "say \"f\"",
                                        "two\nlines", "a\rb", "# no comment"};
    Buffer csv = buffer_create(arena);
    for (int i = 0; i < 6; i++) cr_assert(csv_text(&csv, texts[i], &err));
    cr_assert(csv_quoted(&csv, "plain", &err) && csv_number(&csv, 0.1, &err) &&
              csv_number(&csv, (double)NAN, &err));
    csv_end(&csv);
    cr_expect_str_eq(csv.data, "plain,\"a, b\",\"say \"\"f\"\"\",\"two\nlines\",\"a\rb\","
                               "\"# no comment\",\"plain\",0.1,\n");
}

Test(csv, is_read_with_either_line_end_and_over_empty_lines)
{
    cr_expect_str_eq(read_all("a,b\r\n\r\n\n1,2"), "a|b;1|2;");
    cr_expect_str_eq(read_all("\"a,\"\"\r\n\",\"\"\r\n,\n"), "a,\"\r\n|;|;");
    cr_expect_str_eq(read_all("a\rb,c\r\r\n"), "a\rb|c\r;");
    cr_expect_str_eq(read_all(""), "");
    cr_expect_str_eq(read_all("a,"), "a|;");
}

Test(csv, what_is_wrong_is_named_with_its_line)
{
    cr_expect_null(read_all("a\n\n\"b\nc"));
    cr_expect(strstr(err.text, "t:3: a quotation mark is opened in this row and never closed"),
              "%s", err.text);
    cr_expect_null(read_all("\"a\nb\",c\n\"d\"e,f\n"));
    cr_expect(strstr(err.text, "t:3: text follows a closing quotation mark"), "%s", err.text);
}

Test(csv, what_is_written_is_read_back)
{
    static const char letters[] = "ab,\"\n\r#; '\\|";
    for (uint64_t trial = 0; trial < 500; trial++) {
        char text[4][16] = {""};
        RngKey key = rng_key(3, RNG_TEST, trial);
        Buffer csv = buffer_create(arena), field = buffer_create(arena);
        for (uint64_t f = 0; f < 4; f++) {
            uint64_t n = rng_below(key, 100 * f, sizeof text[f]);
            for (uint64_t i = 0; i < n; i++)
                text[f][i] = letters[rng_below(key, 100 * f + i + 1, sizeof letters - 1)];
            cr_assert(f % 2 ? csv_quoted(&csv, text[f], &err) : csv_text(&csv, text[f], &err));
        }
        csv_end(&csv);
        CsvReader reader = csv_reader("t", csv.data, csv.size);
        bool last = false;
        cr_assert(csv_next_row(&reader));
        for (int f = 0; f < 4; f++) {
            cr_assert(csv_read(&field, &last, &reader, &err), "%s: %s", csv.data, err.text);
            cr_expect_str_eq(field.data, text[f], "%s", csv.data);
            cr_expect_eq(last, f == 3);
        }
        cr_expect_not(csv_next_row(&reader));
    }
}
