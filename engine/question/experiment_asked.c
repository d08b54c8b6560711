#include "question/experiment_asked.h"

#include "base/escape.h"

bool experiment_asked_words(Buffer *command, const char *name, const char *scale, Error *err)
{
    return escape_shell(command, name, err) && buffer_add_text(command, " --scale ", err) &&
           escape_shell(command, scale, err);
}

bool experiment_asked_hint(Error *err, const char *name, const char *scale, const char *behind)
{
    Error unused = {0};
    Arena *arena = arena_create("hint", &unused);
    Buffer words = buffer_create(arena);
    if (arena && experiment_asked_words(&words, name, scale, &unused))
        error_hint(err, "reprise run %s%s", words.data, behind);
    arena_destroy(arena);
    return false;
}
