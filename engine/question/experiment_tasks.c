#include "question/experiment_tasks.h"

#include <string.h>

#include "question/experiment_claim.h"
#include "question/experiment_fields.h"

/* A list of the scale's with that name, if it has it. */
static const Json *list_of(const Json *scale, const char *key)
{
    const Json *list = json_get(scale, key);
    return list && json_type(list) == JSON_LIST_VALUE ? list : NULL;
}

/* A data set, or what a word stands for; each once. */
static bool add_tasks(TextList *tasks, const char *key, const char *asked, const Json *scale,
                      Arena *arena, Error *err)
{
    const ExperimentTaskWord *word = experiment_fields_task_word(key, asked);
    const Json *list = word ? list_of(scale, word->list) : NULL;
    if (word && !list && word->otherwise) list = list_of(scale, word->otherwise);
    const size_t n = list ? json_size(list) : word ? 0 : 1;
    const char **text = arena_alloc(arena, tasks->n + n, sizeof *text, err);
    if (!text) return false;
    if (tasks->n) memcpy(text, tasks->text, tasks->n * sizeof *text);
    tasks->text = text;
    for (size_t i = 0; i < n; i++)
        spec_list_place(tasks, list ? json_text(json_at(list, i)) : asked);
    return true;
}

bool experiment_tasks_read(TextList *tasks, bool measured, const char *key, const Json *document,
                           const Json *scale, Arena *arena, Error *err)
{
    const Json *asked = json_get(document, key);
    *tasks = (TextList){0};
    if (!measured) return true;
    if (!asked || json_type(asked) == JSON_TEXT_VALUE)
        return add_tasks(tasks, key, asked ? json_text(asked) : "all", scale, arena, err);
    for (size_t i = 0; i < json_size(asked); i++)
        if (!add_tasks(tasks, key, json_text(json_at(asked, i)), scale, arena, err)) return false;
    return true;
}

static bool expand(TextList *named, const char *key, const Json *scale, Arena *arena, Error *err)
{
    TextList tasks = {0};
    for (size_t i = 0; i < named->n; i++)
        if (!add_tasks(&tasks, key, named->text[i], scale, arena, err)) return false;
    if (tasks.n) *named = tasks;
    return true;
}

bool experiment_tasks_of_claims(Experiment *experiment, const Json *scale, Arena *arena, Error *err)
{
    ExperimentClaim *claims = arena_alloc(arena, experiment->n_claims, sizeof *claims, err);
    if (!claims) return false;
    for (size_t i = 0; i < experiment->n_claims; i++) {
        claims[i] = experiment->claims[i];
        const char *key = experiment_claim_tasks_key((ClaimOn)claims[i].on);
        if (!expand(&claims[i].tasks, key, scale, arena, err) ||
            !expand(&claims[i].against_tasks, key, scale, arena, err))
            return false;
    }
    experiment->claims = claims;
    return true;
}
