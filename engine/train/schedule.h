/* Learning-rate schedules of the paper's released code, as factors of the maximum rate (GPT-1,
 * 4.1).
 *
 *   x = t / T, update t counted from 0 of T updates in all; w = warm-up as a share of T
 *   warmup_cosine    x <= w: x/w;   else (1 + cos(pi x)) / 2
 *   warmup_linear   (x <= w: x/w;   else 1) (1 - x)
 *   warmup_constant  x <= w: x/w;   else 1
 *
 * As released, the first update has factor 0 whenever w > 0. */
#ifndef TRAIN_SCHEDULE_H
#define TRAIN_SCHEDULE_H

typedef enum Schedule {
    SCHEDULE_WARMUP_COSINE,
    SCHEDULE_WARMUP_LINEAR,
    SCHEDULE_WARMUP_CONSTANT
} Schedule;
extern const char *const schedule_words[]; /* NULL-terminated, in the order of the enum */

double schedule_factor(Schedule schedule, double x, double warmup);

#endif
