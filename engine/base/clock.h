/* Time, for progress and provenance only: no result depends on it. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

double clock_seconds(void);                         /* monotonic */
void clock_utc(char text[32]);                      /* "2018-06-11T09:30:00Z" */
void clock_duration(char text[32], double seconds); /* "1 h 02 min", "3 min 20 s", "4.1 s" */

#endif
