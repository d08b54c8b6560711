#include "report/page/page.h"

#include <criterion/criterion.h>
#include <string.h>

#include "../outcome_rig.h"
#include "data/dataset/dataset_manifest.h"

TestSuite(page, .init = outcome_rig_begin, .fini = outcome_rig_end);

static bool by_cell(int cell, int task, int seed, int example)
{
    (void)task, (void)seed;
    return example % 10 < (cell == 0 ? 9 : 7);
}

static Buffer write_outcome(const Outcome *outcome, void (*change)(Numbers *numbers))
{
    Error err = {0};
    Evidence evidence;
    Result *result = outcome_rig_result(outcome);
    cr_assert(outcome_rig_evidence(&evidence, outcome));
    if (change) change(&result->findings.numbers);
    Buffer page = buffer_create(outcome_rig_arena());
    cr_assert(page_write(&page, result, &evidence, "TABLE\n", &err), "%s", err.text);
    return page;
}

static Buffer write(const char *sample)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 2, 3, 100, by_cell});
    outcome->pretrains[0].sample.left_to_right = sample;
    return write_outcome(outcome, NULL);
}

static void expect(const Buffer *page, const char *part)
{
    cr_expect(strstr(page->data, part), "no '%s' in\n%s", part, page->data);
}

Test(page, gives_the_verdict_with_its_scale_and_effect)
{
    Buffer page = write("x");
    expect(&page, "**Supported** at scale `tiny`: *reading first helps.* “full” against “scratch”: "
                  "test score, all tasks: +20.0 points, 95 % interval +");
    expect(&page, "\n- beta: supported, +20.0 points");
}

/* As if it had been so before. */
static bool alike(int cell, int task, int seed, int example)
{
    (void)task, (void)seed;
    return example % 10 < 7 + (cell == 0 && example == 8);
}

Test(page, says_what_moved_since_the_version_before)
{
    Error err = {0};
    Result *result = outcome_rig_result(outcome_rig_make(&(OutcomeRigPlan){2, 2, 3, 100, by_cell}));
    Buffer page = buffer_create(outcome_rig_arena());
    result->version = "v002";
    result->before = outcome_rig_result(outcome_rig_make(&(OutcomeRigPlan){2, 2, 3, 100, alike}));
    cr_assert(page_write(&page, result, NULL, "TABLE\n", &err), "%s", err.text);
    expect(&page, "\nv001 → v002, thresholds and verdicts that moved:\n\n- claim `transfer`: ");
    expect(&page, " → supported, because the effect went from “");
}

Test(page, says_nothing_of_a_version_before_with_the_same_verdicts)
{
    Error err = {0};
    Result *result = outcome_rig_result(outcome_rig_make(&(OutcomeRigPlan){2, 2, 3, 100, by_cell}));
    Buffer page = buffer_create(outcome_rig_arena());
    result->before = outcome_rig_result(outcome_rig_make(&(OutcomeRigPlan){2, 2, 3, 100, by_cell}));
    cr_assert(page_write(&page, result, NULL, "TABLE\n", &err), "%s", err.text);
    cr_expect_null(strstr(page.data, "that moved"));
}

Test(page, says_how_to_do_it_again)
{
    Buffer page = write("x");
    expect(&page, "\n    make experiment NAME=rig SCALE=tiny\n");
}

Test(page, names_no_version_of_stages_that_is_its_own)
{
    Buffer page = write("x");
    cr_expect_null(strstr(page.data, "stages run by"));
}

Test(page, sampled_text_is_indented_and_wrapped)
{
    char text[301];
    for (int i = 0; i < 300; i++) text[i] = i % 10 == 9 ? ' ' : 'a';
    text[300] = '\0';
    Buffer page = write(text);
    expect(&page, "\n    aaaaaaaaa aaaaaaaaa");
    for (const char *line = page.data; line; line = strchr(line + 1, '\n'))
        if (!strncmp(line, "\n    aaa", 8)) cr_expect_leq(strcspn(line + 1, "\n"), 4 + 96);
}

Test(page, line_breaks_of_sampled_text_stay_and_its_end_is_trimmed)
{
    Buffer page = write("[the] cat .\nit sat .\n\n# no heading\n\n \n");
    expect(&page, ":\n\n    [the] cat .\n    it sat .\n\n    # no heading\n\n## Doing it again");
}

static void select_rates(Numbers *numbers)
{
    static const char *labels[] = {"learning_rate=0.0001", "learning_rate=0.001"};
    static double scores[] = {0.5871, 0.6123};
    static NumbersSelection rows[] = {
        {"full", "beta", "learning_rate=0.001", {2, labels}, {2, scores}}};
    numbers->selections = (SpecList){1, rows};
}

Test(page, says_what_was_selected_among_what)
{
    static const char select[] = "{\"finetune.learning_rate\": [0.0001, 0.001]}";
    Error err = {0};
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 2, 3, 100, by_cell});
    ((Experiment *)outcome->plan->experiment)->select =
        json_parse_text(select, strlen(select), "select", outcome_rig_arena(), &err);
    Buffer page = write_outcome(outcome, select_rates);
    expect(&page, "the same candidates (learning rate 0.0001; learning rate 0.001), whose");
    expect(&page, "| full | | learning rate 0.001 (58.7, 61.2) |\n| scratch | | |\n");
}

static void cut_some(Numbers *numbers)
{
    static NumbersTruncation rows[] = {{"full", "alpha", 64, 3, 10, 1, 100, 5},
                                       {"full", "beta", 64, 1, 10, 0, 100, 0},
                                       {"scratch", "alpha", 64, 3, 10, 1, 100, 5},
                                       {"scratch", "beta", 64, 2, 10, 0, 100, 0}};
    numbers->truncations = (SpecList){4, rows};
}

Test(page, counts_cut_sequences_once_where_cells_agree)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 2, 3, 100, by_cell});
    Buffer page = write_outcome(outcome, cut_some);
    expect(&page, "- alpha: 3 of 64 training, 1 of 10 validation and 5 of 100 test sequences\n"
                  "- beta, full: 1 of 64");
    expect(&page, "- beta, scratch: 2 of 64");
}

Test(page, names_runs_that_gave_one_answer_to_all)
{
    double same[100] = {0};
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 2, 3, 100, by_cell});
    outcome_rig_predict(outcome, 1, 0, 2, same);
    outcome->runs[(1 * 2 + 0) * 3 + 2].test.degenerate = true;
    Buffer page = write_outcome(outcome, NULL);
    expect(&page, "\n- scratch, alpha: 1 of 3 seeds\n");
}

Test(page, an_experiment_without_fine_tuning_has_its_page)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 0, 1, 0, by_cell});
    ((Experiment *)outcome->plan->experiment)->n_claims = 0;
    Buffer page = write_outcome(outcome, NULL);
    expect(&page, "\n## What was measured\n\nTABLE\n");
    cr_expect_null(strstr(page.data, "## Scores"));
}

/* --- which classes were answered for which ------------------------------------------------------- */

/* The rig's tasks have classes of these names, its cells are variants. */
static Outcome *with_labels(const char *const *labels, int n_labels, int n_seeds)
{
    static const char *variants[] = {"full", "scratch"};
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 2, n_seeds, 100, by_cell});
    ((Experiment *)outcome->plan->experiment)->variants = (TextList){2, variants};
    DatasetInfo *info = (DatasetInfo *)outcome->plan->tasks[1].info;
    info->label_names = labels;
    info->n_labels = n_labels;
    return outcome;
}

Test(page, of_two_classes_gives_the_share_of_each_that_was_answered_right)
{
    static const char *const labels[] = {"sad|", "happy"};
    Buffer page = write_outcome(with_labels(labels, 2, 3), NULL);
    expect(&page,
           "\n## What was answered\n\nTwo classes: the share of each one's test examples, in "
           "%, that was answered right, over 3 seeds.\n\n| | class | full | scratch |\n"
           "|---|---|---:|---:|\n"
           "| beta | sad\\| | 100.0 | 80.0 |\n| | happy | 80.0 | 60.0 |\n");
    cr_expect_null(strstr(page.data, "| alpha | sad"), "its classes are not known");
}

Test(page, of_more_classes_gives_all_answers)
{
    static const char *const labels[] = {"no", "yes", "maybe"};
    Outcome *outcome = with_labels(labels, 3, 1);
    double *predicted = outcome->runs[1].test.predicted;
    for (int e = 0; e < 100; e += 10) predicted[e] = 2;
    outcome_rig_predict(outcome, 0, 1, 0, predicted);
    Buffer page = write_outcome(outcome, NULL);
    expect(&page,
           "beta: its test examples by their class (rows) and by what was answered "
           "(columns), of one seed.\n\n| | class | no | yes | maybe |\n|---|---|---:|---:|---:|\n"
           "| full | no | **40** | 0 | 10 |\n| | yes | 10 | **40** | 0 |\n"
           "| | maybe | 0 | 0 | **0** |\n| scratch | no | **40** | 10 | 0 |\n");
}

Test(page, without_names_of_classes_there_is_nothing_on_them)
{
    Buffer page = write("x");
    cr_expect_null(strstr(page.data, "What was answered"));
}

/* --- what was told apart without fine-tuning ------------------------------------------------------ */

static double right_by(int cell, int point, int unit)
{
    return point == 1 && unit % 10 < 6 + 2 * cell ? unit % 2 : 1 - unit % 2;
}

/* Two models did the rig's second task, whose examples are of two kinds: 10 of one, then 30 of the other. */
static Outcome *with_facets(void)
{
    static int of[40];
    static const char *values[] = {"agreement|", "islands"}, *sets[] = {"one"};
    static int all[40];
    static Facet facets[] = {{"phenomenon", {2, values}, of}, {"set", {1, sets}, all}};
    for (int u = 0; u < 40; u++) of[u] = u >= 10;
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 2, 1, 100, by_cell});
    for (int cell = 0; cell < 2; cell++) {
        outcome_rig_probe(outcome, PROBE_ZERO_SHOT, cell, 1, 2, 40, right_by);
        outcome->probes[cell].facets = (Facets){2, facets};
    }
    return outcome;
}

Test(page, gives_the_share_that_was_right_by_what_examples_are_counted_by)
{
    Buffer page = write_outcome(with_facets(), NULL);
    expect(
        &page,
        "\nbeta: the share of its examples, in %, that were right at the end of pre-training, by "
        "phenomenon\n\n| phenomenon | examples | full |\n|---|---:|---:|\n"
        "| agreement\\| | 10 | 60.0 |\n| islands | 30 | 60.0 |\n");
    expect(&page, "\n<details><summary>by set</summary>\n\n| set | examples | full |\n"
                  "|---|---:|---:|\n| one | 40 | 60.0 |\n\n</details>\n");
    cr_expect_null(strstr(page.data, "alpha: the share of its examples"));
}

Test(page, has_the_scores_of_others_with_where_they_stand)
{
    static const DatasetOther others[] = {{"LSTM", "Someone 2020", 70.06},
                                          {"GPT-2", "Someone 2020", 83.3}};
    Outcome *outcome = with_facets();
    DatasetInfo *info = (DatasetInfo *)outcome->plan->tasks[1].info;
    info->zero_shot.others = (SpecList){2, (void *)others};
    Buffer page = write_outcome(outcome, NULL);
    expect(
        &page,
        "\nScores of others on beta, without fine-tuning: LSTM 70.1, GPT-2 83.3 (Someone 2020).\n");
}

/* The cell is of this architecture. */
static void build_by(Outcome *outcome, int at, const char *architecture)
{
    Error err = {0};
    Arena *arena = outcome_rig_arena();
    ExperimentCell *cell = (ExperimentCell *)&outcome->plan->experiment->cells[at];
    const char *settings =
        arena_format(arena, &err, "{\"model\": {\"architecture\": \"%s\"}}", architecture);
    cr_assert_not_null(settings);
    cell->json = json_parse_text(settings, strlen(settings), "settings", arena, &err);
    cr_assert_not_null(cell->json, "%s", err.text);
}

Test(page, says_how_text_was_written_where_it_is_not_by_next_tokens)
{
    static const struct {
        const char *architecture, *way;
    } cases[] = {
        {"gpt", "likeliest tokens:\n\n    [the] cat"},
        {"lstm", "likeliest tokens:\n\n    [the] cat"},
        {"bert", "likeliest tokens, from left to right, each guessed under a mask at the end of "
                 "the text so far:\n\n"},
        {"t5",
         "likeliest tokens, told by the decoder for a sentinel at the end of the text so far, "
         "span by span:\n\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 2, 3, 100, by_cell});
        outcome->pretrains[0].sample.left_to_right = "[the] cat";
        build_by(outcome, 0, cases[i].architecture);
        Buffer page = write_outcome(outcome, NULL);
        expect(&page, cases[i].way);
    }
}

Test(page, says_how_each_wrote_and_what_perplexities_are_of_where_models_differ)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){3, 1, 3, 100, by_cell});
    const Experiment *experiment = outcome->plan->experiment;
    outcome->pretrains[2].key = "another";
    outcome->pretrains[2].held_out_bits_per_byte = 2;
    Buffer page = write_outcome(outcome, NULL);
    cr_expect_null(strstr(page.data, "each given those before it"));
    cr_expect_null(strstr(page.data, "of next tokens"));
    build_by(outcome, 0, "bert");
    outcome_rig_objective(experiment, 0, "masked-lm");
    page = write_outcome(outcome, NULL);
    expect(&page, "perplexity 60.0, of hidden tokens. Its words after");
    expect(&page, "perplexity 60.0 a token, 2.000 bits a byte. Its words after");
    expect(&page, "likeliest tokens, each given those before it:\n\n    [the] end of it .\n");
}

Test(page, text_by_gibbs_sampling_stands_below_that_from_left_to_right)
{
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){2, 1, 3, 100, by_cell});
    Buffer page = write_outcome(outcome, NULL);
    cr_expect_null(strstr(page.data, "Gibbs"));
    outcome->pretrains[0].sample = (SampleTexts){"[the] cat", "[the] dog", 7};
    build_by(outcome, 0, "bert");
    page = write_outcome(outcome, NULL);
    expect(&page,
           ":\n\n    [the] cat\n\nThe same model by Gibbs sampling (Wang and Cho 2019): all words "
           "are masks at first, then each is guessed anew 7 times, given all others, those "
           "behind it too:\n\n    [the] dog\n\n## Doing it again");
}

Test(page, says_how_models_were_asked_where_one_does_not_read_from_left_to_right)
{
    Outcome *outcome = with_facets();
    Buffer page = write_outcome(outcome, NULL);
    cr_expect_null(strstr(page.data, "each model is asked"));
    build_by(outcome, 0, "encoder");
    page = write_outcome(outcome, NULL);
    expect(&page, "\nHow likely a text is, each model is asked as it was trained: “full” for the "
                  "pseudo-log-likelihood, each token given all others, those behind it too");
}

Test(page, models_that_are_asked_alike_are_told_of_once)
{
    static const char *const kinds[] = {"bert", "gpt", "encoder"};
    Outcome *outcome = outcome_rig_make(&(OutcomeRigPlan){3, 2, 1, 100, by_cell});
    for (int cell = 0; cell < 3; cell++) {
        build_by(outcome, cell, kinds[cell]);
        outcome->pretrains[cell] = outcome->pretrains[0];
        outcome_rig_probe(outcome, PROBE_ZERO_SHOT, cell, 1, 2, 40, right_by);
    }
    outcome->pretrains[1].key = "another";
    outcome->pretrains[2].key = "a third";
    Buffer page = write_outcome(outcome, NULL);
    expect(&page, ": “full”, “third” for the pseudo-log-likelihood, each token given all others, "
                  "those behind it too; “scratch” for the log-likelihood, each token given those "
                  "before it.\n");
}
