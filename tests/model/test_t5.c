/* The published t5: how large, numbered how, and where it starts from. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "model/t5.h"
#include "model_rig.h"

TestSuite(t5);

static const T5Spec small = {6, 8, 512, 512, 0.1};

static TensorTable weights_of(const T5Spec *spec, int n_vocab, Arena **arena)
{
    Error err = {0};
    *arena = arena_create("test", &err);
    cr_assert(*arena, "%s", err.text);
    TensorTable table = tensors_create(&kernels_fast.memory, *arena);
    cr_assert(t5.weights(&table, spec, n_vocab, &err), "%s", err.text);
    return table;
}

Test(t5, has_the_published_number_of_parameters)
{
    const T5Spec base = {12, 12, 768, 512, 0.1};
    Arena *arena, *base_arena;
    cr_expect_eq(weights_of(&small, 32128, &arena).n_parameters, 60506624);
    cr_expect_eq(weights_of(&base, 32128, &base_arena).n_parameters, 222903552);
    arena_destroy(arena);
    arena_destroy(base_arena);
}

Test(t5, has_no_bias_and_decays_exactly_what_has_rank_above_1)
{
    Arena *arena;
    const TensorTable table = weights_of(&small, 100, &arena);
    for (int i = 0; i < table.n; i++) {
        const TensorInfo *tensor = &table.items[i];
        const bool matrix = tensor->rank > 1;
        cr_expect_eq((tensor->flags & TENSOR_DECAY) != 0, matrix, "%s", tensor->name);
        cr_expect_eq((tensor->flags & TENSOR_INIT_ONE) != 0, !matrix, "%s", tensor->name);
        cr_expect_eq(strstr(tensor->name, ".gain") != NULL, !matrix, "%s", tensor->name);
    }
    arena_destroy(arena);
}

static int layer_of(const TensorTable *table, const char *name)
{
    return tensors_named(table, name)->layer;
}

Test(t5, numbers_layers_from_the_embeddings_up_through_both_stacks)
{
    Arena *arena;
    const TensorTable table = weights_of(&small, 100, &arena);
    cr_expect_eq(t5.shape(&small).n_layer, 12);
    cr_expect_eq(layer_of(&table, "token_embedding.weight"), TENSOR_LAYER_EMBEDDING);
    cr_expect_eq(layer_of(&table, "decoder.relative_position.weight"), TENSOR_LAYER_EMBEDDING);
    cr_expect_eq(layer_of(&table, "encoder.block.0.attention.query.weight"), 1);
    cr_expect_eq(layer_of(&table, "encoder.block.5.mlp.narrow.weight"), 6);
    cr_expect_eq(layer_of(&table, "encoder.final_norm.gain"), 6);
    cr_expect_eq(layer_of(&table, "decoder.block.0.source.key_value.weight"), 7);
    cr_expect_eq(layer_of(&table, "decoder.final_norm.gain"), 12);
    arena_destroy(arena);
}

/* Of so many values that the deviation is known to about 1 in 100. */
static void expect_deviation(const TensorTable *table, const real *block, const char *name,
                             double expected)
{
    const TensorInfo *tensor = tensors_named(table, name);
    double squares = 0;
    for (size_t i = 0; i < tensor->n; i++) squares += pow((double)block[tensor->offset + i], 2);
    const double found = sqrt(squares / (double)tensor->n);
    cr_expect_float_eq(found, expected, 5 * expected / sqrt(2.0 * (double)tensor->n),
                       "%s: %g, not %g", name, found, expected);
}

Test(t5, starts_from_the_published_deviations)
{
    const T5Spec spec = {1, 4, 64, 16, 0};
    Arena *arena;
    Error err = {0};
    const TensorTable table = weights_of(&spec, 300, &arena);
    real *block = tensors_allocate(&table, arena, &err);
    cr_assert(block, "%s", err.text);
    tensors_initialize(&table, block, 1);
    expect_deviation(&table, block, "token_embedding.weight", 1);
    expect_deviation(&table, block, "encoder.relative_position.weight", 1 / sqrt(64));
    expect_deviation(&table, block, "encoder.block.0.attention.query.weight", 1 / sqrt(64 * 16));
    expect_deviation(&table, block, "encoder.block.0.attention.key_value.weight", 1 / sqrt(64));
    expect_deviation(&table, block, "encoder.block.0.attention.projection.weight", 1 / sqrt(64));
    expect_deviation(&table, block, "decoder.block.0.source.query.weight", 1 / sqrt(64 * 16));
    expect_deviation(&table, block, "decoder.block.0.mlp.widen.weight", 1 / sqrt(64));
    expect_deviation(&table, block, "decoder.block.0.mlp.narrow.weight", 1 / sqrt(256));
    arena_destroy(arena);
}

Test(t5, takes_a_step_a_layer_for_any_length)
{
    cr_expect_eq(t5.steps(&small, 1), 12);
    cr_expect_eq(t5.steps(&small, 512), 12);
}

/* C = 2: of a row 24 C^2, of a look at a source 4 C^2 for a row of either stream; of a pair 4 C. */
Test(t5, counts_the_operations_of_both_streams)
{
    const T5Spec tiny = {1, 1, 2, 16, 0};
    const double encoder = 5 * 96 + 25 * 8, decoder = 3 * 96 + 6 * 8, source = 8 * 16 + 15 * 8;
    cr_expect_eq(t5.flops(&tiny, 3, 5), encoder + decoder + source);
}

/* Two sequences of the target, of two rows and of three, ask the same source: once given once, once twice. */
Test(t5, sequences_that_share_a_source_have_the_states_of_a_copy_each)
{
    static const T5Spec tiny = {2, 2, 12, 8, 0};
    static int token[] = {1, 2, 3, 4, 5}, source[] = {6, 7, 8, 9, 6, 7, 8, 9};
    static int target_position[] = {0, 1, 0, 1, 2}, source_position[] = {0, 1, 2, 3, 0, 1, 2, 3};
    static const int start[] = {0, 2, 5}, twice[] = {0, 4, 8}, once[] = {0, 4}, all[] = {0, 5};
    const Stream target = {.N = 5, .token = token, .position = target_position, .start = start};
    const Batch copied = {.S = 2,
                          .target = target,
                          .source = {8, source, source_position, twice, NULL},
                          .n_sources = 2,
                          .looks = start},
                shared = {.S = 2,
                          .target = target,
                          .source = {4, source, source_position, once, NULL},
                          .n_sources = 1,
                          .looks = all};
    Rig rig;
    rig_create(&rig, &t5, &tiny, 17, 0, &kernels_fast, &copied);
    for (size_t i = 0; i < rig.weights_table.n_elements; i++)
        rig.weights[i] = (real)(0.3 * rng_normal(rng_key(1, RNG_TEST, 0), i));
    real states[5 * 12];
    rig.batch = copied;
    rig_forward(&rig);
    memcpy(states, rig_states(&rig), sizeof states);
    rig.batch = shared;
    rig_forward(&rig);
    for (int i = 0; i < 5 * 12; i++)
        cr_expect_float_eq(rig_states(&rig)[i], states[i], 1e-5, "%d: %g, not %g", i,
                           (double)rig_states(&rig)[i], (double)states[i]);
    rig_destroy(&rig);
}
