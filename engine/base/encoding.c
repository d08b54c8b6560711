#include "base/encoding.h"

#include <stdint.h>
#include <string.h>

#include "base/buffer.h"

const char *const encoding_words[] = {"utf-8", "latin-1", "windows-1252", "utf-16", NULL};

/* --- UTF-8 -------------------------------------------------------------------------------------- */

/* Bytes of the character that a first byte begins, and the least character that needs so many. */
static size_t length_of(unsigned char first, uint32_t *least)
{
    if (first < 0x80) return *least = 0, 1;
    if (first >= 0xC2 && first < 0xE0) return *least = 0x80, 2;
    if (first >= 0xE0 && first < 0xF0) return *least = 0x800, 3;
    if (first >= 0xF0 && first < 0xF5) return *least = 0x10000, 4;
    return 0;
}

/* Bytes of the character at `at`; 0: there is none. */
static size_t character_length(const unsigned char *at, size_t size)
{
    uint32_t least, character;
    size_t n = length_of(*at, &least);
    if (n == 0 || n > size) return 0;
    character = n == 1 ? *at : *at & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((at[i] & 0xC0) != 0x80) return 0;
        character = character << 6 | (at[i] & 0x3F);
    }
    bool surrogate = character >= 0xD800 && character < 0xE000;
    return character >= least && character <= 0x10FFFF && !surrogate ? n : 0;
}

size_t encoding_utf8_length(const char *bytes, size_t size)
{
    size_t at = 0;
    while (at < size) {
        uint64_t eight = UINT64_C(0x80);
        if (size - at >= sizeof eight) memcpy(&eight, bytes + at, sizeof eight);
        if ((eight & UINT64_C(0x8080808080808080)) == 0) {
            at += sizeof eight;
            continue;
        }
        size_t n = character_length((const unsigned char *)bytes + at, size - at);
        if (n == 0) break;
        at += n;
    }
    return at;
}

/* --- what is wrong ------------------------------------------------------------------------------ */

static bool has_utf16_mark(const char *bytes, size_t size)
{
    return size >= 2 && (!memcmp(bytes, "\xFF\xFE", 2) || !memcmp(bytes, "\xFE\xFF", 2));
}

/* Zero bytes at every second place, as Western text has them. */
static bool looks_like_utf16(const char *bytes, size_t size)
{
    enum { LOOKED_AT = 4096 };
    size_t n = size < LOOKED_AT ? size : LOOKED_AT, zero[2] = {0};
    for (size_t i = 0; i < n; i++) zero[i % 2] += bytes[i] == '\0';
    size_t most = zero[0] > zero[1] ? zero[0] : zero[1], least = zero[0] + zero[1] - most;
    return has_utf16_mark(bytes, size) || (most > n / 4 && least < most / 8 + 1);
}

/* Of what is no UTF-8: ENCODING_UTF8 if nearly all is, so that a byte or two are damaged. */
static Encoding likely(const char *bytes, size_t size)
{
    size_t good = 0, bad = 0;
    bool windows = false;
    if (looks_like_utf16(bytes, size)) return ENCODING_UTF16;
    for (size_t at = 0; at < size;) {
        unsigned char c = (unsigned char)bytes[at];
        size_t n = character_length((const unsigned char *)bytes + at, size - at);
        good += n > 1;
        bad += n == 0;
        windows |= n == 0 && c >= 0x80 && c < 0xA0;
        at += n ? n : 1;
    }
    if (good > 4 * bad) return ENCODING_UTF8;
    return windows ? ENCODING_WINDOWS_1252 : ENCODING_LATIN1;
}

Encoding encoding_likely(const char *bytes, size_t size)
{
    const bool good = encoding_utf8_length(bytes, size) == size && !looks_like_utf16(bytes, size);
    return good ? ENCODING_UTF8 : likely(bytes, size);
}

static size_t line_of(const char *bytes, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at; i++) line += bytes[i] == '\n';
    return line;
}

static bool wrong_utf8(const char *bytes, size_t size, size_t at, const char *origin, Error *err)
{
    const Encoding seems = likely(bytes, size);
    const unsigned byte = (unsigned char)bytes[at];
    if (seems == ENCODING_UTF8) {
        error_usage(err, "%s:%zu: byte %zu of the file, 0x%02X, is no UTF-8, though the rest is",
                    origin, line_of(bytes, at), at, byte);
        return error_hint(err, "correct that line: it is damaged");
    }
    error_usage(err, "%s:%zu: byte %zu of the file, 0x%02X, is no UTF-8; it looks like %s", origin,
                line_of(bytes, at), at, byte, encoding_words[seems]);
    return error_hint(
        err,
        "convert it (iconv -f %s -t utf-8), or, where its manifest can, name its encoding: \"%s\"",
        seems == ENCODING_LATIN1 ? "iso-8859-1" : encoding_words[seems], encoding_words[seems]);
}

static bool no_zero_bytes(const char *bytes, size_t size, const char *origin, Error *err)
{
    const char *zero = size ? memchr(bytes, '\0', size) : NULL;
    if (!zero) return true;
    error_usage(err, "%s:%zu: byte %zu of the file is zero, which no text has; the file is damaged",
                origin, line_of(bytes, (size_t)(zero - bytes)), (size_t)(zero - bytes));
    return error_hint(err, "fetch it again, or see whether it is text at all");
}

static bool check_utf8(const char *bytes, size_t size, const char *origin, Error *err)
{
    size_t good = encoding_utf8_length(bytes, size);
    const char *zero = size ? memchr(bytes, '\0', size) : NULL;
    if (zero && looks_like_utf16(bytes, size) && (size_t)(zero - bytes) < good)
        good = (size_t)(zero - bytes);
    if (good < size) return wrong_utf8(bytes, size, good, origin, err);
    return true;
}

/* --- others ------------------------------------------------------------------------------------- */

static bool add_character(Buffer *text, uint32_t c, Error *err)
{
    char bytes[4];
    size_t n = 0;
    if (c < 0x80) bytes[n++] = (char)c;
    else if (c < 0x800) bytes[n++] = (char)(0xC0 | c >> 6);
    else if (c < 0x10000) bytes[n++] = (char)(0xE0 | c >> 12);
    else bytes[n++] = (char)(0xF0 | c >> 18);
    if (c >= 0x10000) bytes[n++] = (char)(0x80 | (c >> 12 & 0x3F));
    if (c >= 0x800) bytes[n++] = (char)(0x80 | (c >> 6 & 0x3F));
    if (c >= 0x80) bytes[n++] = (char)(0x80 | (c & 0x3F));
    return buffer_add(text, bytes, n, err);
}

/* Bytes 0x80 to 0x9F of windows-1252; 0: there is no such character. The others are those of Latin-1. */
static const uint16_t windows[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

static bool is_no_text(Error *err)
{
    return error_hint(err, "see whether it is text at all: an archive is unpacked, a spreadsheet "
                           "saved as CSV first");
}

static bool decode_bytes(Buffer *text, const char *bytes, size_t size, Encoding encoding,
                         const char *origin, Error *err)
{
    for (size_t i = 0; i < size; i++) {
        uint32_t c = (unsigned char)bytes[i];
        bool special = encoding == ENCODING_WINDOWS_1252 && c >= 0x80 && c < 0xA0;
        if (special && windows[c - 0x80] == 0) {
            error_usage(err, "%s:%zu: byte %zu of the file, 0x%02X, is nothing in %s", origin,
                        line_of(bytes, i), i, (unsigned)c, encoding_words[encoding]);
            return is_no_text(err);
        }
        if (!add_character(text, special ? windows[c - 0x80] : c, err)) return false;
    }
    return true;
}

static bool decode_utf16(Buffer *text, const char *bytes, size_t size, const char *origin,
                         Error *err)
{
    const unsigned char *b = (const unsigned char *)bytes;
    const bool marked = has_utf16_mark(bytes, size), big = marked && b[0] == 0xFE;
    for (size_t i = marked ? 2 : 0; i < size; i += 2) {
        uint32_t c = 0, low = 0;
        if (i + 1 < size) c = (uint32_t)(b[i + !big] << 8 | b[i + big]);
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < size)
            low = (uint32_t)(b[i + 2 + !big] << 8 | b[i + 2 + big]);
        bool pair = low >= 0xDC00 && low < 0xE000;
        if (i + 1 == size || (c >= 0xD800 && c < 0xE000 && !pair)) {
            error_usage(err, "%s:%zu: byte %zu of the file begins no character of utf-16", origin,
                        line_of(text->data ? text->data : "", text->size), i);
            return is_no_text(err);
        }
        if (pair) c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00), i += 2;
        if (!add_character(text, c, err)) return false;
    }
    return true;
}

bool encoding_decode(const char **bytes, size_t *size, Encoding encoding, const char *origin,
                     Arena *arena, Error *err)
{
    if (encoding == ENCODING_UTF8)
        return check_utf8(*bytes, *size, origin, err) && no_zero_bytes(*bytes, *size, origin, err);
    Buffer text = buffer_create(arena);
    bool decoded =
        buffer_reserve(&text, *size + *size / 8 + 1, err) && buffer_add_text(&text, "", err) &&
        (encoding == ENCODING_UTF16 ? decode_utf16(&text, *bytes, *size, origin, err)
                                    : decode_bytes(&text, *bytes, *size, encoding, origin, err));
    if (!decoded || !no_zero_bytes(text.data, text.size, origin, err)) return false;
    *bytes = text.data;
    *size = text.size;
    return true;
}

size_t encoding_letters(const char *text)
{
    size_t n = 0;
    for (; *text; text++) n += !encoding_continues(*text);
    return n;
}
