/* What plans expect of lengths, against what tokenizing gives: for every data set that is here. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/file.h"
#include "base/hash.h"
#include "task/lengths.h"
#include "task/sequences.h"
#include "text/bpe_method.h"

enum { PAPER_CONTEXT = 512, SMALL_CONTEXT = 128, TINY_CONTEXT = 64, MOST_COMPARED = 700 };

/* What a plan adds to the merges to be learnt (stages/estimate.c). */
enum { CHARACTERS = 256 };

static Arena *arena;
static Error err;
static DatasetPlaces places;

static void begin(void)
{
    scratch_folder_make();
    arena = arena_create("lengths", &err);
    places = (DatasetPlaces){"datasets", arena_text(arena, scratch_folder_path("data"), &err),
                             getenv("REPRISE_MIRROR")};
    cr_assert(places.downloads, "%s", err.text);
}

static void end(void)
{
    arena_destroy(arena);
    scratch_folder_remove();
}

TestSuite(lengths, .init = begin, .fini = end, .timeout = 300);

static Dataset *open_set(const char *name)
{
    Dataset *dataset = dataset_open(name, &places, arena, &err);
    cr_assert(dataset, "%s", err.text);
    return dataset;
}

static Lengths lengths_of(const Dataset *dataset)
{
    Lengths lengths;
    cr_assert(lengths_open(&lengths, dataset, arena, &err), "%s", err.text);
    return lengths;
}

/* --- what there is ------------------------------------------------------------------------------ */

/* Rows between those that lengths.c looks at, where there are so many. */
static Examples rows_to_compare(const Dataset *dataset)
{
    Examples all, some = {0};
    DatasetSplit split = dataset_rows(dataset, SPLIT_TRAIN) ? SPLIT_TRAIN : SPLIT_TEST;
    cr_assert(dataset_examples(&all, dataset, split, arena, &err), "%s", err.text);
    size_t n = all.n < MOST_COMPARED ? all.n : MOST_COMPARED;
    some.items = arena_alloc(arena, n, sizeof *some.items, &err);
    cr_assert(some.items, "%s", err.text);
    for (; some.n < n; some.n++) some.items[some.n] = all.items[(some.n * all.n + all.n / 2) / n];
    return some;
}

/* Of sequences, or of the texts that a language model scores unaided. */
static double true_mean(const Dataset *dataset, const Tokenizer *tokenizer, int n_context)
{
    DatasetForm form = dataset_info(dataset)->form;
    Examples rows = rows_to_compare(dataset);
    if (dataset_form_is_tuned(form)) {
        Sequences sequences;
        const SpecialTokens special = special_tokens(
            (TextTokens){.n = tokenizer_n_tokens(tokenizer)}, 0, SPECIAL_TOKENS_TASKS);
        cr_assert(
            sequences_encode(&sequences, &rows, form, tokenizer, &special, n_context, arena, &err),
            "%s", err.text);
        return (double)sequences.start[sequences.n_sequences] / sequences.n_sequences;
    }
    double sum = 0;
    const int most = form == DATASET_MINIMAL_PAIRS ? 1 : 3;
    for (size_t i = 0; i < rows.n; i++) {
        size_t n = 0;
        for (int k = 0; k < (rows.items[i].n_texts < most ? rows.items[i].n_texts : most); k++) {
            TokenList tokens;
            const char *text = rows.items[i].text[k];
            cr_assert(tokenizer_encode(&tokens, tokenizer, text, strlen(text), arena, &err), "%s",
                      err.text);
            n += tokens.n;
        }
        sum += n < (size_t)n_context ? (double)n : n_context;
    }
    return sum / (double)rows.n;
}

static int specials_of(DatasetForm form)
{
    if (!dataset_form_is_tuned(form)) return 0;
    return form == DATASET_CLASSIFICATION ? 2 : 3;
}

static void compare(const char *name, const Tokenizer *tokenizer, LengthsVocabulary vocabulary,
                    int n_context)
{
    Dataset *dataset = open_set(name);
    Lengths lengths = lengths_of(dataset);
    double expected =
        lengths_mean(&lengths, vocabulary, specials_of(dataset_info(dataset)->form), n_context);
    double found = true_mean(dataset, tokenizer, n_context);
    cr_expect_lt(fabs(expected / found - 1), 0.10, "%s: %.1f tokens, expected %.1f", name, found,
                 expected);
}

/* Trained on the same rows as race-sample: slow to read, and nothing new. */
static bool is_repeated(const char *name)
{
    return strncmp(name, "race-sample-", 12) == 0;
}

/* All that are here, of a built-in world or of files. */
static void compare_all(const Tokenizer *tokenizer, LengthsVocabulary vocabulary, int n_context,
                        int least)
{
    char **names;
    size_t n;
    int n_compared = 0;
    cr_assert(dataset_names(&names, &n, &places, arena, &err), "%s", err.text);
    for (size_t i = 0; i < n; i++) {
        ArenaMark mark = arena_mark(arena);
        const Dataset *dataset = open_set(names[i]);
        const DatasetInfo *info = dataset_info(dataset);
        if (dataset_form_is_labelled(info->form) && info->generated == vocabulary.own_words &&
            dataset_is_here(dataset, arena) && !is_repeated(names[i])) {
            compare(names[i], tokenizer, vocabulary, n_context);
            n_compared++;
        }
        arena_reset(arena, mark);
    }
    cr_expect_geq(n_compared, least);
}

static Tokenizer *train(const char *corpus, int merges, size_t one_of)
{
    Documents all, some = {0};
    cr_assert(dataset_documents(&all, open_set(corpus), arena, &err), "%s", err.text);
    some.items = all.items;
    for (size_t i = 0; i < all.n; i += one_of) some.items[some.n++] = all.items[i];
    char *folder = arena_text(arena, scratch_folder_path("tokenizer"), &err);
    BpeSpec spec = {merges};
    SpecEntryChoice method = {&bpe_method.entry, &spec};
    cr_assert(folder && file_make_folder(folder, &err) &&
                  tokenizer_train(folder, &method, &some, arena, &err),
              "%s", err.text);
    Tokenizer *tokenizer = tokenizer_load(folder, arena, &err);
    cr_assert(tokenizer, "%s", err.text);
    return tokenizer;
}

Test(lengths, of_the_story_world_are_met_within_a_tenth)
{
    compare_all(train("storyworld", 1500, 1), (LengthsVocabulary){1500 + CHARACTERS, true},
                TINY_CONTEXT, 12);
}

/* The sanitizers meet these readers in tests/data and this tokenizer in tests/text; double is the same code. */
static void skip_where_it_is_too_long(void)
{
#if defined REPRISE_DOUBLE || defined __SANITIZE_ADDRESS__
    cr_skip_test("too long for every build; the tests in float run it");
#endif
    if (!places.mirror) cr_skip_test("REPRISE_MIRROR is not set");
}

Test(lengths, of_every_data_set_are_met_within_a_tenth_by_gpt1s_vocabulary)
{
    skip_where_it_is_too_long();
    TokenizerFiles files;
    Dataset *published = open_set("gpt1-bpe");
    cr_assert(dataset_tokenizer(&files, published, arena, &err), "%s", err.text);
    Tokenizer *tokenizer = tokenizer_load_files(&files, arena, &err);
    cr_assert(tokenizer, "%s", err.text);
    compare_all(tokenizer, (LengthsVocabulary){tokenizer_n_tokens(tokenizer), false}, PAPER_CONTEXT,
                25);
}

Test(lengths, of_every_data_set_are_met_within_a_tenth_by_a_learnt_vocabulary)
{
    skip_where_it_is_too_long();
    compare_all(train("english-novels", 8000, 10), (LengthsVocabulary){8000 + CHARACTERS, false},
                SMALL_CONTEXT, 25);
}

/* --- counts and rates, worked out by hand --------------------------------------------------------- */

Test(lengths, words_letters_capitals_and_digits_are_counted_in_each_row)
{
    static const char rows[] = "0\tAZ az 09.\n1\tZzzzzzz Bob\n";
    const LengthsCounts expected[] = {{4, 0, 2, 2}, {2, 2, 2, 0}};
    HashText digest = hash_bytes(rows, strlen(rows));
    char *manifest = arena_format(
        arena, &err,
        "{\"title\": \"Set\", \"licence\": \"free\", \"form\": \"classification\", \"metric\": "
        "\"accuracy\", \"labels\": [\"bad\", \"good\"], \"files\": [{\"path\": \"rows.tsv\", "
        "\"urls\": [\"file:///nowhere/rows.tsv\"], \"sha256\": \"%s\"}], \"table\": {\"columns\": "
        "[\"label\", \"text\"], \"text\": [\"text\"], \"label\": \"label\", \"label_words\": "
        "[\"0\", \"1\"]}, \"splits\": {\"train\": {\"sources\": [{\"file\": \"rows.tsv\", "
        "\"rows\": 2}], \"rows\": 2}}}",
        digest.text);
    char *folder = arena_text(arena, scratch_folder_path("."), &err);
    scratch_folder_write("set.json", manifest, strlen(manifest));
    scratch_folder_write("rows.tsv", rows, strlen(rows));
    places.manifests = places.mirror = folder;
    Lengths lengths = lengths_of(open_set("set"));
    cr_assert_eq(lengths.n, 2);
    for (int i = 0; i < 2; i++) {
        const LengthsCounts *counts = &lengths.sequence[i];
        cr_expect(!memcmp(counts, &expected[i], sizeof *counts), "%d: %d %d %d %d", i,
                  counts->words, counts->letters, counts->capitals, counts->digits);
    }
}

/* Of one sequence without special tokens. */
static double tokens(int n_tokens, LengthsCounts counts)
{
    Lengths lengths = {.n = 1, .sequence = &counts};
    return lengths_mean(&lengths, (LengthsVocabulary){n_tokens, false}, 0, 1000000);
}

/* What was fitted to the data sets that can be downloaded, for 1000 of each. */
Test(lengths, rates_are_those_that_were_fitted)
{
    static const struct {
        int n_tokens;
        double word, letter, capital, digit;
    } fitted[] = {
        {256, 3000, 1000, 0, 0},     {1756, 1038, 888, 273, 462}, {3256, 959, 696, 400, 917},
        {8256, 922, 460, 313, 1165}, {16256, 909, 353, 285, 686}, {40256, 924, 206, 218, 822},
        {40478, 942, 127, 134, 547},
    };
    for (size_t i = 0; i < sizeof fitted / sizeof *fitted; i++) {
        int n = fitted[i].n_tokens;
        cr_expect_float_eq(tokens(n, (LengthsCounts){.words = 1000}), fitted[i].word, 1e-6);
        cr_expect_float_eq(tokens(n, (LengthsCounts){.letters = 1000}), fitted[i].letter, 1e-6);
        cr_expect_float_eq(tokens(n, (LengthsCounts){.capitals = 1000}), fitted[i].capital, 1e-6);
        cr_expect_float_eq(tokens(n, (LengthsCounts){.digits = 1000}), fitted[i].digit, 1e-6);
    }
}

/* sqrt(16256 * 40256) = 25581, but for rounding. */
Test(lengths, between_two_vocabularies_rates_follow_the_logarithm)
{
    const LengthsCounts words = {.words = 1000};
    cr_expect_float_eq(tokens(25581, words), (909 + 924) / 2.0, 0.01);
    cr_expect_float_eq(tokens(100, words), 3000, 1e-6, "below the smallest: as the smallest");
    cr_expect_float_eq(tokens(60000, words), 942, 1e-6, "above the largest: as the largest");
}

/* --- without the data --------------------------------------------------------------------------- */

Test(lengths, data_that_is_not_here_has_the_manifests_mean)
{
    places.mirror = NULL;
    Lengths lengths = lengths_of(open_set("rte"));
    cr_assert_eq(lengths.n, 0);
    cr_assert_gt(lengths.stated, 0);
    double gpt1 = lengths_mean(&lengths, (LengthsVocabulary){40478, false}, 3, PAPER_CONTEXT),
           small = lengths_mean(&lengths, (LengthsVocabulary){8256, false}, 3, PAPER_CONTEXT);
    cr_expect_float_eq(gpt1, lengths.stated, 1e-9);
    cr_expect(small > 1.1 * gpt1 && small < 1.5 * gpt1, "%g and %g", small, gpt1);
    cr_expect_eq(lengths_mean(&lengths, (LengthsVocabulary){8256, false}, 3, 50), 50);
}

Test(lengths, every_real_data_set_states_a_mean)
{
    char **names;
    size_t n;
    cr_assert(dataset_names(&names, &n, &places, arena, &err), "%s", err.text);
    for (size_t i = 0; i < n; i++) {
        const DatasetInfo *info = dataset_info(open_set(names[i]));
        if (dataset_form_is_labelled(info->form) && !info->generated)
            cr_expect(info->mean_tokens > 5 && info->mean_tokens < 600, "%s: %g", names[i],
                      info->mean_tokens);
    }
}

/* --- what was counted is kept ------------------------------------------------------------------- */

static char *kept_path(const Dataset *dataset)
{
    HashText hash;
    cr_assert(dataset_hash(&hash, dataset, arena, &err), "%s", err.text);
    char *path = arena_format(arena, &err, "%s/lengths/%.16s.json", places.downloads, hash.text);
    cr_assert(path, "%s", err.text);
    return path;
}

Test(lengths, are_counted_once_and_again_when_what_was_kept_is_damaged)
{
    const LengthsVocabulary vocabulary = {1756, true};
    Dataset *dataset = open_set("storyworld-sentiment");
    Lengths first = lengths_of(dataset);
    char *path = kept_path(dataset);
    cr_assert(file_exists(path));
    cr_assert_eq(first.n, 400);

    static const char other[] = "[1,\n7,0,0,0]\n";
    cr_assert(file_write(path, other, strlen(other), &err), "%s", err.text);
    Lengths kept = lengths_of(dataset);
    cr_assert_eq(kept.n, 1);
    cr_expect_float_eq(lengths_mean(&kept, vocabulary, 2, 64), 9, 1e-9);

    static const char *const damaged[] = {"",    "[",  "[0,\n7,0,0,0]",  "[1,\n7,0,0]",
                                          "[1]", "{}", "[1,\n7,0,0,-1]", "[1,\n\"7\",0,0,0]"};
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        cr_assert(file_write(path, damaged[i], strlen(damaged[i]), &err), "%s", err.text);
        Lengths again = lengths_of(dataset);
        cr_expect_eq(again.n, first.n, "'%s'", damaged[i]);
    }
}
