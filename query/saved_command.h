/* Saved queries on the command line: --save, --saved, --forget, and @NAME in place of a first
 * word. */
#ifndef QUERY_SAVED_COMMAND_H
#define QUERY_SAVED_COMMAND_H

#include "cli/exit_code.h"
#include "query_options.h"
#include "saved_queries.h"

/* Where this user's saved queries are; a new string that the caller frees, NULL with a message. */
char *pil_saved_command_directory(void);

/* The command line with what was saved put into it. Zero-initialise; dispose after the options. */
typedef struct pil_saved_arguments {
    char **argv;
    pil_saved_query saved;
} pil_saved_arguments;

/* When *options, read from argv, names a saved query: reads the command line again with the saved
 * options before the others, and puts the saved words before those that were typed. What fails is
 * told. */
pil_exit_code pil_saved_expand(int argc, char *const *argv, pil_query_options *options,
                               pil_saved_arguments *arguments);
void pil_saved_arguments_dispose(pil_saved_arguments *arguments);

/* --save: checks the query and saves it with the options that say what to look for. */
pil_exit_code pil_saved_command_save(const pil_query_options *options);
/* --saved: a line for each, its name, a tab, and its options and words as they are typed. */
pil_exit_code pil_saved_command_list(void);
/* --forget. */
pil_exit_code pil_saved_command_forget(const pil_query_options *options);

#endif
