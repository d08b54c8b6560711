#include "base/xml.h"

#include <expat.h>
#include <limits.h>
#include <string.h>

#include "base/buffer.h"

enum { MAX_DEPTH = 64 };

/* An element that is open. */
typedef struct Element {
    Json *object; /* NULL: no attribute and no child so far */
    Buffer text;
} Element;

typedef struct Parsing {
    XML_Parser parser;
    Arena *arena;
    Error *err;
    bool failed; /* err says why */
    int depth;   /* open elements; element[depth - 1] is the innermost */
    Element element[MAX_DEPTH];
    Json *root; /* when it is closed */
} Parsing;

static void fail(Parsing *parsing)
{
    parsing->failed = true;
    XML_StopParser(parsing->parser, XML_FALSE);
}

/* --- elements ----------------------------------------------------------------------------------- */

static Json *object_of(Element *element, const Parsing *parsing)
{
    if (!element->object) element->object = json_new_object(parsing->arena, parsing->err);
    return element->object;
}

static bool add_attributes(Element *element, const XML_Char **attributes, const Parsing *parsing)
{
    for (; *attributes; attributes += 2) {
        char *key = arena_format(parsing->arena, parsing->err, "@%s", attributes[0]);
        Json *object = key ? object_of(element, parsing) : NULL;
        if (!object ||
            !json_set(object, key, json_new_text(attributes[1], parsing->arena, parsing->err),
                      parsing->err))
            return false;
    }
    return true;
}

static void on_start(void *context, const XML_Char *name, const XML_Char **attributes)
{
    Parsing *parsing = context;
    if (parsing->failed) return;
    if (parsing->depth == MAX_DEPTH) {
        error_usage(parsing->err, "<%s> is nested more than %d deep", name, MAX_DEPTH);
        fail(parsing);
        return;
    }
    Element *element = &parsing->element[parsing->depth++];
    *element = (Element){.text = buffer_create(parsing->arena)};
    if (!add_attributes(element, attributes, parsing)) fail(parsing);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Expat hands out text in pieces, so a run of spaces may come in several of them. */
static void on_text(void *context, const XML_Char *text, int size)
{
    Parsing *parsing = context;
    if (parsing->failed || parsing->depth == 0) return;
    Buffer *buffer = &parsing->element[parsing->depth - 1].text;
    for (int i = 0; i < size; i++) {
        bool space = is_space(text[i]);
        if (space && (buffer->size == 0 || buffer->data[buffer->size - 1] == ' ')) continue;
        if (!buffer_add_char(buffer, space ? ' ' : text[i], parsing->err)) {
            fail(parsing);
            return;
        }
    }
}

/* The value of an element that is complete. */
static Json *close_element(Element *element, const Parsing *parsing)
{
    Buffer *text = &element->text;
    size_t size = text->size;
    if (size > 0 && text->data[size - 1] == ' ') size--;
    char *copy = arena_text_span(parsing->arena, size ? text->data : "", size, parsing->err);
    Json *value = copy ? json_new_text(copy, parsing->arena, parsing->err) : NULL;
    if (!value || !element->object) return value;
    if (size > 0 && !json_set(element->object, "", value, parsing->err)) return NULL;
    return element->object;
}

/* Into the list of its name in the element around it. */
static bool add_child(Element *parent, const char *name, Json *child, const Parsing *parsing)
{
    Json *object = object_of(parent, parsing), *list = object ? json_get(object, name) : NULL;
    if (!object) return false;
    if (!list) {
        list = json_new_list(parsing->arena, parsing->err);
        if (!list || !json_set(object, name, list, parsing->err)) return false;
    }
    return json_add(list, child, parsing->err);
}

static void on_end(void *context, const XML_Char *name)
{
    Parsing *parsing = context;
    if (parsing->failed) return;
    Json *value = close_element(&parsing->element[--parsing->depth], parsing);
    if (!value) fail(parsing);
    else if (parsing->depth == 0) parsing->root = value;
    else if (!add_child(&parsing->element[parsing->depth - 1], name, value, parsing)) fail(parsing);
}

/* --- documents ---------------------------------------------------------------------------------- */

/* Expat 2.9 counts in 64 bits, and deprecates the function that may count in fewer. */
static int line_now(XML_Parser parser)
{
#if XML_MAJOR_VERSION > 2 || XML_MINOR_VERSION >= 9
    return (int)XML_GetCurrentLineNumber64(parser);
#else
    return (int)XML_GetCurrentLineNumber(parser);
#endif
}

static bool parse(Parsing *parsing, const char *text, size_t size, const char *origin)
{
    XML_SetUserData(parsing->parser, parsing);
    XML_SetElementHandler(parsing->parser, on_start, on_end);
    XML_SetCharacterDataHandler(parsing->parser, on_text);
    bool parsed = XML_Parse(parsing->parser, text, (int)size, XML_TRUE) == XML_STATUS_OK;
    if (parsed && !parsing->failed) return true;
    int line = line_now(parsing->parser);
    if (parsing->failed) return error_wrap(parsing->err, "reading %s:%d", origin, line);
    return error_usage(parsing->err, "%s:%d: %s", origin, line,
                       XML_ErrorString(XML_GetErrorCode(parsing->parser)));
}

Json *xml_parse_text(const char *text, size_t size, const char *origin, Arena *arena, Error *err)
{
    if (size > INT_MAX) {
        error_usage(err, "%s: %zu bytes of XML are more than can be read at once", origin, size);
        return NULL;
    }
    Parsing *parsing = arena_alloc(arena, 1, sizeof *parsing, err);
    if (!parsing) return NULL;
    *parsing = (Parsing){.parser = XML_ParserCreate(NULL), .arena = arena, .err = err};
    if (!parsing->parser) {
        error_set(err, "%s: no memory to read it", origin);
        return NULL;
    }
    bool parsed = parse(parsing, text, size, origin);
    XML_ParserFree(parsing->parser);
    return parsed ? parsing->root : NULL;
}
