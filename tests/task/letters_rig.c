#include "letters_rig.h"

#include <criterion/criterion.h>

#include "../scratch_folder.h"
#include "text/bpe_method.h"

Tokenizer *letters_rig_tokenizer(Arena *arena)
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
