/* How much of a pre-trained bert or t5 is taken, and what of it is left as it was. Each has two layers: a bert blocks, a t5
 * one in each stack. */
#include <criterion/criterion.h>
#include <string.h>

#include "../plan_rig.h"
#include "base/file.h"
#include "model/safetensors.h"

static Error err;

TestSuite(transferred_layers, .init = plan_rig_begin, .fini = plan_rig_end);

typedef struct Family {
    const char *name, *objective;
    int n_layer;
    const char *first, *second; /* tensors of its two layers */
} Family;

static const Family families[] = {
    {"bert", "masked-lm", 2, "block.0.mlp.widen.weight", "block.1.mlp.widen.weight"},
    {"t5", "span-corruption", 1, "encoder.block.0.mlp.widen.weight",
     "decoder.block.0.mlp.widen.weight"},
};
enum { N_FAMILIES = sizeof families / sizeof *families };

/* `pretrain`: settings beside its objective, each behind a comma. */
static Plan run_with(const Family *family, const char *pretrain, const char *finetune)
{
    Plan plan = plan_rig_build(arena_format(
        plan_rig_arena(), &err,
        "\"tasks\": [\"tiny-happy\"], \"model\": {\"architecture\": \"%s\", \"n_layer\": %d, "
        "\"n_head\": 2, \"n_channel\": 16, \"n_context\": 64}, \"pretrain\": {\"objective\": "
        "\"%s\", \"tokens\": 500%s, \"checkpoints\": 1}, \"finetune\": {\"lm_coefficient\": 0, "
        "\"learning_rate\": 0.01, %s}",
        family->name, family->n_layer, family->objective, pretrain, finetune));
    plan_rig_run(&plan);
    return plan;
}

static Plan run(const Family *family, const char *finetune)
{
    return run_with(family, "", finetune);
}

static SafetensorsFile weights_of(const Plan *plan, const char *kind)
{
    SafetensorsFile file;
    const char *path = file_join(plan_rig_arena(), plan_rig_stage(plan, kind)->folder,
                                 "weights.safetensors", &err);
    cr_assert(path && safetensors_open(&file, path, plan_rig_arena(), &err), "%s", err.text);
    return file;
}

static bool same(const SafetensorsFile *a, const SafetensorsFile *b, const char *name)
{
    const SafetensorsTensor *one = safetensors_find(a, name), *other = safetensors_find(b, name);
    cr_assert(one && other, "%s", name);
    const size_t n = one->end_bytes - one->begin_bytes;
    cr_assert_eq(other->end_bytes - other->begin_bytes, n, "%s", name);
    return memcmp(a->data + one->begin_bytes, b->data + other->begin_bytes, n) == 0;
}

Test(transferred_layers, more_than_there_are_are_all)
{
    for (int f = 0; f < N_FAMILIES; f++) {
        const Plan all = run(&families[f], "\"transfer_layers\": \"all\"");
        const Plan two = run(&families[f], "\"transfer_layers\": 2");
        const Plan many = run(&families[f], "\"transfer_layers\": 63");
        const SafetensorsFile files[] = {weights_of(&all, "finetune"), weights_of(&two, "finetune"),
                                         weights_of(&many, "finetune")};
        for (int i = 1; i < 3; i++) {
            cr_assert_eq(files[i].data_bytes, files[0].data_bytes);
            cr_expect_eq(memcmp(files[i].data, files[0].data, files[0].data_bytes), 0, "%s %d",
                         families[f].name, i);
        }
    }
}

/* What is frozen stays bit for bit; the layer behind it trains. */
Test(transferred_layers, one_that_is_frozen_stays_and_the_next_trains)
{
    for (int f = 0; f < N_FAMILIES; f++) {
        const Plan plan = run(&families[f], "\"transfer_layers\": 1, \"freeze_transferred\": true");
        const SafetensorsFile before = weights_of(&plan, "pretrain");
        const SafetensorsFile after = weights_of(&plan, "finetune");
        cr_expect(same(&before, &after, "token_embedding.weight"), "%s", families[f].name);
        cr_expect(same(&before, &after, families[f].first), "%s", families[f].name);
        cr_expect_not(same(&before, &after, families[f].second), "%s", families[f].name);
    }
}

/* A pooler that pre-training made is left as it is with them; one that is new trains. */
Test(transferred_layers, a_pooler_is_frozen_where_it_was_transferred)
{
    const Plan plan = run_with(&families[0], ", \"next_sentence\": true",
                               "\"transfer_layers\": 2, \"freeze_transferred\": true");
    const SafetensorsFile before = weights_of(&plan, "pretrain");
    const SafetensorsFile after = weights_of(&plan, "finetune");
    cr_expect(same(&before, &after, "pooler.weight"));
    cr_expect(same(&before, &after, "pooler.bias"));
    const Plan fresh = run(&families[0], "\"transfer_layers\": 2, \"freeze_transferred\": true");
    const SafetensorsFile trained = weights_of(&fresh, "finetune");
    const SafetensorsTensor *bias = safetensors_find(&trained, "pooler.bias");
    float value;
    cr_assert(bias);
    safetensors_floats(&value, &trained, bias, 0, 1);
    cr_expect_neq(value, 0); /* with which it begins */
}

Test(transferred_layers, of_a_bert_all_may_be_frozen_for_its_head_trains)
{
    const Plan plan = run(&families[0], "\"transfer_layers\": 63, \"freeze_transferred\": true");
    const SafetensorsFile before = weights_of(&plan, "pretrain");
    const SafetensorsFile after = weights_of(&plan, "finetune");
    cr_expect(same(&before, &after, families[0].first));
    cr_expect(same(&before, &after, families[0].second));
    const SafetensorsTensor *bias = safetensors_find(&after, "head.bias");
    float value;
    cr_assert(bias);
    safetensors_floats(&value, &after, bias, 0, 1);
    cr_expect_neq(value, 0); /* with which it begins */
}
