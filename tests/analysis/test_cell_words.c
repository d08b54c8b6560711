#include "analysis/cell_words.h"

#include <criterion/criterion.h>
#include <string.h>

static Arena *arena;
static Error err;

static void begin(void)
{
    err = (Error){0};
    arena = arena_create("cells", &err);
}

static void end(void)
{
    arena_destroy(arena);
}

TestSuite(cell_words, .init = begin, .fini = end);

static const char *setting(const char *path, const char *value)
{
    Buffer text = buffer_create(arena);
    char *document = arena_format(arena, &err, "[%s]", value);
    Json *json = json_parse_text(document, strlen(document), "value", arena, &err);
    cr_assert(json && cell_words_setting(&text, path, json_at(json, 0), &err), "%s", err.text);
    return text.data;
}

Test(cell_words, settings_are_words_with_units)
{
    cr_expect_str_eq(setting("pretrain.tokens", "2500000"), "2.5 M tokens");
    cr_expect_str_eq(setting("pretrain.tokens", "150000"), "150 k tokens");
    cr_expect_str_eq(setting("finetune.transfer_layers", "1"), "1 layer transferred");
    cr_expect_str_eq(setting("finetune.transfer_layers", "\"all\""), "all layers transferred");
    cr_expect_str_eq(setting("finetune.lm_coefficient", "0.5"), "λ = 0.5");
    cr_expect_str_eq(setting("finetune.train_examples", "400"), "400 labelled examples");
    cr_expect_str_eq(setting("finetune.clip_norm", "1"), "clip_norm = 1");
}

/* Two variants at two points. */
static Experiment make(void)
{
    static const char *const variants[] = {"Transformer", "LSTM"};
    static ExperimentCell cells[4];
    Experiment experiment = {.cells = cells, .n_cells = 4};
    experiment.variants = (TextList){2, (const char **)variants};
    for (size_t c = 0; c < 4; c++) {
        const int64_t tokens = c % 2 ? 600000 : 2500000;
        char *document =
            arena_format(arena, &err, "{\"pretrain.tokens\": %lld}", (long long)tokens);
        cells[c] = (ExperimentCell){
            .name =
                arena_format(arena, &err, "%s, tokens=%lld", variants[c / 2], (long long)tokens),
            .variant = variants[c / 2],
            .point = json_parse_text(document, strlen(document), "point", arena, &err)};
    }
    return experiment;
}

Test(cell_words, cells_are_variant_and_point)
{
    const Experiment experiment = make();
    cr_expect_str_eq(cell_words(&experiment, "LSTM, tokens=600000", arena, &err),
                     "LSTM, 600 k tokens");
    cr_expect_str_eq(cell_words(&experiment, "LSTM", arena, &err), "LSTM");
}

Test(cell_words, differences_name_what_is_the_same_once)
{
    const Experiment experiment = make();
    cr_expect_str_eq(cell_words_difference(&experiment, "Transformer, tokens=600000",
                                           "LSTM, tokens=600000", arena, &err),
                     "Transformer − LSTM, 600 k tokens");
    cr_expect_str_eq(cell_words_difference(&experiment, "LSTM, tokens=2500000",
                                           "LSTM, tokens=600000", arena, &err),
                     "LSTM, 2.5 M tokens − 600 k tokens");
    cr_expect_str_eq(cell_words_difference(&experiment, "LSTM, tokens=2500000",
                                           "Transformer, tokens=600000", arena, &err),
                     "LSTM, 2.5 M tokens − Transformer, 600 k tokens");
    cr_expect_str_eq(cell_words_difference(&experiment, "full", "scratch", arena, &err),
                     "full − scratch");
}

Test(cell_words, candidates_are_words_too)
{
    static const char select[] =
        "{\"finetune.learning_rate\": [0.0003, 0.001], \"finetune.epochs\": [1, 3]}";
    const Experiment experiment = {
        .select = json_parse_text(select, strlen(select), "select", arena, &err)};
    const Experiment nothing_selected = {0};
    const char *label = "learning_rate=0.001, epochs=1";
    cr_expect_str_eq(cell_words_candidate(&experiment, label, arena, &err),
                     "learning rate 0.001 and 1 epoch");
    cr_expect_str_eq(cell_words_candidate(&experiment, "epochs=1", arena, &err), "epochs=1");
    cr_expect_str_eq(cell_words_candidate(&nothing_selected, label, arena, &err), label);
}
