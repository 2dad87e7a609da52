#include "judgements_file.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX_BYTES = 1 << 30 };

static pil_status open_locked(pil_judgements_file *self, pil_error *err)
{
    struct stat status;
    self->fd = open(self->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0666);
    if (self->fd < 0 || fstat(self->fd, &status) != 0)
        return pil_error_set_errno(err, errno, "it cannot be opened for writing");
    if (!S_ISREG(status.st_mode))
        return pil_error_set(err, PIL_INVALID_ARGUMENT, "it is no file that lines can be added to");
    if (flock(self->fd, LOCK_EX | LOCK_NB) == 0)
        return PIL_OK;
    if (errno == EWOULDBLOCK)
        return pil_error_set(err, PIL_BUSY, "another pilcrow --judge is writing to it");
    return pil_error_set_errno(err, errno, "it cannot be locked");
}

/* A file that was just made is not lost when the system crashes. */
static pil_status sync_directory(const char *path, pil_error *err)
{
    char *copy = strdup(path);
    pil_status status = copy == NULL ? pil_error_no_memory(err) : pil_file_sync(dirname(copy), err);
    free(copy);
    return status;
}

/* Whether line[0..length) may be the beginning of "topic 0 document grade": at least the topic and
 * a blank, and at most a blank behind the document. */
static bool is_torn(const char *line, size_t length)
{
    const char *topic_end = memchr(line, ' ', length);
    if (topic_end == NULL || topic_end == line)
        return false;
    const char *rest = topic_end + 1;
    size_t n_rest = length - (size_t)(rest - line);
    if (n_rest == 0)
        return true;
    if (rest[0] != '0' || (n_rest > 1 && rest[1] != ' '))
        return false;
    const char *document = rest + 2;
    size_t n_document = n_rest > 2 ? n_rest - 2 : 0;
    const char *blank = memchr(document, ' ', n_document);
    return blank == NULL || blank == document + n_document - 1;
}

/* How much of the text is whole lines, or one that only lacks its end. */
static size_t whole_length(const pil_buffer *text)
{
    size_t begin = text->length;
    while (begin > 0 && text->bytes[begin - 1] != '\n')
        begin--;
    return is_torn(text->bytes + begin, text->length - begin) ? begin : text->length;
}

/* Brings the file, which has text, to where a line may be added. */
static pil_status mend(pil_judgements_file *self, const pil_buffer *text, size_t whole,
                       pil_error *err)
{
    if (whole == text->length && (whole == 0 || text->bytes[whole - 1] == '\n'))
        return PIL_OK;
    if (whole == text->length)
        return pil_judgements_file_add(self, "\n", 1, err);
    if (pil_buffer_append(&self->torn, text->bytes + whole, text->length - whole) != PIL_OK)
        return pil_error_no_memory(err);
    return pil_judgements_file_cut(self, whole, err);
}

static pil_status read_judgements(pil_judgements_file *self, pil_error *err)
{
    pil_buffer text;
    pil_buffer_init(&text, FILE_MAX_BYTES);
    pil_status status = pil_file_read_fd(self->fd, UINT64_MAX, &text, err);
    self->length = text.length;
    size_t whole = whole_length(&text);
    if (status == PIL_OK)
        status = pil_qrels_read(text.bytes, whole, &self->qrels, err);
    if (status == PIL_OK)
        status = mend(self, &text, whole, err);
    pil_buffer_dispose(&text);
    for (size_t i = 0; i < self->qrels.topic_ids.n_entries; i++)
        self->n_judged += self->qrels.topics[i].n;
    return status;
}

pil_status pil_judgements_file_open(const char *path, pil_judgements_file *out, pil_error *err)
{
    *out = (pil_judgements_file){.path = path, .fd = -1};
    pil_buffer_init(&out->torn, FILE_MAX_BYTES);
    pil_status status = open_locked(out, err);
    if (status == PIL_OK)
        status = read_judgements(out, err);
    if (status == PIL_OK && out->length == 0)
        status = sync_directory(path, err);
    return status;
}

/* What others write is not to be cut off, and what is written is not to go into a file that has no
 * name any more. */
static pil_status check_unchanged(const pil_judgements_file *self, pil_error *err)
{
    struct stat here, there;
    if (fstat(self->fd, &here) != 0)
        return pil_error_set_errno(err, errno, "it cannot be looked at");
    bool is_there =
        stat(self->path, &there) == 0 && here.st_ino == there.st_ino && here.st_dev == there.st_dev;
    if (is_there && (uint64_t)here.st_size == self->length)
        return PIL_OK;
    return pil_error_set(err, PIL_BUSY,
                         "another program changed it meanwhile; start again, to go on with what is "
                         "in it now");
}

pil_status pil_judgements_file_add(pil_judgements_file *file, const char *lines, size_t length,
                                   pil_error *err)
{
    pil_status status = check_unchanged(file, err);
    if (status != PIL_OK)
        return status;
    status = pil_file_write_fd(file->fd, lines, length, err);
    if (status == PIL_OK && fsync(file->fd) != 0)
        status = pil_error_set_errno(err, errno, "it cannot be synced");
    if (status == PIL_OK)
        file->length += length;
    /* Should this fail too, the next run finds a torn line, and mends it. */
    else if (ftruncate(file->fd, (off_t)file->length) != 0)
        return status;
    return status;
}

pil_status pil_judgements_file_cut(pil_judgements_file *file, uint64_t length, pil_error *err)
{
    pil_status status = check_unchanged(file, err);
    if (status != PIL_OK)
        return status;
    if (ftruncate(file->fd, (off_t)length) != 0 || fsync(file->fd) != 0)
        return pil_error_set_errno(err, errno, "it cannot be cut");
    file->length = length;
    return PIL_OK;
}

void pil_judgements_file_close(pil_judgements_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    pil_qrels_dispose(&file->qrels);
    pil_buffer_dispose(&file->torn);
    *file = (pil_judgements_file){.fd = -1};
}
