/* XML, written and read. */
#ifndef BASE_XML_H
#define BASE_XML_H

#include "base/buffer.h"
#include "base/json.h"

/* Like buffer_format (of %s, %zu, %lld, %%), but each %s is plain text, also as the value of an attribute in double
 * quotes. What no document of XML may hold, as most control characters, becomes a space. */
bool xml_format(Buffer *xml, Error *err, const char *format, ...) PRINTF_LIKE(3, 4) MUST_USE;

/* Documents as trees of JSON values, read by Expat: the one door to it.
 *
 * An element that holds only text is that text. Any other is an object: "@name" is the text of an
 * attribute, "name" the list of the child elements of that name in their order, and "" the text that
 * stands directly in it, if there is any. White space at both ends of a text is dropped, and a run of it
 * counts as one space. The name of the outermost element is not kept.
 *
 * Text is UTF-8, whatever the document's encoding (UTF-8, UTF-16, ISO-8859-1, US-ASCII). Nothing outside
 * the document (a DTD, an entity) is read.
 *
 * Errors  what is not well formed is an error with its line; deep nesting and entities that grow without
 *         bound too */
Json *xml_parse_text(const char *text, size_t size, const char *origin, Arena *arena,
                     Error *err) MUST_USE;

#endif
