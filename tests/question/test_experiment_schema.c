#include <criterion/criterion.h>
#include <string.h>

#include "experiment_rig.h"

TestSuite(experiment_schema, .init = experiment_rig_begin, .fini = experiment_rig_end);

static const Json *properties(Json *schema)
{
    cr_assert(schema);
    return json_get(schema, "properties");
}

Test(experiment_schema, an_experiment_has_its_own_fields_and_the_settings)
{
    Error err = {0};
    const Json *known = properties(experiment_schema(experiment_rig_arena(), &err));
    const char *const names[] = {"$schema", "format", "title",  "claims",  "variants",
                                 "grid",    "model",  "corpus", "pretrain"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        cr_expect(json_get(known, names[i]), "%s", names[i]);
    cr_expect_null(json_get(known, "alternatives"));
}

Test(experiment_schema, a_scale_has_its_own_fields_and_the_settings)
{
    Error err = {0};
    const Json *known = properties(experiment_schema_scale(experiment_rig_arena(), &err));
    cr_expect(json_get(known, "alternatives"));
    cr_expect(json_get(known, "finetune"));
    cr_expect_null(json_get(known, "variants"));
}

Test(experiment_schema, variants_refer_to_a_definition_that_exists)
{
    Error err = {0};
    Json *schema = experiment_schema(experiment_rig_arena(), &err);
    char *text = json_print(json_get(json_get(schema, "properties"), "variants"),
                            experiment_rig_arena(), &err);
    cr_expect(strstr(text, "#/$defs/settings"));
    cr_expect(json_get(json_get(json_get(schema, "$defs"), "settings"), "properties"));
}

Test(experiment_schema, the_reference_describes_every_part)
{
    Error err = {0};
    Buffer markdown = buffer_create(experiment_rig_arena());
    cr_assert(experiment_describe(&markdown, &err), "%s", err.text);
    const char *const parts[] = {"## experiment",
                                 "## scale",
                                 "## settings",
                                 "### `$.claims[]`",
                                 "### `$.model` with `\"architecture\": \"gpt\"`",
                                 "### `$.finetune`"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        cr_expect(strstr(markdown.data, parts[i]), "%s", parts[i]);
}
