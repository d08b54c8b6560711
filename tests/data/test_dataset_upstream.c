/* The committed manifests of data that has to be downloaded, on small files of the same layout: the
 * manifest is changed only in the hash of its archive and in the numbers of rows. Every split that it
 * names is read: nothing else would show a wrong name of a member. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/json.h"
#include "dataset_fixture.h"

TestSuite(dataset_upstream, .init = dataset_fixture_set_up, .fini = dataset_fixture_tear_down);

enum { MOST_MEMBERS = 8 };

/* --- the manifest, made small ------------------------------------------------------------------- */

static Json *set(Json *object, const char *key, Json *value)
{
    cr_assert(json_set(object, key, value, &dataset_fixture.err));
    return value;
}

static Json *integer(int64_t value)
{
    return json_new_integer(value, dataset_fixture.arena, &dataset_fixture.err);
}

/* The source of the training rows has n_train rows, that of any other split n_rows; as many are
 * carved where validation has no source. */
static void shrink_splits(Json *splits, int n_train, int n_rows)
{
    Json *validation = json_get(splits, "validation");
    bool carved = json_get(validation, "carved_rows") != NULL;
    if (carved) set(validation, "carved_rows", integer(n_rows));
    for (size_t s = 0; s < json_size(splits); s++) {
        const char *name;
        Json *split;
        json_member(splits, s, &name, &split);
        bool train = strcmp(name, "train") == 0;
        int n = train ? n_train : n_rows;
        Json *sources = json_get(split, "sources");
        if (sources) set(json_at(sources, 0), "rows", integer(n));
        set(split, "rows", integer(train && carved ? n - n_rows : n));
    }
}

/* datasets/NAME.json for an archive with these members (names and texts in turn, up to NULL), of
 * which the training split's hold n_train rows, and those of each other split n_rows. */
static void write_small(const char *name, int n_train, int n_rows, const char *const *members)
{
    DatasetFixture *f = &dataset_fixture;
    const char *names[MOST_MEMBERS], *texts[MOST_MEMBERS];
    char path[64], archive[128];
    HashText digest;
    int n = 0;
    for (; members[2 * n]; n++) {
        names[n] = members[2 * n];
        texts[n] = members[2 * n + 1];
    }
    snprintf(path, sizeof path, "datasets/%s.json", name);
    Json *manifest = json_parse_file(path, f->arena, &f->err);
    cr_assert(manifest, "%s", f->err.text);
    Json *file = json_at(json_get(manifest, "files"), 0);
    snprintf(archive, sizeof archive, "mirror/%s", json_text(json_get(file, "path")));
    dataset_fixture_write_tar(archive, names, texts, n, 0);
    cr_assert(hash_file(&digest, file_join(f->arena, f->folder, archive, &f->err), &f->err));
    set(file, "sha256", json_new_text(digest.text, f->arena, &f->err));
    json_remove(file, "bytes");
    shrink_splits(json_get(manifest, "splits"), n_train, n_rows);
    dataset_fixture_write_manifest(name, "%s", json_print(manifest, f->arena, &f->err));
}

static Examples read_split(const char *name, DatasetSplit split)
{
    DatasetFixture *f = &dataset_fixture;
    Examples examples;
    cr_assert(dataset_examples(&examples, dataset_fixture_open(name), split, f->arena, &f->err),
              "%s", f->err.text);
    return examples;
}

static void expect_row(const Example *row, int label, const char *first, const char *second)
{
    cr_expect_eq(row->label, label);
    cr_expect_str_eq(row->text[0], first);
    cr_expect_str_eq(row->text[1], second);
}

static void expect_sentence(const Example *row, int label, const char *text)
{
    cr_expect_eq(row->label, label);
    cr_expect_eq(row->n_texts, 1);
    cr_expect_str_eq(row->text[0], text);
}

/* --- GLUE: of two training rows, their hash carves one for validation --------------------------- */

#define MNLI_HEAD(labels)                                                                          \
    "index\tpromptID\tpairID\tgenre\tsentence1_binary_parse\tsentence2_binary_parse\t"             \
    "sentence1_parse\tsentence2_parse\tsentence1\tsentence2" labels "\n"
#define MNLI_ROW(prompt, second, labels)                                                           \
    "0\t" prompt "\t31n\tfiction\t( x )\t( y )\t(X x)\t(Y y)\tA \"dog.\t" second labels "\n"

static void expect_mnli(const char *name, const char *dev, const char *test)
{
    const char *const members[] = {
        "MNLI/train.tsv",
        MNLI_HEAD("\tlabel1\tgold_label") MNLI_ROW("31", "A cat.", "\tneutral\tneutral")
            MNLI_ROW("32", "A pet.", "\tentailment\tentailment"),
        dev,
        MNLI_HEAD("\tlabel1\tlabel2\tlabel3\tlabel4\tlabel5\tgold_label")
            MNLI_ROW("31", "No dog.",
                     "\tneutral\tneutral\tentailment\tcontradiction\tcontradiction\tcontradiction"),
        test,
        MNLI_HEAD("") MNLI_ROW("31", "A bird.", ""),
        NULL,
    };
    write_small(name, 2, 1, members);
    expect_row(&read_split(name, SPLIT_TRAIN).items[0], 0, "A \"dog.", "A pet.");
    expect_row(&read_split(name, SPLIT_VALIDATION).items[0], 1, "A \"dog.", "A cat.");
    expect_row(&read_split(name, SPLIT_TEST).items[0], 2, "A \"dog.", "No dog.");
    expect_row(&read_split(name, SPLIT_SUBMISSION).items[0], -1, "A \"dog.", "A bird.");
}

Test(dataset_upstream, multinli_matched)
{
    expect_mnli("mnli-matched", "MNLI/dev_matched.tsv", "MNLI/test_matched.tsv");
}

Test(dataset_upstream, multinli_mismatched)
{
    expect_mnli("mnli-mismatched", "MNLI/dev_mismatched.tsv", "MNLI/test_mismatched.tsv");
}

Test(dataset_upstream, qnli)
{
#define QNLI_HEAD "index\tquestion\tsentence\tlabel\n"
    static const char *const members[] = {
        "QNLI/train.tsv",
        QNLI_HEAD "0\tWho?\tHe.\tentailment\n1\tWhich?\tShe.\tnot_entailment\n",
        "QNLI/dev.tsv",
        QNLI_HEAD "0\tWhen?\tHe.\tnot_entailment\n",
        "QNLI/test.tsv",
        "index\tquestion\tsentence\n0\tWhy?\tHe.\n",
        NULL,
    };
    write_small("qnli", 2, 1, members);
    expect_row(&read_split("qnli", SPLIT_TRAIN).items[0], 1, "Which?", "She.");
    expect_row(&read_split("qnli", SPLIT_VALIDATION).items[0], 0, "Who?", "He.");
    expect_row(&read_split("qnli", SPLIT_TEST).items[0], 1, "When?", "He.");
    expect_row(&read_split("qnli", SPLIT_SUBMISSION).items[0], -1, "Why?", "He.");
}

Test(dataset_upstream, qqp)
{
#define QQP_HEAD "id\tqid1\tqid2\tquestion1\tquestion2\tis_duplicate\n"
    static const char *const members[] = {
        "QQP/train.tsv",
        QQP_HEAD "133273\t213221\t213222\tHow?\tWhy?\t1\n4\t5\t6\tWhose?\tWhat?\t0\n",
        "QQP/dev.tsv",
        QQP_HEAD "7\t8\t9\tWho?\tWhen?\t0\n",
        "QQP/test.tsv",
        "id\tquestion1\tquestion2\n0\tWould it?\tWhich?\n",
        NULL,
    };
    write_small("qqp", 2, 1, members);
    expect_row(&read_split("qqp", SPLIT_TRAIN).items[0], 0, "Whose?", "What?");
    expect_row(&read_split("qqp", SPLIT_VALIDATION).items[0], 1, "How?", "Why?");
    expect_row(&read_split("qqp", SPLIT_TEST).items[0], 0, "Who?", "When?");
    expect_row(&read_split("qqp", SPLIT_SUBMISSION).items[0], -1, "Would it?", "Which?");
}

Test(dataset_upstream, cola_names_its_columns_only_in_the_rows_to_submit)
{
    static const char *const members[] = {
        "CoLA/train.tsv",
        "gj04\t0\t*\tHe \"sneezed the book.\nbc01\t1\t\tShe read it.\n",
        "CoLA/dev.tsv",
        "gj04\t1\t\tThe dog barked.\n",
        "CoLA/test.tsv",
        "index\tsentence\n0\tThe cat purred.\n",
        NULL,
    };
    write_small("cola-glue", 2, 1, members);
    expect_sentence(&read_split("cola-glue", SPLIT_TRAIN).items[0], 1, "She read it.");
    expect_sentence(&read_split("cola-glue", SPLIT_VALIDATION).items[0], 0,
                    "He \"sneezed the book.");
    expect_sentence(&read_split("cola-glue", SPLIT_TEST).items[0], 1, "The dog barked.");
    expect_sentence(&read_split("cola-glue", SPLIT_SUBMISSION).items[0], -1, "The cat purred.");
}

Test(dataset_upstream, stsb_has_scores_but_for_the_rows_to_submit)
{
#define STSB_HEAD "index\tgenre\tfilename\tyear\told_index\tsource1\tsource2\tsentence1\tsentence2"
#define STSB_ROW  "0\tmain-captions\tMSRvid\t2012test\t0001\tnone\tnone\tA \"dog.\t"
    static const char *const members[] = {
        "STS-B/train.tsv",
        STSB_HEAD "\tscore\n" STSB_ROW "A cat.\t5.000\n" STSB_ROW "A pet.\t2.500\n",
        "STS-B/dev.tsv",
        STSB_HEAD "\tscore\n" STSB_ROW "A bird.\t0.125\n",
        "STS-B/test.tsv",
        STSB_HEAD "\n" STSB_ROW "A cow.\n",
        NULL,
    };
    write_small("stsb-glue", 2, 1, members);
    Examples train = read_split("stsb-glue", SPLIT_TRAIN),
             validation = read_split("stsb-glue", SPLIT_VALIDATION),
             test = read_split("stsb-glue", SPLIT_TEST),
             submission = read_split("stsb-glue", SPLIT_SUBMISSION);
    expect_row(&train.items[0], -1, "A \"dog.", "A pet.");
    cr_expect_eq(train.items[0].target, 2.5);
    expect_row(&validation.items[0], -1, "A \"dog.", "A cat.");
    cr_expect_eq(validation.items[0].target, 5.0);
    expect_row(&test.items[0], -1, "A \"dog.", "A bird.");
    cr_expect_eq(test.items[0].target, 0.125);
    expect_row(&submission.items[0], -1, "A \"dog.", "A cow.");
    cr_expect(isnan(submission.items[0].target));
}

/* --- SNLI and SciTail: validation rows are published -------------------------------------------- */

Test(dataset_upstream, snli_leaves_out_pairs_without_a_majority)
{
#define PAIR(label, first, second)                                                                 \
    "{\"annotator_labels\": [\"neutral\"], \"captionID\": \"c\", \"gold_label\": \"" label         \
    "\", \"pairID\": \"p\", \"sentence1\": \"" first "\", \"sentence2\": \"" second "\"}\n"
    static const char *const members[] = {
        "snli_1.0/snli_1.0_train.jsonl",
        PAIR("-", "x", "y") PAIR("contradiction", "A man.", "No man."),
        "snli_1.0/snli_1.0_dev.jsonl",
        PAIR("neutral", "A man.", "A tall man.") PAIR("-", "x", "y"),
        "snli_1.0/snli_1.0_test.jsonl",
        PAIR("entailment", "A man.", "One man."),
        NULL,
    };
    write_small("snli", 1, 1, members);
    expect_row(&read_split("snli", SPLIT_TRAIN).items[0], 2, "A man.", "No man.");
    expect_row(&read_split("snli", SPLIT_VALIDATION).items[0], 1, "A man.", "A tall man.");
    expect_row(&read_split("snli", SPLIT_TEST).items[0], 0, "A man.", "One man.");
}

Test(dataset_upstream, scitail)
{
    static const char *const members[] = {
        "SciTailV1.1/snli_format/scitail_1.0_train.txt",
        PAIR("entails", "Pluto rotates.", "Pluto turns."),
        "SciTailV1.1/snli_format/scitail_1.0_dev.txt",
        PAIR("neutral", "Pluto rotates.", "Venus turns."),
        "SciTailV1.1/snli_format/scitail_1.0_test.txt",
        PAIR("neutral", "Pluto rotates.", "Mars turns."),
        NULL,
    };
    write_small("scitail", 1, 1, members);
    expect_row(&read_split("scitail", SPLIT_TRAIN).items[0], 1, "Pluto rotates.", "Pluto turns.");
    expect_row(&read_split("scitail", SPLIT_VALIDATION).items[0], 0, "Pluto rotates.",
               "Venus turns.");
    expect_row(&read_split("scitail", SPLIT_TEST).items[0], 0, "Pluto rotates.", "Mars turns.");
}

/* --- RACE: a file a passage, of two schools ----------------------------------------------------- */

#define PASSAGE(id, text, q1, q2)                                                                  \
    "{\"answers\": [\"B\", \"D\"], \"options\": [[\"a\", \"b\", \"c\", \"d\"], [\"e\", \"f\", "    \
    "\"g\", \"h\"]], \"questions\": [\"" q1 "\", \"" q2 "\"], \"article\": \"" text                \
    "\", \"id\": \"" id "\"}"

static const char *const race[] = {
    "RACE/train/middle/1.txt",
    PASSAGE("middle1.txt", "Text one.", "Who?", "It is _ ."),
    "RACE/train/high/1.txt",
    PASSAGE("high1.txt", "Text two.", "When?", "Why?"),
    "RACE/dev/middle/4.txt",
    PASSAGE("middle4.txt", "Text five.", "Whom?", "Whose?"),
    "RACE/dev/high/5.txt",
    PASSAGE("high5.txt", "Text six.", "How many?", "How much?"),
    "RACE/test/middle/2.txt",
    PASSAGE("middle2.txt", "Text three.", "How?", "Where?"),
    "RACE/test/high/3.txt",
    PASSAGE("high3.txt", "Text four.", "Which?", "What?"),
    NULL,
};

Test(dataset_upstream, race_has_a_row_a_question_in_the_order_of_the_names)
{
    write_small("race", 4, 4, race);
    Examples train = read_split("race", SPLIT_TRAIN),
             validation = read_split("race", SPLIT_VALIDATION),
             test = read_split("race", SPLIT_TEST);
    cr_expect_str_eq(train.items[0].id, "high1.txt:1");
    cr_expect_str_eq(train.items[3].id, "middle1.txt:2");
    expect_row(&train.items[3], 3, "Text one. It is _ .", "e");
    cr_expect_eq(train.items[3].n_texts, 5);
    expect_row(&validation.items[0], 1, "Text six. How many?", "a");
    expect_row(&validation.items[3], 3, "Text five. Whose?", "e");
    expect_row(&test.items[0], 1, "Text four. Which?", "a");
    expect_row(&test.items[3], 3, "Text three. Where?", "e");
}

/* One school's validation and test rows; the training rows are those of both. */
static void expect_school(const char *name, const char *validation, const char *test)
{
    write_small(name, 4, 2, race);
    Examples train = read_split(name, SPLIT_TRAIN);
    cr_expect_str_eq(train.items[0].id, "high1.txt:1");
    cr_expect_str_eq(train.items[3].id, "middle1.txt:2");
    expect_row(&read_split(name, SPLIT_VALIDATION).items[0], 1, validation, "a");
    expect_row(&read_split(name, SPLIT_TEST).items[0], 1, test, "a");
}

Test(dataset_upstream, race_of_one_school_is_tested_there_and_trained_on_both)
{
    expect_school("race-high", "Text six. How many?", "Text four. Which?");
    expect_school("race-middle", "Text five. Whom?", "Text three. How?");
}
