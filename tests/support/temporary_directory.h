/* A directory of its own for a test that needs files. Failures abort the test program with a
 * message: a test without its files has nothing to say. */
#ifndef SUPPORT_TEMPORARY_DIRECTORY_H
#define SUPPORT_TEMPORARY_DIRECTORY_H

#include <stddef.h>

/* Makes an empty directory below $TMPDIR, or /tmp. Returns its absolute path, to be given to
 * pil_temporary_directory_remove. */
char *pil_temporary_directory_new(void);

/* Removes the directory with all that is in it, and frees the path. NULL is fine. */
void pil_temporary_directory_remove(char *directory);

/* Returns directory/name as a new string; the caller frees it. */
char *pil_temporary_directory_path(const char *directory, const char *name);

/* Writes a file directory/name with these bytes, replacing one that is there; directories that
 * name goes through are made. */
void pil_temporary_directory_write(const char *directory, const char *name, const void *bytes,
                                   size_t length);

/* Returns what is in directory/name, with a NUL behind it; the caller frees it. Its length goes to
 * *length unless that is NULL. NULL when there is no such file. */
char *pil_temporary_directory_read(const char *directory, const char *name, size_t *length);

#endif
