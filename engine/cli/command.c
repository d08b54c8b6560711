#include "cli/command.h"

#include <string.h>

const char *command_word(const Command *command)
{
    const char *space = strrchr(command->name, ' ');
    return space ? space + 1 : command->name;
}

const Command *command_find(const Command *const *list, const char *word)
{
    for (int i = 0; list[i]; i++)
        if (!strcmp(command_word(list[i]), word)) return list[i];
    return NULL;
}
