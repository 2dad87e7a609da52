/* The file of topics that the options name. */
#ifndef QUERY_TOPICS_FILE_H
#define QUERY_TOPICS_FILE_H

#include "base/buffer.h"
#include "cli/exit_code.h"
#include "topics.h"

/* What messages call a file of this name: itself, or standard input for "-". */
const char *pil_topics_file_name(const char *path);

/* Appends what the file has, or standard input for "-". Statuses as pil_file_read_fd; PIL_NOT_FOUND
 * when there is none. */
PIL_NODISCARD pil_status pil_topics_file_read(const char *path, pil_buffer *text, pil_error *err);

/* Reads the topics of the file at path. What fails is told, and that there are none in it. The
 * caller disposes of *out in any case. */
pil_exit_code pil_topics_file_load(const char *path, pil_topics *out);

#endif
