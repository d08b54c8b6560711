#include "data/own/own_alike.h"

#include <stdlib.h>
#include <string.h>

#include "text/unicode.h"

/* What is seen of a label: in normal form C and lower case, without spaces and what takes no room. NULL: out of
 * memory. */
static const char *seen_of(const char *label, Arena *arena, Arena *scratch, Error *err)
{
    Buffer composed = buffer_create(arena), seen = buffer_create(arena);
    if (!unicode_compose(&composed, label, strlen(label), scratch, err) ||
        !buffer_add_text(&seen, "", err))
        return NULL;
    for (size_t at = 0; at < composed.size;) {
        uint32_t character;
        char bytes[UNICODE_MAX_BYTES];
        at += (size_t)unicode_decode(&character, composed.data + at, composed.size - at);
        const UnicodeClass class = unicode_class(character);
        if (class == UNICODE_SPACE || class == UNICODE_OTHER) continue;
        const int n = unicode_encode(bytes, unicode_lower(character));
        if (!buffer_add(&seen, bytes, (size_t)n, err)) return NULL;
    }
    return seen.data;
}

static bool find(const char *alike[2], const OwnColumn *label, Arena *arena, Arena *scratch,
                 Error *err)
{
    const char **seen = arena_alloc(arena, label->n_values, sizeof *seen, err);
    for (size_t i = 0; seen && i < label->n_values && !alike[0]; i++) {
        seen[i] = seen_of(label->value[i], arena, scratch, err);
        if (!seen[i]) return false;
        for (size_t k = 0; k < i; k++) {
            const bool same_number =
                label->numeric && strtod(label->value[i], NULL) == strtod(label->value[k], NULL);
            if (!same_number && strcmp(seen[i], seen[k]) != 0) continue;
            alike[0] = label->value[k];
            alike[1] = label->value[i];
        }
    }
    return seen != NULL;
}

bool own_alike_find(const char *alike[2], const OwnColumn *label, Arena *arena, Error *err)
{
    Arena *scratch = arena_create("labels", err);
    alike[0] = alike[1] = NULL;
    const bool done = scratch && find(alike, label, arena, scratch, err);
    arena_destroy(scratch);
    return done;
}
