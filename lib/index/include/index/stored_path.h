/* How the index names files: below the folder that holds the index directory as a relative path,
 * so that folder and index can be moved together; elsewhere as an absolute one. "-" is standard
 * input. */
#ifndef INDEX_STORED_PATH_H
#define INDEX_STORED_PATH_H

/* Both for the caller to free; NULL when memory ran out. index_directory and path are absolute
 * and without "." or ".." (as realpath gives them). */
char *pil_stored_path_from(const char *index_directory, const char *path);
char *pil_stored_path_resolve(const char *index_directory, const char *stored);

#endif
