/* A fresh folder for each test that writes files; gone when the test ends well. */
#ifndef TESTS_SCRATCH_FOLDER_H
#define TESTS_SCRATCH_FOLDER_H

#include <stddef.h>

void scratch_folder_make(void);   /* .init of a suite or test */
void scratch_folder_remove(void); /* .fini */

/* "FOLDER/name"; valid until the eighth call after. */
const char *scratch_folder_path(const char *name);

/* The whole content of a file, zero-terminated; fails the test when there is none. */
const char *scratch_folder_read(const char *name);
void scratch_folder_write(const char *name, const void *bytes, size_t size);
size_t scratch_folder_count(void); /* of entries */

#endif
