#include <stdio.h>

#include "base/escape.h"
#include "cli/export_form.h"
#include "cli/planned.h"
#include "experiment/tensorboard.h"

/* reprise export tensorboard EXPERIMENT: losses, rates and scores over the course of every training. */
static bool run(const Options *options, Arena *arena, Error *err)
{
    Plan plan;
    TensorboardWritten written;
    if (!planned_build(&plan, options->words[0], options, arena, err)) return false;
    const char *folder = options->out ? options->out
                                      : arena_format(arena, err, "build/tensorboard/%s/%s",
                                                     options->words[0], options->scale);
    if (!folder || !tensorboard_write(&written, &plan, folder, arena, err)) return false;
    Buffer word = buffer_create(arena);
    if (!escape_shell(&word, folder, err)) return false;
    printf("%s: %d trainings", folder, written.n);
    if (written.n_missing > 0) printf("; %d more are not done yet", written.n_missing);
    printf("\nlook at them: tensorboard --logdir %s\n", word.data);
    return true;
}

const Command export_tensorboard = {
    .name = "export tensorboard",
    .arguments = "EXPERIMENT [--scale SCALE] [--out FOLDER]",
    .help = "write the course of every training as event files that TensorBoard shows",
    .options = OPTION_SCALE | OPTION_PLACES | OPTION_KERNELS | OPTION_CURVES,
    .min_words = 1,
    .max_words = 1,
    .run = run,
};
