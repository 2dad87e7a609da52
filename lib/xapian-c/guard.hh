/* How C++ ends at the C boundary: each extern "C" body is one call of guard or guard_value.
 * Internal to this folder and its tests. */
#ifndef XAPIAN_C_GUARD_HH
#define XAPIAN_C_GUARD_HH

#include "xapian_c.h"

#include <exception>
#include <string>
#include <utility>

namespace xc
{

/* A failure that this library itself reports. */
class failure : public std::exception
{
  public:
    failure(xc_status status, const char *message) noexcept : status_(status), message_(message)
    {
    }
    xc_status status() const noexcept
    {
        return status_;
    }
    const char *what() const noexcept override
    {
        return message_;
    }

  private:
    xc_status status_;
    const char *message_; /* static text */
};

/* Says in *error (unless NULL) what the exception being handled means, and returns its status.
 * Only from within a catch block. Every type of libxapian is in one table there. */
xc_status report_current_exception(xc_error *error) noexcept;

/* Runs body; whatever it throws becomes a status. */
template <typename Body> xc_status guard(xc_error *error, Body &&body) noexcept
{
    try {
        std::forward<Body>(body)();
        return XC_OK;
    } catch (...) {
        return report_current_exception(error);
    }
}

/* For what cannot say why it failed: the value of body, or fallback when it throws. */
template <typename Value, typename Body> Value guard_value(Value fallback, Body &&body) noexcept
{
    try {
        return std::forward<Body>(body)();
    } catch (...) {
        return fallback;
    }
}

/* Refuses the caller's values unless condition holds. */
inline void require(bool condition, const char *message)
{
    if (!condition)
        throw failure(XC_INVALID_ARGUMENT, message);
}

/* The bytes that a (pointer, length) pair means. */
inline std::string to_string(const char *bytes, size_t length)
{
    require(bytes || length == 0, "NULL with a length above 0");
    return bytes ? std::string(bytes, length) : std::string();
}

/* Refuses what glass cannot use; 0 means its default. */
inline void require_block_size(uint32_t bytes)
{
    require(bytes == 0 || (bytes >= 2048 && bytes <= 65536 && (bytes & (bytes - 1)) == 0),
            "the block size is not a power of 2 from 2048 to 65536");
}

/* A malloc'ed copy with a NUL behind it. */
char *duplicate(const std::string &bytes);

/* The same as an output pair: NULL and 0 when bytes is empty. */
void give_bytes(const std::string &bytes, char **out, size_t *length);

/* Whether a key of these bytes fits limit when zero bytes count twice, as glass stores them. */
bool key_fits(const char *bytes, size_t length, size_t limit) noexcept;

} // namespace xc

#endif
