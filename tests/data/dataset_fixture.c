#include "dataset_fixture.h"

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/file.h"

DatasetFixture dataset_fixture;

static char *in_folder(const char *path)
{
    char *whole =
        file_join(dataset_fixture.arena, dataset_fixture.folder, path, &dataset_fixture.err);
    cr_assert(whole, "%s", dataset_fixture.err.text);
    return whole;
}

void dataset_fixture_set_up(void)
{
    DatasetFixture *f = &dataset_fixture;
    *f = (DatasetFixture){0};
    f->arena = arena_create("test", &f->err);
    strcpy(f->folder, "/tmp/reprise-dataset-XXXXXX");
    cr_assert(f->arena && mkdtemp(f->folder));
    f->places =
        (DatasetPlaces){in_folder("manifests"), in_folder("downloads"), in_folder("mirror")};
}

void dataset_fixture_tear_down(void)
{
    Error ignored = {0};
    cr_expect(file_remove_tree(dataset_fixture.folder, &ignored), "%s", ignored.text);
    arena_destroy(dataset_fixture.arena);
}

void dataset_fixture_write_bytes(const char *path, const void *bytes, size_t size)
{
    cr_assert(file_write(in_folder(path), bytes, size, &dataset_fixture.err), "%s",
              dataset_fixture.err.text);
}

void dataset_fixture_write(const char *path, const char *text)
{
    dataset_fixture_write_bytes(path, text, strlen(text));
}

bool dataset_fixture_exists(const char *path)
{
    return file_exists(in_folder(path));
}

enum {
    TAR_BLOCK = 512,
    TAR_CHECKSUM_AT = 148,
    TAR_SIZE_AT = 124,
    TAR_TYPE_AT = 156,
    TAR_MAGIC_AT = 257
};

/* POSIX ustar: a header block, then the bytes, filled up to a block. */
static void add_tar_member(Buffer *tar, const char *name, const char *text)
{
    char header[TAR_BLOCK] = {0};
    size_t size = strlen(text), fill = (TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK;
    unsigned sum = 0;
    snprintf(header, 100, "%s", name);
    memcpy(header + 100,
           "0000644\0"
           "0000000\0"
           "0000000\0",
           24);
    snprintf(header + TAR_SIZE_AT, 12, "%011o", (unsigned)size);
    memcpy(header + TAR_SIZE_AT + 12, "00000000000", 12);
    header[TAR_TYPE_AT] = '0';
    memcpy(header + TAR_MAGIC_AT, "ustar\00000", 8);
    memset(header + TAR_CHECKSUM_AT, ' ', 8);
    for (int i = 0; i < TAR_BLOCK; i++) sum += (unsigned char)header[i];
    snprintf(header + TAR_CHECKSUM_AT, 8, "%06o", sum);
    Error *err = &dataset_fixture.err;
    static const char zeros[TAR_BLOCK];
    cr_assert(buffer_add(tar, header, TAR_BLOCK, err) && buffer_add(tar, text, size, err) &&
              buffer_add(tar, zeros, fill, err));
}

void dataset_fixture_write_tar(const char *path, const char *const *names, const char *const *texts,
                               int n, size_t cut)
{
    static const char end[2 * TAR_BLOCK];
    Buffer tar = buffer_create(dataset_fixture.arena);
    for (int i = 0; i < n; i++) add_tar_member(&tar, names[i], texts[i]);
    cr_assert(buffer_add(&tar, end, sizeof end, &dataset_fixture.err));
    dataset_fixture_write_bytes(path, tar.data, tar.size - cut);
}

void dataset_fixture_write_manifest(const char *name, const char *format, ...)
{
    char text[8192], path[64];
    va_list list;
    va_start(list, format);
    int size = vsnprintf(text, sizeof text, format, list);
    va_end(list);
    cr_assert(size < (int)sizeof text);
    snprintf(path, sizeof path, "manifests/%s.json", name);
    dataset_fixture_write(path, text);
}

Dataset *dataset_fixture_open(const char *name)
{
    Dataset *dataset =
        dataset_open(name, &dataset_fixture.places, dataset_fixture.arena, &dataset_fixture.err);
    cr_assert(dataset, "%s", dataset_fixture.err.text);
    return dataset;
}

void dataset_fixture_expect_error(bool succeeded, ErrorKind kind, ...)
{
    const Error *err = &dataset_fixture.err;
    va_list list;
    cr_assert(!succeeded);
    cr_expect_eq(err->kind, kind, "%s", err->text);
    va_start(list, kind);
    for (const char *part; (part = va_arg(list, const char *)) != NULL;)
        cr_expect_not_null(strstr(err->text, part), "'%s' is not in:\n%s", part, err->text);
    va_end(list);
}
