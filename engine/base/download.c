#include "base/download.h"

#include "base/file.h"
#include "base/interrupt.h"
#include "base/log.h"
#include "base/progress.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

enum { ATTEMPTS = 4, CONNECT_SECONDS = 30, STALLED_SECONDS = 60, MOST_REDIRECTS = 10 };

static bool hurries; /* tests only */

void download_hurry(bool on)
{
    hurries = on;
}

typedef struct Download {
    const char *url, *path;
    char part[PATH_MAX];
    uint64_t expected_bytes; /* 0: unknown */
    uint64_t had_bytes;      /* in the part file when this attempt began */
    int descriptor;
    uint64_t has_bytes; /* in the part file now */
    int write_code;     /* errno of a failed write; 0: none */
    CURL *curl;
    char reason[CURL_ERROR_SIZE];
    Progress progress;
} Download;

/* --- one attempt ------------------------------------------------------------------------------- */

/* A stream that goes on beyond the file's size would fill the disk. */
static bool is_too_long(const Download *download, size_t more)
{
    uint64_t expected = download->expected_bytes;
    return expected > 0 &&
           (download->has_bytes > expected || more > expected - download->has_bytes);
}

static size_t on_bytes(char *bytes, size_t one, size_t size, void *context)
{
    (void)one;
    Download *download = context;
    size_t written = 0;
    if (is_too_long(download, size)) return 0;
    while (written < size) {
        ssize_t n = file_fails_here()
                        ? (errno = ENOSPC, -1)
                        : write(download->descriptor, bytes + written, size - written);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) {
            download->write_code = errno;
            break;
        }
        written += (size_t)n;
    }
    download->has_bytes += written;
    return written;
}

static int on_progress(void *context, curl_off_t total, curl_off_t now, curl_off_t up_total,
                       curl_off_t up)
{
    (void)up_total, (void)up;
    Download *download = context;
    if (download->progress.work.total == 0 && total > 0)
        download->progress.work.total = (double)(download->had_bytes + (uint64_t)total);
    if (now > 0)
        progress_report(&download->progress, (double)(download->had_bytes + (uint64_t)now));
    return interrupt_requested(); /* not 0: stop */
}

static void set_options(const Download *download)
{
    CURL *curl = download->curl;
    curl_easy_setopt(curl, CURLOPT_URL, download->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https,file");
    curl_easy_setopt(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(curl, CURLOPT_MAXREDIRS, (long)MOST_REDIRECTS);
    curl_easy_setopt(curl, CURLOPT_FAILONERROR, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, hurries ? 1L : (long)STALLED_SECONDS);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "reprise");
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, download->reason);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, download);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, download);
    curl_easy_setopt(curl, CURLOPT_RESUME_FROM_LARGE, (curl_off_t)download->had_bytes);
}

/* Opens the part file behind what an earlier attempt left in it. */
static bool open_part(Download *download, Error *err)
{
    download->descriptor = open(download->part, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (download->descriptor < 0)
        return file_error(err, errno, download->part, "cannot be created");
    off_t end = lseek(download->descriptor, 0, SEEK_END);
    download->has_bytes = download->had_bytes = end > 0 ? (uint64_t)end : 0;
    return true;
}

static bool close_part(const Download *download, bool failed, Error *err)
{
    int code = fsync(download->descriptor) == 0 || errno == EINVAL ? 0 : errno;
    bool empty = lseek(download->descriptor, 0, SEEK_END) == 0;
    if (close(download->descriptor) != 0 && code == 0) code = errno;
    if (empty && failed) unlink(download->part); /* nothing to go on from */
    return code == 0 || file_error(err, code, download->part, "cannot be flushed to the disk");
}

static bool attempt(Download *download, CURLcode *result, Error *err)
{
    if (!open_part(download, err)) return false;
    *result = CURLE_OK;
    if (download->expected_bytes == 0 || download->had_bytes != download->expected_bytes) {
        download->write_code = 0;
        download->reason[0] = '\0';
        download->progress.work.done_before = (double)download->had_bytes;
        set_options(download);
        *result = curl_easy_perform(download->curl);
    }
    return close_part(download, *result != CURLE_OK, err);
}

/* --- what to make of the result ---------------------------------------------------------------- */

static long http_status(const Download *download)
{
    long status = 0;
    curl_easy_getinfo(download->curl, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

/* The server would not go on from where the part file ends: only a fresh start helps. A part that is
 * longer than the file is answered with 416, which libcurl takes for success. */
static bool cannot_resume(const Download *download, CURLcode result)
{
    return download->had_bytes > 0 &&
           (result == CURLE_RANGE_ERROR || result == CURLE_BAD_DOWNLOAD_RESUME ||
            http_status(download) == 416);
}

static bool worth_another_try(const Download *download, CURLcode result)
{
    switch (result) {
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_SSL_CONNECT_ERROR: return true;
    case CURLE_HTTP_RETURNED_ERROR:
        return http_status(download) >= 500 || http_status(download) == 429;
    default: return false;
    }
}

/* What arrived is another version of the file, of `size` bytes: nothing to go on from. */
static bool wrong_size(const Download *download, const char *at_least, uint64_t size, Error *err)
{
    unlink(download->part);
    error_set(err, "%s: has %s%llu bytes, but %llu were expected", download->url, at_least,
              (unsigned long long)size, (unsigned long long)download->expected_bytes);
    return error_hint(err, "another source: this one holds another version of the file");
}

static bool report(const Download *download, CURLcode result, Error *err)
{
    const char *url = download->url;
    const char *reason = download->reason[0] ? download->reason : curl_easy_strerror(result);
    switch (result) {
    case CURLE_ABORTED_BY_CALLBACK: return interrupt_check(err);
    case CURLE_WRITE_ERROR:
        if (download->write_code == 0)
            return wrong_size(download, "more than ", download->expected_bytes, err);
        return file_error(err, download->write_code, download->part, "cannot be written");
    case CURLE_HTTP_RETURNED_ERROR:
        error_set(err, "%s: the server answers with HTTP status %ld", url, http_status(download));
        return error_hint(err,
                          http_status(download) >= 500
                              ? "again later"
                              : "another source: the file may have moved or need a registration");
    case CURLE_FILE_COULDNT_READ_FILE:
        return error_set(err, "%s: there is no such file, or it cannot be read", url);
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
        error_set(err, "%s: the host cannot be reached: %s", url, reason);
        return error_hint(err,
                          "check the network, or set REPRISE_MIRROR to a folder with the files");
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
        error_usage(err, "%s: is no address that can be fetched: %s", url, reason);
        return error_hint(err, "an address that begins with https://, http:// or file://");
    default:
        error_set(err, "%s: the download broke off: %s", url, reason);
        return error_hint(err, "the same command again: it goes on where it broke off");
    }
}

static bool wait_before_next(int attempts_made, Error *err)
{
    for (int i = 0; i < 10 << attempts_made; i++) { /* 2, 4, 8 seconds */
        if (!interrupt_check(err)) return false;
        usleep(hurries ? 1000 : 100000);
    }
    return true;
}

static bool fetch_part(Download *download, Error *err)
{
    for (int i = 1;; i++) {
        CURLcode result;
        if (!attempt(download, &result, err)) return false;
        if (cannot_resume(download, result)) {
            if (unlink(download->part) != 0 && errno != ENOENT)
                return file_error(err, errno, download->part, "cannot be removed");
        } else if (result == CURLE_OK) {
            return true;
        } else if (i >= ATTEMPTS || !worth_another_try(download, result)) {
            return report(download, result, err);
        } else {
            log_warning("%s: %s; trying again", download->url, curl_easy_strerror(result));
            if (!wait_before_next(i, err)) return false;
        }
    }
}

/* --- the whole --------------------------------------------------------------------------------- */

static bool fetch(Download *download, Error *err)
{
    uint64_t size = 0, expected = download->expected_bytes;
    /* More than there should be can only be another file's part. */
    if (file_exists(download->part) && !file_size(&size, download->part, err)) return false;
    if (expected > 0 && size > expected) unlink(download->part);

    if (!fetch_part(download, err) || !file_size(&size, download->part, err)) return false;
    if (expected > 0 && size != expected) return wrong_size(download, "", size, err);
    return file_rename(download->part, download->path, err);
}

bool download_file(const char *url, const char *path, uint64_t expected_bytes, Error *err)
{
    Download download = {.url = url, .path = path, .expected_bytes = expected_bytes};
    int length = snprintf(download.part, sizeof download.part, "%s.part", path);
    if (length >= (int)sizeof download.part)
        return file_error(err, ENAMETOOLONG, path, "cannot be written");
    if (!file_make_parent(path, err)) return false;
    download.curl = curl_easy_init();
    if (!download.curl) return error_set(err, "%s: no memory for a download", url);

    const char *slash = strrchr(url, '/'), *name = slash ? slash + 1 : url;
    progress_begin(&download.progress, "bytes", (double)expected_bytes, 0, "fetching %.*s",
                   (int)strcspn(name, "?#"), name);
    bool done = fetch(&download, err);
    progress_end(&download.progress);
    curl_easy_cleanup(download.curl);
    return done;
}
