#include "report/paper/paper.h"

#include <criterion/criterion.h>
#include <string.h>

#include "../outcome_rig.h"
#include "../scratch_folder.h"
#include "base/file.h"
#include "report/paper/paper_results.h"
#include "results_rig.h"

TestSuite(paper, .init = outcome_rig_begin, .fini = outcome_rig_end);

static PaperPlaces places_of(const char *results)
{
    Error err = {0};
    char *folder = arena_text(outcome_rig_arena(), scratch_folder_path("paper"), &err);
    return (PaperPlaces){.results = results,
                         .experiments = "experiments",
                         .data = {.manifests = "datasets", .downloads = "build/data"},
                         .out = folder};
}

static void write_paper(const char *scale)
{
    Error err = {0};
    PaperPlaces places = places_of("results");
    places.scale = scale;
    cr_assert(paper_write(&places, outcome_rig_arena(), &err), "%s", err.text);
}

static void expect(const char *file, const char *part)
{
    const char *text = scratch_folder_read(file);
    cr_expect(strstr(text, part), "no '%s' in %s:\n%.2000s", part, file, text);
}

/* --- the committed results ------------------------------------------------------------------------- */

static int n_words(const char *text, const char *word)
{
    int n = 0;
    for (const char *at = text; (at = strstr(at, word)) != NULL; at++) n++;
    return n;
}

static void has_its_parts(const char *version)
{
    Error err = {0};
    Result result;
    Arena *arena = outcome_rig_arena();
    cr_assert(result_read(&result, version, arena, &err), "%s", err.text);
    const char *name = result.experiment->name;
    expect(arena_format(arena, &err, "paper/questions/%s.tex", name),
           arena_format(arena, &err, "\\questiontitle{%s}", name));
    expect(arena_format(arena, &err, "paper/tables/%s.tex", name), "\\toprule");
    expect(arena_format(arena, &err, "paper/tables/%s.html", name), "<th scope=\"row\">");
    expect("paper/provenance.tex", arena_format(arena, &err, "\\provenancetitle{%s}", name));
}

Test(paper, shows_every_experiment_that_has_a_result)
{
    write_paper(NULL);
    cr_assert_geq(results_rig_each(has_its_parts), 15);
}

Test(paper, its_numbers_are_those_of_the_results)
{
    Error err = {0};
    Result result;
    Arena *arena = outcome_rig_arena();
    write_paper("tiny");
    const char *version = strstr(scratch_folder_read("paper/values.tsv"), "quickstart/version\t") +
                          strlen("quickstart/version\t");
    char *folder = arena_format(arena, &err, "results/quickstart/tiny/%.4s", version);
    cr_assert(result_read(&result, folder, arena, &err), "%s", err.text);
    const NumbersClaim *claims = result.numbers->claims.items;
    const NumbersClaim *whole = &claims[result.numbers->claims.n - 1];
    expect("paper/values.tsv",
           arena_format(arena, &err,
                        "quickstart/scratch/effect\t%+.1f points, 95 %% interval %+.1f "
                        "to %+.1f\tquickstart\n",
                        100 * whole->mean, 100 * whole->low, 100 * whole->high));
    expect("paper/values.tex", "\\definemeasured{quickstart/scratch/effect}{");
}

Test(paper, its_ledger_has_a_row_a_claim_and_counts_them)
{
    write_paper("tiny");
    const char *ledger = scratch_folder_read("paper/ledger.tex");
    const int n = n_words(ledger, "\\verdict{");
    cr_expect_geq(n, 24);
    const char *verdicts[] = {"supported", "contradicted", "undecided"};
    for (size_t i = 0; i < 3; i++) {
        Error err = {0};
        char *word = arena_format(outcome_rig_arena(), &err, "\\verdict{%s}", verdicts[i]);
        expect("paper/values.tsv", arena_format(outcome_rig_arena(), &err, "claims/%s\t%d\t\n",
                                                verdicts[i], n_words(ledger, word)));
    }
    cr_expect_null(strstr(ledger, ", small "), "another scale:\n%s", ledger);
}

/* From manifests, and from the experiment. */
Test(paper, puts_the_originals_numbers_beside_ours)
{
    write_paper("tiny");
    expect("paper/tables/tasks-original-1.tex", "\\textit{82.1} & \\textit{81.4} & \\textit{89.9}");
    expect("paper/tables/tasks-original-1.tex", "storyworld-\\\\entailment");
    expect("paper/tables/table5-original-1.html", "<em>45.4</em>");
    expect("paper/tables/table5-original-1-notes.tex", "What is blank was not measured");
}

Test(paper, takes_its_figures_with_their_values)
{
    write_paper("tiny");
    expect("paper/figures/quickstart-scores.svg",
           "<title>pre-trained, storyworld-ending: 58.7 [55.3, 62.0]</title></circle>");
    expect("paper/figures/quickstart-scores.csv", "pre-trained");
    expect("paper/questions/quickstart.tex", "\\drawing{quickstart}{scores}{Test scores}{Scores");
}

Test(paper, leaves_nothing_of_what_stood_in_its_folder)
{
    scratch_folder_write("paper/questions/old.tex", "old", 3);
    write_paper("tiny");
    cr_expect_not(file_exists(scratch_folder_path("paper/questions/old.tex")));
}

Test(paper, says_what_changed_between_versions)
{
    write_paper("tiny");
    expect("paper/questions/lambda.tex", "\\item v002 against v001, number by number, by seed: ");
    expect("paper/questions/lambda.tex", "none}: \\verdict{supported}, was \\verdict{undecided}");
    expect("paper/questions/lambda.tex", "none}: \\verdict{undecided}, was \\verdict{supported}");
    expect("paper/questions/lambda.tex",
           "Asked for: 1000 labelled examples, was all labelled examples");
    expect("paper/questions/lambda.tex",
           "Asked for: precision = bf16, not set before; 4 epochs, was 8 epochs.");
}

Test(paper, names_stages_once_with_the_keys_of_all_seeds)
{
    Error err = {0};
    Result result;
    write_paper("tiny");
    cr_assert(result_read(&result, "results/data-efficiency/tiny/v004", outcome_rig_arena(), &err),
              "%s", err.text);
    const ProvenanceStage *stage = provenance_stage_of(&result.provenance, "storyworld-sentiment",
                                                       "Transformer, tokens=150000");
    cr_assert_not_null(stage);
    expect("paper/provenance.tex",
           arena_format(outcome_rig_arena(), &err,
                        "\\item evaluate: storyworld-sentiment, Transformer, 150 k tokens "
                        "\\stagekey{data-efficiency}{%.12s} \\stagekey{data-efficiency}{",
                        stage->key));
    expect("paper/tables/data-efficiency.html",
           arena_format(outcome_rig_arena(), &err,
                        "<a class=\"from\" href=\"provenance.html#data-efficiency-%.12s\">",
                        stage->key));
}

Test(paper, tells_how_models_were_trained_the_commonest_setting_first)
{
    write_paper("tiny");
    expect("paper/settings.tex", "\\atscale{tiny}");
    expect("paper/settings.tex", "setting & Transformer & LSTM");
    expect("paper/settings.tex", "hidden units &  & 238 ");
    expect("paper/settings.tex", "\ntokens of pre-training & 2.5 M; 150 k, 600 k "
                                 "(\\toquestion{data-efficiency}{data-efficiency}); 1.25 M "
                                 "(\\toquestion{families}{families}) & ");
}

Test(paper, what_the_spec_no_longer_asks_for_is_made_again_from_an_earlier_commit)
{
    Error err = {0};
    PaperPlaces places = places_of("results");
    places.scale = "tiny";
    cr_assert(paper_write(&places, outcome_rig_arena(), &err), "%s", err.text);
    const char *today = scratch_folder_read("paper/provenance.tex");
    cr_expect(strstr(today, "\\again{make experiment NAME=quickstart SCALE=tiny}"));
    scratch_folder_write("experiments/quickstart.json", "{}", 2);
    places.experiments = scratch_folder_path("experiments");
    cr_assert(paper_write(&places, outcome_rig_arena(), &err), "%s", err.text);
    expect("paper/provenance.tex", "\\&\\& make experiment NAME=quickstart SCALE=tiny}");
    expect("paper/provenance.tex", "\\again{git checkout ");
}

Test(paper, says_which_claims_rest_on_the_same_runs)
{
    write_paper("tiny");
    expect("paper/ledger.tex",
           "\\toquestion{table5}{table5}, the runs of \\toquestion{tasks}{tasks}");
}

/* --- which results --------------------------------------------------------------------------------- */

/* A committed result as another version. */
static void put(const char *version)
{
    static const char *const files[] = {"result.json", "curves.csv"};
    Error err = {0};
    Arena *arena = outcome_rig_arena();
    for (size_t i = 0; i < 2; i++) {
        char *bytes, *from = file_join(arena, "results/quickstart/tiny/v003", files[i], &err);
        size_t size;
        cr_assert(file_read(&bytes, &size, from, arena, &err), "%s", err.text);
        scratch_folder_write(arena_format(arena, &err, "%s/%s", version, files[i]), bytes, size);
    }
}

static const char *chosen(const char *scale)
{
    Error err = {0};
    PaperResults results;
    PaperPlaces places =
        places_of(arena_text(outcome_rig_arena(), scratch_folder_path("results"), &err));
    places.scale = scale;
    if (!paper_results_read(&results, &places, outcome_rig_arena(), &err)) {
        cr_expect(strstr(err.text, "there is no result"), "%s", err.text);
        return "none";
    }
    cr_assert_eq(results.n, 1);
    return strstr(results.items[0].folder, "results/") + strlen("results/");
}

Test(paper, takes_the_last_version_at_the_largest_scale)
{
    put("results/quickstart/tiny/v001");
    put("results/quickstart/tiny/v002");
    put("results/quickstart/unheard-of/v001");
    cr_expect_str_eq(chosen(NULL), "quickstart/tiny/v002");
    put("results/quickstart/small/v001");
    put("results/quickstart/small/v010");
    cr_expect_str_eq(chosen(NULL), "quickstart/small/v010");
    cr_expect_str_eq(chosen("tiny"), "quickstart/tiny/v002");
    cr_expect_str_eq(chosen("paper"), "none");
}

Test(paper, says_where_there_is_no_result_at_all)
{
    cr_expect_str_eq(chosen(NULL), "none");
}

static void put_figures(const char *version)
{
    Error err = {0};
    Arena *arena = outcome_rig_arena();
    static const char folder[] = "results/quickstart/tiny/v003/figures";
    char **names, *bytes;
    size_t n, size;
    cr_assert(file_list(&names, &n, folder, arena, &err), "%s", err.text);
    for (size_t i = 0; i < n; i++) {
        const char *from = file_join(arena, folder, names[i], &err);
        cr_assert(from && file_read(&bytes, &size, from, arena, &err), "%s", err.text);
        scratch_folder_write(arena_format(arena, &err, "%s/figures/%s", version, names[i]), bytes,
                             size);
    }
}

Test(paper, data_sets_whose_manifests_are_gone_are_told_without_them)
{
    Error err = {0};
    Arena *arena = outcome_rig_arena();
    put("results/quickstart/tiny/v001");
    put_figures("results/quickstart/tiny/v001");
    scratch_folder_write("manifests/none.txt", "", 0);
    PaperPlaces places = places_of(arena_text(arena, scratch_folder_path("results"), &err));
    places.data.manifests = arena_text(arena, scratch_folder_path("manifests"), &err);
    cr_assert(paper_write(&places, arena, &err), "%s", err.text);
    expect("paper/data.tex", "\nstoryworld-ending &  & Generated; free to use. & ");
}
