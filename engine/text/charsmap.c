#include "text/charsmap.h"

#include <string.h>

#include "text/unicode.h"

/* One character of nmt_nfkc becomes 33 bytes at most. A map that makes of each byte a page could fill any memory. */
enum { LONGEST_TEXT = 255 };

/* --- the double array ---------------------------------------------------------------------------- */

static uint32_t offset_of(uint32_t unit)
{
    return (unit >> 10) << ((unit & (1U << 9)) >> 6);
}

static uint32_t label_of(uint32_t unit)
{
    return unit & ((1U << 31) | 0xFF);
}

static bool has_leaf(uint32_t unit)
{
    return unit >> 8 & 1;
}

static uint32_t value_of(uint32_t unit)
{
    return unit & ((1U << 31) - 1);
}

size_t charsmap_find(const char **put, const Charsmap *map, CharsmapMatch match, const char *text,
                     size_t size)
{
    size_t found = 0;
    if (map->n_units == 0) return 0;
    size_t node = offset_of(map->units[0]);
    for (size_t i = 0; i < size; i++) {
        const unsigned char byte = (unsigned char)text[i];
        node ^= byte;
        if (node >= map->n_units || label_of(map->units[node]) != byte) break;
        const bool ends_rule = has_leaf(map->units[node]);
        node ^= offset_of(map->units[node]);
        if (!ends_rule || node >= map->n_units) continue;
        const uint32_t at = value_of(map->units[node]);
        if (at >= map->n_texts) continue;
        *put = map->texts + at;
        found = i + 1;
        if (match == CHARSMAP_SHORTEST) break;
    }
    return found;
}

/* --- reading ------------------------------------------------------------------------------------- */

static uint32_t little_endian(const char *bytes)
{
    uint32_t value = 0;
    for (int i = 3; i >= 0; i--) value = value << 8 | (unsigned char)bytes[i];
    return value;
}

/* All end within the bytes, are UTF-8, and short. */
static bool check_texts(const Charsmap *map, Error *err)
{
    if (map->n_texts == 0 || map->texts[map->n_texts - 1] != '\0')
        return error_set(err, "the last text of the character map is cut off");
    for (size_t at = 0; at < map->n_texts;) {
        const size_t size = strlen(map->texts + at);
        if (size > LONGEST_TEXT)
            return error_set(err,
                             "the character map puts %zu bytes in place of one text; %d at most",
                             size, LONGEST_TEXT);
        if (!unicode_is_valid(map->texts + at, size))
            return error_set(err, "the character map has texts that are not UTF-8");
        at += size + 1;
    }
    return true;
}

bool charsmap_read(Charsmap *map, const char *bytes, size_t size, Arena *arena, Error *err)
{
    *map = (Charsmap){0};
    if (size == 0) return true;
    const size_t n_trie = size < 4 ? size : little_endian(bytes);
    if (size < 4 || n_trie >= size - 4 || n_trie % 4 != 0 || n_trie == 0)
        return error_set(err, "the character map of %zu bytes is damaged", size);
    uint32_t *units = arena_alloc(arena, n_trie / 4, sizeof *units, err);
    if (!units) return false;
    for (size_t i = 0; i < n_trie / 4; i++) units[i] = little_endian(bytes + 4 + 4 * i);
    map->units = units;
    map->n_units = n_trie / 4;
    map->n_texts = size - 4 - n_trie;
    char *texts = arena_alloc(arena, map->n_texts, 1, err);
    if (!texts) return false;
    memcpy(texts, bytes + 4 + n_trie, map->n_texts);
    map->texts = texts;
    return check_texts(map, err);
}
