/* Byte-pair encoding on the 100 English novels: learning 8,000 merges, then encoding all of it. Needs
 * REPRISE_MIRROR; without it says so and measures nothing.
 *
 *     build/float/bench_text                      JSON on standard output */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/file.h"
#include "novels.h"
#include "text/tokenizer.h"
#include "timing.h"

/* For scripts/bench-tokenizers: the same text, a document behind the other. */
static bool write_text(const Documents *documents, Error *err)
{
    FILE *file = fopen("build/bench/novels.txt", "wb");
    bool written = file != NULL;
    for (size_t d = 0; written && d < documents->n; d++)
        written = fwrite(documents->items[d].text, 1, documents->items[d].size, file) ==
                  documents->items[d].size;
    if (file && fclose(file) != 0) written = false;
    return written || error_set(err, "build/bench/novels.txt: cannot be written");
}

static bool measure(Json *json, const Documents *documents, Arena *arena, Error *err)
{
    size_t bytes = 0, *offset;
    for (size_t d = 0; d < documents->n; d++) bytes += documents->items[d].size;
    TokenList tokens;
    if (!file_make_folder(NOVELS_TOKENIZER, err) || !write_text(documents, err)) return false;
    double begun = clock_seconds();
    if (!novels_learn(documents, arena, err)) return false;
    double trained = clock_seconds();
    Tokenizer *tokenizer = tokenizer_load(NOVELS_TOKENIZER, arena, err);
    double loaded = clock_seconds();
    if (!tokenizer ||
        !tokenizer_encode_documents(&tokens, &offset, tokenizer, documents, arena, err))
        return false;
    double encoded = clock_seconds();
    return json_set(json, "bytes", json_new_integer((int64_t)bytes, arena, err), err) &&
           json_set(json, "merges", json_new_integer(NOVELS_MERGES, arena, err), err) &&
           json_set(json, "training_seconds", json_new_number(trained - begun, arena, err), err) &&
           json_set(json, "tokens", json_new_integer((int64_t)tokens.n, arena, err), err) &&
           json_set(json, "encoding_mb_a_second",
                    json_new_number(1e-6 * (double)bytes / (encoded - loaded), arena, err), err);
}

static bool bench(Arena *arena, Error *err)
{
    Json *json = json_new_object(arena, err);
    if (!json || !json_set(json, "machine", timing_machine(arena, err), err)) return false;
    if (!novels_places()->mirror) {
        fprintf(stderr, "bench_text: REPRISE_MIRROR is not set, so nothing was measured\n");
    } else {
        Documents documents;
        if (!novels_read(&documents, arena, err) || !measure(json, &documents, arena, err))
            return false;
    }
    const char *text = json_print(json, arena, err);
    return text && fputs(text, stdout) >= 0;
}

int main(void)
{
    Error err = {0};
    Arena *arena = arena_create("bench", &err);
    bool done = arena && bench(arena, &err);
    if (!done) fprintf(stderr, "%s\n", err.text);
    arena_destroy(arena);
    return done ? 0 : 1;
}
