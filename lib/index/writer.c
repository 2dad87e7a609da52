#include "writer_internal.h"

#include "base/file.h"
#include "index/schema.h"
#include "index/stamp.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static bool has_prefix(const char *name, const char *prefix)
{
    return strncmp(name, prefix, strlen(prefix)) == 0;
}

/* ---- the directory ---- */

static bool is_segment_id(const char *name)
{
    return strlen(name) == PIL_SEGMENT_ID_LENGTH &&
           strspn(name, "0123456789abcdef") == PIL_SEGMENT_ID_LENGTH;
}

static bool is_build_name(const char *name)
{
    return has_prefix(name, PIL_BUILD_PREFIX) && is_segment_id(name + strlen(PIL_BUILD_PREFIX));
}

/* prefix and a generation; .new is behind it while it is written. */
static bool is_numbered_name(const char *name, const char *prefix)
{
    if (!has_prefix(name, prefix))
        return false;
    const char *rest = name + strlen(prefix);
    size_t n_digits = strspn(rest, "0123456789");
    return n_digits > 0 && (rest[n_digits] == '\0' || strcmp(rest + n_digits, ".new") == 0);
}

static bool is_catalogue_name(const char *name)
{
    return is_numbered_name(name, PIL_CATALOGUE_PREFIX);
}

static bool is_dictionary_name(const char *name)
{
    return is_numbered_name(name, PIL_DICTIONARY_PREFIX);
}

static bool is_ours(const char *name)
{
    static const char *const names[] = {PIL_MANIFEST_NAME, PIL_MANIFEST_NAME ".new", PIL_LOCK_NAME,
                                        PIL_SEGMENTS_NAME};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(name, names[i]) == 0)
            return true;
    }
    return is_build_name(name) || is_catalogue_name(name) || is_dictionary_name(name);
}

/* Without a manifest the directory must be empty, but for a config, or half made by us: never write
 * into a folder of the user's by mistake. What we make begins with the lock. */
static pil_status check_directory(const char *directory, pil_error *err)
{
    DIR *entries = opendir(directory);
    if (entries == NULL)
        return pil_error_set_errno(err, errno, "cannot open the index directory");
    bool has_manifest = false, has_lock = false;
    char foreign[81] = "";
    char any[81] = "";
    struct dirent *entry;
    while ((entry = readdir(entries)) != NULL) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 || strcmp(name, PIL_CONFIG_NAME) == 0)
            continue;
        has_manifest |= strcmp(name, PIL_MANIFEST_NAME) == 0;
        has_lock |= strcmp(name, PIL_LOCK_NAME) == 0;
        snprintf(is_ours(name) ? any : foreign, sizeof any, "%.80s", name);
    }
    closedir(entries);
    const char *example = foreign[0] != '\0' || has_lock ? foreign : any;
    if (has_manifest || example[0] == '\0')
        return PIL_OK;
    return pil_error_set(err, PIL_INCOMPATIBLE,
                         "not an index: the directory holds other files, as %s; choose another "
                         "with -d",
                         example);
}

/* The process that the lock file names; 0 when it names none. */
static long read_holder(int lock_fd)
{
    char text[32] = "";
    ssize_t n = pread(lock_fd, text, sizeof text - 1, 0);
    return n > 0 ? strtol(text, NULL, 10) : 0;
}

/* Locks it, errno says why not. A writer that was killed while it started a process (flock is of
 * the open file, which that one has until it is another program) still holds it for a moment. */
static bool lock(int lock_fd)
{
    enum { MAX_TRIES = 200 };
    const struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
    for (int i = 0; i < MAX_TRIES; i++) {
        if (flock(lock_fd, LOCK_EX | LOCK_NB) == 0)
            return true;
        if (errno != EWOULDBLOCK)
            return false;
        long holder = read_holder(lock_fd);
        bool is_gone = holder > 0 && kill((pid_t)holder, 0) != 0 && errno == ESRCH;
        errno = EWOULDBLOCK;
        if (!is_gone)
            return false;
        nanosleep(&pause, NULL);
    }
    errno = EWOULDBLOCK;
    return false;
}

static pil_status take_lock(pil_index_writer *writer, pil_error *err)
{
    char *path = pil_file_join(writer->directory, PIL_LOCK_NAME);
    if (path == NULL)
        return pil_error_no_memory(err);
    writer->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    free(path);
    if (writer->lock_fd < 0)
        return pil_error_set_errno(err, errno, "cannot open its lock");
    if (lock(writer->lock_fd)) {
        char pid[32];
        int length = snprintf(pid, sizeof pid, "%ld\n", (long)getpid());
        /* The pid only makes a message clearer: no harm when it cannot be written. */
        if (ftruncate(writer->lock_fd, 0) == 0 &&
            pwrite(writer->lock_fd, pid, (size_t)length, 0) != length)
            errno = 0;
        return PIL_OK;
    }
    if (errno != EWOULDBLOCK)
        return pil_error_set_errno(err, errno, "cannot lock it");
    long pid = read_holder(writer->lock_fd);
    if (pid > 0)
        return pil_error_set(err, PIL_BUSY, "another pilcrow-index (process %ld) is writing to it",
                             pid);
    return pil_error_set(err, PIL_BUSY, "another pilcrow-index is writing to it");
}

static bool names_segment(const pil_manifest *manifest, const char *id)
{
    for (size_t i = 0; i < manifest->n_segments; i++) {
        if (strcmp(manifest->segments[i].id, id) == 0)
            return true;
    }
    return false;
}

static bool names_catalogue(const pil_manifest *manifest, const char *name)
{
    uint64_t generation = strtoull(name + strlen(PIL_CATALOGUE_PREFIX), NULL, 10);
    for (size_t i = 0; i < manifest->n_catalogues; i++) {
        if (manifest->catalogues[i].generation == generation)
            return true;
    }
    return false;
}

static bool names_dictionary(const pil_manifest *manifest, const char *name)
{
    uint64_t number = strtoull(name + strlen(PIL_DICTIONARY_PREFIX), NULL, 10);
    for (size_t i = 0; i < manifest->n_dictionaries; i++) {
        if (manifest->dictionaries[i].number == number)
            return true;
    }
    return false;
}

/* It is renamed first: a reader that is opening it sees all of its files, or that it is gone. */
static void remove_segment(const char *directory, const char *id)
{
    char name[sizeof PIL_BUILD_PREFIX + PIL_SEGMENT_ID_LENGTH];
    snprintf(name, sizeof name, "%s%.*s", PIL_BUILD_PREFIX, PIL_SEGMENT_ID_LENGTH, id);
    char *from = pil_manifest_segment_path(directory, id);
    char *to = pil_file_join(directory, name);
    if (from != NULL && to != NULL && rename(from, to) == 0)
        (void)!pil_file_remove_tree(to, NULL);
    free(from);
    free(to);
}

void pil_writer_remove_unnamed(const pil_index_writer *writer)
{
    DIR *entries = opendir(writer->directory);
    struct dirent *entry;
    while (entries != NULL && (entry = readdir(entries)) != NULL) {
        const char *name = entry->d_name;
        bool is_build = is_build_name(name);
        bool is_old = (is_catalogue_name(name) && !names_catalogue(&writer->manifest, name)) ||
                      (is_dictionary_name(name) && !names_dictionary(&writer->manifest, name));
        char *path = is_build || is_old ? pil_file_join(writer->directory, name) : NULL;
        if (path != NULL && is_build)
            (void)!pil_file_remove_tree(path, NULL);
        else if (path != NULL)
            unlink(path);
        free(path);
    }
    if (entries != NULL)
        closedir(entries);
    char *segments = pil_file_join(writer->directory, PIL_SEGMENTS_NAME);
    entries = segments == NULL ? NULL : opendir(segments);
    while (entries != NULL && (entry = readdir(entries)) != NULL) {
        if (!is_segment_id(entry->d_name) || names_segment(&writer->manifest, entry->d_name))
            continue;
        remove_segment(writer->directory, entry->d_name);
    }
    if (entries != NULL)
        closedir(entries);
    free(segments);
}

/* ---- opening and closing ---- */

/* What a worker needs besides the batch that it works on: an analyser with its words, a compressor,
 * what is being read. */
static const uint64_t WORKER_BYTES = 32 << 20;

/* Half of the memory is for what waits to be written, half for the workers. */
static unsigned affordable_threads(const pil_writer_options *options)
{
    uint64_t n = options->memory_bytes / 2 / WORKER_BYTES;
    return n == 0 ? 1 : n < options->n_threads ? (unsigned)n : options->n_threads;
}

static pil_status make_analysers(pil_index_writer *writer, const pil_writer_options *options,
                                 pil_error *err)
{
    pil_status status = pil_analyser_new(&writer->analyser, err);
    if (status == PIL_OK)
        status = pil_analyser_pool_init(&writer->pool, affordable_threads(options), err);
    if (status != PIL_OK)
        return status;
    writer->stamp = pil_index_stamp(writer->analyser);
    return writer->stamp == NULL ? pil_error_no_memory(err) : PIL_OK;
}

static pil_status load(pil_index_writer *writer, pil_error *err)
{
    pil_status status = pil_manifest_read(writer->directory, &writer->manifest, err);
    if (status == PIL_NOT_FOUND) {
        if (err != NULL)
            *err = (pil_error){0};
        return PIL_OK;
    }
    if (status != PIL_OK)
        return status;
    writer->has_manifest = true;
    status = pil_catalogue_read(writer->directory, &writer->manifest, &writer->catalogue, err);
    /* Nobody else may remove files while we hold the lock. */
    return status == PIL_STALE ? pil_error_set(err, PIL_CORRUPT, "its catalogue is missing")
                               : status;
}

/* Makes the directory durably when there is none; *resolved is its real path. */
static pil_status make_directory(const char *directory, char **resolved, pil_error *err)
{
    struct stat info;
    bool is_there = stat(directory, &info) == 0;
    if (is_there && !S_ISDIR(info.st_mode))
        return pil_error_set(err, PIL_INCOMPATIBLE,
                             "not an index: it is not a directory; choose another with -d");
    pil_status status = is_there ? PIL_OK : pil_file_make_directories(directory, err);
    if (status != PIL_OK)
        return status;
    *resolved = realpath(directory, NULL);
    if (*resolved == NULL)
        return pil_error_set_errno(err, errno, "cannot resolve the directory");
    char *parent = is_there ? NULL : pil_file_join(*resolved, "..");
    if (parent != NULL)
        status = pil_file_sync(parent, err);
    free(parent);
    return status;
}

/* Adding to an index of which a part is lost would hide the loss. */
static pil_status check_segments(const pil_index_writer *writer, pil_error *err)
{
    for (size_t i = 0; i < writer->manifest.n_segments; i++) {
        const char *id = writer->manifest.segments[i].id;
        char *path = pil_manifest_segment_path(writer->directory, id);
        if (path == NULL)
            return pil_error_no_memory(err);
        bool is_there = access(path, F_OK) == 0;
        free(path);
        if (!is_there)
            return pil_error_set(err, PIL_CORRUPT, "segment %s is missing", id);
    }
    return PIL_OK;
}

pil_status pil_index_writer_open(pil_index_writer **out, const char *directory,
                                 const pil_writer_options *options, pil_error *err)
{
    *out = NULL;
    pil_index_writer *writer = calloc(1, sizeof *writer);
    if (writer == NULL)
        return pil_error_no_memory(err);
    writer->lock_fd = -1;
    writer->memory_bytes = options->memory_bytes;
    pil_buffer_init(&writer->meta_strings, PIL_RECORD_MAX_BYTES);
    pil_status status = make_directory(directory, &writer->directory, err);
    if (status == PIL_OK)
        status = check_directory(writer->directory, err);
    if (status == PIL_OK)
        status = take_lock(writer, err);
    if (status == PIL_OK)
        status = load(writer, err);
    if (status == PIL_OK)
        status = check_segments(writer, err);
    if (status == PIL_OK)
        status = make_analysers(writer, options, err);
    if (status == PIL_OK) {
        pil_writer_remove_unnamed(writer);
        *out = writer;
    } else {
        pil_index_writer_close(writer);
    }
    return status;
}

void pil_index_writer_close(pil_index_writer *writer)
{
    if (writer == NULL)
        return;
    pil_writer_drop_source(writer);
    pil_segment_builder_free(writer->builder);
    pil_analyser_pool_dispose(&writer->pool);
    pil_writer_close_segments(writer);
    pil_manifest_dispose(&writer->manifest);
    pil_manifest_dispose(&writer->next);
    pil_catalogue_dispose(&writer->catalogue);
    pil_intern_dispose(&writer->built_keys);
    free(writer->built);
    free(writer->deaths);
    pil_analyser_free(writer->analyser);
    free(writer->stamp);
    pil_buffer_dispose(&writer->meta_strings);
    if (writer->lock_fd >= 0)
        close(writer->lock_fd);
    free(writer->directory);
    free(writer);
}

const pil_catalogue *pil_index_writer_catalogue(const pil_index_writer *writer)
{
    return &writer->catalogue;
}

const pil_manifest *pil_index_writer_manifest(const pil_index_writer *writer)
{
    return &writer->manifest;
}

pil_workers *pil_index_writer_workers(pil_index_writer *writer)
{
    return writer->pool.workers;
}
