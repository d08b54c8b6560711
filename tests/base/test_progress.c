#include "base/clock.h"
#include "base/log.h"
#include "base/progress.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int n_updates, n_finished;
static ProgressWork last;

static void count(const ProgressUpdate *update, void *context)
{
    cr_assert_eq(context, &n_updates);
    n_updates++;
    n_finished += update->finished;
    cr_assert_null(update->plan);
    cr_assert_eq(update->n, 1);
    last = *update->work[0];
}

Test(progress, passes_on_a_few_updates_a_second_and_always_the_last)
{
    Progress progress;
    progress_install(count, &n_updates);
    progress_begin(&progress, "tokens", 1e6, 0, "pre-training %s", "gpt");
    double until = clock_seconds() + 0.6;
    double done = 0;
    while (clock_seconds() < until) progress_report(&progress, done++);
    progress_note(&progress, "epoch %d", 2);
    progress_losses(&progress, 4.25, 1e-3);
    progress_report(&progress, 1e6);
    progress_end(&progress);
    cr_assert_geq(n_updates, 2);
    cr_assert_leq(n_updates, 5);
    cr_assert_eq(n_finished, 1);
    cr_assert(last.done == 1e6 && last.left_seconds == 0);
    cr_assert(last.loss == 4.25 && last.learning_rate == 1e-3 && last.losses.n == 1);
    cr_assert_str_eq(last.note, "epoch 2");
    cr_assert_str_eq(last.title, "pre-training gpt");
}

Test(progress, the_time_left_comes_from_the_rate_since_the_resume)
{
    Progress progress;
    progress_install(count, &n_updates);
    progress_begin(&progress, "tokens", 1000, 500, "resumed");
    usleep(300000);
    progress_report(&progress, 600);
    cr_assert_eq(n_updates, 1);
    double expected_rate = 100 / last.elapsed_seconds;
    cr_assert_float_eq(last.rate, expected_rate, 1e-6 * expected_rate);
    cr_assert_float_eq(last.left_seconds, 400 / expected_rate, 1e-3);
}

Test(progress, an_unknown_total_gives_no_time_left)
{
    Progress progress;
    progress_install(count, &n_updates);
    progress_begin(&progress, "bytes", 0, 0, "fetching");
    usleep(300000);
    progress_report(&progress, 600);
    cr_assert_lt(last.left_seconds, 0);
}

Test(progress, works_without_a_sink_and_cuts_long_titles)
{
    Progress progress;
    char long_title[500];
    memset(long_title, 'x', sizeof long_title);
    long_title[499] = '\0';
    progress_begin(&progress, "bytes", 0, 0, "%s", long_title);
    progress_report(&progress, 1);
    progress_end(&progress);
    cr_assert_eq(strlen(progress.work.title), sizeof progress.work.title - 1);
}

static void stay_silent(const ProgressUpdate *update, void *context)
{
    (void)context;
    cr_assert_fail("it was told of '%s'", update->work[0]->title);
}

Test(progress, goes_to_the_sink_that_was_there_when_it_began)
{
    Progress progress;
    progress_install(count, &n_updates);
    progress_begin(&progress, "tokens", 10, 0, "all of it");
    progress_install(stay_silent, NULL);
    progress_end(&progress);
    cr_assert_eq(n_finished, 1);
}

static char logged[200];

static void note_line(LogLevel level, const char *line, void *context)
{
    snprintf(logged, sizeof logged, "%d %s %s", (int)level, line, (const char *)context);
}

Test(log, lines_reach_the_sink_with_their_level)
{
    log_info("nobody hears %d", 1);
    log_install(note_line, "ctx");
    log_warning("data %d", 7);
    cr_assert_str_eq(logged, "2 data 7 ctx");
    log_detail("d");
    cr_assert_str_eq(logged, "0 d ctx");
    log_install(NULL, NULL);
    log_info("x");
    cr_assert_str_eq(logged, "0 d ctx");
}

Test(clock, durations_read_well)
{
    const struct {
        double seconds;
        const char *text;
    } cases[] = {
        {0, "0.0 s"},
        {4.12, "4.1 s"},
        {9.96, "10 s"},
        {59.6, "1 min 00 s"},
        {200, "3 min 20 s"},
        {3725, "1 h 02 min"},
        {86400 * 2.5, "2 days 12 h"},
        {-3, "0.0 s"},
        {NAN, "0.0 s"},
        {119 * 365.25 * 86400, "119 years"},
        {INFINITY, "1e+09 years"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[32];
        clock_duration(text, cases[i].seconds);
        cr_expect_str_eq(text, cases[i].text);
    }
}

Test(clock, utc_is_a_timestamp)
{
    char text[32];
    int year, month, day, hour, minute, second;
    clock_utc(text);
    cr_assert_eq(strlen(text), 20);
    cr_assert_eq(sscanf(text, "%d-%d-%dT%d:%d:%dZ", &year, &month, &day, &hour, &minute, &second),
                 6);
    cr_assert_geq(year, 2024);
}
