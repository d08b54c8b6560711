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

int windows_tokens(int *token, const Window *window, const TokenFile *file)
{
    for (uint32_t i = 0; i < window->length; i++) token[i] = token_file_at(file, window->begin + i);
    return token_file_at(file, window->begin + window->length);
}

size_t windows_pack(int *token, int *start, Learner *learner, const WindowsQuestion *question,
                    const Windows *windows, size_t first, const TokenFile *file)
{
    size_t count = 0;
    int row = 0;
    while (first + count < windows->n && (int)count < learner->max_sequences) {
        const Window *window = &windows->items[first + count];
        if (row + (int)window->length > learner->max_rows) break;
        int next = windows_tokens(token + row, window, file);
        question->objective->ask(token + row, learner->target + row, (int)window->length, next,
                                 &question->special, rng_key(0, RNG_HELD_OUT_MASK, first + count));
        start[count++] = row;
        row += (int)window->length;
    }
    start[count] = row;
    return count;
}
