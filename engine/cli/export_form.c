#include "cli/export_form.h"

#include <stdio.h>

const char *export_form_folder(const Options *options, Arena *arena, Error *err)
{
    if (options->out) return options->out;
    return arena_format(arena, err, "build/predictions/%s/%s", options->words[0], options->scale);
}

void export_form_print_no_texts(const char *task)
{
    printf("  without texts: the files of data set '%s' are not here\n"
           "  try: reprise data fetch %s, then again\n",
           task, task);
}
