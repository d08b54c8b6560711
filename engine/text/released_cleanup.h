#ifndef TEXT_RELEASED_CLEANUP_H
#define TEXT_RELEASED_CLEANUP_H
#include "base/buffer.h"
bool released_cleanup_text(Buffer *clean, const char *text, size_t size, Arena *scratch,
                           Error *err) MUST_USE;
#endif
