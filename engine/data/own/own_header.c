#include "data/own/own_header.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const usual_names[] = {
    "text",       "sentence",   "review",   "comment", "message",   "title",      "body",
    "content",    "tweet",      "question", "answer",  "premise",   "hypothesis", "label",
    "labels",     "class",      "category", "target",  "sentiment", "score",      "rating",
    "stars",      "topic",      "id",       "index",   "sentence1", "sentence2",  "sentence_1",
    "sentence_2", "text1",      "text2",    "text_a",  "text_b",    "question1",  "question2",
    "gold_label", "similarity", "polarity", "intent",  "y",
};

bool own_header_knows(const char *name)
{
    for (size_t i = 0; i < sizeof usual_names / sizeof *usual_names; i++)
        if (!strcasecmp(name, usual_names[i])) return true;
    return false;
}

static bool is_number(const char *text)
{
    char *end;
    (void)strtod(text, &end);
    return end != text && end[strspn(end, " \t")] == '\0';
}

enum { LONGEST_NAME = 64, MOST_VALUES = 32 };

/* Names stand there once each, and are neither numbers nor sentences. */
static bool may_be_names(const char *const *field, size_t n)
{
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        any |= field[i][0] != '\0';
        if (is_number(field[i]) || strlen(field[i]) > LONGEST_NAME) return false;
        for (size_t k = 0; k < i; k++)
            if (strcmp(field[i], field[k]) == 0) return false;
    }
    return any;
}

static bool are_numbers_below(const OwnRows *rows, size_t column)
{
    for (size_t r = 1; r < rows->n; r++)
        if (!is_number(rows->field[r][column])) return false;
    return rows->n > 1;
}

/* A few values below it, each more than once, and it is none of them. */
static bool are_classes_below(const OwnRows *rows, size_t column)
{
    const char *value[MOST_VALUES];
    size_t count[MOST_VALUES] = {0}, n = 0;
    for (size_t r = 1; r < rows->n; r++) {
        const char *field = rows->field[r][column];
        size_t i = 0;
        while (i < n && strcmp(value[i], field) != 0) i++;
        if (i == MOST_VALUES) return false;
        if (i == n) value[n++] = field;
        count[i]++;
    }
    for (size_t i = 0; i < n; i++)
        if (count[i] < 2 || !strcmp(value[i], rows->field[0][column])) return false;
    return n >= 2;
}

/* Two usual names side by side: whatever the others are, some twice or empty, this is no row of values. */
static bool are_usual(const char *const *field, size_t n)
{
    const char *first = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!own_header_knows(field[i])) continue;
        if (first && strcasecmp(field[i], first) != 0) return true;
        first = field[i];
    }
    return false;
}

bool own_header_is(const OwnRows *rows, size_t n_columns)
{
    if (rows->n > 0 && are_usual(rows->field[0], n_columns)) return true;
    if (rows->n == 0 || !may_be_names(rows->field[0], n_columns)) return false;
    for (size_t c = 0; c < n_columns; c++)
        if (own_header_knows(rows->field[0][c]) || are_numbers_below(rows, c) ||
            are_classes_below(rows, c))
            return true;
    return false;
}
