#include "zip_members.h"

#include "cage_limits.h"
#include "unpack.h"

#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

static pil_zip_member *add_member(pil_zip_members *members, const char *name)
{
    if (members->n_items == members->capacity) {
        size_t capacity = members->capacity == 0 ? 8 : members->capacity * 2;
        pil_zip_member *grown = realloc(members->items, capacity * sizeof *grown);
        if (grown == NULL)
            return NULL;
        members->items = grown;
        members->capacity = capacity;
    }
    const char *copy = pil_arena_copy(&members->arena, name, strlen(name));
    if (copy == NULL)
        return NULL;
    pil_zip_member *member = &members->items[members->n_items++];
    member->name = copy;
    pil_buffer_init(&member->bytes, SIZE_MAX - 1);
    return member;
}

static pil_status take_entry(pil_zip_members *out, struct archive *archive,
                             struct archive_entry *entry, bool (*wants)(const char *name),
                             uint64_t *room, const char *kind, pil_error *err)
{
    const char *name = archive_entry_pathname(entry);
    if (name == NULL || archive_entry_filetype(entry) != AE_IFREG || !wants(name))
        return PIL_OK;
    if (archive_entry_is_encrypted(entry))
        return pil_error_set(err, PIL_BAD_INPUT, "an encrypted %s: save it without its password",
                             kind);
    pil_zip_member *member = add_member(out, name);
    if (member == NULL)
        return pil_error_no_memory(err);
    return pil_unpack(archive, &member->bytes, room, kind, err);
}

static pil_status read_entries(pil_zip_members *out, struct archive *archive, uint64_t room,
                               bool (*wants)(const char *name), const char *kind, pil_error *err)
{
    struct archive_entry *entry;
    int result;
    pil_status status = PIL_OK;
    for (size_t n = 0; status == PIL_OK; n++) {
        result = archive_read_next_header(archive, &entry);
        if (result == ARCHIVE_EOF)
            return PIL_OK;
        if (result < ARCHIVE_WARN)
            return pil_error_set(err, PIL_BAD_INPUT, "no %s, or a damaged one: %.100s", kind,
                                 archive_error_string(archive));
        if (n == PIL_UNPACK_MEMBERS_MAX)
            return pil_error_set(err, PIL_BAD_INPUT, "more than %d members in a %s: not read",
                                 PIL_UNPACK_MEMBERS_MAX, kind);
        status = take_entry(out, archive, entry, wants, &room, kind, err);
    }
    return status;
}

pil_status pil_zip_read(pil_zip_members *out, const char *bytes, size_t length,
                        bool (*wants)(const char *name), const char *kind, pil_error *err)
{
    if (length >= 4 && memcmp(bytes, "\xD0\xCF\x11\xE0", 4) == 0)
        return pil_error_set(err, PIL_BAD_INPUT,
                             "no %s but an OLE file: encrypted, or of an old version; save it "
                             "as a new one without a password",
                             kind);
    struct archive *archive = archive_read_new();
    if (archive == NULL)
        return pil_error_no_memory(err);
    pil_status status;
    archive_read_support_format_zip(archive);
    if (archive_read_open_memory(archive, bytes, length) != ARCHIVE_OK)
        status = pil_error_set(err, PIL_BAD_INPUT, "no %s: it is no zip", kind);
    else
        status = read_entries(out, archive, pil_cage_output_max(length), wants, kind, err);
    archive_read_free(archive);
    return status;
}

const pil_buffer *pil_zip_find(const pil_zip_members *members, const char *name)
{
    for (size_t i = 0; i < members->n_items; i++) {
        if (strcmp(members->items[i].name, name) == 0)
            return &members->items[i].bytes;
    }
    return NULL;
}

void pil_zip_dispose(pil_zip_members *members)
{
    for (size_t i = 0; i < members->n_items; i++)
        pil_buffer_dispose(&members->items[i].bytes);
    free(members->items);
    pil_arena_dispose(&members->arena);
}
