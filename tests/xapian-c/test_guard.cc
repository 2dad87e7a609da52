/* Throws every kind of exception through the guard: C++, because C cannot throw. A plain program:
 * exit status 0 when each one became the status that it stands for. */
#include "guard.hh"

#include <xapian.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string>

namespace
{

int n_checks = 0;
int n_failed = 0;

void check(bool holds, const char *what)
{
    n_checks++;
    if (!holds) {
        n_failed++;
        std::printf("failed: %s\n", what);
    }
}

template <typename Thrown>
void expect(const Thrown &thrown, xc_status status, const char *type, const char *message)
{
    xc_error error = {};
    check(xc::guard(&error, [&] { throw thrown; }) == status, type);
    check(error.status == status, type);
    check(std::strcmp(error.type, type) == 0, type);
    check(std::strcmp(error.message, message) == 0, error.message);
    check(xc::guard(nullptr, [&] { throw thrown; }) == status, type);
}

template <typename Thrown> void expect_type(xc_status status, const char *type)
{
    expect(Thrown("what failed"), status, type, "what failed");
}

void every_type_of_libxapian_has_its_status()
{
    expect_type<Xapian::AssertionError>(XC_INTERNAL, "AssertionError");
    expect_type<Xapian::DatabaseClosedError>(XC_CLOSED, "DatabaseClosedError");
    expect_type<Xapian::DatabaseCorruptError>(XC_CORRUPT, "DatabaseCorruptError");
    expect_type<Xapian::DatabaseCreateError>(XC_EXISTS, "DatabaseCreateError");
    expect_type<Xapian::DatabaseError>(XC_IO, "DatabaseError");
    expect_type<Xapian::DatabaseLockError>(XC_BUSY, "DatabaseLockError");
    expect_type<Xapian::DatabaseModifiedError>(XC_STALE, "DatabaseModifiedError");
    expect_type<Xapian::DatabaseNotFoundError>(XC_NOT_FOUND, "DatabaseNotFoundError");
    expect_type<Xapian::DatabaseOpeningError>(XC_IO, "DatabaseOpeningError");
    expect_type<Xapian::DatabaseVersionError>(XC_INCOMPATIBLE, "DatabaseVersionError");
    expect_type<Xapian::DocNotFoundError>(XC_DOC_NOT_FOUND, "DocNotFoundError");
    expect_type<Xapian::FeatureUnavailableError>(XC_UNSUPPORTED, "FeatureUnavailableError");
    expect_type<Xapian::InternalError>(XC_INTERNAL, "InternalError");
    expect_type<Xapian::InvalidArgumentError>(XC_INVALID_ARGUMENT, "InvalidArgumentError");
    expect_type<Xapian::InvalidOperationError>(XC_INVALID_ARGUMENT, "InvalidOperationError");
    expect_type<Xapian::NetworkError>(XC_NETWORK, "NetworkError");
    expect_type<Xapian::NetworkTimeoutError>(XC_NETWORK, "NetworkTimeoutError");
    expect_type<Xapian::QueryParserError>(XC_BAD_QUERY, "QueryParserError");
    expect_type<Xapian::RangeError>(XC_CORRUPT, "RangeError");
    expect_type<Xapian::SerialisationError>(XC_CORRUPT, "SerialisationError");
    expect_type<Xapian::UnimplementedError>(XC_UNSUPPORTED, "UnimplementedError");
    expect_type<Xapian::WildcardError>(XC_LIMIT, "WildcardError");
}

void what_a_type_does_not_say_is_read_from_its_text()
{
    expect(Xapian::DatabaseCreateError("mkdir failed", EACCES), XC_IO, "DatabaseCreateError",
           "mkdir failed (Permission denied)");
    expect(Xapian::DatabaseLockError("Unable to get write lock on x: already locked"), XC_BUSY,
           "DatabaseLockError", "Unable to get write lock on x: already locked");
    expect(Xapian::DatabaseLockError("Unable to get write lock on x: too many open files"), XC_IO,
           "DatabaseLockError", "Unable to get write lock on x: too many open files");
    expect(Xapian::DatabaseError("EOF reading block 7"), XC_CORRUPT, "DatabaseError",
           "EOF reading block 7");
    errno = ENOSPC;
    expect(Xapian::InvalidOperationError("cancel() not supported under Xapian::DB_DANGEROUS"),
           XC_IO, "InvalidOperationError", "cannot write the database (No space left on device)");
    expect(Xapian::DatabaseError("inflate failed (invalid code)"), XC_CORRUPT, "DatabaseError",
           "inflate failed (invalid code)");
    expect(Xapian::NetworkError("no answer", "remote:tcp(host:1)"), XC_NETWORK, "NetworkError",
           "no answer (remote:tcp(host:1))");
}

void other_exceptions_are_caught_too()
{
    expect(xc::failure(XC_CANCELLED, "ended"), XC_CANCELLED, "", "ended");
    expect(std::bad_alloc(), XC_NO_MEMORY, "", "out of memory");
    expect(std::runtime_error("surprise"), XC_INTERNAL, "", "surprise");
    expect(42, XC_INTERNAL, "", "an exception of unknown type");
    expect("text", XC_INTERNAL, "", "an exception of unknown type");
}

void success_leaves_the_error_alone()
{
    xc_error error = {};
    error.status = XC_BUSY;
    check(xc::guard(&error, [] {}) == XC_OK, "success is XC_OK");
    check(error.status == XC_BUSY, "success does not touch the error");
    check(xc::guard_value(1, [] { return 2; }) == 2, "guard_value gives the value");
    check(xc::guard_value(1, []() -> int { throw 3; }) == 1, "guard_value falls back");
}

std::string message_of(const std::string &thrown)
{
    xc_error error = {};
    (void)xc::guard(&error, [&] { throw Xapian::InternalError(thrown); });
    return error.message;
}

void messages_are_one_line_and_end_at_a_character()
{
    const size_t room = sizeof(xc_error::message) - 1;
    check(message_of("a\nb\x1b[2J\x7f") == "a b [2J ", "no control characters");
    check(message_of("\xe2\x80\x99") == "\xe2\x80\x99", "UTF-8 stays");
    check(message_of(std::string(1000, 'x')) == std::string(room, 'x'), "cut to the room");
    for (size_t n_before = room - 4; n_before <= room; n_before++) {
        const std::string before(n_before, 'x');
        const bool fits = n_before + 3 <= room;
        const std::string expected = fits ? before + "\xe2\x80\x99" : before;
        check(message_of(before + "\xe2\x80\x99") == expected, "no half character at the end");
    }
}

} // namespace

int main()
{
    every_type_of_libxapian_has_its_status();
    what_a_type_does_not_say_is_read_from_its_text();
    other_exceptions_are_caught_too();
    success_leaves_the_error_alone();
    messages_are_one_line_and_end_at_a_character();
    std::printf("%d checks, %d failed\n", n_checks, n_failed);
    return n_failed != 0;
}
