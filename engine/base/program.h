/* Other programs that a report needs: gnuplot, rsvg-convert, and git where there is one. */
#ifndef BASE_PROGRAM_H
#define BASE_PROGRAM_H

enum { PROGRAM_MISSING = 127 };

/* Runs argv[0], found on PATH, in `folder` (NULL: here), with time zone UTC. A time that it notes down in what it
 * makes is the day of the paper, if it knows SOURCE_DATE_EPOCH. What it prints goes to the file `log` in that
 * folder, or nowhere when log is NULL. The exit status; PROGRAM_MISSING if it cannot be started; 128 + the signal
 * that ended it. */
int program_run(const char *const *argv, const char *folder, const char *log);

#endif
