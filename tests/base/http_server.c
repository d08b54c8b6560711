#include "http_server.h"

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t server;

static void send_all(int client, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t n = send(client, bytes, size, MSG_NOSIGNAL);
        if (n <= 0) return;
        bytes += n;
        size -= (size_t)n;
    }
}

static void send_head(int client, const char *status, size_t length, const char *more)
{
    char head[512];
    int n = snprintf(head, sizeof head,
                     "HTTP/1.1 %s\r\nContent-Length: %zu\r\nConnection: close\r\n%s\r\n", status,
                     length, more);
    send_all(client, head, (size_t)n);
}

static void lead_to(int client, const char *place)
{
    char more[128];
    snprintf(more, sizeof more, "Location: %s\r\n", place);
    send_head(client, "302 Found", 0, more);
}

/* Until the client has had enough. */
static void send_endlessly(int client, const char *bytes, size_t size)
{
    static const char head[] = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
    ssize_t n = send(client, head, sizeof head - 1, MSG_NOSIGNAL);
    while (n > 0) n = send(client, bytes, size, MSG_NOSIGNAL);
}

/* What some addresses do whenever they are asked; false: another address. */
static bool answer_always(int client, const char *path, const char *bytes, size_t size)
{
    bool stalls = strcmp(path, "stalls") == 0;
    if (strcmp(path, "ill") == 0) send_head(client, "500 Internal Server Error", 0, "");
    else if (strcmp(path, "local") == 0) lead_to(client, "file:///etc/passwd");
    else if (strcmp(path, "moved") == 0) lead_to(client, "/ranges");
    else if (strcmp(path, "circle") == 0) lead_to(client, "/circle");
    else if (strcmp(path, "endless") == 0) send_endlessly(client, bytes, size);
    else if (strcmp(path, "less") == 0) {
        send_head(client, "200 OK", size / 2, "");
        send_all(client, bytes, size);
    } else if (stalls || strcmp(path, "short") == 0) {
        send_head(client, "200 OK", size, "");
        send_all(client, bytes, size / 2);
        char nothing;
        if (stalls) (void)!read(client, &nothing, 1); /* until the client goes */
    } else return false;
    return true;
}

static void answer(int client, const char *request, int nth, const char *bytes, size_t size)
{
    char path[64] = "", range[128] = "";
    const char *wanted = strstr(request, "Range: bytes=");
    size_t from = wanted ? strtoul(wanted + 13, NULL, 10) : 0;
    sscanf(request, "GET /%63s", path);
    if (answer_always(client, path, bytes, size)) return;
    if (strcmp(path, "busy") == 0 && nth == 0) {
        send_head(client, "503 Service Unavailable", 0, "");
    } else if (strcmp(path, "exact") == 0 && from >= size) {
        send_head(client, "416 Range Not Satisfiable", 0, "");
    } else if (strcmp(path, "breaks") == 0 && nth == 0) {
        send_head(client, "200 OK", size, "");
        send_all(client, bytes, size / 2);
    } else if (strcmp(path, "whole") == 0 || (strcmp(path, "busy") == 0 && from == 0)) {
        send_head(client, "200 OK", size, "");
        send_all(client, bytes, size);
    } else if (strcmp(path, "ranges") == 0 || strcmp(path, "breaks") == 0 ||
               strcmp(path, "exact") == 0) {
        snprintf(range, sizeof range, "Content-Range: bytes %zu-%zu/%zu\r\n", from, size - 1, size);
        send_head(client, from ? "206 Partial Content" : "200 OK", size - from, from ? range : "");
        send_all(client, bytes + from, size - from);
    } else {
        send_head(client, "404 Not Found", 0, "");
    }
}

static void serve(int listener, const char *bytes, size_t size)
{
    for (int nth = 0;; nth++) {
        int client = accept(listener, NULL, NULL);
        char request[4096];
        size_t n = 0;
        request[0] = '\0';
        while (client >= 0 && n + 1 < sizeof request && !strstr(request, "\r\n\r\n")) {
            ssize_t more = read(client, request + n, sizeof request - 1 - n);
            if (more <= 0) break;
            n += (size_t)more;
            request[n] = '\0';
        }
        answer(client, request, nth, bytes, size);
        shutdown(client, SHUT_WR);
        while (read(client, request, sizeof request) > 0) continue;
        close(client);
    }
}

int http_server_start(const char *bytes, size_t size)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    cr_assert(listener >= 0 && bind(listener, (struct sockaddr *)&address, length) == 0 &&
              listen(listener, 8) == 0 &&
              getsockname(listener, (struct sockaddr *)&address, &length) == 0);
    server = fork();
    if (server == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a failed test takes its server along */
        serve(listener, bytes, size);
    }
    close(listener);
    return ntohs(address.sin_port);
}

void http_server_stop(void)
{
    kill(server, SIGKILL);
    waitpid(server, NULL, 0);
}
