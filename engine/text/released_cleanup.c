#include "text/released_cleanup.h"
#include "text/cleanup.h"
bool released_cleanup_text(Buffer *clean, const char *text, size_t size, Arena *scratch, Error *err)
{
    return cleanup_text(clean, text, size, cleanup_examine(text, size), scratch, err);
}
