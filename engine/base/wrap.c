#include "base/wrap.h"

#include "base/encoding.h"

/* Behind the character at `text`. */
static const char *step(const char *text)
{
    text++;
    while (encoding_continues(*text)) text++;
    return text;
}

/* Where a line may end, as seen so far. */
typedef struct Ends {
    const char *space, *hyphen; /* NULL: nowhere */
    size_t columns_to_space, columns_to_hyphen;
} Ends;

static void take_end(WrapLine *line, const Ends *ends)
{
    const char *end = ends->space ? ends->space : ends->hyphen;
    if (!end) return; /* it is cut where it is full */
    line->bytes = (size_t)(end - line->begin);
    line->columns = ends->space ? ends->columns_to_space : ends->columns_to_hyphen;
}

bool wrap_next(WrapLine *line, const char **rest, size_t width)
{
    const char *at = *rest;
    Ends ends = {0};
    while (*at == ' ' || *at == '\n') at++;
    *line = (WrapLine){.begin = at};
    if (!*at) return false;
    for (; *at && *at != '\n' && line->columns < width; at = step(at), line->columns++) {
        if (*at == ' ') ends.space = at, ends.columns_to_space = line->columns;
        if (*at == '-' && at > line->begin)
            ends.hyphen = at + 1, ends.columns_to_hyphen = line->columns + 1;
    }
    line->bytes = (size_t)(at - line->begin);
    if (*at && *at != ' ' && *at != '\n') take_end(line, &ends);
    *rest = line->begin + line->bytes;
    return true;
}

size_t wrap_longest(const char *text)
{
    size_t longest = 0, columns = 0;
    for (; *text; text = step(text)) {
        columns = *text == ' ' || *text == '\n' ? 0 : columns + 1;
        if (columns > longest) longest = columns;
        if (*text == '-') columns = 0;
    }
    return longest;
}

bool wrap_add(Buffer *text, const char *first, const char *words, size_t indent, size_t width,
              Error *err)
{
    WrapLine line;
    const size_t room = width > indent ? width - indent : 1;
    const size_t before = encoding_letters(first);
    for (bool is_first = true; wrap_next(&line, &words, room); is_first = false) {
        const size_t spaces = is_first && before < indent ? indent - before : is_first ? 0 : indent;
        if (!buffer_format(text, err, "%s%*s%.*s\n", is_first ? first : "", (int)spaces, "",
                           (int)line.bytes, line.begin))
            return false;
    }
    return true;
}
