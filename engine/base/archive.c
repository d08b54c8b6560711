#include "base/archive.h"

#include "base/buffer.h"
#include "base/file.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <string.h>

enum { READ_BLOCK_BYTES = 1 << 18 };

typedef struct Visit {
    const char *path;
    struct archive *archive;
    ArchiveFilter *wanted;
    ArchiveVisitor *visitor;
    void *context;
    Arena *arena; /* for one member at a time */
} Visit;

/* --- names ------------------------------------------------------------------------------------- */

static const char *file_name(const Visit *visit)
{
    const char *slash = strrchr(visit->path, '/');
    return slash ? slash + 1 : visit->path;
}

/* A file that is no archive is one member, named after the file without what its compression added. */
static const char *name_of_plain(const Visit *visit, Error *err)
{
    static const char *const endings[] = {".gz", ".xz", ".bz2", ".zst", ".lzma", ".lz4", ".Z"};
    const char *name = file_name(visit);
    size_t length = strlen(name);
    bool compressed = archive_filter_count(visit->archive) > 1; /* the last filter is "none" */
    for (size_t i = 0; compressed && i < sizeof endings / sizeof *endings; i++) {
        size_t ending = strlen(endings[i]);
        if (length > ending && strcmp(name + length - ending, endings[i]) == 0)
            return arena_text_span(visit->arena, name, length - ending, err);
    }
    return name;
}

static const char *name_of_member(const Visit *visit, struct archive_entry *entry, Error *err)
{
    if (archive_format(visit->archive) == ARCHIVE_FORMAT_RAW) return name_of_plain(visit, err);
    const char *name = archive_entry_pathname_utf8(entry);
    if (!name) name = archive_entry_pathname(entry);
    if (!name) {
        error_set(err, "%s: a member has a name that is no UTF-8", visit->path);
        return NULL;
    }
    while (strncmp(name, "./", 2) == 0) name += 2;
    return arena_text(visit->arena, name, err);
}

/* --- content ----------------------------------------------------------------------------------- */

static bool damaged(const Visit *visit, const char *member, Error *err)
{
    const char *reason = archive_error_string(visit->archive);
    error_set(err, "%s: %s%s%s", visit->path, member ? member : "", member ? ": " : "",
              reason ? reason : "damaged");
    return error_hint(err, "remove the file and fetch it again: it is damaged or incomplete");
}

static bool read_content(Buffer *content, const Visit *visit, struct archive_entry *entry,
                         const char *member, Error *err)
{
    size_t more = READ_BLOCK_BYTES;
    /* The stated size only saves copying; it is not believed beyond what a damaged header could do. */
    const int64_t believed_bytes = (int64_t)1 << 30;
    if (archive_entry_size_is_set(entry) && archive_entry_size(entry) < believed_bytes)
        more = (size_t)archive_entry_size(entry) + 1;
    for (;;) {
        if (!buffer_reserve(content, more, err)) return false;
        size_t room = content->capacity - content->size - 1;
        la_ssize_t n = file_fails_here()
                           ? (archive_set_error(visit->archive, EIO, "read error"), ARCHIVE_FATAL)
                           : archive_read_data(visit->archive, content->data + content->size, room);
        if (n == 0) break;
        if (n < 0) return damaged(visit, member, err);
        content->size += (size_t)n;
        more = READ_BLOCK_BYTES;
    }
    content->data[content->size] = '\0';
    return true;
}

static bool visit_member(const Visit *visit, struct archive_entry *entry, Error *err)
{
    const char *member = name_of_member(visit, entry, err);
    if (!member) return false;
    if (visit->wanted && !visit->wanted(visit->context, member)) return true;
    Buffer content = buffer_create(visit->arena);
    if (!read_content(&content, visit, entry, member, err)) return false;
    return visit->visitor(visit->context, member, content.data, content.size, err);
}

static bool visit_members(const Visit *visit, Error *err)
{
    for (;;) {
        struct archive_entry *entry;
        int status = archive_read_next_header(visit->archive, &entry);
        if (status == ARCHIVE_EOF) return true;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return damaged(visit, NULL, err);
        if (archive_entry_filetype(entry) != AE_IFREG) continue;
        ArenaMark mark = arena_mark(visit->arena);
        bool done = visit_member(visit, entry, err);
        arena_reset(visit->arena, mark);
        if (!done) return false;
    }
}

/* --- opening ----------------------------------------------------------------------------------- */

static bool visit_empty(const Visit *visit, Error *err)
{
    const char *member = file_name(visit);
    if (visit->wanted && !visit->wanted(visit->context, member)) return true;
    return visit->visitor(visit->context, member, "", 0, err);
}

static bool open_and_visit(Visit *visit, Error *err)
{
    uint64_t size;
    if (!file_size(&size, visit->path, err)) return false; /* words a missing file better */
    if (file_is_folder(visit->path))
        return error_set(err, "%s: is a folder, not an archive", visit->path);
    if (size == 0) return visit_empty(visit, err);
    struct archive *archive = visit->archive = archive_read_new();
    if (!archive) return error_set(err, "%s: no memory to open it", visit->path);
    archive_read_support_filter_all(archive);
    /* Not all formats: some are recognised by so little that plain text could be taken for them. */
    archive_read_support_format_tar(archive);
    archive_read_support_format_gnutar(archive);
    archive_read_support_format_zip(archive);
    archive_read_support_format_7zip(archive);
    archive_read_support_format_rar(archive);
    archive_read_support_format_rar5(archive);
    archive_read_support_format_cpio(archive);
    archive_read_support_format_raw(archive);
    bool done = archive_read_open_filename(archive, visit->path, READ_BLOCK_BYTES) == ARCHIVE_OK
                    ? visit_members(visit, err)
                    : damaged(visit, NULL, err);
    archive_read_free(archive);
    return done;
}

bool archive_visit(const char *path, ArchiveFilter *wanted, ArchiveVisitor *visitor, void *context,
                   Error *err)
{
    Arena *arena = arena_create("archive", err);
    if (!arena) return false;
    Visit visit = {
        .path = path, .wanted = wanted, .visitor = visitor, .context = context, .arena = arena};
    /* libarchive converts names to the locale's character set: make that UTF-8, whatever the user's. */
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    bool done = open_and_visit(&visit, err);
    if (utf8) {
        uselocale(before);
        freelocale(utf8);
    }
    arena_destroy(arena);
    return done;
}

/* --- one member -------------------------------------------------------------------------------- */

typedef struct OneMember {
    const char *name;
    Arena *arena;
    char *bytes;
    size_t size;
} OneMember;

static bool is_the_member(void *context, const char *member)
{
    const OneMember *one = context;
    return !one->bytes && strcmp(member, one->name) == 0;
}

static bool keep_member(void *context, const char *member, const char *bytes, size_t size,
                        Error *err)
{
    (void)member;
    OneMember *one = context;
    one->bytes = arena_text_span(one->arena, bytes, size, err);
    one->size = size;
    return one->bytes != NULL;
}

bool archive_read_member(char **bytes, size_t *size, const char *path, const char *member,
                         Arena *arena, Error *err)
{
    OneMember one = {.name = member, .arena = arena};
    if (!archive_visit(path, is_the_member, keep_member, &one, err)) return false;
    if (!one.bytes) return error_set(err, "%s: has no member '%s'", path, member);
    *bytes = one.bytes;
    *size = one.size;
    return true;
}
