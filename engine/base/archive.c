#include "base/archive.h"

#include "base/encoding.h"
#include "base/file.h"
#include "base/interrupt.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <string.h>
#include <sys/mman.h>

enum { READ_BLOCK_BYTES = 1 << 18, MOST_AT_ONCE_BYTES = 1 << 22 /* between two looks */ };

/* Unless the caller states a bound: text shrinks to a tenth at the very best. */
enum { MOST_TIMES_PACKED = 64, LEAST_BOUND_BYTES = 64 << 20 };

/* What is kept for the next member, at most. */
enum { KEPT_BYTES = 64 << 20 };

/* A member's bytes, in pages of their own: they grow without a copy, so memory is what the member takes. */
typedef struct Content {
    char *bytes;
    size_t size, capacity;
} Content;

typedef struct Visit {
    const char *path;
    struct archive *archive;
    Content content;
    uint64_t packed_bytes, most_bytes; /* of the file; of all that is unpacked */
    uint64_t n_bytes;                  /* unpacked so far */
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

static bool ends_with(const char *name, size_t length, const char *ending)
{
    size_t size = strlen(ending);
    return length > size && memcmp(name + length - size, ending, size) == 0;
}

/* Length of what a compression adds to a name, such as ".gz"; 0: nothing. */
static size_t compression_ending(const char *name)
{
    static const char *const endings[] = {".gz", ".xz", ".bz2", ".zst", ".lzma", ".lz4", ".Z"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ends_with(name, strlen(name), endings[i])) return strlen(endings[i]);
    return 0;
}

static bool is_compressed(const Visit *visit)
{
    return archive_filter_count(visit->archive) > 1; /* the last filter is "none" */
}

/* A file that is no archive is one member, named after the file without what its compression added. */
static const char *name_of_plain(const Visit *visit, Error *err)
{
    const char *name = file_name(visit);
    if (!is_compressed(visit)) return name;
    return arena_text_span(visit->arena, name, strlen(name) - compression_ending(name), err);
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

static bool is_encrypted(const Visit *visit, struct archive_entry *entry, const char *member,
                         Error *err)
{
    if (!archive_entry_is_encrypted(entry)) return false;
    error_usage(err, "%s: %s: is encrypted", visit->path, member);
    error_hint(err, "unpack it with its password and pack it again without one");
    return true;
}

static bool too_large(const Visit *visit, const char *member, Error *err)
{
    error_usage(err, "%s: %s: unpacks to more than %llu bytes out of an archive of %llu",
                visit->path, member, (unsigned long long)visit->most_bytes,
                (unsigned long long)visit->packed_bytes);
    return error_hint(err, "look at what is in it; if it is right, state the file's unpacked_bytes "
                           "in the manifest");
}

static void content_free(Content *content)
{
    if (content->bytes) munmap(content->bytes, content->capacity);
    *content = (Content){0};
}

static bool content_reserve(Content *content, size_t more, const Visit *visit, Error *err)
{
    size_t needed = content->size + more + 1, capacity = READ_BLOCK_BYTES;
    if (needed <= content->capacity) return true;
    while (capacity < needed) capacity += capacity / 2;
    void *bytes =
        content->bytes
            ? mremap(content->bytes, content->capacity, capacity, MREMAP_MAYMOVE)
            : mmap(NULL, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (bytes == MAP_FAILED)
        return error_set(err, "%s: out of memory: no room for %zu bytes of a member", visit->path,
                         capacity);
    content->bytes = bytes;
    content->capacity = capacity;
    return true;
}

/* Bytes read, 0 at the end, negative where the archive is damaged. */
static la_ssize_t read_block(const Visit *visit, const Content *content)
{
    const size_t room = content->capacity - content->size - 1;
    if (!file_fails_here())
        return archive_read_data(visit->archive, content->bytes + content->size,
                                 room < MOST_AT_ONCE_BYTES ? room : MOST_AT_ONCE_BYTES);
    archive_set_error(visit->archive, EIO, "read error");
    return ARCHIVE_FATAL;
}

static bool read_content(Visit *visit, struct archive_entry *entry, const char *member, Error *err)
{
    Content *content = &visit->content;
    size_t more = READ_BLOCK_BYTES;
    content->size = 0;
    /* The stated size only saves growing; it is not believed beyond the bound. */
    if (archive_entry_size_is_set(entry) && archive_entry_size(entry) >= 0) {
        if ((uint64_t)archive_entry_size(entry) > visit->most_bytes - visit->n_bytes)
            return too_large(visit, member, err);
        more = (size_t)archive_entry_size(entry) + 1;
    }
    for (;;) {
        if (!interrupt_check(err) || !content_reserve(content, more, visit, err)) return false;
        la_ssize_t n = read_block(visit, content);
        if (n == 0) break;
        if (n < 0) return damaged(visit, member, err);
        content->size += (size_t)n;
        visit->n_bytes += (uint64_t)n;
        if (visit->n_bytes > visit->most_bytes) return too_large(visit, member, err);
        more = READ_BLOCK_BYTES;
    }
    content->bytes[content->size] = '\0';
    return true;
}

/* What a Mac adds to an archive: no data of its own. */
static bool is_resource_fork(const char *member)
{
    static const char folder[] = "__MACOSX/";
    return strncmp(member, folder, strlen(folder)) == 0;
}

/* Of a name that is no UTF-8, with question marks for what is none: an error if the member is wanted. */
static bool refuse_name(const Visit *visit, const char *name, Error *err)
{
    char *shown = arena_text(visit->arena, name, err);
    if (!shown) return false;
    for (char *at = shown; *(at += encoding_utf8_length(at, strlen(at)));) *at = '?';
    if (visit->wanted && !visit->wanted(visit->context, shown)) return true;
    error_usage(err, "%s: the name of member '%s' is no UTF-8: 0x%02X", visit->path, shown,
                (unsigned char)name[encoding_utf8_length(name, strlen(name))]);
    return error_hint(err, "pack it again on a system whose file names are UTF-8");
}

static bool visit_member(Visit *visit, struct archive_entry *entry, Error *err)
{
    const char *member = name_of_member(visit, entry, err);
    if (!member) return false;
    if (encoding_utf8_length(member, strlen(member)) < strlen(member))
        return refuse_name(visit, member, err);
    if (is_resource_fork(member) || (visit->wanted && !visit->wanted(visit->context, member)))
        return true;
    return !is_encrypted(visit, entry, member, err) && read_content(visit, entry, member, err) &&
           visit->visitor(visit->context, member, visit->content.bytes, visit->content.size, err);
}

/* The name says archive and the bytes say otherwise: a page that says why there is no file, or noise. */
static bool is_misnamed(const Visit *visit, Error *err)
{
    static const char *const endings[] = {".tar", ".tgz", ".txz", ".tbz2", ".zip", ".7z", ".rar"};
    const char *name = file_name(visit);
    size_t length = strlen(name) - compression_ending(name);
    if (archive_format(visit->archive) != ARCHIVE_FORMAT_RAW) return false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (!ends_with(name, length, endings[i])) continue;
        error_usage(err, "%s: is no archive, whatever its name says%s", visit->path,
                    is_compressed(visit) ? ": it is compressed, but holds no members" : "");
        error_hint(err, "look at its first bytes: it may be a page that says why the file was not "
                        "sent; remove it and fetch it again");
        return true;
    }
    return false;
}

static bool visit_members(Visit *visit, Error *err)
{
    for (;;) {
        struct archive_entry *entry;
        int status = archive_read_next_header(visit->archive, &entry);
        if (status == ARCHIVE_EOF) return true;
        if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return damaged(visit, NULL, err);
        if (archive_entry_filetype(entry) != AE_IFREG) continue;
        if (is_misnamed(visit, err)) return false;
        ArenaMark mark = arena_mark(visit->arena);
        bool done = visit_member(visit, entry, err);
        arena_reset(visit->arena, mark);
        if (visit->content.capacity > KEPT_BYTES) content_free(&visit->content);
        if (!done) return false;
    }
}

/* --- opening ----------------------------------------------------------------------------------- */

static bool visit_empty(Visit *visit, Error *err)
{
    const char *member = file_name(visit);
    if (visit->wanted && !visit->wanted(visit->context, member)) return true;
    return content_reserve(&visit->content, 0, visit, err) &&
           visit->visitor(visit->context, member, visit->content.bytes, 0, err);
}

static bool visit_file(Visit *visit, const char *path, const char *member, Error *err)
{
    char *bytes;
    size_t size;
    if (encoding_utf8_length(member, strlen(member)) < strlen(member))
        return refuse_name(visit, member, err);
    if (visit->wanted && !visit->wanted(visit->context, member)) return true;
    visit->content.size = 0;
    if (!file_read(&bytes, &size, path, visit->arena, err) ||
        !content_reserve(&visit->content, size, visit, err))
        return false;
    memcpy(visit->content.bytes, bytes, size + 1);
    visit->content.size = size;
    return visit->visitor(visit->context, member, visit->content.bytes, size, err);
}

/* `inside`: where it lies below the one that is visited, with a slash behind it; empty: that one itself. */
static bool visit_folder(Visit *visit, const char *folder, const char *inside, Error *err)
{
    char **names;
    size_t n;
    if (!file_list(&names, &n, folder, visit->arena, err)) return false;
    for (size_t i = 0; i < n; i++) {
        if (names[i][0] == '.') continue;
        if (!interrupt_check(err)) return false;
        ArenaMark mark = arena_mark(visit->arena);
        char *path = file_join(visit->arena, folder, names[i], err);
        if (!path) return false;
        const bool deeper = file_is_folder(path);
        char *member =
            arena_format(visit->arena, err, "%s%s%s", inside, names[i], deeper ? "/" : "");
        if (!member || !(deeper ? visit_folder(visit, path, member, err)
                                : visit_file(visit, path, member, err)))
            return false;
        arena_reset(visit->arena, mark);
    }
    return true;
}

static uint64_t usual_bound(uint64_t packed_bytes)
{
    if (packed_bytes < LEAST_BOUND_BYTES / MOST_TIMES_PACKED) return LEAST_BOUND_BYTES;
    return packed_bytes > UINT64_MAX / MOST_TIMES_PACKED ? UINT64_MAX
                                                         : packed_bytes * MOST_TIMES_PACKED;
}

static bool open_and_visit(Visit *visit, Error *err)
{
    uint64_t size;
    if (!file_size(&size, visit->path, err)) return false; /* words a missing file better */
    if (file_is_folder(visit->path)) return visit_folder(visit, visit->path, "", err);
    if (size == 0) return visit_empty(visit, err);
    visit->packed_bytes = size;
    if (visit->most_bytes == 0) visit->most_bytes = usual_bound(size);
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

static bool begin_visit(Visit *visit, Error *err)
{
    visit->arena = arena_create("archive", err);
    if (!visit->arena) return false;
    /* libarchive converts names to the locale's character set: make that UTF-8, whatever the user's. */
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
    bool done = open_and_visit(visit, err);
    if (utf8) {
        uselocale(before);
        freelocale(utf8);
    }
    arena_destroy(visit->arena);
    content_free(&visit->content);
    return done;
}

bool archive_visit(const char *path, uint64_t most_bytes, ArchiveFilter *wanted,
                   ArchiveVisitor *visitor, void *context, Error *err)
{
    Visit visit = {.path = path,
                   .most_bytes = most_bytes,
                   .wanted = wanted,
                   .visitor = visitor,
                   .context = context};
    return begin_visit(&visit, err);
}

/* --- one member -------------------------------------------------------------------------------- */

typedef struct OneMember {
    const char *name;
    Visit *visit;
    Content content;
} OneMember;

static bool is_the_member(void *context, const char *member)
{
    const OneMember *one = context;
    return !one->content.bytes && strcmp(member, one->name) == 0;
}

/* The pages change hands. */
static bool keep_member(void *context, const char *member, const char *bytes, size_t size,
                        Error *err)
{
    (void)member, (void)bytes, (void)size, (void)err;
    OneMember *one = context;
    one->content = one->visit->content;
    one->visit->content = (Content){0};
    return true;
}

bool archive_read_member(char **bytes, size_t *size, const char *path, uint64_t most_bytes,
                         const char *member, Arena *arena, Error *err)
{
    OneMember one = {.name = member};
    Visit visit = {.path = path,
                   .most_bytes = most_bytes,
                   .wanted = is_the_member,
                   .visitor = keep_member,
                   .context = &one};
    one.visit = &visit;
    if (!begin_visit(&visit, err)) {
        content_free(&one.content);
        return false;
    }
    if (!one.content.bytes) return error_set(err, "%s: has no member '%s'", path, member);
    *bytes = one.content.bytes;
    *size = one.content.size;
    return arena_defer_unmap(arena, one.content.bytes, one.content.capacity, err);
}
