#include "letters_rig.h"

#include <criterion/criterion.h>

#include "../scratch_folder.h"
#include "base/parallel.h"
#include "text/bpe_method.h"

static Tokenizer *learn(Arena *arena)
{
    static const BpeSpec no_merges = {.merges = 1};
    static const char letters[] = "a b c d e f g h i j k l m n o p q r s t u v w x y z\n";
    Error err = {0};
    Document document = {"letters", letters, sizeof letters - 1};
    Documents documents = {1, &document};
    SpecEntryChoice method = {.entry = spec_registry_find(&tokenizer_methods, "bpe"),
                              .spec = (void *)&no_merges};
    const char *folder = scratch_folder_path("tokenizer");
    cr_assert(tokenizer_train(folder, &method, &documents, arena, &err), "%s", err.text);
    Tokenizer *tokenizer = tokenizer_load(folder, arena, &err);
    cr_assert(tokenizer, "%s", err.text);
    return tokenizer;
}

Tokenizer *letters_rig_begin(Arena **arena)
{
    Error err = {0};
    scratch_folder_make();
    parallel_set_threads(1);
    *arena = arena_create("letters", &err);
    cr_assert(*arena, "%s", err.text);
    return learn(*arena);
}

void letters_rig_end(Arena *arena)
{
    arena_destroy(arena);
    scratch_folder_remove();
}
