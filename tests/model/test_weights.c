#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "kernels/kernels.h"
#include "model/weights.h"

/* Each test has a folder and an arena of its own. */
static char folder[64], path[96];
static Arena *arena;
static Error err;

static void set_up(void)
{
    snprintf(folder, sizeof folder, "/tmp/reprise-weights-XXXXXX");
    cr_assert(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/model.safetensors", folder);
    arena = arena_create("test", &err);
    cr_assert(arena, "%s", err.text);
}

static void tear_down(void)
{
    Error ignored = {0};
    if (!file_remove_tree(folder, &ignored)) fprintf(stderr, "%s\n", ignored.text);
    arena_destroy(arena);
}

TestSuite(weights, .init = set_up, .fini = tear_down);

/* A token table, two layers and a head. */
static TensorTable table_of(int n_vocab, int n_layer, int n_class)
{
    TensorTable table = tensors_create(&kernels_fast.memory, arena);
    const unsigned matrix = TENSOR_INIT_NORMAL;
    tensors_add(&table, &err, matrix | TENSOR_BY_TOKEN, TENSOR_LAYER_EMBEDDING, 2, (size_t)n_vocab,
                3, "token_embedding.weight");
    for (int layer = 0; layer < n_layer; layer++) {
        tensors_add(&table, &err, matrix, layer + 1, 2, 3, 5, "block.%d.weight", layer);
        tensors_add(&table, &err, 0, layer + 1, 1, 5, 0, "block.%d.bias", layer);
    }
    if (n_class)
        tensors_add(&table, &err, matrix, TENSOR_LAYER_HEAD, 2, 3, (size_t)n_class, "head.weight");
    cr_assert_eq(err.n_errors, 0, "%s", err.text);
    return table;
}

/* Values that F32 holds exactly, different in every place. */
static real *values_for(const TensorTable *table, double first)
{
    real *block = tensors_allocate(table, arena, &err);
    cr_assert(block, "%s", err.text);
    for (int i = 0; i < table->n; i++)
        for (size_t j = 0; j < table->items[i].n; j++)
            block[table->items[i].offset + j] = (real)(first + i + (double)j / 64);
    return block;
}

static void save(const TensorTable *table, real *block)
{
    const WeightsBlock blocks[] = {{"", block}};
    cr_assert(weights_save(path, table, blocks, 1, NULL, arena, &err), "%s", err.text);
}

static bool load(const TensorTable *table, real *block)
{
    const WeightsBlock blocks[] = {{"", block}};
    return weights_load(path, table, blocks, 1, NULL, arena, &err);
}

Test(weights, come_back_as_they_were_saved)
{
    const TensorTable table = table_of(4, 2, 2);
    real *saved = values_for(&table, 1), *loaded = values_for(&table, 50);
    save(&table, saved);
    cr_assert(load(&table, loaded), "%s", err.text);
    for (int i = 0; i < table.n; i++)
        cr_expect_arr_eq(loaded + table.items[i].offset, saved + table.items[i].offset,
                         table.items[i].n * sizeof(real));
}

Test(weights, carry_moments_and_metadata_in_the_same_file)
{
    const TensorTable table = table_of(4, 2, 0);
    real *w = values_for(&table, 1), *m = values_for(&table, 20), *loaded = values_for(&table, 50);
    Json *metadata = json_new_object(arena, &err);
    cr_assert(metadata && json_set(metadata, "update", json_new_text("17", arena, &err), &err));
    const WeightsBlock blocks[] = {{"", w}, {"adam.m.", m}};
    cr_assert(weights_save(path, &table, blocks, 2, metadata, arena, &err), "%s", err.text);

    const WeightsBlock moment[] = {{"adam.m.", loaded}};
    Json *found;
    cr_assert(weights_load(path, &table, moment, 1, &found, arena, &err), "%s", err.text);
    cr_expect_arr_eq(loaded, m, 4 * 3 * sizeof(real));
    cr_expect_str_eq(json_text(json_get(found, "update")), "17");
    cr_expect(load(&table, loaded), "further blocks are no error: %s", err.text);
    cr_expect_arr_eq(loaded, w, 4 * 3 * sizeof(real));
}

Test(weights, begin_their_data_on_64_bytes)
{
    const TensorTable table = table_of(4, 1, 0);
    save(&table, values_for(&table, 1));
    char *bytes;
    size_t size;
    cr_assert(file_read(&bytes, &size, path, arena, &err), "%s", err.text);
    uint64_t header;
    memcpy(&header, bytes, sizeof header);
    cr_expect_eq((8 + header) % 64, 0);
    cr_expect_eq(size, 8 + header + table.n_parameters * sizeof(float));
    cr_expect_eq(bytes[8], '{');
}

/* --- numbers that are none ----------------------------------------------------------------------- */

/* A value of the second tensor in the saved file becomes what no weight is. */
static void spoil(const TensorTable *table, float value)
{
    char *bytes;
    size_t size;
    save(table, values_for(table, 1));
    cr_assert(file_read(&bytes, &size, path, arena, &err), "%s", err.text);
    const size_t data = size - table->n_parameters * sizeof(float);
    memcpy(bytes + data + (table->items[0].n + 2) * sizeof(float), &value, sizeof value);
    cr_assert(file_write(path, bytes, size, &err), "%s", err.text);
}

Test(weights, that_are_no_finite_numbers_are_not_loaded)
{
    const TensorTable table = table_of(4, 2, 0);
    const float wrong[] = {NAN, INFINITY, -INFINITY};
    for (int i = 0; i < 3; i++) {
        spoil(&table, wrong[i]);
        err = (Error){0};
        cr_expect_not(load(&table, values_for(&table, 50)));
        cr_expect(strstr(err.text, "tensor 'block.0.weight' holds "), "%s", err.text);
        cr_expect(strstr(err.text, " at element 2, which is not a finite number"), "%s", err.text);
        err = (Error){0};
        cr_expect_not(weights_transfer(path, &table, values_for(&table, 50), 1, arena, &err));
        cr_expect(strstr(err.text, "tensor 'block.0.weight'"), "%s", err.text);
    }
}

Test(weights, that_are_no_finite_numbers_are_not_saved)
{
    const TensorTable table = table_of(4, 2, 0);
    real *w = values_for(&table, 1), *m = values_for(&table, 20);
    const WeightsBlock blocks[] = {{"", w}, {"adam.m.", m}};
    m[table.items[1].offset + 1] = (real)NAN;
    cr_expect_not(weights_save(path, &table, blocks, 2, NULL, arena, &err));
    cr_expect(strstr(err.text, "tensor 'adam.m.block.0.weight' holds a value that is not a finite"),
              "%s", err.text);
    cr_expect_not(file_exists(path));
}

/* --- transfer --------------------------------------------------------------------------------- */

Test(weights, transfer_leaves_the_head_and_added_tokens_as_they_are)
{
    const TensorTable small = table_of(4, 2, 0), large = table_of(7, 2, 2);
    real *source = values_for(&small, 1), *target = values_for(&large, 50),
         *fresh = values_for(&large, 50);
    save(&small, source);
    cr_assert(weights_transfer(path, &large, target, 2, arena, &err), "%s", err.text);
    cr_expect_arr_eq(target, source, 4 * 3 * sizeof(real), "known tokens");
    cr_expect_arr_eq(target + 4 * 3, fresh + 4 * 3, 3 * 3 * sizeof(real), "added tokens");
    const size_t head = large.items[5].offset, block = large.items[3].offset;
    cr_expect_arr_eq(target + head, fresh + head, 6 * sizeof(real), "head");
    cr_expect_arr_eq(target + block, source + small.items[3].offset, 15 * sizeof(real),
                     "second block");
}

Test(weights, transfer_takes_only_the_first_layers_asked_for)
{
    const TensorTable table = table_of(4, 2, 0);
    real *source = values_for(&table, 1);
    save(&table, source);
    for (int n_layers = 0; n_layers <= 2; n_layers++) {
        real *target = values_for(&table, 50), *fresh = values_for(&table, 50);
        cr_assert(weights_transfer(path, &table, target, n_layers, arena, &err), "%s", err.text);
        for (int i = 0; i < table.n; i++) {
            const size_t offset = table.items[i].offset;
            const real *expected = table.items[i].layer <= n_layers ? source : fresh;
            cr_expect_arr_eq(target + offset, expected + offset, table.items[i].n * sizeof(real),
                             "%d layers: %s", n_layers, table.items[i].name);
        }
    }
}

Test(weights, transfer_refuses_a_file_without_a_wanted_layer)
{
    const TensorTable one = table_of(4, 1, 0), two = table_of(4, 2, 0);
    save(&one, values_for(&one, 1));
    cr_expect_not(weights_transfer(path, &two, values_for(&two, 50), 2, arena, &err));
    cr_expect(strstr(err.text, "has no tensor 'block.1.weight'"), "%s", err.text);
}

Test(weights, transfer_refuses_a_larger_vocabulary)
{
    const TensorTable large = table_of(5, 1, 0), small = table_of(4, 1, 0);
    save(&large, values_for(&large, 1));
    cr_expect_not(weights_transfer(path, &small, values_for(&small, 50), 1, arena, &err));
    cr_expect(strstr(err.text, "has shape [5,3], but the model needs [4,3]"), "%s", err.text);
}

/* --- wrong and damaged files ------------------------------------------------------------------- */

/* Writes a header and n_data zero bytes; the file cannot be loaded, and the message has this text. */
static void expect_refused(const char *header, size_t n_data, const char *message)
{
    TensorTable table = tensors_create(&kernels_fast.memory, arena);
    err = (Error){0};
    cr_assert_eq(tensors_add(&table, &err, 0, 0, 2, 2, 3, "a"), 0);
    cr_assert_eq(tensors_add(&table, &err, 0, 0, 1, 2, 0, "b"), 1);
    const uint64_t length = strlen(header);
    char *bytes = arena_alloc(arena, 8 + length + n_data, 1, &err);
    cr_assert(bytes, "%s", err.text);
    memcpy(bytes, &length, 8);
    memcpy(bytes + 8, header, length);
    cr_assert(file_write(path, bytes, 8 + length + n_data, &err), "%s", err.text);
    const bool loaded = load(&table, values_for(&table, 1));
    if (!message) {
        cr_expect(loaded, "%s", err.text);
        return;
    }
    cr_expect_not(loaded, "loaded: %s", header);
    cr_expect(strstr(err.text, message), "expected '%s' in: %s", message, err.text);
    cr_expect(strstr(err.text, "model.safetensors"), "no path in: %s", err.text);
    cr_expect(strstr(err.text, "try: "), "no hint in: %s", err.text);
}

#define A(dtype, shape, begin, end)                                                                \
    "\"a\":{\"dtype\":\"" dtype "\",\"shape\":" shape ",\"data_offsets\":[" #begin "," #end "]}"
#define B(begin, end)                                                                              \
    "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[" #begin "," #end "]}"
#define GOOD_A A("F32", "[2,3]", 0, 24)

Test(weights, a_hand_written_file_is_read)
{
    expect_refused("{" GOOD_A "," B(24, 32) "}", 32, NULL);
    expect_refused("{" B(0, 8) "," A("F32", "[2,3]", 8, 32) "}", 32, NULL);
}

Test(weights, another_shape_is_refused)
{
    expect_refused("{" A("F32", "[3,2]", 0, 24) "," B(24, 32) "}", 32,
                   "'a' has shape [3,2], but the model needs [2,3]");
    expect_refused("{" A("F32", "[6]", 0, 24) "," B(24, 32) "}", 32, "has shape [6]");
    expect_refused("{" A("F32", "[1,3]", 0, 12) "," B(12, 20) "}", 20, "has shape [1,3]");
}

Test(weights, another_type_is_refused)
{
    expect_refused("{" A("BF16", "[2,3]", 0, 12) "," B(12, 20) "}", 20,
                   "'a' holds BF16 values, not F32");
}

Test(weights, a_missing_or_unknown_tensor_is_refused)
{
    expect_refused("{" GOOD_A "}", 24, "has no tensor 'b'");
    expect_refused("{" GOOD_A "," B(
                       24, 32) ",\"c\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[32,36]}}",
                   36, "the model has no tensor 'c'");
}

Test(weights, places_that_overlap_or_leave_holes_are_refused)
{
    expect_refused("{" GOOD_A "," B(20, 28) "}", 28,
                   "begins at 20, but the tensor before ends at 24");
    expect_refused("{" GOOD_A "," B(28, 36) "}", 36,
                   "begins at 28, but the tensor before ends at 24");
    expect_refused("{" GOOD_A "," B(24, 32) "}", 40,
                   "the tensors end at byte 32 of the data, which has 40");
}

Test(weights, places_beyond_the_data_are_refused)
{
    expect_refused("{" GOOD_A "," B(24, 32) "}", 31, "reaches beyond the 31 bytes of data");
    expect_refused("{" GOOD_A "," B(24, 9223372036854775807) "}", 32,
                   "reaches beyond the 32 bytes");
    expect_refused("{" GOOD_A "," B(24, 16) "}", 24, "ends before it begins");
    expect_refused("{" GOOD_A "," B(-8, 0) "}", 24, "$.b.data_offsets: expected two sizes");
}

Test(weights, a_place_that_does_not_fit_its_shape_is_refused)
{
    expect_refused("{" A("F32", "[2,3]", 0, 20) "," B(20, 28) "}", 28,
                   "'a' has 20 bytes of data, but its shape needs 24");
}

Test(weights, a_header_that_is_no_object_of_tensors_is_refused)
{
    expect_refused("[]", 0, "the header is a list, not an object");
    expect_refused("{\"a\":1}", 0, "$.a: expected an object");
    expect_refused("{\"a\":{\"dtype\":1,\"shape\":[],\"data_offsets\":[0,4]}}", 4, "$.a.dtype");
    expect_refused("{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1],\"data_offsets\":[0,4]}}", 4,
                   "$.a.shape");
    expect_refused("{" GOOD_A "," GOOD_A "}", 24, "a");
    expect_refused("{", 0, "model.safetensors");
}

Test(weights, a_file_cut_anywhere_is_refused)
{
    const TensorTable table = table_of(4, 1, 0);
    save(&table, values_for(&table, 1));
    char *bytes;
    size_t size;
    cr_assert(file_read(&bytes, &size, path, arena, &err), "%s", err.text);
    for (size_t cut = 0; cut < size; cut++) {
        err = (Error){0};
        cr_assert(file_write(path, bytes, cut, &err), "%s", err.text);
        cr_expect_not(load(&table, values_for(&table, 50)), "loaded %zu of %zu bytes", cut, size);
        cr_expect(strstr(err.text, path), "%s", err.text);
    }
}

Test(weights, a_header_longer_than_the_file_is_refused)
{
    const TensorTable table = table_of(4, 1, 0);
    memset(&err, 0, sizeof err);
    cr_assert(file_write(path, "\xff\xff\xff\xff\xff\xff\xff\xff{}", 10, &err), "%s", err.text);
    cr_expect_not(load(&table, values_for(&table, 50)));
    cr_expect(strstr(err.text, "the header should have 18446744073709551615 bytes"), "%s",
              err.text);
}

Test(weights, an_absent_file_is_named)
{
    const TensorTable table = table_of(4, 1, 0);
    cr_expect_not(load(&table, values_for(&table, 50)));
    cr_expect(strstr(err.text, path), "%s", err.text);
}

Test(weights, nothing_is_left_behind_when_a_write_fails)
{
    const TensorTable table = table_of(4, 2, 0);
    real *block = values_for(&table, 1);
    const WeightsBlock blocks[] = {{"", block}};
    long n_failed = 0;
    for (bool saved = false; !saved; n_failed += !saved) {
        err = (Error){0};
        file_fail_at(n_failed + 1);
        saved = weights_save(path, &table, blocks, 1, NULL, arena, &err);
        file_fail_at(0);
        char **names;
        size_t n_names;
        Error list = {0};
        cr_assert(file_list(&names, &n_names, folder, arena, &list), "%s", list.text);
        cr_expect_eq(n_names, saved, "write %ld left %zu files", n_failed + 1, n_names);
    }
    cr_expect_gt(n_failed, 0);
}
