#include "base/sparkline.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static void join_neighbours(Sparkline *line)
{
    line->n /= 2;
    line->doublings++;
    for (int i = 0; i < line->n; i++)
        line->point[i] = (line->point[2 * i] + line->point[2 * i + 1]) / 2;
    line->n_last = 1 << line->doublings;
}

void sparkline_add(Sparkline *line, double value)
{
    const int most_doublings = 30;
    if (!isfinite(value)) return;
    if (line->n > 0 && (line->n_last < 1 << line->doublings || line->doublings == most_doublings)) {
        float *last = &line->point[line->n - 1];
        *last += ((float)value - *last) / (float)++line->n_last;
        return;
    }
    if (line->n == SPARKLINE_POINTS) join_neighbours(line);
    line->point[line->n++] = (float)value;
    line->n_last = 1;
}

/* The mean of the points that fall into a column. */
static float column_mean(const Sparkline *line, int column, int columns)
{
    const int begin = column * line->n / columns, end = (column + 1) * line->n / columns;
    float sum = 0;
    for (int i = begin; i < end; i++) sum += line->point[i];
    return sum / (float)(end - begin);
}

int sparkline_draw(char *text, const Sparkline *line, int columns, bool blocks)
{
    static const char *const heights[][8] = {
        {"_", ".", ":", "-", "=", "+", "*", "#"},
        {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
    };
    float mean[SPARKLINE_POINTS], lowest = INFINITY, highest = -INFINITY;
    const int n = line->n < columns ? line->n : columns;
    for (int c = 0; c < n; c++) {
        mean[c] = column_mean(line, c, n);
        lowest = fminf(lowest, mean[c]);
        highest = fmaxf(highest, mean[c]);
    }
    for (int c = 0; c < n; c++) {
        const float share = highest > lowest ? (mean[c] - lowest) / (highest - lowest) : 0;
        const char *height = heights[blocks][(int)(share * 7 + 0.5F)];
        const size_t size = strlen(height);
        memcpy(text, height, size);
        text += size;
    }
    *text = '\0';
    return n;
}
