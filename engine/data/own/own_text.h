/* Plain text of one's own as a corpus: one file, several, or a folder of them. */
#ifndef DATA_OWN_TEXT_H
#define DATA_OWN_TEXT_H

#include "data/own/own_asked.h"
#include "data/own/own_manifest.h"
#include "data/own/own_place.h"

/* One folder, or files whose names end in .txt. */
bool own_text_is(const char *const *paths, size_t n);

/* Copies them, checks what the manifest says of them, and leaves it to be committed. */
bool own_text_add(Buffer *words, const OwnPlace *place, const char *const *paths, size_t n,
                  const OwnAsked *asked, Error *err) MUST_USE;

#endif
