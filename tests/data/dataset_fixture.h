/* A data set made by the test itself: a fresh folder with manifests, downloads and mirror. */
#ifndef TESTS_DATASET_FIXTURE_H
#define TESTS_DATASET_FIXTURE_H

#include "data/dataset/dataset.h"

typedef struct DatasetFixture {
    Arena *arena;
    Error err;
    char folder[64];
    DatasetPlaces places;
} DatasetFixture;

extern DatasetFixture dataset_fixture;

void dataset_fixture_set_up(void);
void dataset_fixture_tear_down(void);

/* Writes FOLDER/path; the text ends at its zero byte. */
void dataset_fixture_write(const char *path, const char *text);
void dataset_fixture_write_bytes(const char *path, const void *bytes, size_t size);
bool dataset_fixture_exists(const char *path);

/* An uncompressed tar archive of n members at FOLDER/path; `cut` bytes of its end are left out. */
void dataset_fixture_write_tar(const char *path, const char *const *names, const char *const *texts,
                               int n, size_t cut);

/* manifests/NAME.json. `format` may hold %s for hashes. */
void dataset_fixture_write_manifest(const char *name, const char *format, ...) PRINTF_LIKE(2, 3);

/* Opens the data set, which must succeed. */
Dataset *dataset_fixture_open(const char *name);

/* Asserts an ordinary failure whose message holds each of the texts (up to NULL). */
void dataset_fixture_expect_error(bool succeeded, ErrorKind kind, ...);

#endif
