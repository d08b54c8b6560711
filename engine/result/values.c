#include "result/values.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(double value)
{
    return value >= 0 && value <= 9 && value == floor(value) && !signbit(value);
}

static bool add_number(Buffer *text, double value, Error *err)
{
    char word[32];
    for (int digits = 1; digits <= 17; digits++) {
        snprintf(word, sizeof word, "%.*g", digits, value);
        if (strtod(word, NULL) == value) break;
    }
    return buffer_add_text(text, word, err);
}

char *values_write(const double *value, size_t n, Arena *arena, Error *err)
{
    Buffer text = buffer_create(arena);
    bool digits = true;
    for (size_t i = 0; i < n; i++) digits &= is_digit(value[i]);
    if (!buffer_add_text(&text, "", err)) return NULL;
    for (size_t i = 0; i < n; i++) {
        bool ok = digits ? buffer_add_char(&text, (char)('0' + (int)value[i]), err)
                         : (i == 0 || buffer_add_char(&text, ' ', err)) &&
                               add_number(&text, value[i], err);
        if (!ok) return NULL;
    }
    return text.data;
}

static double *wrong(size_t n, Error *err)
{
    error_set(err, "is not a list of %zu numbers", n);
    return NULL;
}

double *values_read(const char *text, size_t n, Arena *arena, Error *err)
{
    double *value = arena_alloc(arena, n, sizeof *value, err);
    if (!value) return NULL;
    if (strlen(text) == n && strspn(text, "0123456789") == n) {
        for (size_t i = 0; i < n; i++) value[i] = text[i] - '0';
        return value;
    }
    for (size_t i = 0; i < n; i++) {
        char *end;
        if ((i > 0 && *text++ != ' ') || *text == ' ') return wrong(n, err);
        value[i] = strtod(text, &end);
        if (end == text || !isfinite(value[i])) return wrong(n, err);
        text = end;
    }
    return *text ? wrong(n, err) : value;
}
