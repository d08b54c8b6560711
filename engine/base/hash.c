#include "base/hash.h"

#include "base/file.h"
#include "base/interrupt.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { DIGEST_BYTES = 32, READ_BYTES = 1 << 16 };
static const char hexadecimal[] = "0123456789abcdef";

struct Hash {
    EVP_MD_CTX *context;
};

static HashText to_text(const unsigned char *digest, size_t size)
{
    HashText result = {{0}};
    for (size_t i = 0; i < size; i++) {
        result.text[2 * i] = hexadecimal[digest[i] >> 4];
        result.text[2 * i + 1] = hexadecimal[digest[i] & 15];
    }
    return result;
}

static void free_context(void *context)
{
    EVP_MD_CTX_free(context);
}

static Hash *begin(const EVP_MD *method, Arena *arena, Error *err)
{
    Hash *hash = arena_alloc(arena, 1, sizeof *hash, err);
    if (!hash) return NULL;
    hash->context = EVP_MD_CTX_new();
    if (!hash->context || !EVP_DigestInit_ex(hash->context, method, NULL)) {
        EVP_MD_CTX_free(hash->context);
        error_set(err, "cannot start a hash: the OpenSSL library refuses or is out of memory");
        return NULL;
    }
    return arena_defer(arena, free_context, hash->context, err) ? hash : NULL;
}

Hash *hash_begin(Arena *arena, Error *err)
{
    return begin(EVP_sha256(), arena, err);
}

void hash_add(Hash *hash, const void *bytes, size_t size)
{
    int done = EVP_DigestUpdate(hash->context, bytes, size);
    assert(done);
    (void)done;
}

void hash_add_line(Hash *hash, const HashText *digest, const char *name)
{
    hash_add(hash, digest->text, strlen(digest->text));
    hash_add(hash, "  ", 2);
    hash_add(hash, name, strlen(name));
    hash_add(hash, "\n", 1);
}

HashText hash_end(Hash *hash)
{
    unsigned char digest[DIGEST_BYTES];
    unsigned size;
    int done = EVP_DigestFinal_ex(hash->context, digest, &size);
    assert(done && "hash_end is called once");
    (void)done;
    return to_text(digest, size);
}

HashText hash_bytes(const void *bytes, size_t size)
{
    unsigned char digest[DIGEST_BYTES];
    SHA256(bytes, size, digest);
    return to_text(digest, DIGEST_BYTES);
}

bool hash_is_digits(const char *text, size_t digits)
{
    return strlen(text) == digits && strspn(text, hexadecimal) == digits;
}

uint64_t hash_u64(const void *bytes, size_t size)
{
    unsigned char digest[DIGEST_BYTES];
    SHA256(bytes, size, digest);
    uint64_t value = 0;
    for (int i = 0; i < 8; i++) value = value << 8 | digest[i];
    return value;
}

static bool hash_descriptor(Hash *hash, int descriptor, const char *path, Error *err)
{
    unsigned char bytes[READ_BYTES];
    for (uint64_t done = 0;;) {
        if (done >= FILE_LOOK_BYTES && !interrupt_check(err)) return false;
        ssize_t n = file_fails_here() ? (errno = EIO, -1) : read(descriptor, bytes, sizeof bytes);
        if (n == 0) return true;
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return file_error(err, errno, path, "cannot be read");
        hash_add(hash, bytes, (size_t)n);
        done += (uint64_t)n;
    }
}

/* `header`: bytes before those of the file. */
static bool hash_content(HashText *digest, const EVP_MD *method, const void *header,
                         size_t header_size, const char *path, Error *err)
{
    Arena *arena = arena_create("hash", err);
    if (!arena) return false;
    bool done = false;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        file_error(err, errno, path, "cannot be opened");
    } else {
        Hash *hash = begin(method, arena, err);
        if (hash) hash_add(hash, header, header_size);
        done = hash && hash_descriptor(hash, descriptor, path, err);
        if (done) *digest = hash_end(hash);
        close(descriptor);
    }
    arena_destroy(arena);
    return done;
}

bool hash_file(HashText *digest, const char *path, Error *err)
{
    return hash_content(digest, EVP_sha256(), NULL, 0, path, err);
}

bool hash_file_for_git(HashText *digest, const char *path, Error *err)
{
    uint64_t size;
    char header[48];
    if (!file_size(&size, path, err)) return false;
    const int length = snprintf(header, sizeof header, "blob %llu", (unsigned long long)size);
    return hash_content(digest, EVP_sha1(), header, (size_t)length + 1, path, err);
}
