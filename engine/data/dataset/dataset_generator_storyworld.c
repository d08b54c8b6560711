/* The story world as a row of the registry. */
#include "data/dataset/dataset_generator.h"

#include "data/storyworld/storyworld.h"
#include "data/storyworld/storyworld_cloze.h"

static DatasetYield yield_of(const void *settings)
{
    static const char *const rule[] = {"rule"};
    static const struct {
        DatasetForm form;
        int n_classes, n_answers;
    } parts[] = {
        [STORYWORLD_BOOKS] = {DATASET_CORPUS, 0, 0},
        [STORYWORLD_ACCEPTABILITY] = {DATASET_CLASSIFICATION, 2, 0},
        [STORYWORLD_SENTIMENT] = {DATASET_CLASSIFICATION, 2, 0},
        [STORYWORLD_ENTAILMENT] = {DATASET_ENTAILMENT, 3, 0},
        [STORYWORLD_SIMILARITY] = {DATASET_SIMILARITY, 2, 0},
        [STORYWORLD_ENDING] = {DATASET_MULTIPLE_CHOICE, 0, 2},
        [STORYWORLD_RECALL] = {DATASET_MULTIPLE_CHOICE, 0, 2},
        [STORYWORLD_PRONOUNS] = {DATASET_WINOGRAD, 0, 2},
        [STORYWORLD_RELATEDNESS] = {DATASET_REGRESSION, 0, 0},
        [STORYWORLD_PAIRS] = {DATASET_MINIMAL_PAIRS, 0, 0},
        [STORYWORLD_CLOZE] = {DATASET_CLOZE, 0, 2},
    };
    const StoryworldSpec *spec = settings;
    DatasetYield yield = {.form = parts[spec->part].form,
                          .n_classes = parts[spec->part].n_classes,
                          .n_answers = parts[spec->part].n_answers};
    if (spec->part == STORYWORLD_BOOKS) {
        yield.documents = spec->books;
        return yield;
    }
    if (spec->part == STORYWORLD_PAIRS) yield.facets = (TextList){1, (const char **)rule};
    if (spec->part == STORYWORLD_CLOZE)
        yield.facets = (TextList){STORYWORLD_CLOZE_FACETS, (const char **)storyworld_cloze_facets};
    yield.rows[SPLIT_TRAIN] = spec->train;
    yield.rows[SPLIT_VALIDATION] = spec->validation;
    yield.rows[SPLIT_TEST] = spec->test;
    return yield;
}

static bool make_documents(Documents *documents, const void *spec, Arena *arena, Error *err)
{
    return storyworld_documents(documents, spec, arena, err);
}

static bool make_examples(Examples *examples, const void *spec, DatasetSplit split, Arena *arena,
                          Error *err)
{
    return storyworld_examples(examples, spec, split, arena, err);
}

const DatasetGenerator dataset_generator_storyworld = {
    .entry = {"storyworld", "a small world of people and things, told in stories",
              &storyworld_spec_table},
    .version = STORYWORLD_VERSION,
    .hash_key = "generator",
    .yield = yield_of,
    .documents = make_documents,
    .examples = make_examples,
};
