#include "base/hash.h"

#include "base/file.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/sha.h>
#include <string.h>
#include <unistd.h>

enum { DIGEST_BYTES = 32, READ_BYTES = 1 << 16 };

struct Hash {
    EVP_MD_CTX *context;
};

static HashText to_text(const unsigned char digest[DIGEST_BYTES])
{
    static const char digits[] = "0123456789abcdef";
    HashText result;
    for (size_t i = 0; i < DIGEST_BYTES; i++) {
        result.text[2 * i] = digits[digest[i] >> 4];
        result.text[2 * i + 1] = digits[digest[i] & 15];
    }
    result.text[HASH_TEXT_SIZE - 1] = '\0';
    return result;
}

static void free_context(void *context)
{
    EVP_MD_CTX_free(context);
}

Hash *hash_begin(Arena *arena, Error *err)
{
    Hash *hash = arena_alloc(arena, 1, sizeof *hash, err);
    if (!hash) return NULL;
    hash->context = EVP_MD_CTX_new();
    if (!hash->context || !EVP_DigestInit_ex(hash->context, EVP_sha256(), NULL)) {
        EVP_MD_CTX_free(hash->context);
        error_set(err, "cannot start a SHA-256: the OpenSSL library refuses or is out of memory");
        return NULL;
    }
    return arena_defer(arena, free_context, hash->context, err) ? hash : NULL;
}

void hash_add(Hash *hash, const void *bytes, size_t size)
{
    int done = EVP_DigestUpdate(hash->context, bytes, size);
    assert(done);
    (void)done;
}

HashText hash_end(Hash *hash)
{
    unsigned char digest[DIGEST_BYTES];
    int done = EVP_DigestFinal_ex(hash->context, digest, NULL);
    assert(done && "hash_end is called once");
    (void)done;
    return to_text(digest);
}

HashText hash_bytes(const void *bytes, size_t size)
{
    unsigned char digest[DIGEST_BYTES];
    SHA256(bytes, size, digest);
    return to_text(digest);
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
    for (;;) {
        ssize_t n = file_fails_here() ? (errno = EIO, -1) : read(descriptor, bytes, sizeof bytes);
        if (n == 0) return true;
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return file_error(err, errno, path, "cannot be read");
        hash_add(hash, bytes, (size_t)n);
    }
}

bool hash_file(HashText *digest, const char *path, Error *err)
{
    Arena *arena = arena_create("hash", err);
    if (!arena) return false;
    bool done = false;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        file_error(err, errno, path, "cannot be opened");
    } else {
        Hash *hash = hash_begin(arena, err);
        done = hash && hash_descriptor(hash, descriptor, path, err);
        if (done) *digest = hash_end(hash);
        close(descriptor);
    }
    arena_destroy(arena);
    return done;
}
