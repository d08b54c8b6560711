#include "base/process.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/parallel.h"

/* --- memory ------------------------------------------------------------------------------------- */

void *process_share_memory(size_t size, Arena *arena, Error *err)
{
    void *bytes = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (bytes == MAP_FAILED) {
        error_system(err, errno, "cannot share %zu bytes of memory between processes", size);
        return NULL;
    }
    return arena_defer_unmap(arena, bytes, size, err) ? bytes : NULL;
}

/* --- processes ---------------------------------------------------------------------------------- */

/* The other workers' sockets are theirs: a copy that stayed open would hide that one of them ended. */
static void close_sockets(const ProcessGroup *group)
{
    for (int i = 0; i < group->n; i++)
        if (group->item[i].pid) close(group->item[i].socket);
}

bool process_start(ProcessGroup *group, ProcessBody *body, void *context, Error *err)
{
    int ends[2];
    assert(group->n < PROCESS_MOST && !parallel_started());
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
        return error_system(err, errno, "cannot make a connection to another process");
    pid_t parent = getpid(), pid = fork();
    if (pid < 0) {
        error_system(err, errno, "cannot start another process");
        close(ends[0]);
        close(ends[1]);
        return error_hint(err, "fewer jobs, or a higher limit on processes (ulimit -u)");
    }
    if (pid == 0) {
        close(ends[0]);
        close_sockets(group);
        interrupt_install_worker(parent);
        body(ends[1], context);
        _exit(0); /* what the parent has not printed yet is the parent's to print */
    }
    close(ends[1]);
    group->item[group->n++] = (Process){pid, ends[0]};
    return true;
}

bool process_send(int socket, const void *bytes, size_t size)
{
    assert(size <= PROCESS_MESSAGE_BYTES);
    ssize_t sent;
    do sent = send(socket, bytes, size, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)size;
}

bool process_receive(int socket, void *bytes, size_t most, size_t *size)
{
    ssize_t got;
    do got = recv(socket, bytes, most, 0);
    while (got < 0 && errno == EINTR);
    *size = got > 0 ? (size_t)got : 0;
    return got > 0;
}

void process_wait(bool *ready, const ProcessGroup *group, int timeout_ms)
{
    struct pollfd polled[PROCESS_MOST];
    for (int i = 0; i < group->n; i++)
        polled[i] = (struct pollfd){.fd = group->item[i].pid ? group->item[i].socket : -1,
                                    .events = POLLIN};
    bool any = poll(polled, (nfds_t)group->n, timeout_ms) > 0;
    for (int i = 0; i < group->n; i++) ready[i] = any && polled[i].revents != 0;
}

void process_stop(const ProcessGroup *group)
{
    for (int i = 0; i < group->n; i++)
        if (group->item[i].pid) kill(group->item[i].pid, SIGTERM);
}

void process_end(int *ended_by, Process *process)
{
    int status = 0;
    close(process->socket);
    while (waitpid(process->pid, &status, 0) < 0 && errno == EINTR) {
    }
    *ended_by = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    process->pid = 0;
}
