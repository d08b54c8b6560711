/* JSON Schemas of both kinds of document: from the field tables, and by hand for the few fields whose
 * form the tables do not know (experiment_check.c says the same in code). */
#include <string.h>

#include "experiment/experiment_fields.h"
#include "experiment/experiment_spec.h"

typedef struct Form {
    const char *field, *schema; /* schema NULL: ends a list of forms */
} Form;

#define SEED_LIST                                                                                  \
    "{\"type\": \"array\", \"items\": {\"type\": \"integer\", \"minimum\": 0}, \"minItems\": 1,"   \
    " \"uniqueItems\": true}"
#define SEEDS                                                                                      \
    "{\"oneOf\": [{\"type\": \"integer\", \"minimum\": 1, \"maximum\": 1000}, " SEED_LIST "]}"
#define TASK_LIST                                                                                  \
    "{\"type\": \"array\", \"items\": {\"type\": \"string\"}, \"minItems\": 1, \"uniqueItems\": "  \
    "true}"

#define MEASURES                                                                                   \
    "{\"type\": \"array\", \"items\": {\"enum\": [\"fine-tuning\", \"zero-shot\","                 \
    " \"context-window\", \"position\", \"rate\"]}, \"minItems\": 1, \"uniqueItems\": true}"

static const Form experiment_forms[] = {
    {"measure", MEASURES},
    {"tasks", "{\"oneOf\": [{\"const\": \"all\"}, " TASK_LIST "]}"},
    {"zero_shot_tasks", "{\"oneOf\": [{\"const\": \"all\"}, " TASK_LIST "]}"},
    {"seeds", SEEDS},
    {"variants", "{\"type\": \"object\", \"minProperties\": 1, \"additionalProperties\":"
                 " {\"oneOf\": [{\"$ref\": \"#/$defs/settings\"}, {\"type\": \"null\"}]}}"},
    {"grid", "{\"type\": \"object\", \"additionalProperties\":"
             " {\"oneOf\": [{\"type\": \"array\", \"minItems\": 1}, {\"type\": \"null\"}]}}"},
    {"report", "{\"type\": \"object\"}"},
    {NULL, NULL},
};
static const Form scale_forms[] = {
    {"tasks", TASK_LIST},
    {"zero_shot_tasks", TASK_LIST},
    {"seeds", SEEDS},
    {"alternatives", "{\"type\": \"object\", \"additionalProperties\":"
                     " {\"type\": \"object\", \"additionalProperties\": {\"type\": \"object\"}}}"},
    {NULL, NULL},
};

/* The schema of one field given by hand, with the description that its row has. */
static Json *draw_form(const Form *form, const SpecTable *table, Arena *arena, Error *err)
{
    Json *schema = json_parse_text(form->schema, strlen(form->schema), form->field, arena, err);
    if (!schema) return NULL;
    Json *help = json_new_text(spec_table_find(table, form->field)->help, arena, err);
    return json_set(schema, "description", help, err) ? schema : NULL;
}

static Json *document_schema(const SpecTable *own, const Form *forms, const char *const *required,
                             Arena *arena, Error *err)
{
    size_t offset = 0;
    const SpecTable *both = spec_table_join(&offset, own->name, own, &settings_table, arena, err);
    Json *schema = both ? spec_schema_overrides(both, arena, err) : NULL;
    Json *settings = spec_schema_overrides(&settings_table, arena, err);
    Json *definitions = json_new_object(arena, err), *names = json_new_list(arena, err);
    if (!schema || !settings || !definitions || !names) return NULL;
    json_remove(settings, "$schema");
    for (const Form *form = forms; form->field; form++) {
        Json *drawn = draw_form(form, own, arena, err);
        if (!json_set(json_get(schema, "properties"), form->field, drawn, err)) return NULL;
    }
    for (size_t i = 0; required[i]; i++)
        if (!json_add(names, json_new_text(required[i], arena, err), err)) return NULL;
    if (!json_set(definitions, "settings", settings, err) ||
        !json_set(schema, "$defs", definitions, err) || !json_set(schema, "required", names, err))
        return NULL;
    return schema;
}

Json *experiment_schema(Arena *arena, Error *err)
{
    static const char *const required[] = {"format", "title", NULL};
    return document_schema(&experiment_fields_table, experiment_forms, required, arena, err);
}

Json *experiment_schema_scale(Arena *arena, Error *err)
{
    static const char *const required[] = {"format", "title", "tasks", "seeds", NULL};
    return document_schema(&experiment_fields_scale_table, scale_forms, required, arena, err);
}
