#include "question/experiment_omit.h"

#include <criterion/criterion.h>
#include <string.h>

static Arena *arena;
static Error err;

static void begin(void)
{
    err = (Error){0};
    arena = arena_create("omit", &err);
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(experiment_omit, .init = begin, .fini = end);

static Json *parse(const char *text)
{
    Json *json = json_parse_text(text, strlen(text), "document", arena, &err);
    cr_assert(json, "%s", err.text);
    return json;
}

static const char document_text[] =
    "{\"variants\": {\"full\": {}, \"LSTM\": {\"model\": {\"architecture\": \"lstm\"}}},"
    " \"claims\": [{\"id\": \"one\", \"better\": \"full\"}, {\"id\": \"two\", \"better\": "
    "\"full\", "
    "\"worse\": \"LSTM\"}], \"report\": {\"table\": {\"paper\": {\"full\": {}, \"LSTM\": {}}}}}";

Test(experiment_omit, a_variant_the_scale_has_not_goes_with_its_claims_and_rows)
{
    TextList omitted;
    Json *document = parse(document_text);
    cr_assert(experiment_omit(&omitted, document, parse("{\"model\": {\"lstm\": null}}"), NULL,
                              arena, &err),
              "%s", err.text);
    cr_assert_eq(omitted.n, 2);
    cr_expect_str_eq(omitted.text[0], "LSTM");
    cr_expect_str_eq(omitted.text[1], "claim two");
    cr_expect_eq(json_type(json_get(json_get(document, "variants"), "LSTM")), JSON_NULL_VALUE);
    cr_expect_eq(json_size(json_get(document, "claims")), 1);
    const Json *paper = json_get(json_get(json_get(document, "report"), "table"), "paper");
    cr_expect_eq(json_size(paper), 1);
}

Test(experiment_omit, a_variant_that_is_null_in_what_the_scale_says_goes_too)
{
    TextList omitted;
    Json *document = parse(document_text);
    cr_assert(experiment_omit(&omitted, document, NULL, parse("{\"variants\": {\"LSTM\": null}}"),
                              arena, &err),
              "%s", err.text);
    cr_assert_eq(omitted.n, 2);
    cr_expect_str_eq(omitted.text[1], "claim two");
}

Test(experiment_omit, nothing_goes_where_the_scale_has_it)
{
    static const char *const alternatives[] = {"{}", "{\"model\": {\"lstm\": {\"n_hidden\": 8}}}",
                                               "{\"model\": {\"gru\": null}}"};
    for (int i = 0; i < 3; i++) {
        TextList omitted;
        Json *document = parse(document_text);
        cr_assert(experiment_omit(&omitted, document, parse(alternatives[i]), NULL, arena, &err));
        cr_expect_eq(omitted.n, 0);
        cr_expect(json_same(document, parse(document_text)));
    }
}

/* How many claims about the course of a pre-training stay. */
static size_t stays(const char *pretrain, const char *own)
{
    TextList omitted;
    Json *document = parse(arena_format(
        arena, &err,
        "{\"pretrain\": %s, \"variants\": {\"a\": {\"pretrain\": %s}, \"b\": {}}, \"claims\": "
        "[{\"id\": "
        "\"gain\", \"better\": \"a, tokens=5\", \"on\": \"zero-shot\", \"at\": \"gain\"}]}",
        pretrain, own));
    cr_assert(experiment_omit(&omitted, document, NULL, NULL, arena, &err), "%s", err.text);
    return json_size(json_get(document, "claims"));
}

Test(experiment_omit, a_claim_about_a_course_needs_one_that_was_trained)
{
    static const char trained[] = "{\"tokens\": 5}", name[] = "{\"published\": \"x\"}",
                      folder[] = "{\"published\": {\"folder\": \"x\"}}",
                      again[] = "{\"published\": null, \"tokens\": 5}";
    cr_expect_eq(stays(trained, "{}"), 1);
    cr_expect_eq(stays(name, "{}"), 0);
    cr_expect_eq(stays(folder, "{}"), 0);
    cr_expect_eq(stays(trained, name), 0);
    cr_expect_eq(stays(trained, folder), 0);
    cr_expect_eq(stays(name, again), 1);
}
