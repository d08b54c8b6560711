#include "base/clock.h"

#include <stdio.h>
#include <time.h>

double clock_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void clock_utc(char text[32])
{
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

void clock_duration(char text[32], double seconds)
{
    if (!(seconds > 0)) seconds = 0;
    if (seconds < 9.95) {
        snprintf(text, 32, "%.1f s", seconds);
        return;
    }
    const double year = 365.25 * 86400;
    if (seconds >= 2 * year) {
        double years = seconds / year;
        snprintf(text, 32, "%.3g years", years < 1e9 ? years : 1e9);
        return;
    }
    double whole = seconds + 0.5;
    long s = (long)whole, minutes = s / 60, hours = minutes / 60, days = hours / 24;
    if (s < 60) snprintf(text, 32, "%ld s", s);
    else if (minutes < 60) snprintf(text, 32, "%ld min %02ld s", minutes, s % 60);
    else if (hours < 48) snprintf(text, 32, "%ld h %02ld min", hours, minutes % 60);
    else snprintf(text, 32, "%ld days %ld h", days, hours % 24);
}
