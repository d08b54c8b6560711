/* Windows of running text and the order in which they are trained on. */
#include <criterion/criterion.h>
#include <string.h>

#include "../learner_rig.h"
#include "learner/causal_lm.h"
#include "learner/masked_lm.h"
#include "learner/objectives.h"
#include "learner/windows.h"
#include "model/bert.h"

TestSuite(windows, .init = learner_rig_begin, .fini = learner_rig_end);

static Windows cut(const TokenFile *file, const bool *wanted, int n_context)
{
    Error err = {0};
    Windows windows;
    cr_assert(windows_cut(&windows, file, wanted, n_context, learner_rig_arena(), &err), "%s",
              err.text);
    return windows;
}

static const bool all[] = {true, true, true, true, true, true};

Test(windows, predict_every_token_but_the_first_of_its_document_exactly_once)
{
    TokenFile file = learner_rig_tokens();
    for (int n_context = 1; n_context <= 60; n_context++) {
        Windows windows = cut(&file, all, n_context);
        int *predicted = learner_rig_take(file.n_tokens, sizeof *predicted);
        size_t n_positions = 0;
        for (size_t w = 0; w < windows.n; w++) {
            cr_assert_leq(windows.items[w].length, (uint32_t)n_context);
            for (uint32_t i = 0; i < windows.items[w].length; i++)
                predicted[windows.items[w].begin + i + 1]++;
            n_positions += windows.items[w].length;
        }
        for (size_t d = 0; d < file.n_documents; d++)
            for (size_t i = file.offset[d]; i < file.offset[d + 1]; i++)
                cr_assert_eq(predicted[i], i > file.offset[d], "context %d, token %zu", n_context,
                             i);
        cr_expect_eq(windows.n_positions, n_positions);
        cr_expect_eq(n_positions, file.n_tokens - file.n_documents);
    }
}

Test(windows, never_cross_from_one_document_into_the_next)
{
    TokenFile file = learner_rig_tokens();
    Windows windows = cut(&file, all, LEARNER_RIG_CONTEXT);
    for (size_t w = 0; w < windows.n; w++) {
        const Window *window = &windows.items[w];
        cr_expect_geq(window->begin, file.offset[window->document]);
        cr_expect_lt(window->begin + window->length, file.offset[window->document + 1]);
    }
}

Test(windows, are_cut_from_wanted_documents_only)
{
    TokenFile file = learner_rig_tokens();
    const bool third[] = {false, false, true, false, false, false};
    Windows windows = cut(&file, third, LEARNER_RIG_CONTEXT);
    cr_expect_eq(windows.n, 3, "24 predictions in windows of 8");
    for (size_t w = 0; w < windows.n; w++) cr_expect_eq(windows.items[w].document, 2);
}

Test(windows, documents_of_one_token_or_none_have_nothing_to_predict)
{
    const uint64_t offset[] = {0, 0, 1, 3};
    const uint16_t ids[] = {5, 6, 7};
    const TokenFile file = {.n_documents = 3, .n_tokens = 3, .offset = offset, .narrow = ids};
    Windows windows = cut(&file, all, LEARNER_RIG_CONTEXT);
    cr_expect_eq(windows.n, 1);
    cr_expect_eq(windows.n_positions, 1);
}

Test(windows, give_their_tokens_and_the_one_that_follows)
{
    TokenFile file = learner_rig_tokens();
    Windows windows = cut(&file, all, LEARNER_RIG_CONTEXT);
    const Window *window = &windows.items[windows.n - 1];
    const SpecEntryChoice model = learner_rig_model(0);
    Learner learner = learner_rig_learner(&model, NULL, NULL, 20, false);
    Error err = {0};
    WindowsPack pack;
    cr_assert(windows_pack_create(&pack, &learner, &(WindowsQuestion){.objective = &causal_lm},
                                  learner_rig_arena(), &err),
              "%s", err.text);
    windows_pack_begin(&pack);
    windows_pack_add(&pack, &learner, &windows.items[0], &file, (RngKey){0});
    windows_pack_add(&pack, &learner, window, &file, (RngKey){0});
    Batch batch = windows_pack_batch(&pack, &learner);
    cr_expect_eq(batch.S, 2);
    const int first = batch.target.start[1];
    cr_expect_eq(batch.target.N - first, (int)window->length);
    for (int i = 0; i < (int)window->length; i++) {
        const uint64_t at = window->begin + (uint64_t)i;
        cr_expect_eq(batch.target.token[first + i], token_file_at(&file, at));
        cr_expect_eq(learner.target[first + i], token_file_at(&file, at + 1));
    }
}

Test(windows, every_pass_is_a_new_order_of_all_windows)
{
    Error err = {0};
    enum { N = 20 };
    WindowOrder order;
    cr_assert(windows_order_create(&order, N, 1, learner_rig_arena(), &err), "%s", err.text);
    uint32_t before[N] = {0};
    for (uint64_t pass = 0; pass < 3; pass++) {
        int seen[N] = {0};
        uint32_t now[N];
        for (uint64_t i = 0; i < N; i++) seen[now[i] = windows_order_at(&order, pass * N + i)]++;
        for (int i = 0; i < N; i++) cr_expect_eq(seen[i], 1);
        cr_expect_arr_neq(now, before, sizeof now);
        memcpy(before, now, sizeof now);
    }
}

Test(windows, the_order_can_be_entered_anywhere)
{
    Error err = {0};
    WindowOrder forward, jumping;
    cr_assert(windows_order_create(&forward, 7, 1, learner_rig_arena(), &err), "%s", err.text);
    cr_assert(windows_order_create(&jumping, 7, 1, learner_rig_arena(), &err), "%s", err.text);
    uint32_t expected[21];
    for (uint64_t i = 0; i < 21; i++) expected[i] = windows_order_at(&forward, i);
    for (uint64_t i = 21; i-- > 0;)
        cr_expect_eq(windows_order_at(&jumping, i), expected[i], "number %llu",
                     (unsigned long long)i);
}

/* --- framed ----------------------------------------------------------------------------------------- */

Test(windows, of_a_framed_text_stand_between_start_and_delimiter_which_are_never_asked_for)
{
    Error err = {0};
    TokenFile file = learner_rig_tokens();
    const SpecEntryChoice model = learner_rig_bert(0);
    Learner learner = learner_rig_learner(&model, NULL, NULL, 4 * LEARNER_RIG_CONTEXT, false);
    const WindowsQuestion question = {
        &masked_lm, objectives_tokens(&bert, (TextTokens){.n = LEARNER_RIG_TEXT_TOKENS})};
    Windows windows = cut(&file, all, objectives_text_length(&bert, LEARNER_RIG_CONTEXT));
    WindowsPack pack;
    cr_assert(windows_pack_create(&pack, &learner, &question, learner_rig_arena(), &err), "%s",
              err.text);
    size_t n_windows = 0, n_asked = 0;
    for (size_t first = 0; first < windows.n;) {
        const size_t n = windows_pack_held_out(&pack, &learner, &windows, first, &file);
        const Batch batch = windows_pack_batch(&pack, &learner);
        for (int s = 0; s < batch.S; s++) {
            const int begin = batch.target.start[s], last = batch.target.start[s + 1] - 1;
            const Window *window = &windows.items[first + (size_t)s];
            cr_assert_eq(last - begin + 1, (int)window->length + 2);
            cr_assert_leq(last - begin + 1, LEARNER_RIG_CONTEXT);
            cr_expect_eq(batch.target.token[begin], question.special.start);
            cr_expect_eq(batch.target.token[last], question.special.delimiter);
            cr_expect_eq(learner.target[begin], -1);
            cr_expect_eq(learner.target[last], -1);
            for (int row = begin + 1; row < last; row++) {
                const int token = token_file_at(&file, window->begin + (uint64_t)(row - begin - 1));
                n_asked += learner.target[row] >= 0;
                cr_expect_eq(
                    learner.target[row] < 0 ? batch.target.token[row] : learner.target[row], token);
            }
        }
        n_windows += n;
        first += n;
    }
    cr_expect_eq(n_windows, windows.n);
    cr_expect_geq(n_asked, windows.n, "one at least of each");
}
