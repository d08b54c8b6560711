/* What every architecture promises, said of each case of model_rig.c. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "../deviation.h"
#include "base/parallel.h"
#include "model/gpt.h"
#include "model/lstm.h"
#include "model_rig.h"

TestSuite(architecture);

/* Arithmetic in another order: rounding of sums of up to a few hundred terms, through four blocks at most. */
static const double REORDERED = sizeof(real) == sizeof(float) ? 4e-5 : 1e-13;

#ifdef REPRISE_DOUBLE
/* Largest difference between the gradients of a tensor and central differences, at up to 40 of its
 * elements, over the tensor's largest gradient. */
static double difference_error(Rig *rig, const TensorInfo *tensor)
{
    const double h =
        1e-6; /* h^2 of the formula against 1e-16 / h of rounding; a ReLU has no corner so near */
    const size_t step = tensor->n / 40 | 1;
    double error = 0, size = 1e-4; /* a key bias has gradient 0: compare it with something */
    for (size_t j = 0; j < tensor->n; j += step) {
        real *w = &rig->weights[tensor->offset + j];
        const real kept = *w;
        *w = kept + h;
        const double above = rig_loss(rig);
        *w = kept - h;
        const double below = rig_loss(rig);
        *w = kept;
        const double analytic = rig->gradients[tensor->offset + j];
        error = fmax(error, fabs((above - below) / (2 * h) - analytic));
        size = fmax(size, fabs(analytic));
    }
    return error / size;
}

Test(architecture, gradients_agree_with_central_differences)
{
    const Kernels *tables[] = {&kernels_plain, &kernels_fast};
    for (const ModelCase *c = model_cases; c->name; c++)
        for (int k = 0; k < 2; k++) {
            Rig rig;
            rig_create_case(&rig, c, tables[k]);
            if (rig.batch.target.N < 100) { /* differences on the wide cases would take minutes */
                rig_backward(&rig);
                for (int i = 0; i < rig.weights_table.n; i++) {
                    const double error = difference_error(&rig, &rig.weights_table.items[i]);
                    cr_expect_lt(error, 1e-6, "%s, %s kernels: %s: relative error %.2g", c->name,
                                 tables[k]->name, rig.weights_table.items[i].name, error);
                }
            }
            rig_destroy(&rig);
        }
}
#endif

/* Rows of a matrix, or a whole vector, of which no element has a gradient. Single elements may have
 * none: dropout can hide a position's only channel, and the softmax does not see a key bias. */
static size_t rows_without_gradient(const Rig *rig, const TensorInfo *tensor)
{
    const size_t columns = tensor->rank > 1 ? tensor->dim[1] : tensor->n;
    size_t n_rows = 0;
    for (size_t row = 0; row < tensor->n; row += columns) {
        size_t n_zero = 0;
        for (size_t j = 0; j < columns; j++)
            n_zero += rig->gradients[tensor->offset + row + j] == 0;
        n_rows += n_zero == columns;
    }
    return n_rows;
}

/* Buckets of relative positions that no two tokens of a case have; "later" is nobody at distance 0. */
static size_t rows_without_use(const ModelCase *c, const TensorInfo *tensor)
{
    const bool both_ways = strcmp(tensor->name, "encoder.relative_position.weight") == 0;
    if (!both_ways && strcmp(tensor->name, "decoder.relative_position.weight") != 0) return 0;
    const RelativeBuckets buckets = {(int)tensor->dim[0], 128, both_ways};
    const int most =
        c->architecture->shape(c->spec).n_context - 1; /* either stream has a full one */
    bool used[32] = {false};
    for (int d = -most; d <= (both_ways ? most : 0); d++)
        used[relative_bias_bucket(d, buckets)] = true;
    size_t n = 0;
    for (size_t i = 0; i < tensor->dim[0]; i++) n += !used[i];
    return n;
}

Test(architecture, every_weight_gets_a_gradient)
{
    for (const ModelCase *c = model_cases; c->name; c++) {
        Rig rig;
        rig_create_case(&rig, c, &kernels_fast);
        rig_backward(&rig);
        for (int i = 0; i < rig.weights_table.n; i++) {
            const TensorInfo *tensor = &rig.weights_table.items[i];
            const size_t n = rows_without_gradient(&rig, tensor);
            cr_expect_eq(n, rows_without_use(c, tensor), "%s: %s: %zu rows without gradient",
                         c->name, tensor->name, n);
        }
        rig_destroy(&rig);
    }
}

Test(architecture, backward_adds_to_gradients)
{
    for (const ModelCase *c = model_cases; c->name; c++) {
        Rig rig;
        rig_create_case(&rig, c, &kernels_fast);
        rig_backward(&rig);
        const size_t n = rig.weights_table.n_elements;
        Error err = {0};
        real *twice = tensors_allocate(&rig.weights_table, rig.arena, &err);
        cr_assert(twice, "%s", err.text);
        for (size_t i = 0; i < n; i++) twice[i] = 2 * rig.gradients[i];
        rig_backward(&rig);
        cr_expect_lt(deviation_largest(rig.gradients, twice, n), REORDERED, "%s", c->name);
        rig_destroy(&rig);
    }
}

Test(architecture, a_later_token_never_changes_an_earlier_state)
{
    for (const ModelCase *c = model_cases; c->name; c++) {
        if (c->architecture->mask != ATTENTION_CAUSAL) continue;
        Rig rig;
        rig_create_case(&rig, c, &kernels_fast);
        const size_t bytes = (size_t)rig.batch.target.N * (size_t)rig.C * sizeof(real);
        Error err = {0};
        char *before = arena_alloc(rig.arena, bytes, 1, &err);
        cr_assert(before, "%s", err.text);
        for (int s = 0; s < rig.batch.S; s += 3) {
            const int changed = (rig.batch.target.start[s] + rig.batch.target.start[s + 1]) / 2;
            rig_forward(&rig);
            memcpy(before, rig_states(&rig), bytes);
            rig_tokens(&rig)[changed] = (rig_tokens(&rig)[changed] + 1) % rig.n_vocab;
            rig_forward(&rig);
            const size_t row = (size_t)rig.C * sizeof(real);
            const char *after = (const char *)rig_states(&rig);
            cr_expect(memcmp(before, after, (size_t)changed * row) == 0,
                      "%s: row %d changed a row before it", c->name, changed);
            cr_expect(memcmp(before + (size_t)changed * row, after + (size_t)changed * row, row) !=
                          0,
                      "%s: row %d does not see its own token", c->name, changed);
            const size_t next = (size_t)rig.batch.target.start[s + 1] * row;
            cr_expect(memcmp(before + next, after + next, bytes - next) == 0,
                      "%s: sequence %d changed a sequence behind it", c->name, s);
        }
        rig_destroy(&rig);
    }
}

Test(architecture, of_a_bidirectional_one_every_state_depends_on_every_token_of_its_sequence_alone)
{
    for (const ModelCase *c = model_cases; c->name; c++) {
        if (c->architecture->mask != ATTENTION_BIDIRECTIONAL) continue;
        Rig rig;
        rig_create_case(&rig, c, &kernels_fast);
        const size_t row = (size_t)rig.C * sizeof(real);
        Error err = {0};
        char *before = arena_alloc(rig.arena, (size_t)rig.batch.target.N, row, &err);
        cr_assert(before, "%s", err.text);
        rig.training = false; /* dropout hides some tokens from some states */
        rig_forward(&rig);
        memcpy(before, rig_states(&rig), (size_t)rig.batch.target.N * row);
        const int changed =
            rig.batch.target.start[1] - 1; /* the last token of the first sequence */
        rig_tokens(&rig)[changed] = (rig_tokens(&rig)[changed] + 1) % rig.n_vocab;
        rig_forward(&rig);
        for (int n = 0; n < rig.batch.target.N; n++) {
            const char *after = (const char *)rig_states(&rig) + (size_t)n * row;
            bool same = memcmp(before + (size_t)n * row, after, row) == 0;
            cr_expect_eq(same, n > changed, "%s: row %d", c->name, n);
        }
        rig_destroy(&rig);
    }
}

Test(architecture, of_one_that_reads_a_source_every_state_depends_on_every_token_of_its_own_alone)
{
    for (const ModelCase *c = model_cases; c->name; c++) {
        if (!c->architecture->reads_source) continue;
        Rig rig;
        rig_create_case(&rig, c, &kernels_fast);
        const size_t row = (size_t)rig.C * sizeof(real);
        const Stream *source = &rig.batch.source, *target = &rig.batch.target;
        Error err = {0};
        char *before = arena_alloc(rig.arena, (size_t)target->N, row, &err);
        cr_assert(before, "%s", err.text);
        rig.training = false; /* dropout hides some tokens from some states */
        for (int s = 0; s < rig.batch.S; s++) {
            rig_forward(&rig);
            memcpy(before, rig_states(&rig), (size_t)target->N * row);
            int *token = (int *)source->token + source->start[s + 1] - 1;
            *token = (*token + 1) % rig.n_vocab;
            rig_forward(&rig);
            for (int n = 0; n < target->N; n++) {
                const char *after = (const char *)rig_states(&rig) + (size_t)n * row;
                const bool same = memcmp(before + (size_t)n * row, after, row) == 0;
                const bool its_own = n >= target->start[s] && n < target->start[s + 1];
                cr_expect_eq(same, !its_own, "%s: source %d, row %d", c->name, s, n);
            }
        }
        rig_destroy(&rig);
    }
}

Test(architecture, a_sequence_scores_the_same_alone_and_packed)
{
    for (const ModelCase *c = model_cases; c->name; c++) {
        Rig packed;
        rig_create_case(&packed, c, &kernels_fast);
        packed.training = false; /* masks follow the rows of a batch */
        rig_loss(&packed);
        for (int s = 0; s < c->n_sequences; s++) {
            ModelCase one = *c;
            one.n_sequences = 1;
            one.length[0] = c->length[s];
            Rig alone;
            rig_create_case(&alone, &one, &kernels_fast);
            alone.training = false;
            const size_t first = (size_t)packed.batch.target.start[s], n = (size_t)c->length[s];
            memcpy(rig_tokens(&alone), packed.batch.target.token + first, n * sizeof(int));
            alone.objective.target = packed.objective.target + first;
            rig_loss(&alone);
            const size_t C = (size_t)packed.C;
            const double states =
                deviation_largest(rig_states(&alone), rig_states(&packed) + first * C, n * C);
            const double losses = deviation_largest(alone.row_loss, packed.row_loss + first, n);
            cr_expect_lt(states, REORDERED, "%s: states of sequence %d: %.2g", c->name, s, states);
            cr_expect_lt(losses, REORDERED, "%s: losses of sequence %d: %.2g", c->name, s, losses);
            rig_destroy(&alone);
        }
        rig_destroy(&packed);
    }
}

/* States and gradients of one training pass. */
static void run_with_threads(Rig *rig, const ModelCase *c, int n_threads)
{
    parallel_set_threads(n_threads);
    rig_create_case(rig, c, &kernels_fast);
    rig_backward(rig);
}

Test(architecture, threads_do_not_change_a_bit)
{
    for (const ModelCase *c = model_cases; c->name; c++) {
        Rig one;
        run_with_threads(&one, c, 1);
        const size_t states = (size_t)one.batch.target.N * (size_t)one.C * sizeof(real);
        for (int n_threads = 2; n_threads <= 3; n_threads++) {
            Rig many;
            run_with_threads(&many, c, n_threads);
            cr_expect(memcmp(rig_states(&one), rig_states(&many), states) == 0,
                      "%s: states differ on %d threads", c->name, n_threads);
            cr_expect(memcmp(one.gradients, many.gradients,
                             one.weights_table.n_elements * sizeof(real)) == 0,
                      "%s: gradients differ on %d threads", c->name, n_threads);
            rig_destroy(&many);
        }
        rig_destroy(&one);
    }
}

Test(architecture, plain_and_fast_kernels_agree)
{
    for (const ModelCase *c = model_cases; c->name; c++) {
        Rig plain, fast;
        rig_create_case(&plain, c, &kernels_plain);
        rig_create_case(&fast, c, &kernels_fast);
        const double expected = rig_backward(&plain), found = rig_backward(&fast);
        cr_expect_lt(fabs(found - expected), REORDERED * fabs(expected), "%s: loss", c->name);
        for (int i = 0; i < plain.weights_table.n; i++) {
            const TensorInfo *tensor = &plain.weights_table.items[i];
            const double deviation = deviation_largest(fast.gradients + tensor->offset,
                                                       plain.gradients + tensor->offset, tensor->n);
            cr_expect_lt(deviation, REORDERED, "%s: %s: deviation %.2g", c->name, tensor->name,
                         deviation);
        }
        rig_destroy(&plain);
        rig_destroy(&fast);
    }
}

Test(architecture, dropout_acts_in_training_only_and_follows_its_key)
{
    for (const ModelCase *c = model_cases; c->name; c++) {
        Rig rig;
        rig_create_case(&rig, c, &kernels_fast);
        const double masked = rig_loss(&rig);
        cr_expect_eq(rig_loss(&rig), masked, "%s: same key, another mask", c->name);
        rig.dropout_key = rng_key(4, RNG_DROPOUT, 8);
        cr_expect_neq(rig_loss(&rig), masked, "%s: another key, same mask", c->name);
        rig.training = false;
        rig.work = NULL;
        const double whole = rig_loss(&rig);
        cr_expect_neq(whole, masked, "%s: no dropout in training", c->name);
        rig.dropout_key = rng_key(4, RNG_DROPOUT, 7);
        cr_expect_eq(rig_loss(&rig), whole, "%s: dropout in evaluation", c->name);
        rig_destroy(&rig);
    }
}

Test(architecture, only_a_recurrent_one_takes_a_step_a_token)
{
    const GptSpec transformer = {.n_layer = 3, .n_head = 1, .n_channel = 4, .n_context = 64};
    const LstmSpec recurrent = {.n_layer = 3, .n_hidden = 4, .n_channel = 4, .n_context = 64};
    cr_expect_eq(gpt.steps(&transformer, 1), 3);
    cr_expect_eq(gpt.steps(&transformer, 64), 3);
    cr_expect_eq(lstm.steps(&recurrent, 1), 3);
    cr_expect_eq(lstm.steps(&recurrent, 64), 66);
}

Test(architecture, the_first_weight_is_the_token_table)
{
    for (const ModelCase *c = model_cases; c->name; c++) {
        Rig rig;
        rig_create_case(&rig, c, &kernels_plain);
        const TensorInfo *first = &rig.weights_table.items[0];
        cr_expect_str_eq(first->name, "token_embedding.weight");
        cr_expect_eq(first->dim[0], (size_t)c->n_vocab);
        cr_expect_eq(first->dim[1], (size_t)rig.C);
        cr_expect_eq(first->layer, TENSOR_LAYER_EMBEDDING);
        rig_destroy(&rig);
    }
}
