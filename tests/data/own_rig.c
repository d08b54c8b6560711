#include "own_rig.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"

OwnAdded own_rig_added;

bool own_rig_add_files(const char *const *names, OwnAsked asked)
{
    DatasetFixture *f = &dataset_fixture;
    const char *paths[8];
    size_t n = 0;
    for (; names[n]; n++) {
        paths[n] = arena_format(f->arena, &f->err, "%s/in/%s", f->folder, names[n]);
        cr_assert(paths[n]);
    }
    error_clear(&f->err);
    return own_add(&own_rig_added, paths, n, &asked, &f->places, f->arena, &f->err);
}

bool own_rig_add_file(const char *name, const char *text, OwnAsked asked)
{
    const char *const names[] = {name, NULL};
    char path[64];
    snprintf(path, sizeof path, "in/%s", name);
    dataset_fixture_write(path, text);
    return own_rig_add_files(names, asked);
}

const char *own_rig_make_rows(const char *head, const char *format, int n, const char *even,
                              const char *odd)
{
    DatasetFixture *f = &dataset_fixture;
    Buffer text = buffer_create(f->arena);
    bool made = buffer_add_text(&text, head, &f->err);
    for (int i = 0; i < n; i++) {
        const char *at = format;
        for (; *at && made; at++)
            made = *at == '#'   ? buffer_format(&text, &f->err, "%d", i)
                   : *at == '@' ? buffer_add_text(&text, i % 2 ? odd : even, &f->err)
                                : buffer_add_char(&text, *at, &f->err);
    }
    cr_assert(made);
    return text.data;
}

Examples own_rig_read(const char *name, DatasetSplit split)
{
    DatasetFixture *f = &dataset_fixture;
    Examples examples;
    cr_assert(dataset_examples(&examples, dataset_fixture_open(name), split, f->arena, &f->err),
              "%s", f->err.text);
    return examples;
}

void own_rig_expect_rows(const char *name, size_t n)
{
    size_t sum = 0, first = 0;
    for (int s = 0; s < SPLIT_SUBMISSION; s++) {
        Examples examples = own_rig_read(name, (DatasetSplit)s);
        cr_expect_gt(examples.n, 0);
        sum += examples.n;
        for (size_t i = 0; i < examples.n; i++) first += examples.items[i].label == 0;
    }
    cr_expect_eq(sum, n);
    cr_expect_eq(first, n / 2);
}

void own_rig_expect_nothing(const char *name)
{
    char manifest[64];
    snprintf(manifest, sizeof manifest, "manifests/%s.json", name);
    cr_expect_not(dataset_fixture_exists(manifest));
    snprintf(manifest, sizeof manifest, "downloads/own/%s", name);
    cr_expect_not(dataset_fixture_exists(manifest));
    snprintf(manifest, sizeof manifest, "downloads/own/.adding-%s", name);
    cr_expect_not(dataset_fixture_exists(manifest));
}

void own_rig_expect_words(const char *part)
{
    cr_expect(strstr(own_rig_added.words.data, part), "'%s' is not in:\n%s", part,
              own_rig_added.words.data);
}
