/* Books in Markdown as plain-text books, for book_clean: emphasis, quotation marks (>), escapes and
 * entities go; a heading becomes a heading that book_clean knows and drops; what stands before the
 * first rule ("-------": title, author, year) goes too. One line stays one line. */
#ifndef DATA_BOOK_MARKDOWN_H
#define DATA_BOOK_MARKDOWN_H

#include "base/buffer.h"

bool book_markdown_to_plain(Buffer *plain, const char *bytes, size_t size, Error *err) MUST_USE;

#endif
