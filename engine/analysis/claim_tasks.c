#include "analysis/claim_tasks.h"

#include <string.h>

#include "result/numbers.h"

typedef struct Choosing {
    const Measures *measures;
    ClaimOn on;
    size_t n;
    bool *chosen; /* [n] */
} Choosing;

/* How many tasks have fewer examples; of equal ones the first counts as such. */
static size_t rank_of(const Choosing *choosing, size_t task)
{
    int64_t size = measure_train_examples(choosing->measures, choosing->on, task);
    size_t rank = 0;
    for (size_t t = 0; t < choosing->n; t++) {
        int64_t other = measure_train_examples(choosing->measures, choosing->on, t);
        rank += other < size || (other == size && t < task);
    }
    return rank;
}

static bool is_meant(const Choosing *choosing, size_t task, const char *word)
{
    size_t half = choosing->n / 2;
    if (!strcmp(word, CLAIM_SMALLEST)) return rank_of(choosing, task) < half;
    if (!strcmp(word, CLAIM_LARGEST)) return rank_of(choosing, task) >= choosing->n - half;
    return !strcmp(word, measure_task(choosing->measures, choosing->on, task));
}

static bool is_measured(const Choosing *choosing, const char *name)
{
    for (size_t t = 0; t < choosing->n; t++)
        if (!strcmp(name, measure_task(choosing->measures, choosing->on, t))) return true;
    return false;
}

/* What is named and measured. */
static const char *title_of(const Choosing *choosing, const TextList *named, Arena *arena,
                            Error *err)
{
    Buffer text = buffer_create(arena);
    for (size_t i = 0; i < named->n; i++) {
        const char *word = named->text[i];
        bool group = !strcmp(word, CLAIM_LARGEST) || !strcmp(word, CLAIM_SMALLEST);
        if (!group && !is_measured(choosing, word)) continue;
        if (!buffer_format(&text, err, "%s%s%s", text.size ? ", " : "", word,
                           group ? " tasks" : ""))
            return NULL;
    }
    return text.size ? text.data : "";
}

bool claim_tasks_make(ClaimTasks *tasks, const Measures *measures, ClaimOn on,
                      const TextList *named, Arena *arena, Error *err)
{
    Choosing choosing = {measures, on, measure_n_tasks(measures, on), NULL};
    choosing.chosen = arena_alloc(arena, choosing.n, sizeof(bool), err);
    *tasks = (ClaimTasks){.items = arena_alloc(arena, choosing.n, sizeof(size_t), err),
                          .title = named->n ? title_of(&choosing, named, arena, err)
                                            : NUMBERS_ALL_TASKS};
    if (!choosing.chosen || !tasks->items || !tasks->title) return false;
    for (size_t t = 0; t < choosing.n; t++) {
        bool meant = named->n == 0;
        for (size_t i = 0; i < named->n; i++) meant |= is_meant(&choosing, t, named->text[i]);
        if (meant) tasks->items[tasks->n++] = t;
    }
    return true;
}
