#include "learner_rig.h"

#include <criterion/criterion.h>

#include "base/parallel.h"
#include "kernels/gemm_fp32.h"
#include "learner/objectives.h"
#include "measure/likelihood.h"
#include "model/bert.h"
#include "model/encoder.h"
#include "model/t5.h"
#include "scratch_folder.h"

static Arena *arena;
static Error err;

void learner_rig_begin(void)
{
    err = (Error){0};
    scratch_folder_make();
    arena = arena_create("learner rig", &err);
    cr_assert(arena && gemm_fp32_start(&err), "%s", err.text);
    parallel_set_threads(1);
}

void learner_rig_end(void)
{
    arena_destroy(arena);
    scratch_folder_remove();
}

Arena *learner_rig_arena(void)
{
    return arena;
}

void *learner_rig_take(size_t count, size_t size)
{
    void *memory = arena_alloc(arena, count, size, &err);
    cr_assert(memory, "%s", err.text);
    return memory;
}

SpecEntryChoice learner_rig_model(double dropout)
{
    GptSpec *spec = learner_rig_take(1, sizeof *spec);
    *spec = (GptSpec){1, 2, 8, LEARNER_RIG_CONTEXT, dropout, dropout, GPT_GELU_TANH};
    return (SpecEntryChoice){.entry = &gpt.entry, .spec = spec};
}

SpecEntryChoice learner_rig_encoder(double dropout)
{
    SpecEntryChoice model = learner_rig_model(dropout);
    model.entry = &encoder.entry;
    return model;
}

SpecEntryChoice learner_rig_bert(double dropout)
{
    SpecEntryChoice model = learner_rig_model(dropout);
    model.entry = &bert.entry;
    return model;
}

SpecEntryChoice learner_rig_t5(double dropout)
{
    T5Spec *spec = learner_rig_take(1, sizeof *spec);
    *spec = (T5Spec){1, 2, 8, LEARNER_RIG_CONTEXT, dropout};
    return (SpecEntryChoice){.entry = &t5.entry, .spec = spec};
}

SpecEntryChoice learner_rig_lstm(double dropout)
{
    LstmSpec *spec = learner_rig_take(1, sizeof *spec);
    *spec = (LstmSpec){1, 10, 8, LEARNER_RIG_CONTEXT, dropout};
    return (SpecEntryChoice){.entry = &lstm.entry, .spec = spec};
}

TokenFile learner_rig_tokens(void)
{
    enum { DOCUMENTS = 6 };
    static const char *const names[DOCUMENTS] = {"a", "b", "c", "d", "e", "say \"f\""};
    size_t offset[DOCUMENTS + 1] = {0};
    for (int d = 0; d < DOCUMENTS; d++) offset[d + 1] = offset[d] + 5 + 10 * (size_t)d;
    int *ids = learner_rig_take(offset[DOCUMENTS], sizeof *ids);
    for (int d = 0; d < DOCUMENTS; d++)
        for (size_t i = offset[d]; i < offset[d + 1]; i++)
            ids[i] = (int)((i - offset[d]) * 3 + (size_t)d) % LEARNER_RIG_TEXT_TOKENS;
    const char *path = scratch_folder_path("tokens.bin");
    TokenFile file;
    cr_assert(token_file_write(path, ids, offset, names, DOCUMENTS, LEARNER_RIG_TEXT_TOKENS, arena,
                               &err) &&
                  token_file_open(&file, path, LEARNER_RIG_TEXT_TOKENS, arena, &err),
              "%s", err.text);
    return file;
}

/* start, some text that the label and the number of the example decide, classify. */
static int write_sequence(int *token, int e, int kind)
{
    int n = 0, length = 1 + (e * 5 + kind) % (LEARNER_RIG_CONTEXT - 2);
    token[n++] = LEARNER_RIG_TEXT_TOKENS;
    for (int i = 0; i < length; i++) token[n++] = (e + i + 3 * kind) % LEARNER_RIG_TEXT_TOKENS;
    token[n++] = LEARNER_RIG_TEXT_TOKENS + 2;
    return n;
}

Sequences learner_rig_sequences(DatasetForm form, int n)
{
    Sequences sequences = {
        .form = form,
        .n = n,
        .first = learner_rig_take((size_t)n + 1, sizeof(int)),
        .start = learner_rig_take((size_t)n * 3 + 1, sizeof(int)),
        .token = learner_rig_take((size_t)n * 3 * LEARNER_RIG_CONTEXT, sizeof(int)),
        .truth = learner_rig_take((size_t)n, sizeof(double)),
        .id = learner_rig_take((size_t)n, sizeof(char *)),
    };
    int q = 0;
    for (int e = 0; e < n; e++) {
        int n_sequences = form == DATASET_MULTIPLE_CHOICE ? 2 + e % 2
                          : sequences_both_orders(form)   ? 2
                                                          : 1;
        sequences.truth[e] = form == DATASET_REGRESSION ? e / 2 % 4 * 0.625 : e / 2 % 2;
        sequences.id[e] = arena_format(arena, &err, "row %d", e);
        for (int k = 0; k < n_sequences; k++, q++)
            sequences.start[q + 1] =
                sequences.start[q] + write_sequence(sequences.token + sequences.start[q], e, k);
        sequences.first[e + 1] = q;
    }
    sequences.n_sequences = q;
    sequences.longest = LEARNER_RIG_CONTEXT;
    return sequences;
}

const DatasetForm learner_rig_forms[LEARNER_RIG_N_FORMS] = {
    DATASET_CLASSIFICATION, DATASET_SIMILARITY, DATASET_MULTIPLE_CHOICE, DATASET_REGRESSION};

Head learner_rig_head(DatasetForm form, HeadRegression regression)
{
    const DatasetInfo info = {.form = form, .n_labels = 2, .low = 0, .high = 2};
    return head_of(&info, regression, (HeadStates){0});
}

static void add_answer(Sequences *set, const int *word, int n)
{
    const SpecialTokens special =
        objectives_tokens(&t5, (TextTokens){.n = LEARNER_RIG_TEXT_TOKENS});
    const int q = set->n_sequences++, row = set->start[q];
    set->token[row] = special.start;
    for (int i = 0; i < n; i++) set->token[row + 1 + i] = set->asked[row + i] = word[i];
    set->asked[row + n] = special.end;
    set->start[q + 1] = row + n + 1;
}

static int write_source(int *token, int e)
{
    const SpecialTokens special =
        objectives_tokens(&t5, (TextTokens){.n = LEARNER_RIG_TEXT_TOKENS});
    const int n = e % 6 + 2;
    for (int i = 0; i < n - 1; i++) token[i] = (e * 3 + i * 5) % LEARNER_RIG_TEXT_TOKENS;
    token[n - 1] = special.end;
    return n;
}

Sequences learner_rig_words(int n)
{
    enum { ROWS = 5 }; /* of both answers */
    static const int one[] = {3}, two[] = {4, 9};
    const size_t examples = (size_t)n;
    Sequences set = {.form = DATASET_CLASSIFICATION,
                     .n = n,
                     .longest = LEARNER_RIG_CONTEXT,
                     .first = learner_rig_take(examples + 1, sizeof(int)),
                     .start = learner_rig_take(examples * LEARNER_RIG_ANSWERS + 1, sizeof(int)),
                     .token = learner_rig_take(examples * ROWS, sizeof(int)),
                     .asked = learner_rig_take(examples * ROWS, sizeof(int)),
                     .source = learner_rig_take(examples * LEARNER_RIG_CONTEXT, sizeof(int)),
                     .source_start = learner_rig_take(examples + 1, sizeof(int)),
                     .right = learner_rig_take(examples, sizeof(int)),
                     .truth = learner_rig_take(examples, sizeof(double)),
                     .id = learner_rig_take(examples, sizeof(char *))};
    for (int e = 0; e < n; e++) {
        const int begin = set.source_start[e];
        set.source_start[e + 1] = begin + write_source(set.source + begin, e);
        add_answer(&set, one, 1);
        add_answer(&set, two, 2);
        set.first[e + 1] = set.n_sequences;
        set.truth[e] = set.right[e] = e % 2;
        set.id[e] = arena_format(arena, &err, "row %d", e);
    }
    return set;
}

Head learner_rig_words_head(void)
{
    const DatasetInfo info = {.form = DATASET_CLASSIFICATION, .n_labels = LEARNER_RIG_ANSWERS};
    return head_of(&info, HEAD_SOFT_BINS, (HeadStates){.answers = true});
}

Learner learner_rig_learner(const SpecEntryChoice *model, const Head *head, const Sequences *set,
                            int rows, bool training)
{
    Learner learner;
    LearnerSetup setup = {
        .model = model,
        .kernels = &kernels_fast,
        .n_vocab =
            objectives_tokens(architecture_of(model), (TextTokens){.n = LEARNER_RIG_TEXT_TOKENS})
                .n_task,
        .max_rows = rows,
        .max_sequences = rows / 2,
        .training = training,
    };
    if (set)
        setup = packer_setup(model, &kernels_fast, (TextTokens){.n = LEARNER_RIG_TEXT_TOKENS}, head,
                             &set, 1, rows, training);
    cr_assert(learner_create(&learner, &setup, arena, &err), "%s", err.text);
    tensors_initialize(&learner.weights_table, learner.weights, 1);
    return learner;
}

Learner learner_rig_likelihood(void)
{
    SpecEntryChoice *model = learner_rig_take(1, sizeof *model);
    *model = learner_rig_model(0);
    Learner learner;
    LearnerSetup setup =
        likelihood_setup(model, &kernels_fast, (TextTokens){.n = LEARNER_RIG_TEXT_TOKENS});
    cr_assert(learner_create(&learner, &setup, arena, &err), "%s", err.text);
    tensors_initialize(&learner.weights_table, learner.weights, 1);
    for (size_t i = 0; i < learner.weights_table.n_elements; i++) learner.weights[i] *= 20;
    return learner;
}

Packer learner_rig_packer(Learner *learner, const Sequences *set, int rows)
{
    static Head head;
    static SpecEntryChoice model;
    Packer packer;
    head = learner_rig_head(set->form, HEAD_SOFT_BINS);
    model = learner_rig_model(0);
    *learner = learner_rig_learner(&model, &head, set, rows, false);
    cr_assert(packer_create(&packer, learner, arena, &err), "%s", err.text);
    return packer;
}
