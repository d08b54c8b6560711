/* Learning-rate schedules, as factors of the maximum rate.
 *
 *   x = t / T, update t counted from 0 of T updates in all; w = warm-up as a share of T
 *   warmup_cosine        x <= w: x/w;   else (1 + cos(pi x)) / 2      GPT-1, 4.1
 *   warmup_linear       (x <= w: x/w;   else 1) (1 - x)               GPT-1, 4.1
 *   warmup_constant      x <= w: x/w;   else 1                        w = 0: T5's fine-tuning (3.1.2)
 *   linear_after_warmup  x < w:  x/w;   else 1 - x                    BERT (Devlin et al. 2019, A.2)
 *   inverse_sqrt         x <= w: 1;     else sqrt(w / x)              T5's pre-training (Raffel et al. 2020, 3.1.2), w > 0
 *
 * As released (finetune-transformer-lm; bert/optimization.py), the first update of what rises has factor 0 whenever
 * w > 0, and where BERT's warm-up ends its rate drops from 1 to 1 - w. T5's rate is 1 / sqrt(max(t, k)): with k = w T
 * updates of warm-up, which do not rise, and a maximum of 1 / sqrt(k), 0.01 for its 10,000. */
#ifndef TRAIN_SCHEDULE_H
#define TRAIN_SCHEDULE_H

typedef enum Schedule {
    SCHEDULE_WARMUP_COSINE,
    SCHEDULE_WARMUP_LINEAR,
    SCHEDULE_WARMUP_CONSTANT,
    SCHEDULE_LINEAR_AFTER_WARMUP,
    SCHEDULE_INVERSE_SQRT
} Schedule;
extern const char *const schedule_words[]; /* NULL-terminated, in the order of the enum */

double schedule_factor(Schedule schedule, double x, double warmup);

#endif
