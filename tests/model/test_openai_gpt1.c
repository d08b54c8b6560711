#include "model/openai_gpt1.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "../scratch_folder.h"
#include "base/buffer.h"
#include "model/gpt.h"

enum { LAYERS = 2, CHANNELS = 4, HEADS = 2, CONTEXT = 3, VOCABULARY = 5 };

static Arena *arena;
static Error err;
static TensorTable table;
static float *published; /* the long vector */

static void begin(void)
{
    scratch_folder_make();
    err = (Error){0};
    arena = arena_create("gpt1", &err);
    static const GptSpec spec = {
        .n_layer = LAYERS, .n_head = HEADS, .n_channel = CHANNELS, .n_context = CONTEXT};
    table = tensors_create(&kernels_fast.memory, arena);
    cr_assert(gpt_weights(&table, &spec, VOCABULARY, &err), "%s", err.text);
    published = arena_alloc(arena, table.n_parameters, sizeof *published, &err);
    for (size_t i = 0; i < table.n_parameters; i++) published[i] = (float)i;
}

static void end(void)
{
    arena_destroy(arena);
    scratch_folder_remove();
}

TestSuite(openai_gpt1, .init = begin, .fini = end);

/* The layout's own shapes: positions, tokens, then the blocks, matrices with a 1 before them. */
static void write_shapes(int channels)
{
    Buffer text = buffer_create(arena);
    bool ok =
        buffer_format(&text, &err, "[[%d,%d],[%d,%d]", CONTEXT, channels, VOCABULARY, channels);
    for (int b = 0; b < LAYERS; b++)
        ok &=
            buffer_format(&text, &err,
                          ",[1,%d,%d],[%d],[1,%d,%d],[%d],[%d],[%d],[1,%d,%d],[%d],[1,%d,%d],[%d],"
                          "[%d],[%d]",
                          channels, 3 * channels, 3 * channels, channels, channels, channels,
                          channels, channels, channels, 4 * channels, 4 * channels, 4 * channels,
                          channels, channels, channels, channels);
    cr_assert(ok && buffer_add_char(&text, ']', &err), "%s", err.text);
    scratch_folder_write("shapes.json", text.data, text.size);
}

static const char *write_shard(int number, size_t first, size_t n)
{
    Buffer bytes = buffer_create(arena);
    const char *name = arena_format(arena, &err, "params_%d.npy", number);
    const char *header = arena_format(
        arena, &err, "{'descr': '<f4', 'fortran_order': False, 'shape': (%zu,), }\n", n);
    const unsigned char length[] = {(unsigned char)strlen(header), 0};
    cr_assert(buffer_add(&bytes, "\x93NUMPY\x01\x00", 8, &err) &&
              buffer_add(&bytes, length, 2, &err) && buffer_add_text(&bytes, header, &err) &&
              buffer_add(&bytes, published + first, n * sizeof(float), &err));
    scratch_folder_write(name, bytes.data, bytes.size);
    return arena_text(arena, scratch_folder_path(name), &err);
}

static bool load(real *block, const char *const *shards, size_t n)
{
    const char *shapes = arena_text(arena, scratch_folder_path("shapes.json"), &err);
    const OpenaiGpt1Files files = {shapes, shards, n};
    err = (Error){0};
    return openai_gpt1_load(&table, block, &files, arena, &err);
}

static real first_of(const real *block, const char *name)
{
    return block[tensors_named(&table, name)->offset];
}

Test(openai_gpt1, shards_follow_one_another_and_are_cut_by_the_shapes)
{
    real *block = tensors_allocate(&table, arena, &err);
    const size_t n = table.n_parameters, third = n / 3;
    write_shapes(CHANNELS);
    const char *shards[] = {write_shard(0, 0, third), write_shard(1, third, 0),
                            write_shard(2, third, n - third)};
    cr_assert(load(block, shards, 3), "%s", err.text);
    const size_t positions = CONTEXT * CHANNELS, tokens = VOCABULARY * CHANNELS;
    cr_expect_eq(first_of(block, "position_embedding.weight"), (real)0);
    cr_expect_eq(first_of(block, "token_embedding.weight"), (real)positions);
    cr_expect_eq(first_of(block, "block.0.attention.qkv.weight"), (real)(positions + tokens));
    cr_expect_eq(first_of(block, "block.0.attention.qkv.bias"),
                 (real)(positions + tokens + 3 * CHANNELS * CHANNELS));
    const TensorInfo *last = tensors_named(&table, "block.1.mlp_norm.bias");
    cr_expect_eq(block[last->offset + last->n - 1], (real)(n - 1));
}

Test(openai_gpt1, a_missing_shard_is_told_by_how_much_is_there)
{
    real *block = tensors_allocate(&table, arena, &err);
    write_shapes(CHANNELS);
    const char *shards[] = {write_shard(0, 0, 7)};
    cr_assert_not(load(block, shards, 1));
    cr_expect(strstr(err.text, "hold 7 values, but their shapes need"), "%s", err.text);
    cr_expect(strstr(err.text, "all shards are needed, in their order"), "%s", err.text);
}

Test(openai_gpt1, another_size_names_the_tensor)
{
    real *block = tensors_allocate(&table, arena, &err);
    write_shapes(CHANNELS + 1);
    const char *shards[] = {write_shard(0, 0, table.n_parameters)};
    cr_assert_not(load(block, shards, 1));
    cr_expect(strstr(err.text, "a tensor of shape [3,5] stands where the model has "
                               "'position_embedding.weight' of [3,4]"),
              "%s", err.text);
}

Test(openai_gpt1, another_number_of_layers_is_refused)
{
    real *block = tensors_allocate(&table, arena, &err);
    scratch_folder_write("shapes.json", "[[3,4]]", 7);
    const char *shards[] = {write_shard(0, 0, table.n_parameters)};
    cr_assert_not(load(block, shards, 1));
    cr_expect(strstr(err.text, "expected a list of 26 shapes"), "%s", err.text);
}

Test(openai_gpt1, what_is_no_number_is_refused)
{
    real *block = tensors_allocate(&table, arena, &err);
    published[14] = (float)(0.0 / 0.0);
    write_shapes(CHANNELS);
    const char *shards[] = {write_shard(0, 0, table.n_parameters)};
    cr_assert_not(load(block, shards, 1));
    cr_expect(strstr(err.text, "'token_embedding.weight' holds"), "%s", err.text);
    cr_expect(strstr(err.text, "at element 2, which is not a finite number"), "%s", err.text);
}
