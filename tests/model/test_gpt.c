#include <criterion/criterion.h>
#include <string.h>

#include "model/gpt.h"

TestSuite(gpt);

static const GptSpec paper = {12, 12, 768, 512, 0.1, 0.1, GPT_GELU_TANH};

static TensorTable weights_of(const GptSpec *spec, int n_vocab, Arena **arena)
{
    Error err = {0};
    *arena = arena_create("test", &err);
    cr_assert(*arena, "%s", err.text);
    TensorTable table = tensors_create(&kernels_fast.memory, *arena);
    cr_assert(gpt.weights(&table, spec, n_vocab, &err), "%s", err.text);
    return table;
}

Test(gpt, has_the_papers_number_of_parameters)
{
    Arena *arena;
    const TensorTable table = weights_of(&paper, 40478, &arena);
    cr_expect_eq(table.n_parameters, 116534784, "%zu", table.n_parameters);
    arena_destroy(arena);
}

Test(gpt, decays_and_draws_exactly_what_has_rank_above_1)
{
    Arena *arena;
    const TensorTable table = weights_of(&paper, 40478, &arena);
    for (int i = 0; i < table.n; i++) {
        const TensorInfo *tensor = &table.items[i];
        const bool matrix = tensor->rank > 1;
        cr_expect_eq((tensor->flags & TENSOR_DECAY) != 0, matrix, "%s", tensor->name);
        cr_expect_eq((tensor->flags & TENSOR_INIT_NORMAL) != 0, matrix, "%s", tensor->name);
        const bool gain = strstr(tensor->name, ".gain") != NULL;
        cr_expect_eq((tensor->flags & TENSOR_INIT_ONE) != 0, gain, "%s", tensor->name);
    }
    arena_destroy(arena);
}

Test(gpt, numbers_layers_from_the_embeddings_up)
{
    Arena *arena;
    const TensorTable table = weights_of(&paper, 40478, &arena);
    cr_expect_eq(table.items[tensors_find(&table, "token_embedding.weight")].layer, 0);
    cr_expect_eq(table.items[tensors_find(&table, "position_embedding.weight")].layer, 0);
    cr_expect_eq(table.items[tensors_find(&table, "block.0.attention.qkv.weight")].layer, 1);
    cr_expect_eq(table.items[tensors_find(&table, "block.11.mlp_norm.bias")].layer, 12);
    arena_destroy(arena);
}

Test(gpt, adding_a_block_moves_no_earlier_weight)
{
    GptSpec deeper = paper;
    deeper.n_layer = 13;
    Arena *arena, *deeper_arena;
    const TensorTable table = weights_of(&paper, 100, &arena);
    const TensorTable more = weights_of(&deeper, 100, &deeper_arena);
    for (int i = 0; i < table.n; i++) {
        cr_expect_str_eq(table.items[i].name, more.items[i].name);
        cr_expect_eq(table.items[i].offset, more.items[i].offset);
    }
    arena_destroy(arena);
    arena_destroy(deeper_arena);
}

Test(gpt, keeps_work_memory_the_same_for_any_depth)
{
    Error err = {0};
    Arena *arena = arena_create("test", &err);
    TensorTable shallow = tensors_create(&kernels_fast.memory, arena),
                deep = tensors_create(&kernels_fast.memory, arena);
    GptSpec one = paper;
    one.n_layer = 1;
    cr_assert(gpt.work(&shallow, &one, 512, 1, &err) && gpt.work(&deep, &paper, 512, 1, &err));
    cr_expect_eq(shallow.n_elements, deep.n_elements);
    arena_destroy(arena);
}

Test(gpt, counts_the_operations_of_a_pass_counted_by_hand)
{
    /* C = 2, T = 3: products 2 * 12 * 4 a token; attention 2 * 2 * 2 for each of 6 query-key pairs. */
    const GptSpec small = {1, 1, 2, 3, 0, 0, GPT_GELU_TANH};
    cr_expect_eq(gpt.flops(&small, 3, 0), 3 * 96 + 6 * 8);
}

/* Reads {"architecture": ..., fields} as a spec does; the text of all errors, empty if none. */
static const char *read_gpt(GptSpec *spec, const char *json, Error *err, Arena *arena)
{
    Json *object = json_parse_text(json, strlen(json), "model.json", arena, err);
    cr_assert(object, "%s", err->text);
    const SpecReader reader = {"model.json", arena, err};
    bool read = spec_read(spec, gpt.entry.table, object, &reader, "$.model");
    cr_expect_eq(read, err->n_errors == 0);
    return err->text;
}

Test(gpt, reads_its_fields_and_fills_in_the_papers_dropout)
{
    Error err = {0};
    Arena *arena = arena_create("test", &err);
    GptSpec spec;
    const char *errors =
        read_gpt(&spec, "{\"n_layer\": 2, \"n_head\": 4, \"n_channel\": 32, \"n_context\": 16}",
                 &err, arena);
    cr_expect_str_eq(errors, "");
    cr_expect_eq(spec.n_channel, 32);
    cr_expect_eq(spec.dropout, 0.1);
    cr_expect_eq(spec.attention_dropout, 0.1);
    arena_destroy(arena);
}

Test(gpt, says_which_numbers_of_heads_are_possible)
{
    Error err = {0};
    Arena *arena = arena_create("test", &err);
    GptSpec spec;
    const char *errors =
        read_gpt(&spec, "{\"n_layer\": 2, \"n_head\": 7, \"n_channel\": 32, \"n_context\": 16}",
                 &err, arena);
    cr_expect(strstr(errors, "model.json: $.model.n_head: 7 does not divide n_channel = 32"), "%s",
              errors);
    cr_expect(strstr(errors, "try: one of 1, 2, 4, 8, 16, 32"), "%s", errors);
    arena_destroy(arena);
}

Test(gpt, is_found_in_the_registry)
{
    const SpecEntry *entry = spec_registry_find(&architectures, "gpt");
    cr_assert(entry);
    const SpecEntryChoice choice = {entry, NULL};
    cr_expect_eq(architecture_of(&choice), &gpt);
    cr_expect_str_eq(architectures.kind, "architecture");
}
