/* The bias of a head, moved into the last layer norm: as by a pseudo-inverse (tests/golden/huggingface). */
#include <criterion/criterion.h>
#include <string.h>

#include "../golden_file.h"
#include "../golden_weights.h"
#include "model/bert.h"
#include "model/gpt.h"
#include "model/huggingface_bert.h"
#include "model/huggingface_classifier.h"
#include "model/huggingface_gpt.h"
#include "model_rig.h"

static const GptSpec spec = {2, 2, 16, 16, 0, 0, GPT_GELU_TANH};
enum { N_VOCAB = 61, N_CLASS = 3, C = 16 };

static Arena *arena;
static Error err;
static Json *golden;
static Rig rig; /* the sequences of the file, the formula's weights with a head */

static void set_up(void)
{
    int length[8];
    arena = arena_create("test", &err);
    cr_assert(arena, "%s", err.text);
    golden = golden_file_member(
        golden_file_open("tests/golden/huggingface/huggingface.json", arena), "classifier");
    const Json *sequences = golden_file_member(golden, "sequences");
    const int S = (int)json_size(sequences);
    for (int s = 0; s < S; s++) length[s] = (int)json_size(json_at(sequences, (size_t)s));
    Batch batch = rig_batch(arena, length, S);
    rig_create(&rig, &gpt, &spec, N_VOCAB, N_CLASS, &kernels_fast, &batch);
    int *token = rig_tokens(&rig);
    for (int s = 0, n = 0; s < S; s++)
        for (int t = 0; t < length[s]; t++)
            token[n++] = (int)json_int(json_at(json_at(sequences, (size_t)s), (size_t)t));
    golden_weights_fill(&rig.weights_table, rig.weights);
}

static void tear_down(void)
{
    rig_destroy(&rig);
    arena_destroy(arena);
}

TestSuite(huggingface_classifier, .init = set_up, .fini = tear_down);

static const TensorInfo *head_tensor(int index)
{
    return &rig.weights_table.items[index];
}

static bool convert(TensorTable *theirs, real **block)
{
    HuggingfaceNames names;
    const HuggingfaceHead head = {C, N_CLASS, rig.weights + head_tensor(rig.head_weight)->offset,
                                  rig.weights + head_tensor(rig.head_bias)->offset};
    *block = huggingface_classifier(&names, &huggingface_gpt, &rig.weights_table, rig.weights,
                                    &head, arena, &err);
    *theirs = names.theirs;
    return *block;
}

static double tolerance(void)
{
    return sizeof(real) == sizeof(double) ? 1e-11 : 1e-5;
}

Test(huggingface_classifier, the_shift_is_the_shortest)
{
    TensorTable theirs;
    real *block;
    cr_assert(convert(&theirs, &block), "%s", err.text);
    const TensorInfo *bias = tensors_named(&theirs, "transformer.h.1.ln_2.bias");
    cr_expect_lt(
        golden_file_deviation(block + bias->offset, C, golden_file_member(golden, "bias"), arena),
        tolerance());
}

Test(huggingface_classifier, outputs_without_a_bias_are_those_with_one)
{
    TensorTable theirs;
    real *block, outputs[8 * N_CLASS];
    cr_assert(convert(&theirs, &block), "%s", err.text);
    const TensorInfo *score = tensors_named(&theirs, "score.weight");
    const TensorInfo *bias = tensors_named(&theirs, "transformer.h.1.ln_2.bias");
    const TensorInfo *own = tensors_named(&rig.weights_table, "block.1.mlp_norm.bias");
    memcpy(rig.weights + own->offset, block + bias->offset, C * sizeof *block);
    rig_forward(&rig);
    for (int s = 0; s < rig.batch.S; s++) {
        const real *h = rig_states(&rig) + (size_t)(rig.batch.target.start[s + 1] - 1) * C;
        for (int k = 0; k < N_CLASS; k++) {
            real sum = 0;
            for (int c = 0; c < C; c++) sum += block[score->offset + (size_t)(k * C + c)] * h[c];
            outputs[s * N_CLASS + k] = sum;
        }
    }
    cr_expect_lt(golden_file_deviation(outputs, (size_t)rig.batch.S * N_CLASS,
                                       golden_file_member(golden, "outputs"), arena),
                 tolerance());
}

/* Of a bert, whose own head has none; its own weights stay. */
Test(huggingface_classifier, a_head_without_a_bias_gets_the_one_that_it_is_given)
{
    static const GptSpec small = {1, 1, 4, 8, 0, 0, GPT_GELU_ERF};
    static const real weight[4] = {1, -2, 3, 0.5}, bias[1] = {0.25};
    HuggingfaceNames names;
    const HuggingfaceHead head = {4, 1, weight, bias};
    TensorTable ours = tensors_create(&kernels_fast.memory, arena);
    cr_assert(bert.weights(&ours, &small, N_VOCAB, &err));
    cr_assert_geq(tensors_add(&ours, &err, 0, TENSOR_LAYER_HEAD, 2, 4, 1, "head.weight"), 0);
    real *own = tensors_allocate(&ours, arena, &err);
    cr_assert(own, "%s", err.text);
    golden_weights_fill(&ours, own);
    const int n = ours.n;
    const real *block =
        huggingface_classifier(&names, &huggingface_bert, &ours, own, &head, arena, &err);
    cr_assert(block, "%s", err.text);
    cr_expect_eq(ours.n, n);
    const TensorInfo *found = tensors_named(&names.theirs, "classifier.weight");
    cr_expect_eq(found->dim[0], 1);
    cr_expect_arr_eq(block + found->offset, weight, sizeof weight);
    cr_expect_eq(block[tensors_named(&names.theirs, "classifier.bias")->offset], bias[0]);
    const char *kept = "bert.embeddings.word_embeddings.weight";
    cr_expect_arr_eq(block + tensors_named(&names.theirs, kept)->offset,
                     own + tensors_named(&ours, TENSORS_TOKEN_TABLE)->offset,
                     sizeof(real) * N_VOCAB * 4);
}

Test(huggingface_classifier, columns_that_depend_on_each_other_are_refused)
{
    TensorTable theirs;
    real *block, *weight = rig.weights + head_tensor(rig.head_weight)->offset;
    for (int c = 0; c < C; c++)
        weight[c * N_CLASS + 2] = 2 * weight[c * N_CLASS] - weight[c * N_CLASS + 1];
    cr_assert_not(convert(&theirs, &block));
    cr_expect(strstr(err.text, "columns depend on each other"), "%s", err.text);
}
