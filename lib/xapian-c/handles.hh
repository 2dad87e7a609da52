/* What the opaque handles of xapian_c.h hold. Internal to this folder. */
#ifndef XAPIAN_C_HANDLES_HH
#define XAPIAN_C_HANDLES_HH

#include "guard.hh"

#include <xapian.h>

/* Ids cross the boundary as uint32_t; a libxapian built with wider ones needs a wider header. */
static_assert(sizeof(Xapian::docid) == sizeof(uint32_t), "libxapian has 64-bit document ids");

struct xc_database {
    Xapian::Database db;
    bool closed = false;
};

struct xc_document {
    Xapian::Document document;
};

struct xc_writer {
    Xapian::WritableDatabase db;
    bool failed = false;
};

struct xc_query {
    Xapian::Query query;
};

namespace xc
{

/* The database behind a handle that must be open. libxapian itself still answers some questions
 * from memory after close, so it is not asked. */
inline Xapian::Database &open_database(xc_database *database)
{
    require(database != nullptr, "no database");
    if (database->closed)
        throw failure(XC_CLOSED, "the database was closed");
    return database->db;
}

} // namespace xc

#endif
