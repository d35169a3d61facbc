// What --help and `biaochi help` print: the program, a group of commands ("pack"), one command.
//
// Everything comes from the tables that parsing uses too. One thread.
#pragma once

#include "core/cli/command.h"

typedef struct HelpTopics {
    const Command *const *commands;
    size_t command_count;
    const Option *common; // options of every command
    size_t common_count;
} HelpTopics;

void help_program(const HelpTopics *topics);
void help_command(const HelpTopics *topics, const Command *command);
// Whether it is a command of two words, the first of which is the group's.
bool help_is_of_group(const Command *command, const char *group);
// Whether there are commands of two words that begin with this one.
bool help_is_group(const HelpTopics *topics, const char *group);
void help_group(const HelpTopics *topics, const char *group);
