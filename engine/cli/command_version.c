#include <stdio.h>

#include "base/host.h"
#include "cli/command.h"

static bool run(const Options *options, Arena *arena, Error *err)
{
    (void)options, (void)arena, (void)err;
    HostInfo host;
    host_info(&host);
    printf("reprise %s\ncompiler  %s\nflags     %s\ncpu       %s, %d cores\n", host.engine_version,
           host.compiler, host.flags, host.cpu, host.cores);
    return true;
}

const Command command_version = {
    .name = "version",
    .arguments = "",
    .help = "print the engine's version, compiler and machine",
    .run = run,
};
