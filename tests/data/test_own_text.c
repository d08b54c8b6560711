/* Plain text of one's own, as a corpus. */
#include <criterion/criterion.h>
#include <string.h>

#include "base/buffer.h"
#include "own_rig.h"

TestSuite(own_text, .init = dataset_fixture_set_up, .fini = dataset_fixture_tear_down);

/* --- plain text ----------------------------------------------------------------------------------- */

static Documents read_documents(const char *name)
{
    DatasetFixture *f = &dataset_fixture;
    Documents documents;
    cr_assert(dataset_documents(&documents, dataset_fixture_open(name), f->arena, &f->err), "%s",
              f->err.text);
    return documents;
}

Test(own_text, a_folder_of_text_is_a_corpus)
{
    static const char *const folder[] = {"My notes", NULL};
    dataset_fixture_write("in/My notes/a.txt", "One.\n\nTwo.\n\nThree.\n");
    dataset_fixture_write("in/My notes/deep/b.TXT", "Four.\n\nFive.\n");
    dataset_fixture_write("in/My notes/c.pdf", "no text");
    cr_assert(own_rig_add_files(folder, (OwnAsked){0}), "%s", dataset_fixture.err.text);
    cr_expect_str_eq(own_rig_added.name, "my-notes");
    cr_expect(own_rig_added.corpus);
    Documents documents = read_documents("my-notes");
    cr_assert_eq(documents.n, 4, "two files, in two parts each");
    cr_expect_eq(dataset_info(dataset_fixture_open("my-notes"))->n_documents, 4);
    cr_expect_str_eq(documents.items[0].text, "One.\n");
    cr_expect_str_eq(documents.items[1].text, "Two.\nThree.\n");
    cr_expect_not(dataset_fixture_exists("downloads/own/my-notes/c.pdf"));
    dataset_fixture_write("downloads/own/my-notes/a.txt", "Changed.\n\nTwo.\n");
    DatasetFixture *f = &dataset_fixture;
    dataset_fixture_expect_error(
        dataset_documents(&documents, dataset_fixture_open("my-notes"), f->arena, &f->err),
        ERROR_USAGE, "tree hash", NULL);
}

Test(own_text, a_text_file_is_a_corpus_in_parts)
{
    Buffer text = buffer_create(dataset_fixture.arena);
    for (int i = 0; i < 100; i++)
        cr_assert(buffer_format(&text, &dataset_fixture.err, "Line %d.\n\n", i));
    ADDED("diary.txt", text.data);
    Documents documents = read_documents("diary");
    cr_assert_eq(documents.n, 20);
    size_t lines = 0;
    for (size_t d = 0; d < documents.n; d++)
        for (size_t i = 0; i < documents.items[d].size; i++)
            lines += documents.items[d].text[i] == '\n';
    cr_expect_eq(lines, 100);
    REFUSED("short.txt", "One paragraph.\n", "is one paragraph");
    own_rig_expect_nothing("short");
}

Test(own_text, texts_of_the_same_name_are_told_apart_by_their_folders)
{
    static const char *const folder[] = {"years", NULL};
    dataset_fixture_write("in/years/2019/may.txt", "One.\n\nTwo.\n");
    dataset_fixture_write("in/years/2020/may.txt", "Three.\n\nFour.\n");
    cr_assert(own_rig_add_files(folder, (OwnAsked){0}), "%s", dataset_fixture.err.text);
    Documents documents = read_documents("years");
    cr_assert_eq(documents.n, 4);
    cr_expect_str_eq(documents.items[0].name, "2019/may, part 001");
    cr_expect_str_eq(documents.items[2].text, "Three.\n");
}

Test(own_text, a_packed_text_is_taken_unpacked)
{
    static const char *const packed[] = {"packed.txt", NULL};
    static const unsigned char gzip[] = {/* "One.\n\nTwo.\n" by gzip */
                                         0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00,
                                         0x02, 0x03, 0xF3, 0xCF, 0x4B, 0xD5, 0xE3, 0xE2,
                                         0x0A, 0x29, 0xCF, 0xD7, 0xE3, 0x02, 0x00, 0xA0,
                                         0x3D, 0xD8, 0x8D, 0x0B, 0x00, 0x00, 0x00};
    dataset_fixture_write_bytes("in/packed.txt", gzip, sizeof gzip);
    cr_assert(own_rig_add_files(packed, (OwnAsked){0}), "%s", dataset_fixture.err.text);
    cr_expect_str_eq(read_documents("packed").items[1].text, "Two.\n");
}

Test(own_text, a_file_without_text_is_told_with_what_to_do)
{
    static const char *const folder[] = {"notes", NULL};
    dataset_fixture_write("in/notes/a.txt", "One.\n\nTwo.\n");
    dataset_fixture_write("in/notes/b.txt", "\n");
    dataset_fixture_expect_error(own_rig_add_files(folder, (OwnAsked){0}), ERROR_USAGE,
                                 "b.txt: there is no text in it", "try: remove the file", NULL);
}

Test(own_text, a_folder_without_text_is_refused)
{
    static const char *const folder[] = {"rows", NULL};
    dataset_fixture_write("in/rows/train.csv", "a,b\n");
    dataset_fixture_expect_error(own_rig_add_files(folder, (OwnAsked){0}), ERROR_USAGE,
                                 "no file in it ends in .txt", "train.csv", NULL);
    own_rig_expect_nothing("rows");
}
