#include "topics_file.h"

#include "base/file.h"
#include "tell.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

/* Millions of queries. */
enum { TOPICS_MAX_BYTES = 512 * 1024 * 1024 };

const char *pil_topics_file_name(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

pil_status pil_topics_file_read(const char *path, pil_buffer *text, pil_error *err)
{
    bool is_standard_input = strcmp(path, "-") == 0;
    int fd = is_standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return pil_error_set_errno(err, errno, "it cannot be opened");
    pil_status status = pil_file_read_fd(fd, UINT64_MAX, text, err);
    if (!is_standard_input)
        close(fd);
    return status;
}

pil_exit_code pil_topics_file_load(const char *path, pil_topics *out)
{
    const char *name = pil_topics_file_name(path);
    pil_error err = {0};
    pil_buffer text;
    *out = (pil_topics){0};
    pil_buffer_init(&text, TOPICS_MAX_BYTES);
    pil_status status = pil_topics_file_read(path, &text, &err);
    if (status == PIL_OK)
        status = pil_topics_read(text.bytes, text.length, out, &err);
    pil_buffer_dispose(&text);
    if (status != PIL_OK) {
        pil_tell("--topics: %s: %s", name, err.message);
        return status == PIL_NOT_FOUND ? PIL_EXIT_USAGE : pil_exit_code_of(status);
    }
    if (out->n_items > 0)
        return PIL_EXIT_DONE;
    pil_tell("--topics: %s: there are no topics in it", name);
    return PIL_EXIT_USAGE;
}
