/* zip and tar, compressed or not: each member that has a format is read as a file would be. Nothing
 * is written anywhere; links are passed over. */
#include "cage_limits.h"
#include "read_member.h"
#include "unpack.h"

#include <archive_entry.h>
#include <string.h>

typedef struct archive_reading {
    pil_reading *reading;
    struct archive *archive;
    uint64_t *room;
    pil_buffer bytes; /* of the member at hand */
    size_t n_read;    /* members */
} archive_reading;

/* In a hidden directory, or hidden itself, as in a walk; or what a Mac adds. */
static bool is_hidden(const char *name)
{
    for (const char *at = name; at != NULL; at = strchr(at, '/')) {
        at += *at == '/';
        bool is_dots = strncmp(at, "./", 2) == 0 || strncmp(at, "../", 3) == 0;
        if (at[0] == '.' && !is_dots)
            return true;
    }
    return strncmp(name, "__MACOSX/", 9) == 0;
}

static pil_status take_entry(archive_reading *run, struct archive_entry *entry, pil_error *err)
{
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != NULL)
        return PIL_OK;
    const char *name = archive_entry_pathname(entry);
    if (name == NULL) {
        pil_reading_note(run->reading, 0, true, "a member whose name cannot be read");
        return PIL_OK;
    }
    if (is_hidden(name))
        return PIL_OK;
    pil_format format = pil_format_of_name(name);
    if (format == PIL_FORMAT_NONE)
        return PIL_OK;
    run->n_read++;
    if (archive_entry_is_encrypted(entry)) {
        pil_read_member_skipped(run->reading, name, "encrypted: unpack it with its password");
        return PIL_OK;
    }
    pil_buffer_clear(&run->bytes);
    pil_status status = pil_unpack(run->archive, &run->bytes, run->room, "archive", err);
    if (status != PIL_OK)
        return status;
    return pil_read_member(run->reading, format, name, NULL, run->bytes.bytes, run->bytes.length,
                           run->room, err);
}

static pil_status read_entries(archive_reading *run, pil_error *err)
{
    struct archive_entry *entry;
    pil_status status = PIL_OK;
    for (size_t n = 0; status == PIL_OK; n++) {
        int result = archive_read_next_header(run->archive, &entry);
        if (result == ARCHIVE_EOF)
            return PIL_OK;
        if (result < ARCHIVE_WARN)
            return pil_error_set(err, PIL_BAD_INPUT, "not an archive, or a damaged one: %.100s",
                                 archive_error_string(run->archive));
        if (n == PIL_UNPACK_MEMBERS_MAX)
            return pil_error_set(err, PIL_BAD_INPUT,
                                 "it has more than %d members: unpack it, and index the directory",
                                 PIL_UNPACK_MEMBERS_MAX);
        status = take_entry(run, entry, err);
    }
    return status;
}

/* When members were read before something went wrong, they count. */
static pil_status finish(const archive_reading *run, pil_status status, pil_error *err)
{
    if (status == PIL_OK && run->n_read == 0)
        return pil_error_set(err, PIL_BAD_INPUT, "nothing in it has a format that is read");
    if (status != PIL_BAD_INPUT || run->n_read < 2)
        return status;
    pil_reading_note(run->reading, 0, true, "what follows is missing: %s",
                     err == NULL ? "damaged" : err->message);
    return PIL_OK;
}

pil_status pil_read_archive(pil_reading *reading, const char *bytes, size_t length, pil_error *err)
{
    uint64_t room = pil_cage_unpacked_max(length);
    archive_reading run = {.reading = reading, .archive = pil_unpack_new()};
    run.room = reading->options.unpack_room == NULL ? &room : reading->options.unpack_room;
    pil_buffer_init(&run.bytes, SIZE_MAX - 1);
    if (run.archive == NULL)
        return pil_error_no_memory(err);
    archive_read_support_format_zip(run.archive);
    archive_read_support_format_tar(run.archive);
    pil_error failure = {0};
    pil_status status = PIL_OK;
    if (archive_read_open_memory(run.archive, bytes, length) != ARCHIVE_OK)
        status =
            pil_error_set(&failure, PIL_BAD_INPUT, "neither a zip nor a tar, or a damaged one");
    if (status == PIL_OK)
        status = read_entries(&run, &failure);
    status = finish(&run, status, &failure);
    if (status != PIL_OK && err != NULL)
        *err = failure;
    archive_read_free(run.archive);
    pil_buffer_dispose(&run.bytes);
    return status;
}
