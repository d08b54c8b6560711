#include "text/unicode.h"

#include <string.h>
#include <utf8proc.h>

int unicode_decode(uint32_t *character, const char *text, size_t left)
{
    const unsigned char *byte = (const unsigned char *)text;
    if (byte[0] < 0x80) {
        *character = byte[0];
        return 1;
    }
    int length = byte[0] >= 0xF0 ? 4 : byte[0] >= 0xE0 ? 3 : 2;
    static const uint32_t smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
    uint32_t value = byte[0] & (0x7F >> length);
    bool valid = byte[0] >= 0xC2 && byte[0] <= 0xF4 && (size_t)length <= left;
    for (int i = 1; valid && i < length; i++) {
        valid = (byte[i] & 0xC0) == 0x80;
        value = value << 6 | (byte[i] & 0x3F);
    }
    valid = valid && value >= smallest[length] && value <= 0x10FFFF &&
            !(value >= 0xD800 && value <= 0xDFFF);
    *character = valid ? value : UNICODE_REPLACEMENT;
    return valid ? length : 1;
}

bool unicode_is_valid(const char *text, size_t size)
{
    static const char replacement[] = "\xEF\xBF\xBD";
    uint32_t character;
    for (size_t i = 0; i < size;) {
        const int n = unicode_decode(&character, text + i, size - i);
        if (character == UNICODE_REPLACEMENT && (n != 3 || memcmp(text + i, replacement, 3) != 0))
            return false;
        i += (size_t)n;
    }
    return true;
}

int unicode_encode(char bytes[UNICODE_MAX_BYTES], uint32_t c)
{
    if (c < 0x80) {
        bytes[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        bytes[0] = (char)(0xC0 | c >> 6);
        bytes[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        bytes[0] = (char)(0xE0 | c >> 12);
        bytes[1] = (char)(0x80 | (c >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    bytes[0] = (char)(0xF0 | c >> 18);
    bytes[1] = (char)(0x80 | (c >> 12 & 0x3F));
    bytes[2] = (char)(0x80 | (c >> 6 & 0x3F));
    bytes[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

const char *unicode_category(uint32_t character)
{
    return utf8proc_category_string((utf8proc_int32_t)character);
}

UnicodeClass unicode_class(uint32_t character)
{
    if ((character >= '\t' && character <= '\r') || character == 0x85) return UNICODE_SPACE;
    switch (utf8proc_category((utf8proc_int32_t)character)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: return UNICODE_LETTER;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return UNICODE_NUMBER;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PD:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO: return UNICODE_PUNCTUATION;
    case UTF8PROC_CATEGORY_SM:
    case UTF8PROC_CATEGORY_SC:
    case UTF8PROC_CATEGORY_SK:
    case UTF8PROC_CATEGORY_SO: return UNICODE_SYMBOL;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return UNICODE_SPACE;
    default: return UNICODE_OTHER;
    }
}

uint32_t unicode_lower(uint32_t character)
{
    if (character < 0x80)
        return character >= 'A' && character <= 'Z' ? character + ('a' - 'A') : character;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)character);
}

bool unicode_is_lower(uint32_t character)
{
    return utf8proc_category((utf8proc_int32_t)character) == UTF8PROC_CATEGORY_LL;
}

bool unicode_is_upper(uint32_t character)
{
    return utf8proc_category((utf8proc_int32_t)character) == UTF8PROC_CATEGORY_LU;
}

bool unicode_is_letter(uint32_t character)
{
    return unicode_class(character) == UNICODE_LETTER;
}

bool unicode_is_picture(uint32_t character)
{
    return utf8proc_category((utf8proc_int32_t)character) == UTF8PROC_CATEGORY_SO;
}

bool unicode_is_ascii_lower(uint32_t character)
{
    return character >= 'a' && character <= 'z';
}

static bool cannot_normalise(Error *err, size_t size, utf8proc_ssize_t code)
{
    error_set(err, "cannot normalise %zu bytes: %s", size, utf8proc_errmsg(code));
    return false;
}

/* Valid UTF-8 to characters in the arena, by normal form C or D as the options say. */
static bool normalise(utf8proc_int32_t **characters, size_t *n_characters, const char *text,
                      size_t size, utf8proc_option_t options, Arena *arena, Error *err)
{
    const utf8proc_uint8_t *bytes = (const utf8proc_uint8_t *)text;
    utf8proc_ssize_t n = utf8proc_decompose(bytes, (utf8proc_ssize_t)size, NULL, 0, options);
    if (n < 0) return cannot_normalise(err, size, n);
    *characters = arena_alloc(arena, (size_t)n + 1, sizeof **characters, err);
    if (!*characters) return false;
    n = utf8proc_decompose(bytes, (utf8proc_ssize_t)size, *characters, n, options);
    if (n >= 0) n = utf8proc_normalize_utf32(*characters, n, options);
    if (n < 0) return cannot_normalise(err, size, n);
    *n_characters = (size_t)n;
    return true;
}

static const utf8proc_option_t FORM_C = UTF8PROC_STABLE | UTF8PROC_COMPOSE,
                               FORM_D = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE;

static bool add_normalised(Buffer *buffer, const char *text, size_t size, utf8proc_option_t options,
                           Arena *scratch, Error *err)
{
    ArenaMark mark = arena_mark(scratch);
    utf8proc_int32_t *work;
    size_t n;
    if (!normalise(&work, &n, text, size, options, scratch, err) ||
        !buffer_reserve(buffer, n * UNICODE_MAX_BYTES, err))
        return false;
    for (size_t i = 0; i < n; i++)
        buffer->size += (size_t)unicode_encode(buffer->data + buffer->size, (uint32_t)work[i]);
    buffer->data[buffer->size] = '\0';
    arena_reset(scratch, mark);
    return true;
}

bool unicode_compose(Buffer *composed, const char *text, size_t size, Arena *scratch, Error *err)
{
    return add_normalised(composed, text, size, FORM_C, scratch, err);
}

bool unicode_decompose(Buffer *decomposed, const char *text, size_t size, Arena *scratch,
                       Error *err)
{
    return add_normalised(decomposed, text, size, FORM_D, scratch, err);
}

size_t unicode_grapheme(const char *text, size_t size)
{
    uint32_t last, next;
    utf8proc_int32_t state = 0;
    size_t end = (size_t)unicode_decode(&last, text, size);
    while (end < size) {
        const size_t n = (size_t)unicode_decode(&next, text + end, size - end);
        if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)last, (utf8proc_int32_t)next,
                                             &state))
            break;
        last = next;
        end += n;
    }
    return end;
}

bool unicode_compose_characters(uint32_t **characters, size_t *n, Arena *arena, Error *err)
{
    char *bytes = arena_alloc(arena, *n, UNICODE_MAX_BYTES, err);
    utf8proc_int32_t *composed;
    size_t size = 0;
    if (!bytes) return false;
    for (size_t i = 0; i < *n; i++) size += (size_t)unicode_encode(bytes + size, (*characters)[i]);
    if (!normalise(&composed, n, bytes, size, FORM_C, arena, err)) return false;
    *characters = (uint32_t *)composed;
    return true;
}

size_t unicode_decompose_width(uint32_t parts[UNICODE_MOST_PARTS], uint32_t character)
{
    utf8proc_int32_t work[UNICODE_MOST_PARTS];
    int boundary = 0;
    utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)character, work, UNICODE_MOST_PARTS,
                                UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE, &boundary);
    if (n < 1 || n > UNICODE_MOST_PARTS) {
        parts[0] = character;
        return 1;
    }
    for (utf8proc_ssize_t i = 0; i < n; i++) parts[i] = (uint32_t)work[i];
    return (size_t)n;
}
