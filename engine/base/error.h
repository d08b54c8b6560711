/* One error object for the whole engine (STYLE, section 4).
 *
 * A fallible function returns bool (false: failed) or a pointer (NULL: failed), takes `Error *err`
 * last, and is marked MUST_USE. The callee says what is wrong and where; each caller may add what it
 * was doing; a hint says what to do. Every function that records returns false, so that
 * `return error_set(err, ...)` is the whole failure path.
 *
 *     experiments/x.json: $.model.n_head: 7 does not divide n_channel = 512
 *       while checking model 'gpt'
 *       try: one of 1, 2, 4, 8, 16
 *
 * Several independent errors may be recorded one after the other (a spec is checked whole): each call
 * of error_set or error_usage begins a new paragraph.
 *
 * Ownership  an Error is plain data owned by the caller; initialise it with `Error err = {0}`
 * Threads    an Error belongs to one thread */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

#define MUST_USE                 __attribute__((warn_unused_result))
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))

typedef enum ErrorKind {
    ERROR_NONE,
    ERROR_FAILED,      /* the run failed: exit status 1 */
    ERROR_USAGE,       /* wrong spec, data file given by the user, or command line: exit status 2 */
    ERROR_INTERRUPTED, /* Ctrl-C or a termination signal n, after everything finished was kept: 128+n */
} ErrorKind;

typedef struct Error {
    ErrorKind kind;
    int n_errors;     /* paragraphs recorded */
    bool is_full;     /* the text ends with the line about what did not fit */
    size_t length;    /* of text */
    char text[16384]; /* zero-terminated; what does not fit is replaced by one line that says so */
} Error;

bool error_set(Error *err, const char *format, ...) PRINTF_LIKE(2, 3);
bool error_usage(Error *err, const char *format, ...) PRINTF_LIKE(2, 3);
bool error_interrupted(Error *err, const char *format, ...) PRINTF_LIKE(2, 3);

/* Adds "  while ..." or "  try: ..." to the last paragraph; do nothing when no error is recorded. */
bool error_wrap(Error *err, const char *doing_format, ...) PRINTF_LIKE(2, 3);
bool error_hint(Error *err, const char *hint_format, ...) PRINTF_LIKE(2, 3);

/* Adds ": strerror(code)" wording for a failed system call: "cannot open 'x': No such file". */
bool error_system(Error *err, int code, const char *format, ...) PRINTF_LIKE(3, 4);

/* The paragraphs of another one as well; kind and wording are its own. */
bool error_add(Error *err, const Error *other);

void error_clear(Error *err);

/* The exit status that belongs to an error: 0, 1 or 2; where a signal interrupted, it is known to the command
 * (cli/main.c). */
int error_exit_status(const Error *err);

#endif
