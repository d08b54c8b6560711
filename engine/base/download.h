/* Downloads over libcurl, its one door: with progress, resumed where they broke off (path.part), and
 * nothing at `path` before all of it is there. The caller verifies the content. */
#ifndef BASE_DOWNLOAD_H
#define BASE_DOWNLOAD_H

#include <stdint.h>
#include "base/error.h"

/* expected_bytes 0: unknown; else no more than these are ever written. Also reads file:// URLs, but is not
 * led to one by a server. */
bool download_file(const char *url, const char *path, uint64_t expected_bytes, Error *err) MUST_USE;

/* Tests only: a stalled server is given up after a second, and waits between attempts take a hundredth. */
void download_hurry(bool on);

#endif
