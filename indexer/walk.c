#include "walk.h"

#include "article.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void pil_walk_dispose(pil_walk *walk)
{
    free(walk->files);
    pil_intern_dispose(&walk->unsure_directories);
    pil_intern_dispose(&walk->paths);
    pil_arena_dispose(&walk->arena);
    *walk = (pil_walk){0};
}

pil_source_stat pil_walk_stat(const struct stat *info)
{
    return (pil_source_stat){
        .n_bytes = (uint64_t)info->st_size,
        /* Only compared: times that are out of range may wrap. */
        .mtime_ns = (int64_t)((uint64_t)info->st_mtim.tv_sec * 1000000000u +
                              (uint64_t)info->st_mtim.tv_nsec),
        .device = (uint64_t)info->st_dev,
        .inode = (uint64_t)info->st_ino,
    };
}

static pil_status add_file(pil_walk *walk, const char *path, const struct stat *info, bool is_named,
                           const char *problem, pil_error *err)
{
    if (walk->n_files == walk->capacity) {
        size_t capacity = walk->capacity == 0 ? 64 : walk->capacity * 2;
        pil_walk_file *grown = realloc(walk->files, capacity * sizeof *grown);
        if (grown == NULL)
            return pil_error_no_memory(err);
        walk->files = grown;
        walk->capacity = capacity;
    }
    uint32_t number;
    bool is_new;
    if (pil_intern_add(&walk->paths, path, strlen(path), &number, &is_new) != PIL_OK)
        return pil_error_no_memory(err);
    if (!is_new)
        return PIL_OK;
    pil_walk_file *file = &walk->files[walk->n_files++];
    *file = (pil_walk_file){.path = walk->paths.entries[number].bytes, .is_named = is_named};
    if (info != NULL)
        file->stat = pil_walk_stat(info);
    if (problem != NULL) {
        file->problem = pil_arena_copy(&walk->arena, problem, strlen(problem));
        if (file->problem == NULL)
            return pil_error_no_memory(err);
    }
    return PIL_OK;
}

static pil_status add_unsure(pil_walk *walk, const char *path, pil_error *err)
{
    uint32_t number;
    if (pil_intern_add(&walk->unsure_directories, path, strlen(path), &number, NULL) != PIL_OK)
        return pil_error_no_memory(err);
    return PIL_OK;
}

bool pil_walk_is_below(const char *path, const char *root)
{
    size_t length = strcmp(root, "/") == 0 ? 0 : strlen(root);
    return strncmp(path, root, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

bool pil_walk_is_unsure(const pil_walk *walk, const char *path)
{
    for (size_t length = strlen(path); length > 0; length--) {
        if ((path[length] == '/' || path[length] == '\0') &&
            pil_intern_find(&walk->unsure_directories, path, length) != PIL_INTERN_NONE)
            return true;
    }
    return false;
}

static int by_name(const FTSENT **left, const FTSENT **right)
{
    return strcmp((*left)->fts_name, (*right)->fts_name);
}

static pil_status add_unreadable(pil_walk *walk, const FTSENT *entry, pil_error *err)
{
    char problem[256];
    char reason[128];
    if (strerror_r(entry->fts_errno, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "error %d", entry->fts_errno);
    bool is_directory = entry->fts_info == FTS_DNR;
    snprintf(problem, sizeof problem, "cannot read%s: %s", is_directory ? " the directory" : "",
             reason);
    pil_status status = add_unsure(walk, entry->fts_path, err);
    if (status == PIL_OK)
        status = add_file(walk, entry->fts_path, NULL, false, problem, err);
    return status;
}

static pil_status add_other(pil_walk *walk, const FTSENT *entry, bool is_named, pil_error *err)
{
    if (entry->fts_info == FTS_SL || entry->fts_info == FTS_SLNONE) {
        walk->n_links++;
        return PIL_OK;
    }
    return add_file(walk, entry->fts_path, NULL, is_named,
                    "not a regular file: only files and directories are read", err);
}

static bool is_read(const pil_walk *walk, const char *name)
{
    return pil_format_of_name(name) != PIL_FORMAT_NONE ||
           pil_file_filters_find(walk->filters, name) != NULL;
}

/* One entry of the walk. fts gives each directory before (FTS_D) and after (FTS_DP) its entries;
 * fts_number counts the entries that a directory has. */
static pil_status visit(pil_walk *walk, FTS *fts, FTSENT *entry, pil_error *err)
{
    bool is_root = entry->fts_level == FTS_ROOTLEVEL;
    if (!is_root && entry->fts_info != FTS_DP)
        entry->fts_parent->fts_number++;
    if (!is_root && entry->fts_name[0] == '.') {
        if (entry->fts_info != FTS_DP)
            walk->n_hidden++;
        if (entry->fts_info == FTS_D)
            fts_set(fts, entry, FTS_SKIP);
        return PIL_OK;
    }
    switch (entry->fts_info) {
    case FTS_D:
        if (walk->excluded != NULL && strcmp(entry->fts_path, walk->excluded) == 0) {
            fts_set(fts, entry, FTS_SKIP);
            entry->fts_number = 1;
        }
        return PIL_OK;
    case FTS_DP:
        return entry->fts_number == 0 ? add_unsure(walk, entry->fts_path, err) : PIL_OK;
    case FTS_F:
        if (!is_root && !is_read(walk, entry->fts_name)) {
            walk->n_other_kinds++;
            return PIL_OK;
        }
        return add_file(walk, entry->fts_path, entry->fts_statp, is_root, NULL, err);
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
        return add_unreadable(walk, entry, err);
    default:
        if (!is_root && !is_read(walk, entry->fts_name)) {
            walk->n_other_kinds++;
            return PIL_OK;
        }
        return add_other(walk, entry, is_root, err);
    }
}

pil_status pil_walk_add(pil_walk *walk, const char *path, pil_error *err)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return pil_error_set_errno(err, errno, "cannot find");
    char *copy = strdup(path);
    if (copy == NULL)
        return pil_error_no_memory(err);
    char *roots[] = {copy, NULL};
    pil_status status = PIL_OK;
    /* FTS_NOCHDIR is left out on purpose: without it fts reaches entries however deep they are. */
    FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW, by_name);
    if (fts == NULL) {
        status = pil_error_set_errno(err, errno, "cannot walk");
        goto done;
    }
    FTSENT *entry;
    while (status == PIL_OK && (errno = 0, entry = fts_read(fts)) != NULL)
        status = visit(walk, fts, entry, err);
    if (status == PIL_OK && errno != 0)
        status = pil_error_set_errno(err, errno, "cannot walk");
    fts_close(fts);
done:
    free(copy);
    return status;
}
