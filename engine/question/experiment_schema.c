/* JSON Schemas of both kinds of document: from the field tables, and by hand for the few fields whose
 * form the tables do not know (experiment_check.c says the same in code). */
#include <string.h>

#include "question/experiment_fields.h"
#include "question/experiment_spec.h"

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
/* Fine-tuning is what is repeated for each candidate. */
#define SELECT                                                                                     \
    "{\"type\": \"object\", \"propertyNames\": {\"pattern\": \"^finetune\\\\.\"},"                 \
    " \"additionalProperties\":"                                                                   \
    " {\"oneOf\": [{\"type\": \"array\", \"minItems\": 1}, {\"type\": \"null\"}]}}"

#define MEASURES                                                                                   \
    "{\"type\": \"array\", \"items\": {\"enum\": [\"fine-tuning\", \"zero-shot\","                 \
    " \"context-window\", \"position\", \"rate\"]}, \"minItems\": 1, \"uniqueItems\": true}"

static const Form experiment_forms[] = {
    {"measure", MEASURES},
    {"tasks", "{\"oneOf\": [{\"enum\": [\"all\", \"few\"]}, " TASK_LIST "]}"},
    {"zero_shot_tasks",
     "{\"oneOf\": [{\"enum\": [\"all\", \"pairs\", \"cloze\"]}, " TASK_LIST "]}"},
    {"seeds", SEEDS},
    {"variants", "{\"type\": \"object\", \"minProperties\": 1, \"additionalProperties\":"
                 " {\"oneOf\": [{\"$ref\": \"#/$defs/settings\"}, {\"type\": \"null\"}]}}"},
    {"grid", "{\"type\": \"object\", \"additionalProperties\":"
             " {\"oneOf\": [{\"type\": \"array\", \"minItems\": 1}, {\"const\": \"scale\"},"
             " {\"type\": \"null\"}]}}"},
    {"select", "{\"oneOf\": [" SELECT ", {\"type\": \"null\"}]}"},
    {NULL, NULL},
};
static const Form scale_forms[] = {
    {"tasks", TASK_LIST},
    {"few_tasks", TASK_LIST},
    {"zero_shot_tasks", TASK_LIST},
    {"pair_tasks", TASK_LIST},
    {"cloze_tasks", TASK_LIST},
    {"seeds", SEEDS},
    {"select", SELECT},
    {"sweeps", "{\"type\": \"object\", \"additionalProperties\":"
               " {\"type\": \"array\", \"minItems\": 1}}"},
    {"alternatives", "{\"type\": \"object\", \"additionalProperties\":"
                     " {\"type\": \"object\", \"additionalProperties\": {\"type\": \"object\"}}}"},
    {"companions", "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"object\","
                   " \"additionalProperties\": {\"$ref\": \"#/$defs/settings\"}}}"},
    {"experiments", "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"object\"}}"},
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

static bool set_forms(Json *schema, const SpecTable *table, const Form *forms, Arena *arena,
                      Error *err)
{
    for (const Form *form = forms; form->field; form++)
        if (!json_set(json_get(schema, "properties"), form->field,
                      draw_form(form, table, arena, err), err))
            return false;
    return true;
}

/* A figure is an object, or the word that its kind alone would be. */
static bool set_figures(Json *report, Arena *arena, Error *err)
{
    Json *items = json_get(json_get(json_get(report, "properties"), "figures"), "items");
    Json *object = spec_schema(&experiment_report_figure_table, arena, err);
    if (!object) return false;
    Json *word = json_clone(json_get(json_get(object, "properties"), "kind"), arena, err);
    Json *either = json_new_list(arena, err);
    return word && either && json_add(either, word, err) && json_add(either, object, err) &&
           json_set(items, "oneOf", either, err);
}

static bool set_report(Json *document, Arena *arena, Error *err)
{
    static const Form report_forms[] = {
        {"figures", "{\"type\": \"array\", \"items\": {}}"},
        {NULL, NULL},
    };
    static const Form table_forms[] = {
        {"columns", "{\"oneOf\": [" TASK_LIST ", {\"type\": \"object\","
                    " \"additionalProperties\": " TASK_LIST "}]}"},
        {"paper", "{\"type\": \"object\", \"additionalProperties\": {\"type\": \"object\","
                  " \"additionalProperties\": {\"type\": \"number\"}}}"},
        {NULL, NULL},
    };
    Json *report = json_get(json_get(document, "properties"), "report");
    Json *table = json_get(json_get(report, "properties"), "table");
    return set_forms(report, &experiment_report_table, report_forms, arena, err) &&
           set_forms(table, spec_table_find(&experiment_report_table, "table")->table, table_forms,
                     arena, err) &&
           set_figures(report, arena, err);
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
    if (!set_forms(schema, own, forms, arena, err)) return NULL;
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
    Json *schema =
        document_schema(&experiment_fields_table, experiment_forms, required, arena, err);
    return schema && set_report(schema, arena, err) ? schema : NULL;
}

Json *experiment_schema_scale(Arena *arena, Error *err)
{
    static const char *const required[] = {"format", "title", "tasks", "seeds", NULL};
    return document_schema(&experiment_fields_scale_table, scale_forms, required, arena, err);
}
