#include "base/markdown.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "base/control.h"
#include "base/spelled.h"

/* --- text --------------------------------------------------------------------------------------- */

/* Bytes of the control character there; 0: there is none. */
static size_t control_length(const char *at)
{
    unsigned code;
    return *at ? control_at(&code, at, strnlen(at, CONTROL_BYTES)) : 0;
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* What only means something at the beginning of a line: of a heading, a quotation, a list, a definition. */
static bool begins_block(const char *text, const char *at)
{
    size_t digits = strspn(text, "0123456789");
    if (at == text) return strchr("#>+-=[", *at) != NULL;
    return digits > 0 && at == text + digits && strchr(".)", *at) && (!at[1] || at[1] == ' ');
}

static bool is_special(const char *text, const char *at)
{
    switch (*at) {
    case '\\':
    case '`':
    case '*':
    case '|':
    case '~':
    case '$': return true;
    case '_': return at == text || !is_word(at[-1]) || !is_word(at[1]);
    case ']': return at[1] == '(' || at[1] == '[';
    default: return begins_block(text, at);
    }
}

/* What stands behind an ampersand: "lt;" or "#60;". */
static bool is_entity(const char *text)
{
    text += *text == '#';
    const char *end = text;
    while (isalnum((unsigned char)*end)) end++;
    return end > text && *end == ';';
}

/* The letter at `at`; *size is how long it is. */
static bool add_letter(size_t *size, Buffer *out, const char *text, const char *at, Error *err)
{
    unsigned char c = (unsigned char)*at;
    size_t n_control = control_length(at);
    *size = n_control ? n_control : 1;
    if (c == '<') return buffer_add_text(out, "&lt;", err);
    if (c == '&' && is_entity(at + 1)) return buffer_add_text(out, "&amp;", err);
    return (!is_special(text, at) || buffer_add_char(out, '\\', err)) &&
           buffer_add_char(out, n_control ? ' ' : *at, err);
}

bool markdown_text(Buffer *out, const char *text, Error *err)
{
    size_t size;
    while (*text == ' ' || control_length(text)) text += *text == ' ' ? 1 : control_length(text);
    for (const char *at = text; *at; at += size)
        if (!add_letter(&size, out, text, at, err)) return false;
    return true;
}

/* --- code --------------------------------------------------------------------------------------- */

static size_t longest_backquotes(const char *text)
{
    size_t longest = 0;
    while (*text) {
        size_t n = strspn(text, "`");
        if (n > longest) longest = n;
        text += n + strcspn(text + n, "`");
    }
    return longest;
}

static bool add_fence(Buffer *out, size_t n, Error *err)
{
    for (size_t i = 0; i < n; i++)
        if (!buffer_add_char(out, '`', err)) return false;
    return true;
}

bool markdown_code(Buffer *out, const char *text, Error *err)
{
    const size_t backquotes = longest_backquotes(text);
    const char *room = backquotes || !*text ? " " : ""; /* a space at both ends is not shown */
    if (!add_fence(out, backquotes + 1, err) || !buffer_add_text(out, room, err)) return false;
    for (size_t size; *text; text += size ? size : 1) {
        size = control_length(text);
        if ((*text == '|' && !buffer_add_char(out, '\\', err)) ||
            !buffer_add_char(out, size ? ' ' : *text, err))
            return false;
    }
    return buffer_add_text(out, room, err) && add_fence(out, backquotes + 1, err);
}

/* --- formats ------------------------------------------------------------------------------------ */

bool markdown_format(Buffer *out, Error *err, const char *format, ...)
{
    static const char code[] = "`%s`";
    bool ok = true;
    va_list arguments;
    va_start(arguments, format);
    while (ok && *format) {
        size_t size = strcspn(format, "`%");
        if (size > 0) {
            ok = buffer_add(out, format, size, err);
        } else if (!strncmp(format, code, strlen(code))) {
            ok = markdown_code(out, va_arg(arguments, const char *), err);
            size = strlen(code);
        } else if (*format == '%') {
            ok = spelled_conversion(&size, out, ++format, &arguments, markdown_text, err);
        } else {
            ok = buffer_add_char(out, *format, err);
            size = 1;
        }
        format += size;
    }
    va_end(arguments);
    return ok;
}

/* --- links -------------------------------------------------------------------------------------- */

static bool is_web(const char *address)
{
    return !strncmp(address, "https://", 8) || !strncmp(address, "http://", 7);
}

/* Brackets in it would end it. */
static bool add_link_text(Buffer *out, const char *text, Error *err)
{
    size_t size = 1;
    for (const char *at = text; *at; at += size, size = 1)
        if (!(strchr("[]", *at) ? buffer_format(out, err, "\\%c", *at)
                                : add_letter(&size, out, text, at, err)))
            return false;
    return true;
}

bool markdown_link(Buffer *out, const char *text, const char *address, Error *err)
{
    if (!is_web(address)) return markdown_text(out, text, err);
    if (!buffer_add_char(out, '[', err) || !add_link_text(out, text, err) ||
        !buffer_add_text(out, "](", err))
        return false;
    for (; *address; address++) {
        unsigned char c = (unsigned char)*address;
        bool special = c <= ' ' || c == 0x7F || strchr("()<>|\\`\"*", c);
        if (!(special ? buffer_format(out, err, "%%%02X", c) : buffer_add_char(out, (char)c, err)))
            return false;
    }
    return buffer_add_char(out, ')', err);
}
