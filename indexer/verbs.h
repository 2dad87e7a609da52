/* What pilcrow-index can do: one function a verb. Each returns the program's exit code. */
#ifndef INDEXER_VERBS_H
#define INDEXER_VERBS_H

#include "cli/exit_code.h"
#include "filter_config.h"
#include "index/writer.h"
#include "index_options.h"
#include "report.h"

#include <jansson.h>
#include <stdbool.h>

/* directory is where the index is or will be: absolute. */
pil_exit_code pil_verb_index(const pil_index_options *options, const char *directory,
                             pil_report *report);
pil_exit_code pil_verb_status(const pil_index_options *options, const char *directory,
                              pil_report *report);
pil_exit_code pil_verb_verify(const pil_index_options *options, const char *directory,
                              pil_report *report);
pil_exit_code pil_verb_merge(const pil_index_options *options, const char *directory,
                             pil_report *report);
pil_exit_code pil_verb_remove(const pil_index_options *options, const char *directory,
                              pil_report *report);

pil_exit_code pil_verb_formats(const pil_index_options *options, const char *directory,
                               pil_report *report);
pil_exit_code pil_verb_trust(const pil_index_options *options, const char *directory,
                             pil_report *report);

/* Where the config files are of who runs this, and of the index in directory. Borrowed. */
pil_config_places pil_verb_config_places(const char *directory);

/* Writes root, which is then released, to standard output as a line of JSON. False when that fails,
 * and when root is NULL. */
bool pil_verb_put_json(json_t *root);

/* The end of what a verb prints: ok is false when some of it could not be. */
pil_exit_code pil_verb_end_output(pil_report *report, bool ok);

/* Says that something went wrong with the index, what to do about it, and with which exit code. */
pil_exit_code pil_verb_fail(pil_report *report, const char *directory, pil_status status,
                            const pil_error *err);

/* Merges, step by step, what the policy finds worth it, or everything. */
pil_status pil_verb_merge_steps(pil_index_writer *writer, bool all, pil_error *err);

/* The path that a PATH of the command line means: absolute, links in it resolved; of what does
 * not exist any more, as far as it does. For the caller to free; NULL when memory ran out. */
char *pil_verb_resolve(const char *path);

#endif
