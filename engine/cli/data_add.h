/* `reprise data add`: data of one's own. */
#ifndef CLI_DATA_ADD_H
#define CLI_DATA_ADD_H

#include "cli/command.h"

extern const Command data_add;

#endif
