/* Bytes written as text: base64 (RFC 4648, section 4), with its padding and without line breaks. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/buffer.h"

/* Adds the bytes that the text stands for; another character, or a length that is none, is an error that says so. */
bool base64_decode(Buffer *bytes, const char *text, size_t size, Error *err) MUST_USE;

#endif
