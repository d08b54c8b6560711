#include <criterion/criterion.h>
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/storyworld/storyworld.h"
#include "data/storyworld/storyworld_lexicon.h"

static Arena *arena;
static Error err;

static void set_up(void)
{
    err = (Error){0};
    arena = arena_create("test", &err);
    cr_assert(arena);
}
static void tear_down(void)
{
    arena_destroy(arena);
}
TestSuite(storyworld, .init = set_up, .fini = tear_down, .timeout = 120);

static Documents books(int64_t seed, int64_t n, int64_t stories)
{
    const StoryworldSpec spec = {
        .part = STORYWORLD_BOOKS, .seed = seed, .books = n, .stories_per_book = stories};
    Documents documents;
    cr_assert(storyworld_documents(&documents, &spec, arena, &err), "%s", err.text);
    return documents;
}

static Examples rows(StoryworldPart part, int64_t seed, DatasetSplit split, int64_t n)
{
    const StoryworldSpec spec = {
        .part = (int)part, .seed = seed, .train = n, .validation = n, .test = n, .distance = 2};
    Examples examples;
    cr_assert(storyworld_examples(&examples, &spec, split, arena, &err), "%s", err.text);
    return examples;
}

/* --- words, sentences, stories of a corpus ------------------------------------------------------- */

typedef struct List {
    char **item;
    size_t n, room;
} List;

static void add(List *list, const char *text, size_t size)
{
    if (list->n == list->room) {
        list->room = list->room ? 2 * list->room : 1024;
        char **more = arena_alloc(arena, list->room, sizeof *more, &err);
        cr_assert(more);
        if (list->n) memcpy(more, list->item, list->n * sizeof *more);
        list->item = more;
    }
    cr_assert(list->item[list->n++] = arena_text_span(arena, text, size, &err));
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static size_t count_distinct(List list)
{
    size_t distinct = list.n > 0;
    qsort(list.item, list.n, sizeof *list.item, compare);
    for (size_t i = 1; i < list.n; i++) distinct += strcmp(list.item[i - 1], list.item[i]) != 0;
    return distinct;
}

static List stories_of(Documents documents)
{
    List stories = {0};
    for (size_t i = 0; i < documents.n; i++)
        for (const char *text = documents.items[i].text, *end; (end = strchr(text, '\n'));
             text = end + 1)
            add(&stories, text, (size_t)(end - text));
    return stories;
}

/* A sentence ends with a mark, or a mark in closing quotes, before a capital or an opening quote. */
static List sentences_of(const char *story)
{
    List sentences = {0};
    const char *begin = story;
    for (const char *c = story; *c; c++) {
        if (!strchr(".!?", *c)) continue;
        const char *end = c + 1 + (c[1] == '"');
        if (*end && (*end != ' ' || (!isupper((unsigned char)end[1]) && end[1] != '"'))) continue;
        add(&sentences, begin, (size_t)(end - begin));
        begin = end + (*end == ' ');
        c = end - 1;
    }
    return sentences;
}

/* Runs of letters. */
static List words_of(const char *text)
{
    List words = {0};
    while (*text) {
        size_t size = 0;
        while (isalpha((unsigned char)text[size])) size++;
        if (size) add(&words, text, size);
        text += size + (size == 0);
    }
    return words;
}

static bool has_word(List words, const char *word)
{
    for (size_t i = 0; i < words.n; i++)
        if (strcmp(words.item[i], word) == 0) return true;
    return false;
}

/* --- what is promised of all parts ------------------------------------------------------------------ */

Test(storyworld, gives_the_same_books_every_time_and_others_for_another_seed)
{
    Documents one = books(3, 4, 20), two = books(3, 4, 20), other = books(4, 4, 20);
    cr_assert_eq(one.n, 4);
    for (size_t i = 0; i < one.n; i++) {
        cr_assert_str_eq(one.items[i].text, two.items[i].text);
        cr_assert_eq(one.items[i].size, strlen(one.items[i].text));
        cr_assert_str_neq(one.items[i].text, other.items[i].text);
    }
}

Test(storyworld, a_book_does_not_change_when_there_are_more_books)
{
    Documents few = books(3, 2, 20), many = books(3, 5, 20);
    for (size_t i = 0; i < few.n; i++) cr_assert_str_eq(few.items[i].text, many.items[i].text);
}

Test(storyworld, gives_the_same_rows_every_time_and_others_in_every_split)
{
    for (StoryworldPart part = STORYWORLD_ACCEPTABILITY; part <= STORYWORLD_PAIRS; part++) {
        Examples one = rows(part, 5, SPLIT_TEST, 30), two = rows(part, 5, SPLIT_TEST, 30);
        Examples other = rows(part, 5, SPLIT_VALIDATION, 30);
        for (size_t i = 0; i < one.n; i++) {
            cr_assert_eq(one.items[i].label, two.items[i].label);
            cr_assert_eq(isnan(one.items[i].target), isnan(two.items[i].target));
            if (!isnan(one.items[i].target)) cr_assert_eq(one.items[i].target, two.items[i].target);
            for (int k = 0; k < one.items[i].n_texts; k++)
                cr_assert_str_eq(one.items[i].text[k], two.items[i].text[k]);
            cr_assert_str_neq(one.items[i].text[0], other.items[i].text[0]);
        }
    }
}

Test(storyworld, labels_and_targets_are_balanced)
{
    for (StoryworldPart part = STORYWORLD_ACCEPTABILITY; part <= STORYWORLD_RELATEDNESS; part++) {
        Examples examples = rows(part, 1, SPLIT_TRAIN, 300);
        bool asks_number = part == STORYWORLD_RELATEDNESS;
        int n_labels = part == STORYWORLD_ENTAILMENT ? 3 : asks_number ? 6 : 2, count[6] = {0};
        for (size_t i = 0; i < examples.n; i++) {
            const Example *row = &examples.items[i];
            cr_assert_eq(isnan(row->target), !asks_number);
            cr_assert_eq(row->label == -1, asks_number);
            count[asks_number ? (int)row->target : row->label]++;
        }
        for (int label = 0; label < n_labels; label++) cr_assert_eq(count[label], 300 / n_labels);
    }
}

Test(storyworld, rows_are_distinct_and_short)
{
    for (StoryworldPart part = STORYWORLD_ACCEPTABILITY; part <= STORYWORLD_PAIRS; part++) {
        Examples examples = rows(part, 1, SPLIT_TEST, 400);
        List texts = {0};
        for (size_t i = 0; i < examples.n; i++) {
            const Example *row = &examples.items[i];
            size_t words = words_of(row->text[0]).n, longest = 0;
            for (int k = 1; k < row->n_texts; k++) {
                size_t more = words_of(row->text[k]).n;
                longest = more > longest ? more : longest;
            }
            cr_assert_leq(words + longest, 44, "%s", row->text[0]);
            const char *whole = arena_format(arena, &err, "%s|%s", row->text[0],
                                             row->n_texts > 1 ? row->text[1] : "");
            add(&texts, whole, strlen(whole));
        }
        cr_assert_geq(count_distinct(texts), 390, "part %d", part);
    }
}

Test(storyworld, running_out_of_memory_is_an_ordinary_error)
{
    const StoryworldSpec corpus = {
        .part = STORYWORLD_BOOKS, .seed = 1, .books = 2, .stories_per_book = 3};
    const StoryworldSpec task = {.part = STORYWORLD_ENDING, .seed = 1, .train = 3};
    for (long n = 1; n < 40; n++) {
        Documents documents;
        Examples examples;
        arena_fail_at(n);
        bool made = storyworld_documents(&documents, &corpus, arena, &err) &&
                    storyworld_examples(&examples, &task, SPLIT_TRAIN, arena, &err);
        arena_fail_at(0);
        cr_assert_eq(made, err.kind == ERROR_NONE);
        error_clear(&err);
    }
}

/* --- variety ------------------------------------------------------------------------------------------ */

/* `known` is sorted and lower case. */
static void words_are_among(const char *text, List known)
{
    List words = words_of(text);
    for (size_t i = 0; i < words.n; i++) {
        char *word = words.item[i];
        word[0] = (char)tolower((unsigned char)word[0]);
        cr_assert(bsearch(&word, known.item, known.n, sizeof word, compare), "%s", word);
    }
}

Test(storyworld, books_use_more_than_six_hundred_words_and_tasks_no_others)
{
    List words = {0};
    Documents documents = books(1, 40, 100);
    for (size_t i = 0; i < documents.n; i++) {
        List more = words_of(documents.items[i].text);
        for (size_t k = 0; k < more.n; k++) {
            more.item[k][0] = (char)tolower((unsigned char)more.item[k][0]);
            add(&words, more.item[k], strlen(more.item[k]));
        }
    }
    cr_assert_geq(count_distinct(words), 600);
    for (StoryworldPart part = STORYWORLD_ENDING; part <= STORYWORLD_RELATEDNESS; part++) {
        Examples examples = rows(part, 1, SPLIT_TEST, 100);
        for (size_t i = 0; i < examples.n; i++)
            for (int k = 0; k < examples.items[i].n_texts; k++)
                words_are_among(examples.items[i].text[k], words);
    }
}

Test(storyworld, stories_differ)
{
    List stories = stories_of(books(1, 60, 100));
    cr_assert_eq(stories.n, 6000);
    cr_assert_geq(count_distinct(stories), 5995);
}

Test(storyworld, stories_are_a_few_sentences_of_varied_length)
{
    List stories = stories_of(books(2, 10, 100));
    size_t n_sentences = 0, n_words = 0, n_short = 0, n_long = 0;
    for (size_t i = 0; i < stories.n; i++) {
        List sentences = sentences_of(stories.item[i]);
        n_sentences += sentences.n;
        cr_assert_leq(sentences.n, 16, "%s", stories.item[i]);
        for (size_t k = 0; k < sentences.n; k++) {
            size_t words = words_of(sentences.item[k]).n;
            n_words += words;
            n_short += words <= 6;
            n_long += words >= 11;
        }
    }
    double per_story = (double)n_sentences / (double)stories.n,
           per_sentence = (double)n_words / (double)n_sentences;
    cr_assert(per_story > 4 && per_story < 7, "%g", per_story);
    cr_assert(per_sentence > 6 && per_sentence < 12, "%g", per_sentence);
    cr_assert_geq(n_short, n_sentences / 5);
    cr_assert_geq(n_long, n_sentences / 8);
}

/* --- what is held out ----------------------------------------------------------------------------------- */

/* Whether a sentence names a person and an object whose pair is (or is not) held out. */
static bool names_pair(const char *sentence, bool held_out)
{
    List words = words_of(sentence);
    for (int i = 0; i < LEXICON_NAMES; i++) {
        if (!has_word(words, storyworld_lexicon_names[i].name)) continue;
        for (int k = 0; k < LEXICON_OBJECTS; k++)
            if (((i + k) % 5 == 0) == held_out &&
                has_word(words, storyworld_lexicon_objects[k].noun))
                return true;
    }
    return false;
}

Test(storyworld, no_pair_of_name_and_noun_in_test_rows_stands_in_books_or_train_rows)
{
    List stories = stories_of(books(1, 8, 100));
    for (size_t i = 0; i < stories.n; i++)
        cr_assert(!names_pair(stories.item[i], true), "%s", stories.item[i]);
    for (StoryworldPart part = STORYWORLD_ACCEPTABILITY; part <= STORYWORLD_PAIRS; part++) {
        Examples train = rows(part, 1, SPLIT_TRAIN, 150), test = rows(part, 1, SPLIT_TEST, 150);
        for (size_t i = 0; i < train.n; i++)
            cr_assert(!names_pair(train.items[i].text[0], true), "%s", train.items[i].text[0]);
        for (size_t i = 0; i < test.n; i++)
            cr_assert(!names_pair(test.items[i].text[0], false), "%s", test.items[i].text[0]);
    }
}

Test(storyworld, every_acceptability_row_names_a_person_and_an_object)
{
    Examples test = rows(STORYWORLD_ACCEPTABILITY, 1, SPLIT_TEST, 300);
    for (size_t i = 0; i < test.n; i++)
        if (test.items[i].label == 1)
            cr_assert(names_pair(test.items[i].text[0], true), "%s", test.items[i].text[0]);
}

/* --- English --------------------------------------------------------------------------------------------- */

Test(storyworld, spacing_and_quotation_marks_are_right)
{
    List stories = stories_of(books(1, 20, 100));
    for (size_t i = 0; i < stories.n; i++) {
        const char *story = stories.item[i];
        size_t quotes = 0, size = strlen(story);
        cr_assert(!strstr(story, "  ") && !strstr(story, " .") && !strstr(story, " ,") &&
                      !strstr(story, ".."),
                  "%s", story);
        for (const char *c = story; *c; c++) quotes += *c == '"';
        cr_assert_eq(quotes % 2, 0, "%s", story);
        cr_assert(strchr(".!?\"", story[size - 1]), "%s", story);
        List sentences = sentences_of(story);
        for (size_t k = 0; k < sentences.n; k++)
            cr_assert(isupper((unsigned char)sentences.item[k][0]) || sentences.item[k][0] == '"',
                      "%s", sentences.item[k]);
    }
}

Test(storyworld, articles_agree_with_the_next_sound)
{
    List stories = stories_of(books(1, 20, 100));
    for (size_t i = 0; i < stories.n; i++) {
        List words = words_of(stories.item[i]);
        for (size_t k = 0; k + 1 < words.n; k++) {
            bool vowel =
                strchr("aeiou", words.item[k + 1][0]) && strcmp(words.item[k + 1], "one") != 0;
            bool hour = strcmp(words.item[k + 1], "hour") == 0;
            if (strcmp(words.item[k], "a") == 0)
                cr_assert(!vowel && !hour, "a %s", words.item[k + 1]);
            if (strcmp(words.item[k], "an") == 0)
                cr_assert(vowel || hour, "an %s", words.item[k + 1]);
        }
    }
}

Test(storyworld, he_and_she_stand_only_for_somebody_of_that_sex)
{
    List stories = stories_of(books(1, 30, 100));
    for (size_t i = 0; i < stories.n; i++) {
        List words = words_of(stories.item[i]);
        bool named[2] = {false, false};
        for (int k = 0; k < LEXICON_NAMES; k++)
            if (has_word(words, storyworld_lexicon_names[k].name))
                named[storyworld_lexicon_names[k].female] = true;
        bool he = has_word(words, "he") || has_word(words, "him") || has_word(words, "his") ||
                  has_word(words, "himself");
        bool she = has_word(words, "she") || has_word(words, "her") || has_word(words, "herself");
        cr_assert((!he || named[false]) && (!she || named[true]), "%s", stories.item[i]);
    }
}

Test(storyworld, was_and_were_agree_with_the_object)
{
    List stories = stories_of(books(1, 30, 100));
    for (size_t i = 0; i < stories.n; i++) {
        List words = words_of(stories.item[i]);
        for (size_t k = 0; k + 1 < words.n; k++)
            for (int o = 0; o < LEXICON_OBJECTS; o++) {
                if (strcmp(words.item[k], storyworld_lexicon_objects[o].noun) != 0) continue;
                const char *wrong = storyworld_lexicon_objects[o].plural ? "was" : "were";
                cr_assert_str_neq(words.item[k + 1], wrong, "%s", stories.item[i]);
            }
    }
}

Test(storyworld, no_word_stands_twice_in_a_row)
{
    List stories = stories_of(books(1, 30, 100));
    for (size_t i = 0; i < stories.n; i++) {
        List words = words_of(stories.item[i]);
        for (size_t k = 0; k + 1 < words.n; k++) {
            if (strcmp(words.item[k], words.item[k + 1]) != 0) continue;
            const char *twice = arena_format(arena, &err, " %s %s", words.item[k], words.item[k]);
            cr_assert(!strstr(stories.item[i], twice), "%s", stories.item[i]);
        }
    }
}
