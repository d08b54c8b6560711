#include <criterion/criterion.h>
#include <string.h>

#include "../deviation.h"
#include "model/lstm.h"
#include "model_rig.h"

TestSuite(lstm);

static const LstmSpec paper = {1, 2048, 768, 512, 0.1};
static const LstmSpec deep = {3, 20, 16, 32, 0.1};

static TensorTable weights_of(const LstmSpec *spec, int n_vocab, Arena **arena)
{
    Error err = {0};
    *arena = arena_create("test", &err);
    cr_assert(*arena, "%s", err.text);
    TensorTable table = tensors_create(&kernels_fast.memory, *arena);
    cr_assert(lstm.weights(&table, spec, n_vocab, &err), "%s", err.text);
    return table;
}

Test(lstm, has_the_parameters_counted_by_hand_at_the_papers_size)
{
    Arena *arena;
    const TensorTable table = weights_of(&paper, 40478, &arena);
    const size_t V = 40478, C = 768, H = 2048;
    const size_t by_hand = V * C                           /* token table */
                           + C * 4 * H + H * 4 * H + 4 * H /* four gates */
                           + H * C + C;                    /* to the width of the token table */
    cr_expect_eq(table.n_parameters, by_hand, "%zu", table.n_parameters);
    cr_expect_eq(by_hand, 55737600);
    arena_destroy(arena);
}

Test(lstm, as_wide_as_its_embedding_has_no_projection)
{
    Arena *arena;
    const LstmSpec square = {1, 16, 16, 32, 0.1};
    const TensorTable table = weights_of(&square, 100, &arena);
    cr_expect_eq(tensors_find(&table, "projection.weight"), -1);
    cr_expect_eq(table.n_parameters, 100 * 16 + 2 * 16 * 64 + 64);
    arena_destroy(arena);
}

Test(lstm, decays_exactly_what_has_rank_above_1)
{
    Arena *arena;
    const TensorTable table = weights_of(&deep, 100, &arena);
    for (int i = 0; i < table.n; i++) {
        const TensorInfo *tensor = &table.items[i];
        cr_expect_eq((tensor->flags & TENSOR_DECAY) != 0, tensor->rank > 1, "%s", tensor->name);
    }
    arena_destroy(arena);
}

Test(lstm, numbers_layers_from_the_embedding_up)
{
    Arena *arena;
    const TensorTable table = weights_of(&deep, 100, &arena);
    cr_expect_eq(table.items[tensors_find(&table, "token_embedding.weight")].layer, 0);
    cr_expect_eq(table.items[tensors_find(&table, "layer.0.input.weight")].layer, 1);
    cr_expect_eq(table.items[tensors_find(&table, "layer.2.bias")].layer, 3);
    cr_expect_eq(table.items[tensors_find(&table, "projection.weight")].layer, 3);
    cr_expect_eq(table.items[tensors_find(&table, "projection.bias")].layer, 3);
    arena_destroy(arena);
}

Test(lstm, keeps_work_memory_the_same_for_any_depth)
{
    Error err = {0};
    Arena *arena = arena_create("test", &err);
    TensorTable one = tensors_create(&kernels_fast.memory, arena),
                three = tensors_create(&kernels_fast.memory, arena);
    LstmSpec shallow = deep;
    shallow.n_layer = 1;
    cr_assert(lstm.work(&one, &shallow, 512, 4, &err) && lstm.work(&three, &deep, 512, 4, &err));
    cr_expect_eq(one.n_elements, three.n_elements);
    arena_destroy(arena);
}

Test(lstm, counts_the_operations_of_a_pass_counted_by_hand)
{
    /* C = 2, H = 3: 2 * 12 * (2 + 3) in the first layer, 2 * 12 * (3 + 3) in the second, 2 * 3 * 2 up. */
    const LstmSpec small = {2, 3, 2, 8, 0};
    cr_expect_eq(lstm.flops(&small, 5, 0), 5 * (120 + 144 + 12));
    const LstmSpec square = {1, 3, 3, 8, 0};
    cr_expect_eq(lstm.flops(&square, 5, 0), 5 * 144);
}

/* Equal tokens at different places of a sequence: a table of embeddings alone could not tell them apart. */
Test(lstm, begins_every_sequence_with_an_empty_state_and_remembers_within_it)
{
    const ModelCase c = {"equal tokens", &lstm, &deep, 17, 3, {6, 4, 5}};
    Rig rig;
    rig_create_case(&rig, &c, &kernels_fast);
    rig.training = false;
    for (int n = 0; n < rig.batch.target.N; n++) rig_tokens(&rig)[n] = 5;
    rig_forward(&rig);
    const size_t C = (size_t)rig.C;
    const double rounding = 1e-5; /* products round by the place of a row among all rows */
    const real *states = rig_states(&rig);
    for (int s = 1; s < rig.batch.S; s++)
        cr_expect_lt(
            deviation_largest(states + (size_t)rig.batch.target.start[s] * C, states, 4 * C),
            rounding, "the first four steps of sequence %d", s);
    cr_expect_gt(deviation_largest(states + C, states, C), 100 * rounding, "a second step");
    rig_destroy(&rig);
}

static const char *read_lstm(LstmSpec *spec, const char *json, Error *err, Arena *arena)
{
    Json *object = json_parse_text(json, strlen(json), "model.json", arena, err);
    cr_assert(object, "%s", err->text);
    const SpecReader reader = {"model.json", arena, err};
    bool read = spec_read(spec, lstm.entry.table, object, &reader, "$.model");
    cr_expect_eq(read, err->n_errors == 0);
    return err->text;
}

Test(lstm, reads_its_fields_and_has_one_layer_unless_told)
{
    Error err = {0};
    Arena *arena = arena_create("test", &err);
    LstmSpec spec;
    cr_expect_str_eq(
        read_lstm(&spec, "{\"n_hidden\": 48, \"n_channel\": 32, \"n_context\": 16}", &err, arena),
        "");
    cr_expect_eq(spec.n_layer, 1);
    cr_expect_eq(spec.n_hidden, 48);
    cr_expect_eq(spec.dropout, 0.1);
    arena_destroy(arena);
}

Test(lstm, must_be_told_its_units)
{
    Error err = {0};
    Arena *arena = arena_create("test", &err);
    LstmSpec spec;
    const char *errors = read_lstm(&spec, "{\"n_channel\": 32, \"n_context\": 16}", &err, arena);
    cr_expect(strstr(errors, "model.json: $.model.n_hidden"), "%s", errors);
    arena_destroy(arena);
}

Test(lstm, is_found_in_the_registry)
{
    const SpecEntry *entry = spec_registry_find(&architectures, "lstm");
    cr_assert(entry);
    const SpecEntryChoice choice = {entry, NULL};
    cr_expect_eq(architecture_of(&choice), &lstm);
}
