/* The one place where exceptions turn into statuses. */
#include "guard.hh"

#include <xapian.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>

namespace
{

struct mapping {
    const char *type;
    xc_status status;
};

/* Every type that libxapian 1.4 and 2.x can throw. RangeError is not about the caller's ranges:
 * glass throws it for a number in a posting list that is too large. */
const mapping mappings[] = {
    {"AssertionError", XC_INTERNAL},
    {"DatabaseClosedError", XC_CLOSED},
    {"DatabaseCorruptError", XC_CORRUPT},
    {"DatabaseCreateError", XC_EXISTS},
    {"DatabaseError", XC_IO},
    {"DatabaseLockError", XC_BUSY},
    {"DatabaseModifiedError", XC_STALE},
    {"DatabaseNotFoundError", XC_NOT_FOUND},
    {"DatabaseOpeningError", XC_IO},
    {"DatabaseVersionError", XC_INCOMPATIBLE},
    {"DocNotFoundError", XC_DOC_NOT_FOUND},
    {"FeatureUnavailableError", XC_UNSUPPORTED},
    {"InternalError", XC_INTERNAL},
    {"InvalidArgumentError", XC_INVALID_ARGUMENT},
    {"InvalidOperationError", XC_INVALID_ARGUMENT},
    {"NetworkError", XC_NETWORK},
    {"NetworkTimeoutError", XC_NETWORK},
    {"QueryParserError", XC_BAD_QUERY},
    {"RangeError", XC_CORRUPT},
    {"SerialisationError", XC_CORRUPT},
    {"UnimplementedError", XC_UNSUPPORTED},
    {"WildcardError", XC_LIMIT},
};

bool starts_with(const std::string &text, const char *start)
{
    return text.compare(0, std::strlen(start), start) == 0;
}

bool ends_with(const std::string &text, const char *end)
{
    size_t length = std::strlen(end);
    return text.size() >= length && text.compare(text.size() - length, length, end) == 0;
}

/* libxapian uses three of its types for more than their names say, and tells by the text only. */
xc_status status_of(const Xapian::Error &thrown)
{
    xc_status status = XC_INTERNAL;
    for (const mapping &entry : mappings) {
        if (std::strcmp(entry.type, thrown.get_type()) == 0)
            status = entry.status;
    }
    if (status == XC_IO && (starts_with(thrown.get_msg(), "EOF reading block ") ||
                            starts_with(thrown.get_msg(), "inflate failed")))
        status = XC_CORRUPT;
    if (status == XC_EXISTS && thrown.get_error_string())
        status = XC_IO;
    if (status == XC_BUSY && starts_with(thrown.get_msg(), "Unable to get write lock on ") &&
        !ends_with(thrown.get_msg(), ": already locked"))
        status = XC_IO;
    return status;
}

/* When writing fails, libxapian undoes what it can. A database opened with DB_DANGEROUS has nothing
 * to go back to, and this is thrown instead of what failed: errno still says that. */
bool is_failed_write(const Xapian::Error &thrown)
{
    return starts_with(thrown.get_msg(), "cancel() not supported under Xapian::DB_DANGEROUS");
}

size_t character_length(unsigned char lead)
{
    return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
}

/* Makes message one line, and drops a UTF-8 character that its end has cut in two. */
void tidy(char *message)
{
    size_t length = std::strlen(message);
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = static_cast<unsigned char>(message[i]);
        if (byte < 0x20 || byte == 0x7f)
            message[i] = ' ';
    }
    size_t lead = length;
    while (lead > 0 && (static_cast<unsigned char>(message[lead - 1]) & 0xc0) == 0x80)
        lead--;
    if (lead > 0 &&
        length - (lead - 1) < character_length(static_cast<unsigned char>(message[lead - 1])))
        message[lead - 1] = '\0';
}

xc_status fill(xc_error *error, xc_status status, const char *type, const char *message,
               const char *detail = nullptr)
{
    if (!error)
        return status;
    error->status = status;
    std::snprintf(error->type, sizeof error->type, "%s", type);
    std::snprintf(error->message, sizeof error->message, detail ? "%s (%s)" : "%s", message,
                  detail);
    tidy(error->message);
    return status;
}

} // namespace

xc_status xc::report_current_exception(xc_error *error) noexcept
{
    int errnum = errno;
    try {
        try {
            throw;
        } catch (const failure &thrown) {
            return fill(error, thrown.status(), "", thrown.what());
        } catch (const Xapian::Error &thrown) {
            if (is_failed_write(thrown))
                return fill(error, XC_IO, thrown.get_type(), "cannot write the database",
                            errnum == 0 ? nullptr : std::strerror(errnum));
            const char *detail = thrown.get_error_string();
            if (!detail && !thrown.get_context().empty())
                detail = thrown.get_context().c_str();
            return fill(error, status_of(thrown), thrown.get_type(), thrown.get_msg().c_str(),
                        detail);
        } catch (const std::bad_alloc &) {
            return fill(error, XC_NO_MEMORY, "", "out of memory");
        } catch (const std::exception &thrown) {
            return fill(error, XC_INTERNAL, "", thrown.what());
        } catch (...) {
            return fill(error, XC_INTERNAL, "", "an exception of unknown type");
        }
    } catch (...) {
        /* Only asking libxapian for the system's text can throw, when memory runs out. */
        return fill(error, XC_NO_MEMORY, "", "out of memory");
    }
}

char *xc::duplicate(const std::string &bytes)
{
    char *copy = static_cast<char *>(std::malloc(bytes.size() + 1));
    if (!copy)
        throw std::bad_alloc();
    std::memcpy(copy, bytes.c_str(), bytes.size() + 1);
    return copy;
}

void xc::give_bytes(const std::string &bytes, char **out, size_t *length)
{
    if (bytes.empty())
        return;
    *out = duplicate(bytes);
    *length = bytes.size();
}

bool xc::key_fits(const char *bytes, size_t length, size_t limit) noexcept
{
    if (!bytes || length == 0 || length > limit)
        return false;
    size_t stored = length;
    for (size_t i = 0; i < length; i++)
        stored += bytes[i] == '\0';
    return stored <= limit;
}
