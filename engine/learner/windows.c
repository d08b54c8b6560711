#include "learner/windows.h"

static size_t document_windows(const TokenFile *file, size_t d, int n_context)
{
    uint64_t tokens = file->offset[d + 1] - file->offset[d];
    return tokens < 2 ? 0 : (tokens - 2) / (uint64_t)n_context + 1;
}

bool windows_cut(Windows *windows, const TokenFile *file, const bool *wanted, int n_context,
                 Arena *arena, Error *err)
{
    *windows = (Windows){0};
    size_t n = 0;
    for (size_t d = 0; d < file->n_documents; d++)
        if (wanted[d]) n += document_windows(file, d, n_context);
    if (n > UINT32_MAX)
        return error_set(err, "the corpus has %zu windows; at most 2^32 are possible", n);
    windows->items = arena_alloc(arena, n, sizeof(Window), err);
    if (!windows->items) return false;
    for (size_t d = 0; d < file->n_documents; d++) {
        if (!wanted[d]) continue;
        for (uint64_t begin = file->offset[d]; begin + 1 < file->offset[d + 1];
             begin += (uint64_t)n_context) {
            uint64_t left = file->offset[d + 1] - begin - 1;
            uint32_t length = left < (uint64_t)n_context ? (uint32_t)left : (uint32_t)n_context;
            windows->items[windows->n++] = (Window){begin, length, (uint32_t)d};
            windows->n_positions += length;
        }
    }
    return true;
}

bool windows_order_create(WindowOrder *order, size_t n, uint64_t seed, Arena *arena, Error *err)
{
    *order = (WindowOrder){.seed = seed, .n = (uint32_t)n, .pass = UINT64_MAX};
    order->order = arena_alloc(arena, n, sizeof(uint32_t), err);
    return order->order != NULL;
}

uint32_t windows_order_at(WindowOrder *order, uint64_t index)
{
    uint64_t pass = index / order->n;
    if (pass != order->pass) {
        rng_permutation(order->order, order->n, rng_key(order->seed, RNG_ORDER, pass));
        order->pass = pass;
    }
    return order->order[index % order->n];
}

bool windows_pack_create(WindowsPack *pack, const Learner *learner, const WindowsQuestion *question,
                         Arena *arena, Error *err)
{
    *pack = (WindowsPack){
        .question = *question,
        .token = arena_alloc(arena, (size_t)learner->max_rows, sizeof(int), err),
        .start = arena_alloc(arena, (size_t)learner->max_sequences + 1, sizeof(int), err),
    };
    if (question->objective->reads_source) {
        pack->source = arena_alloc(arena, (size_t)learner->max_rows, sizeof(int), err);
        pack->source_start =
            arena_alloc(arena, (size_t)learner->max_sequences + 1, sizeof(int), err);
        if (!pack->source || !pack->source_start) return false;
    }
    return pack->token && pack->start;
}

void windows_pack_begin(WindowsPack *pack)
{
    pack->S = 0;
}

void windows_pack_add(WindowsPack *pack, Learner *learner, const Window *window,
                      const TokenFile *file, RngKey key)
{
    const SpecialTokens *special = &pack->question.special;
    const int row = pack->start[pack->S], before = special_tokens_before(special);
    int *target = learner->target + row;
    ObjectiveText text = {
        .token = pack->token + row + before,
        .target = target + before,
        .length = (int)window->length,
        .next = token_file_at(file, window->begin + window->length),
    };
    if (pack->source) text.source = pack->source + pack->source_start[pack->S];
    for (int i = 0; i < text.length; i++)
        text.token[i] = token_file_at(file, window->begin + (uint64_t)i);
    pack->question.objective->ask(&text, special, key);
    const int length = special_tokens_frame(pack->token + row, text.length, special);
    if (special->framed) target[0] = target[length - 1] = -1; /* nobody asks for the frame */
    if (pack->source) pack->source_start[pack->S + 1] = pack->source_start[pack->S] + text.n_source;
    pack->start[++pack->S] = row + length;
}

Batch windows_pack_batch(const WindowsPack *pack, Learner *learner)
{
    return learner_batch_from(learner, pack->token, pack->start, pack->source, pack->source_start,
                              pack->S);
}

/* The most rows of a stream that a window takes, whatever it is asked. */
static int most_rows(const WindowsPack *pack, const Window *window)
{
    const int framed = pack->question.special.framed ? SPECIAL_TOKENS_AROUND : 0;
    return (int)window->length + (pack->source ? SPECIAL_TOKENS_BEHIND : framed);
}

static bool has_room(const WindowsPack *pack, const Learner *learner, const Window *window)
{
    const int length = most_rows(pack, window);
    return pack->S < learner->max_sequences && pack->start[pack->S] + length <= learner->max_rows &&
           (!pack->source || pack->source_start[pack->S] + length <= learner->max_rows);
}

size_t windows_pack_held_out(WindowsPack *pack, Learner *learner, const Windows *windows,
                             size_t first, const TokenFile *file)
{
    size_t count = 0;
    windows_pack_begin(pack);
    for (; first + count < windows->n && has_room(pack, learner, &windows->items[first + count]);
         count++)
        windows_pack_add(pack, learner, &windows->items[first + count], file,
                         rng_key(0, RNG_HELD_OUT_MASK, first + count));
    return count;
}
