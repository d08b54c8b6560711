#include "train/schedule.h"

#include <math.h>
#include <stddef.h>

#include "base/elementary.h"

const char *const schedule_words[] = {"warmup_cosine",       "warmup_linear", "warmup_constant",
                                      "linear_after_warmup", "inverse_sqrt",  NULL};

double schedule_factor(Schedule schedule, double x, double warmup)
{
    const double pi = 3.14159265358979323846;
    double rise = x <= warmup ? (warmup > 0 ? x / warmup : 1.0) : 1.0;
    switch (schedule) {
    case SCHEDULE_WARMUP_COSINE: return x <= warmup ? rise : 0.5 * (1.0 + elementary_cos64(pi * x));
    case SCHEDULE_WARMUP_LINEAR: return rise * (1.0 - x);
    case SCHEDULE_LINEAR_AFTER_WARMUP: return x < warmup ? rise : 1.0 - x;
    case SCHEDULE_INVERSE_SQRT: return x <= warmup ? 1.0 : sqrt(warmup / x);
    case SCHEDULE_WARMUP_CONSTANT: break;
    }
    return rise;
}
