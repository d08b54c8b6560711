#include "data/dataset/dataset_row.h"

#include <fnmatch.h>
#include <math.h>
#include <string.h>

#include "data/dataset/dataset_answer.h"
#include "data/dataset/dataset_cloze.h"
#include "data/dataset/dataset_winograd.h"

static const char space[] = " \t\r\n";

/* The field of a column by the first `size` bytes of its name. */
static const char **field_at(const DatasetFields *fields, const char *name, size_t size)
{
    return &fields->field[dataset_manifest_column(fields->columns, name, size)];
}

/* Bytes of the white space of Unicode that the text begins with, the invisible kinds included; 0: none. */
static size_t wide_space(const char *text)
{
    static const char *const kinds[] = {
        "\xC2\x85",     "\xC2\xA0",     "\xE1\x9A\x80", /* next line, no-break space, ogham */
        "\xE2\x80\xA8", "\xE2\x80\xA9",                 /* ends of lines and paragraphs */
        "\xE2\x80\xAF", "\xE2\x81\x9F", "\xE3\x80\x80", /* narrow, mathematical, ideographic */
        "\xE2\x81\xA0", "\xEF\xBB\xBF", "\xC2\xAD",     /* no width: joiner, mark, soft hyphen */
    };
    /* U+2000 to U+200D: widths from a quad to nothing. */
    if (memcmp(text, "\xE2\x80", strnlen(text, 2)) == 0 && strnlen(text, 3) == 3 &&
        (unsigned char)text[2] >= 0x80 && (unsigned char)text[2] <= 0x8D)
        return 3;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strncmp(text, kinds[i], strlen(kinds[i])) == 0) return strlen(kinds[i]);
    return 0;
}

/* Nothing in it that can be read. */
static bool is_blank(const char *text)
{
    for (size_t size = 1; *text && size > 0; text += size)
        size = strchr(space, *text) ? 1 : wide_space(text);
    return *text == '\0';
}

/* --- before anything else ----------------------------------------------------------------------- */

static bool rewrite(const char **field, const DatasetRewrite *rule, Arena *arena, Error *err)
{
    Buffer text = buffer_create(arena);
    const char *rest = *field, *found = strstr(rest, rule->find);
    size_t size = strlen(rule->find);
    if (!found || (rule->at_start && found != rest)) return true;
    while (found) {
        if (!buffer_add(&text, rest, (size_t)(found - rest), err) ||
            !buffer_add_text(&text, rule->put, err))
            return false;
        rest = found + size;
        found = rule->at_start ? NULL : strstr(rest, rule->find);
    }
    if (!buffer_add_text(&text, rest, err)) return false;
    *field = text.data ? text.data : "";
    return true;
}

bool dataset_row_rewrite(DatasetFields *fields, Arena *arena, Error *err)
{
    const SpecList *list = &fields->manifest->table.rewrite;
    const DatasetRewrite *rules = list->items;
    for (size_t i = 0; i < list->n; i++)
        if (!rewrite(field_at(fields, rules[i].column, strlen(rules[i].column)), &rules[i], arena,
                     err))
            return false;
    return true;
}

/* A passage out of which no word can be taken. */
static bool has_no_gap(const DatasetFields *fields)
{
    const DatasetTable *table = &fields->manifest->table;
    if (table->candidates == 0) return false;
    const char *column = table->text.text[0];
    return !dataset_cloze_fits(*field_at(fields, column, strlen(column)), table->candidates);
}

bool dataset_row_skipped(const DatasetFields *fields)
{
    const SpecList *skip = &fields->manifest->table.skip;
    const DatasetSkip *rules = skip->items;
    for (size_t i = 0; i < skip->n; i++) {
        const char *field = *field_at(fields, rules[i].column, strlen(rules[i].column));
        if (fnmatch(rules[i].pattern, field, 0) == 0) return true;
    }
    return has_no_gap(fields);
}

/* --- texts -------------------------------------------------------------------------------------- */

/* "a+b+c": the columns' fields, joined by spaces. */
static const char *join_columns(const DatasetFields *fields, const char *names, Arena *arena,
                                Error *err)
{
    Buffer text = buffer_create(arena);
    for (const char *at = names; at; at = strchr(at, '+') ? strchr(at, '+') + 1 : NULL) {
        size_t size = strcspn(at, "+?");
        const char *field = *field_at(fields, at, size);
        if (is_blank(field)) {
            error_usage(err, "%s:%d: column '%.*s' is empty", fields->origin, fields->line,
                        (int)size, at);
            return NULL;
        }
        if ((text.size && !buffer_add_char(&text, ' ', err)) || !buffer_add_text(&text, field, err))
            return NULL;
    }
    return text.data;
}

/* "a?", where the row has nothing in that column: its answers end here. */
static bool is_missing(const DatasetFields *fields, const char *name)
{
    const char *mark = strchr(name, '?');
    return mark && is_blank(*field_at(fields, name, (size_t)(mark - name)));
}

static bool read_texts(Example *example, const DatasetFields *fields, Arena *arena, Error *err)
{
    const TextList *names = &fields->manifest->table.text;
    example->text = arena_alloc(arena, names->n, sizeof *example->text, err);
    if (!example->text) return false;
    for (size_t i = 0; i < names->n && !is_missing(fields, names->text[i]); i++) {
        example->text[i] = join_columns(fields, names->text[i], arena, err);
        if (!example->text[i]) return false;
        example->n_texts = (int)i + 1;
    }
    return true;
}

/* The last word leaves the passage. */
static bool split_last_word(Example *example, const DatasetFields *fields, Arena *arena, Error *err)
{
    const char *text = example->text[0], *end = text + strlen(text), *word;
    while (end > text && strchr(space, end[-1])) end--;
    for (word = end; word > text && !strchr(space, word[-1]);) word--;
    const char *passage_end = word;
    while (passage_end > text && strchr(space, passage_end[-1])) passage_end--;
    if (passage_end == text)
        return error_usage(err, "%s:%d: a passage of one word", fields->origin, fields->line);
    example->n_texts = 2;
    example->text = arena_alloc(arena, 2, sizeof *example->text, err);
    if (!example->text) return false;
    example->text[0] = arena_text_span(arena, text, (size_t)(passage_end - text), err);
    example->text[1] = arena_text_span(arena, word, (size_t)(end - word), err);
    return example->text[0] && example->text[1];
}

/* What the texts of some forms are made of. */
static bool form_texts(Example *example, const DatasetFields *fields, Arena *arena, Error *err)
{
    const DatasetManifest *m = fields->manifest;
    if (m->form == DATASET_LAST_WORD) return split_last_word(example, fields, arena, err);
    if (m->table.candidates) return dataset_cloze_split(example, m->table.candidates, arena, err);
    if (!m->table.pronoun) return true;
    const char *pronoun = *field_at(fields, m->table.pronoun, strlen(m->table.pronoun));
    if (dataset_winograd_split(example, pronoun, m->table.most_referents, arena, err)) return true;
    return error_wrap(err, "reading %s:%d", fields->origin, fields->line);
}

/* --- the row ------------------------------------------------------------------------------------ */

static const char *make_id(const DatasetFields *fields, Arena *arena, Error *err)
{
    const char *names = fields->manifest->table.id;
    Buffer id = buffer_create(arena);
    if (!names) return arena_format(arena, err, "%s:%d", fields->origin, fields->line);
    for (const char *at = names; at; at = strchr(at, '+') ? strchr(at, '+') + 1 : NULL) {
        if (id.size && !buffer_add_char(&id, ':', err)) return NULL;
        bool added = *at == '#'
                         ? buffer_format(&id, err, "%d", fields->part)
                         : buffer_add_text(&id, *field_at(fields, at, strcspn(at, "+")), err);
        if (!added) return NULL;
    }
    return id.data ? id.data : "";
}

static bool read_facets(Example *example, const DatasetFields *fields, Arena *arena, Error *err)
{
    const TextList *names = &fields->manifest->table.facets;
    if (names->n == 0) return true;
    example->facet = arena_alloc(arena, names->n, sizeof *example->facet, err);
    for (size_t i = 0; example->facet && i < names->n; i++) {
        const char *value = *field_at(fields, names->text[i], strlen(names->text[i]));
        if (!(example->facet[i] = arena_text(arena, value, err))) return false;
    }
    return example->facet != NULL;
}

static bool read_group(const char **group, const DatasetFields *fields, Arena *arena, Error *err)
{
    const char *name = fields->manifest->table.group;
    *group = NULL;
    if (!name) return true;
    *group = arena_text(arena, *field_at(fields, name, strlen(name)), err);
    return *group != NULL;
}

bool dataset_row_read(DatasetRow *row, const DatasetFields *fields, Arena *arena, Error *err)
{
    *row = (DatasetRow){.example = {.label = -1, .target = (double)NAN}};
    row->example.id = make_id(fields, arena, err);
    return row->example.id && read_group(&row->group, fields, arena, err) &&
           read_texts(&row->example, fields, arena, err) &&
           form_texts(&row->example, fields, arena, err) &&
           read_facets(&row->example, fields, arena, err) &&
           dataset_answer_read(&row->example, fields, arena, err);
}
