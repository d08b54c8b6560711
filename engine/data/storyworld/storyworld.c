#include "data/storyworld/storyworld.h"

#include <string.h>

#include "data/storyworld/storyworld_narrate.h"
#include "data/storyworld/storyworld_plots.h"
#include "data/storyworld/storyworld_tasks.h"

bool storyworld_documents(Documents *documents, const StoryworldSpec *spec, Arena *arena,
                          Error *err)
{
    size_t n_books = (size_t)spec->books;
    *documents =
        (Documents){.n = n_books, .items = arena_alloc(arena, n_books, sizeof(Document), err)};
    StoryNarrator *narrator = arena_alloc(arena, 1, sizeof *narrator, err);
    if (!documents->items || !narrator) return false;
    for (size_t i = 0; i < n_books; i++) {
        Buffer book = buffer_create(arena);
        for (int64_t j = 0; j < spec->stories_per_book; j++) {
            uint64_t number = i * (uint64_t)spec->stories_per_book + (uint64_t)j;
            StoryDraws draws =
                storyworld_draw_stream((uint64_t)spec->seed, STORYWORLD_BOOKS, number);
            Story story;
            storyworld_plots_simulate(&story, &draws, false, false);
            storyworld_narrate_begin(narrator, &story, &draws, STYLE_BOOK);
            storyworld_narrate_events(narrator, 0, story.n_events);
            if (!buffer_add(&book, narrator->writer.text, narrator->writer.size, err) ||
                !buffer_add_char(&book, '\n', err))
                return false;
        }
        char *name = arena_format(arena, err, "storyworld %06zu", i + 1);
        if (!name) return false;
        documents->items[i] = (Document){.name = name, .text = book.data, .size = book.size};
    }
    return true;
}

static bool copy_facets(Example *example, const StoryworldRow *row, Arena *arena, Error *err)
{
    example->facet = arena_alloc(arena, STORYWORLD_TASK_FACETS, sizeof *example->facet, err);
    if (example->facet) memcpy(example->facet, row->facet, sizeof row->facet);
    return example->facet != NULL;
}

bool storyworld_examples(Examples *examples, const StoryworldSpec *spec, DatasetSplit split,
                         Arena *arena, Error *err)
{
    const int64_t counts[N_SPLITS] = {spec->train, spec->validation, spec->test, 0};
    size_t n = (size_t)counts[split];
    *examples = (Examples){.n = n, .items = arena_alloc(arena, n, sizeof(Example), err)};
    StoryworldRow *row = arena_alloc(arena, 1, sizeof *row, err);
    if (!examples->items || !row) return false;
    for (size_t i = 0; i < n; i++) {
        Example *example = &examples->items[i];
        storyworld_tasks_row(row, spec, split, i);
        *example = (Example){.n_texts = row->n_texts, .label = row->label, .target = row->target};
        if (row->facet[0] && !copy_facets(example, row, arena, err)) return false;
        example->id = arena_format(arena, err, "%s-%s-%zu", storyworld_spec_parts[spec->part],
                                   dataset_split_words[split], i);
        example->text = arena_alloc(arena, (size_t)row->n_texts, sizeof *example->text, err);
        if (!example->id || !example->text) return false;
        for (int k = 0; k < row->n_texts; k++)
            if (!(example->text[k] = arena_text(arena, row->text[k], err))) return false;
    }
    return true;
}
