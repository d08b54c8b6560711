#include "base/process.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/interrupt.h"
#include "base/parallel.h"

static Error err;
static ProcessGroup group;

static void sleep_ms(long ms)
{
    const struct timespec time = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&time, NULL);
}

static void start(ProcessBody *body, void *context)
{
    cr_assert(process_start(&group, body, context, &err), "%s", err.text);
}

/* Sends back what it is sent, with `context` before it, until nothing comes. */
static void echo(int socket, void *context)
{
    char got[64], said[128];
    size_t size;
    while (process_receive(socket, got, sizeof got, &size)) {
        int n = snprintf(said, sizeof said, "%s %.*s", (const char *)context, (int)size, got);
        if (!process_send(socket, said, (size_t)n)) return;
    }
}

static void expect_message(int w, const char *text)
{
    char got[128] = "";
    size_t size;
    cr_assert(process_receive(group.item[w].socket, got, sizeof got - 1, &size));
    cr_expect_str_eq(got, text);
}

Test(process, workers_answer_in_whole_messages)
{
    char one[] = "one", two[] = "two";
    start(echo, one);
    start(echo, two);
    for (int w = 0; w < 2; w++) cr_assert(process_send(group.item[w].socket, "ab", 2));
    cr_assert(process_send(group.item[0].socket, "c", 1));
    expect_message(0, "one ab");
    expect_message(0, "one c");
    expect_message(1, "two ab");
}

Test(process, a_worker_ends_when_there_is_nothing_more_to_come)
{
    int ended_by = -1;
    char name[] = "x";
    start(echo, name);
    start(echo, name);
    process_end(&ended_by, &group.item[0]); /* the other one does not keep it open */
    cr_expect_eq(ended_by, 0);
}

Test(process, waiting_says_which_worker_has_spoken)
{
    bool ready[2];
    char name[] = "x";
    start(echo, name);
    start(echo, name);
    cr_assert(process_send(group.item[1].socket, "a", 1));
    process_wait(ready, &group, 5000);
    cr_expect_not(ready[0]);
    cr_expect(ready[1]);
}

Test(process, a_killed_worker_is_known_by_its_signal)
{
    bool ready[1];
    char got[8], name[] = "x";
    size_t size;
    int ended_by;
    start(echo, name);
    kill(group.item[0].pid, SIGKILL);
    process_wait(ready, &group, 5000);
    cr_assert(ready[0]);
    cr_expect_not(process_receive(group.item[0].socket, got, sizeof got, &size));
    process_end(&ended_by, &group.item[0]);
    cr_expect_eq(ended_by, SIGKILL);
}

/* Says "ready", and "stopped" once it is asked to stop. */
static void wait_for_stop(int socket, void *context)
{
    (void)context;
    if (!process_send(socket, "ready", 5)) return;
    for (int i = 0; i < 1000 && !interrupt_requested(); i++) sleep_ms(5);
    if (interrupt_requested() && !process_send(socket, "stopped", 7)) return;
}

Test(process, a_worker_is_asked_to_stop_however_often_and_leaves_ctrl_c_alone)
{
    start(wait_for_stop, NULL);
    expect_message(0, "ready");
    kill(group.item[0].pid, SIGINT);
    kill(group.item[0].pid, SIGHUP);
    process_stop(&group);
    process_stop(&group);
    expect_message(0, "stopped");
}

/* A process with a worker of its own, whose last word comes by `context`: the end of a pipe. */
static void start_one_more(int socket, void *context)
{
    static ProcessGroup inner;
    Error inner_err = {0};
    char got[16];
    size_t size;
    int *pipe_end = context;
    if (!process_start(&inner, wait_for_stop, NULL, &inner_err) ||
        !process_receive(inner.item[0].socket, got, sizeof got, &size))
        return;
    close(*pipe_end);
    if (!process_send(socket, "started", 7)) return;
    for (;;) pause();
}

Test(process, workers_end_with_the_process_that_started_them, .timeout = 30)
{
    int ends[2];
    char nothing;
    cr_assert_eq(pipe(ends), 0);
    start(start_one_more, &ends[1]);
    close(ends[1]); /* now the worker of the worker alone holds it open */
    expect_message(0, "started");
    kill(group.item[0].pid, SIGKILL);
    cr_expect_eq(read(ends[0], &nothing, 1), 0, "its end is the end of the pipe");
}

/* Says what is in the memory that it shares, each time it is asked. */
static void say_shared(int socket, void *context)
{
    const atomic_int *shared = context;
    char got[8], text[16];
    size_t size;
    while (process_receive(socket, got, sizeof got, &size)) {
        int n = snprintf(text, sizeof text, "%d", atomic_load(shared));
        if (!process_send(socket, text, (size_t)n)) return;
    }
}

Test(process, shared_memory_is_seen_by_workers_when_it_changes)
{
    Arena *arena = arena_create("shared", &err);
    atomic_int *shared = process_share_memory(sizeof *shared, arena, &err);
    cr_assert(shared, "%s", err.text);
    start(say_shared, shared);
    for (int i = 3; i < 5; i++) {
        char text[2] = {(char)('0' + i), '\0'};
        atomic_store(shared, i);
        cr_assert(process_send(group.item[0].socket, "?", 1));
        expect_message(0, text);
    }
    arena_destroy(arena);
}

static void nothing_to_do(void *context, size_t begin, size_t end, int thread)
{
    (void)context, (void)begin, (void)end, (void)thread;
}

Test(process, only_a_loop_on_several_threads_starts_threads)
{
    parallel_set_threads(1);
    parallel_for(4, 1, nothing_to_do, NULL);
    cr_expect_not(parallel_started());
    parallel_set_threads(2);
    parallel_for(4, 1, nothing_to_do, NULL);
    cr_expect(parallel_started());
}
