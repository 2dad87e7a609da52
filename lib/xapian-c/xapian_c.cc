/* Names, versions, memory and limits. */
#include "handles.hh"

#include <cstdlib>

namespace
{

/* In the order of xc_status. */
const char *const status_names[] = {
    "ok",          "no memory", "invalid argument", "I/O error",    "not found", "exists",
    "busy",        "stale",     "corrupt",          "incompatible", "bad query", "limit",
    "no document", "closed",    "network",          "unsupported",  "cancelled", "internal error"};

} // namespace

const char *xc_status_name(xc_status status)
{
    return xc::guard_value("unknown", [=] {
        size_t n = static_cast<size_t>(status);
        return n < sizeof status_names / sizeof *status_names ? status_names[n] : "unknown";
    });
}

const char *xc_version_runtime(void)
{
    return xc::guard_value("unknown", [] { return Xapian::version_string(); });
}

const char *xc_version_build(void)
{
    return xc::guard_value("unknown", [] { return XAPIAN_VERSION; });
}

void xc_free(void *memory)
{
    (void)xc::guard(nullptr, [=] { std::free(memory); });
}

bool xc_term_fits(const char *term, size_t length)
{
    return xc::guard_value(false, [=] { return xc::key_fits(term, length, XC_MAX_TERM_BYTES); });
}
