/* A web server of a few lines on this machine, for one test: what a download meets out there.
 *
 *     /ranges  sends the rest when asked for it (206)     /whole   always sends everything (200)
 *     /breaks  drops the first connection half-way        /busy    answers 503 at first
 *     /exact   416 when asked for more than there is      /ill     always answers 500
 *     /short   always drops the connection half-way       /stalls  sends half and then nothing more
 *     /endless says no length and sends without end       /local   leads to file:///etc/passwd
 *     /moved   leads to /ranges                           /circle  leads to itself
 *     /less    announces half of what it sends            else     404 */
#ifndef TESTS_HTTP_SERVER_H
#define TESTS_HTTP_SERVER_H

#include <stddef.h>

/* Serves the bytes from a child process; returns the port. */
int http_server_start(const char *bytes, size_t size);
void http_server_stop(void);

#endif
