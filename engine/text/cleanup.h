/* Clean-up of text as found in books and data sets, in the spirit of ftfy (which the paper used): what
 * an encoding accident or a type-setter left behind becomes plain characters. Works line by line.
 *
 *   invalid UTF-8                  U+FFFD
 *   HTML entities                  their character, in lines without '<'
 *   terminal codes (ESC [ 31 m)    removed
 *   mis-decoded text (mojibake)    repaired (mojibake.h; mojibake_mac.h where the document is such a one)
 *   C1 controls                    the windows-1252 characters that were meant
 *   ligatures (fi, ij, dz)         their letters
 *   full-width forms               ASCII; all other spaces stay spaces (standardize.h collapses them)
 *   curly single, double quotes    ' and "
 *   CR, CRLF, U+2028, U+2029       newline
 *   other controls, BOM            removed
 *   the rest                       normal form C
 *
 * Differs  from ftfy: hyphens U+2010..2012 become '-'; soft hyphens and zero-width spaces are removed,
 *          because a word that holds one would be another word */
#ifndef TEXT_CLEANUP_H
#define TEXT_CLEANUP_H

#include "base/buffer.h"

/* What the pieces of one document have in common, found in its whole text. */
typedef struct CleanupEvidence {
    bool is_from_mac; /* mojibake_mac_is_likely */
} CleanupEvidence;

CleanupEvidence cleanup_examine(const char *document, size_t size);

/* Adds the clean text, valid UTF-8. `scratch` is given back as it was, and is not the arena of
 * `clean`. */
bool cleanup_text(Buffer *clean, const char *text, size_t size, CleanupEvidence evidence,
                  Arena *scratch, Error *err) MUST_USE;

#endif
