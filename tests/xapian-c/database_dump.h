/* Everything that libxapian says of a database, as text: two databases that dump identically are
 * the same to whoever searches them. */
#ifndef XAPIAN_C_DATABASE_DUMP_H
#define XAPIAN_C_DATABASE_DUMP_H

#include <stdbool.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Writes a line for each statistic, document (length and data), term (frequencies, bound of the
 * wdf, postings with their wdfs), value slot and metadata key of the database at path. False when
 * libxapian fails; the last line then says how. */
bool pil_database_dump(const char *path, FILE *out);

#ifdef __cplusplus
}
#endif

#endif
