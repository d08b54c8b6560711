/* Fine-tuning and scoring at the real lengths of data sets, at the shape of the scale `small`, in both precisions,
 * against the floor of the products of as many tokens without padding (floor.h). Needs REPRISE_MIRROR; without it
 * says so and measures nothing.
 *
 *     build/float/bench_finetune [DATA SET]       JSON on standard output; scripts/bench-pytorch reads the lengths */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "floor.h"
#include "learner/objectives.h"
#include "measure/score.h"
#include "model/gpt.h"
#include "novels.h"
#include "timing.h"
#include "train/finetune_step.h"

static const char *const names[] = {"mrpc", "story-cloze", "sst2", "cola"};
enum { N_NAMES = sizeof names / sizeof *names, N_PRECISIONS = PRECISION_BF16 + 1 };
enum { LAYERS = 4, HEADS = 4, CHANNELS = 256, CONTEXT = 128, BATCH = 32, PASS_TOKENS = 2048 };
static const double BUDGET_SECONDS = 10;

static GptSpec model_spec = {.n_layer = LAYERS,
                             .n_head = HEADS,
                             .n_channel = CHANNELS,
                             .n_context = CONTEXT,
                             .dropout = 0.1,
                             .attention_dropout = 0.1};

/* --- what is measured ---------------------------------------------------------------------------- */

typedef struct Subject {
    const char *name;
    SpecEntryChoice model;
    Sequences train, scored;
    Head head;
    int n_text;
} Subject;

static bool encode(Sequences *sequences, const Dataset *dataset, DatasetSplit split,
                   const Tokenizer *tokenizer, Arena *arena, Error *err)
{
    const SpecialTokens special =
        special_tokens((TextTokens){.n = tokenizer_n_tokens(tokenizer)}, 0, SPECIAL_TOKENS_TASKS);
    Examples examples;
    return dataset_examples(&examples, dataset, split, arena, err) &&
           sequences_encode(sequences, &examples, dataset_info(dataset)->form, tokenizer, &special,
                            CONTEXT, arena, err);
}

static bool subject_create(Subject *subject, const char *name, const Tokenizer *tokenizer,
                           Arena *arena, Error *err)
{
    const Dataset *dataset = dataset_open(name, novels_places(), arena, err);
    *subject = (Subject){
        .name = name, .model = {&gpt.entry, &model_spec}, .n_text = tokenizer_n_tokens(tokenizer)};
    if (!dataset || !encode(&subject->train, dataset, SPLIT_TRAIN, tokenizer, arena, err) ||
        !encode(&subject->scored, dataset, SPLIT_VALIDATION, tokenizer, arena, err))
        return false;
    subject->head = head_of(dataset_info(dataset), HEAD_SOFT_BINS, (HeadStates){0});
    return true;
}

/* --- rates ----------------------------------------------------------------------------------------- */

typedef struct Rates {
    double train_examples, train_tokens; /* a second */
    double score_tokens;
} Rates;

static double seconds_left(double begun)
{
    return timing_once() ? 0 : BUDGET_SECONDS - (clock_seconds() - begun);
}

/* Updates from the second on, in the order of a real epoch, until the time is over. */
static bool train(Rates *rates, FinetuneStep *step, Error *err)
{
    int64_t tokens = 0, examples = 0;
    UpdateReport unused;
    if (!finetune_step_run(&unused, step, 0, err)) return false;
    const double begun = clock_seconds();
    int64_t update = 1;
    do {
        if (!finetune_step_run(&unused, step, update, err)) return false;
        examples += step->n_examples;
        for (int i = 0; i < step->n_examples; i++) {
            const Sequences *of = step->job->train;
            const uint32_t e = step->order[(update * BATCH + i) % step->n];
            tokens += of->start[of->first[e + 1]] - of->start[of->first[e]];
        }
    } while (++update < step->updates_an_epoch && seconds_left(begun) > 0);
    const double seconds = clock_seconds() - begun;
    rates->train_examples = (double)examples / seconds;
    rates->train_tokens = (double)tokens / seconds;
    return true;
}

static bool score(Rates *rates, FinetuneStep *step, const Sequences *scored, Arena *arena,
                  Error *err)
{
    Scores scores;
    const double begun = clock_seconds();
    if (!score_examples(&scores, &step->learner, &step->packer, scored, arena, err)) return false;
    rates->score_tokens = scored->start[scored->n_sequences] / (clock_seconds() - begun);
    return true;
}

static bool measure(Rates *rates, const Subject *subject, Precision precision, Arena *arena,
                    Error *err)
{
    FinetuneSpec spec = {.precision = (int)precision,
                         .epochs = 1,
                         .batch = BATCH,
                         .learning_rate = 1e-4,
                         .warmup = 0.002,
                         .lm_coefficient = 0.5,
                         .classifier_dropout = 0.1,
                         .micro_batch_tokens = PASS_TOKENS,
                         .adam = {0.9, 0.999, 1e-8, 0.01, 1, true}};
    const FinetuneJob job = {.spec = &spec,
                             .model = &subject->model,
                             .kernels = &kernels_fast,
                             .train = &subject->train,
                             .validation = &subject->scored,
                             .head = subject->head,
                             .text = {.n = subject->n_text},
                             .title = subject->name};
    FinetuneStep step;
    if (!finetune_step_create(&step, &job, arena, err)) return false;
    return train(rates, &step, err) && score(rates, &step, &subject->scored, arena, err);
}

/* --- what is said of it ---------------------------------------------------------------------------- */

static double mean_length(const Sequences *sequences)
{
    return (double)sequences->start[sequences->n_sequences] / sequences->n_sequences;
}

/* Tokens a second of the products alone, of sequences that all have the mean length. */
static bool floor_tokens(double *rate, const Subject *subject, Arena *arena, Error *err)
{
    const int T = (int)lround(mean_length(&subject->train)), B = PASS_TOKENS / T;
    Floor products;
    if (!floor_create(&products, &(FloorShape){LAYERS, CHANNELS, HEADS, T, B, subject->n_text, 0},
                      arena, err))
        return false;
    *rate = B * T / timing_measure(floor_run, &products, 2).median_seconds;
    return true;
}

/* Of each sequence of the training split, in its order. */
static Json *lengths(const Sequences *sequences, Arena *arena, Error *err)
{
    Json *json = json_new_list(arena, err);
    for (int q = 0; json && q < sequences->n_sequences; q++)
        if (!json_add(json,
                      json_new_integer(sequences->start[q + 1] - sequences->start[q], arena, err),
                      err))
            return NULL;
    return json;
}

static Json *subject_json(const Subject *subject, Arena *arena, Error *err)
{
    double floor_rate;
    Json *json = json_new_object(arena, err);
    bool ok =
        json && floor_tokens(&floor_rate, subject, arena, err) &&
        timing_set(json, "mean_length", mean_length(&subject->train), arena, err) &&
        timing_set(json, "sequences_an_example",
                   (double)subject->train.n_sequences / subject->train.n, arena, err) &&
        timing_set(
            json, "vocabulary",
            special_tokens((TextTokens){.n = subject->n_text}, 0, SPECIAL_TOKENS_TASKS).n_task,
            arena, err) &&
        timing_set(json, "floor_tokens_a_second", floor_rate, arena, err);
    for (int p = 0; ok && p < N_PRECISIONS; p++) {
        Rates rates;
        Arena *alone = arena_create("subject", err);
        Json *row = json_new_object(arena, err);
        ok = alone && row && measure(&rates, subject, (Precision)p, alone, err) &&
             timing_set(row, "train_examples_a_second", rates.train_examples, arena, err) &&
             timing_set(row, "train_tokens_a_second", rates.train_tokens, arena, err) &&
             timing_set(row, "floor_share", rates.train_tokens / floor_rate, arena, err) &&
             timing_set(row, "score_tokens_a_second", rates.score_tokens, arena, err) &&
             timing_set(row, "score_share_of_train", rates.train_tokens / rates.score_tokens, arena,
                        err) &&
             json_set(json, kernels_precision_words[p], row, err);
        arena_destroy(alone);
    }
    return ok && json_set(json, "lengths", lengths(&subject->train, arena, err), err) ? json : NULL;
}

static bool bench_all(Json *json, const char *only, Arena *arena, Error *err)
{
    Documents novels;
    const Tokenizer *tokenizer = NULL;
    if (novels_read(&novels, arena, err) && novels_learn(&novels, arena, err))
        tokenizer = tokenizer_load(NOVELS_TOKENIZER, arena, err);
    for (int i = 0; tokenizer && i < N_NAMES; i++) {
        Subject subject;
        if (only && strcmp(only, names[i]) != 0) continue;
        if (!subject_create(&subject, names[i], tokenizer, arena, err) ||
            !json_set(json, names[i], subject_json(&subject, arena, err), err))
            return false;
        if (timing_once()) break;
    }
    return tokenizer != NULL;
}

static bool bench(const char *only, Arena *arena, Error *err)
{
    Json *json = json_new_object(arena, err);
    if (!json || !json_set(json, "machine", timing_machine(arena, err), err)) return false;
    if (!novels_places()->mirror)
        fprintf(stderr, "bench_finetune: REPRISE_MIRROR is not set, so nothing was measured\n");
    else if (!bench_all(json, only, arena, err)) return false;
    const char *text = json_print(json, arena, err);
    return text && fputs(text, stdout) >= 0;
}

int main(int argc, char **argv)
{
    Error err = {0};
    Arena *arena = arena_create("bench", &err);
    bool done = arena && bench(argc > 1 ? argv[1] : NULL, arena, &err);
    if (!done) fprintf(stderr, "%s\n", err.text);
    arena_destroy(arena);
    return done ? 0 : 1;
}
