#include "data/book/book_markdown.h"

#include <ctype.h>
#include <string.h>

/* What stands for any heading. */
static const char HEADING[] = "\nChapter 1\n\n";

static const struct {
    const char *name, *text;
} entities[] = {
    {"&amp;", "&"},  {"&lt;", "<"},     {"&gt;", ">"},    {"&quot;", "\""},
    {"&nbsp;", " "}, {"&mdash;", "--"}, {"&ndash;", "-"}, {"&emsp;", " "},
};

typedef struct Line {
    const char *at, *end;
} Line;

/* The next line, without its ending and the space around it. */
static Line next_line(const char **bytes, const char *end)
{
    const char *stop = memchr(*bytes, '\n', (size_t)(end - *bytes));
    Line line = {*bytes, stop ? stop : end};
    *bytes = stop ? stop + 1 : end;
    while (line.at < line.end && isspace((unsigned char)*line.at)) line.at++;
    while (line.end > line.at && isspace((unsigned char)line.end[-1])) line.end--;
    return line;
}

static bool is_rule(Line line)
{
    size_t marks = 0;
    for (const char *c = line.at; c < line.end; c++) {
        if (!strchr("-*_ ", *c)) return false;
        marks += *c != ' ';
    }
    return marks >= 3;
}

static bool is_space_at(const char *at, const Line *line)
{
    return at < line->at || at >= line->end || *at == ' ';
}

/* *this*, **this**, but not * this: a mark of emphasis touches what it marks. */
static bool is_emphasis(const char *at, const Line *line)
{
    return *at == '*' && !(is_space_at(at - 1, line) && is_space_at(at + 1, line));
}

static const char *entity_at(const char *at, const char *end, size_t *size)
{
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        *size = strlen(entities[i].name);
        if ((size_t)(end - at) >= *size && memcmp(at, entities[i].name, *size) == 0)
            return entities[i].text;
    }
    return NULL;
}

static bool add_line(Buffer *plain, Line line, Error *err)
{
    while (line.at < line.end && (*line.at == '>' || *line.at == ' ')) line.at++;
    for (const char *at = line.at; at < line.end; at++) {
        size_t size;
        const char *entity = *at == '&' ? entity_at(at, line.end, &size) : NULL;
        bool escape = *at == '\\' && at + 1 < line.end && ispunct((unsigned char)at[1]);
        if (entity) {
            if (!buffer_add_text(plain, entity, err)) return false;
            at += size - 1;
        } else if (!escape && !is_emphasis(at, &line)) {
            if (!buffer_add_char(plain, *at, err)) return false;
        }
    }
    return buffer_add_char(plain, '\n', err);
}

bool book_markdown_to_plain(Buffer *plain, const char *bytes, size_t size, Error *err)
{
    const char *end = bytes + size, *at = bytes;
    while (at < end && !is_rule(next_line(&at, end))) continue;
    if (at == end) at = bytes; /* no rule: no title page either */
    if (!buffer_add_text(plain, HEADING, err)) return false;
    while (at < end) {
        Line line = next_line(&at, end);
        bool heading = line.at < line.end && *line.at == '#';
        bool added = heading         ? buffer_add_text(plain, HEADING, err)
                     : is_rule(line) ? buffer_add_char(plain, '\n', err)
                                     : add_line(plain, line, err);
        if (!added) return false;
    }
    return true;
}
