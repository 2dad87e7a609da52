/* libxapian in C: databases, queries, searching, writing and compaction over opaque handles.
 *
 * Usable as it stands by any C17 or C++17 program; depends on libxapian 1.4 or 2.x only.
 *
 * Strings are (pointer, length) pairs and may hold any bytes, NUL included; the pointer may be
 * NULL when the length is 0. Paths are NUL-terminated, as the system has them.
 *
 * Errors: a function that can fail returns an xc_status and takes an xc_error as its last
 * parameter, which may be NULL. On failure, outputs are NULL or 0 and the xc_error says why; on
 * success the xc_error is not touched. Each function can return
 *   XC_NO_MEMORY, XC_INTERNAL, and XC_INVALID_ARGUMENT when a pointer is NULL that must not be;
 * each one that reads a database can return, and its comment calls these "the reading errors",
 *   XC_STALE, XC_CORRUPT, XC_IO, XC_CLOSED, XC_NETWORK and XC_UNSUPPORTED.
 * No C++ exception ever leaves a function.
 *
 * XC_STALE: a reader's snapshot survives one later commit of a writer and may die at the second.
 * xc_database_reopen, then repeat the whole operation; bound the number of attempts. Nothing here
 * retries.
 *
 * Callbacks run inside libxapian's frames: they must return normally, so no longjmp, no
 * pthread_exit and no C++ exception.
 *
 * Threads: there is no global state, but libxapian's reference counts are not atomic. A handle,
 * and all that was made from it (queries are parts of the queries they went into), belong to one
 * thread at a time.
 *
 * libxapian trusts the bytes that it reads: damaged files may give wrong answers, and some damage
 * (in the version file above all) crashes it. Verify checksums of your own before opening.
 *
 * After fork, a child must not free a writer that its parent opened; it should exec or _exit. */
#ifndef XAPIAN_C_H
#define XAPIAN_C_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define XC_NODISCARD __attribute__((warn_unused_result))
#else
#define XC_NODISCARD
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Errors ---------------------------------------------------------------------------- */

/* Each code is an action for the caller. The values are fixed. */
typedef enum xc_status {
    XC_OK = 0,
    XC_NO_MEMORY = 1,        /* give up */
    XC_INVALID_ARGUMENT = 2, /* the caller's values are wrong; a writer's batch is intact */
    XC_IO = 3,               /* the system refused, or a database error of no other kind */
    XC_NOT_FOUND = 4,        /* there is no database at this path */
    XC_EXISTS = 5,           /* there is one already */
    XC_BUSY = 6,             /* another writer holds the lock */
    XC_STALE = 7,            /* reopen and repeat the whole operation */
    XC_CORRUPT = 8,          /* stored bytes are not what was written */
    XC_INCOMPATIBLE = 9,     /* written by a version that this libxapian cannot read */
    XC_BAD_QUERY = 10,       /* the query cannot be understood */
    XC_LIMIT = 11,           /* a wildcard has more expansions than its cap */
    XC_DOC_NOT_FOUND = 12,   /* there is no document with this id */
    XC_CLOSED = 13,          /* the handle was closed, or a writer failed before */
    XC_NETWORK = 14,         /* a remote database does not answer */
    XC_UNSUPPORTED = 15,     /* this build or this kind of database cannot do that */
    XC_CANCELLED = 16,       /* a callback asked to end the search */
    XC_INTERNAL = 17         /* a bug, here or in libxapian */
} xc_status;

/* What went wrong: owned by the caller; filling it in never allocates. */
typedef struct xc_error {
    xc_status status;
    char type[48];     /* libxapian's name for it, e.g. "DatabaseLockError"; "" when it has none */
    char message[256]; /* one line without control characters, cut when too long */
} xc_error;

/* A short English name for a status, for messages. Static; "unknown" for other values. */
const char *xc_status_name(xc_status status);

/* libxapian's version, e.g. "1.4.22": the one that runs, and the one this was compiled with. Both
 * static. */
const char *xc_version_runtime(void);
const char *xc_version_build(void);

/* Frees an array or a string that a function here gave away. NULL is fine. */
void xc_free(void *memory);

/* ---- Limits ---------------------------------------------------------------------------- */

#define XC_MAX_TERM_BYTES 245                   /* a zero byte counts twice */
#define XC_MAX_METADATA_KEY_BYTES 245           /* a zero byte counts twice */
#define XC_MAX_DATA_BYTES (16u * 1024u * 1024u) /* of a document's data, a value, metadata */
#define XC_UUID_BYTES 36                        /* of a database's uuid as text, without NUL */
#define XC_NO_SLOT UINT32_MAX                   /* no value slot has this number */

/* True when term can be stored: 1 to XC_MAX_TERM_BYTES bytes, zero bytes counted twice. */
bool xc_term_fits(const char *term, size_t length);

/* ---- Databases ------------------------------------------------------------------------- */

/* One database, or several searched as one. A combined database of n shards interleaves ids:
 * combined id d is document xc_local_docid(d, n) of shard xc_shard_of(d, n), shards counted from
 * 0 in the order in which they were opened. Ids start at 1; 0 is none. n must not be 0. */
typedef struct xc_database xc_database;

static inline uint32_t xc_shard_of(uint32_t docid, uint32_t n_shards)
{
    return (docid - 1) % n_shards;
}

static inline uint32_t xc_local_docid(uint32_t docid, uint32_t n_shards)
{
    return (docid - 1) / n_shards + 1;
}

/* 0 when the combined id does not fit 32 bits. */
static inline uint32_t xc_combined_docid(uint32_t shard, uint32_t local_docid, uint32_t n_shards)
{
    uint64_t docid = ((uint64_t)local_docid - 1) * n_shards + shard + 1;
    return docid > UINT32_MAX ? 0 : (uint32_t)docid;
}

/* Opens the database at path for reading: a directory, a single-file database or a stub file. It
 * sees the last commit; neither locks nor waits. *out: the caller's, to be freed. XC_NOT_FOUND,
 * XC_INCOMPATIBLE, the reading errors. */
XC_NODISCARD xc_status xc_database_open(const char *path, xc_database **out, xc_error *err);

/* Opens paths[0..n_paths), n_paths >= 1, as one combined database whose shards keep this order.
 * All or none. Errors as above; XC_INVALID_ARGUMENT when there are no paths. */
XC_NODISCARD xc_status xc_database_open_many(const char *const *paths, size_t n_paths,
                                             xc_database **out, xc_error *err);

/* Moves to the last commit of each shard. *changed (may be NULL): whether any had a newer one.
 * The reading errors. */
XC_NODISCARD xc_status xc_database_reopen(xc_database *database, bool *changed, xc_error *err);

/* Closes the files now; every later call but close and free gives XC_CLOSED. Closing twice is
 * fine. XC_IO. */
xc_status xc_database_close(xc_database *database, xc_error *err);

/* Closes and frees. NULL is fine. */
void xc_database_free(xc_database *database);

typedef struct xc_stats {
    uint32_t n_docs;
    uint32_t last_docid;   /* highest id ever used, combined; 0 when empty */
    uint32_t n_shards;     /* >= 1 */
    uint64_t total_length; /* sum of the documents' lengths, a length being the sum of its wdfs */
    double average_length; /* 0 when empty */
    bool has_positions;
} xc_stats;

/* The reading errors. */
XC_NODISCARD xc_status xc_database_stats(xc_database *database, xc_stats *out, xc_error *err);

/* The uuid of a database of one shard, as XC_UUID_BYTES characters with a NUL behind. It is made
 * when a database is created or compacted; a copy of the files has the same one. For a combined
 * database XC_INVALID_ARGUMENT; XC_UNSUPPORTED when it has none (in memory); the reading errors. */
XC_NODISCARD xc_status xc_database_uuid(xc_database *database, char out[XC_UUID_BYTES + 1],
                                        xc_error *err);

/* *value: metadata under key, *length bytes with a NUL behind, the caller's (xc_free). Missing and
 * empty are the same to libxapian: *value is NULL and *length 0. Of a combined database only the
 * first shard's metadata is seen. XC_INVALID_ARGUMENT for an empty key; the reading errors. */
XC_NODISCARD xc_status xc_metadata_get(xc_database *database, const char *key, size_t key_length,
                                       char **value, size_t *length, xc_error *err);

/* The metadata entry with the first key, in byte order, that begins with prefix and is key or comes
 * behind it: *found_key and *value, *found_length and *value_length bytes with a NUL behind each,
 * are the caller's (xc_free). Without one *found_key is NULL. Of a combined database only the first
 * shard's. The reading errors. */
XC_NODISCARD xc_status xc_metadata_seek(xc_database *database, const char *prefix,
                                        size_t prefix_length, const char *key, size_t key_length,
                                        char **found_key, size_t *found_length, char **value,
                                        size_t *value_length, xc_error *err);

/* Is given a key, which is valid during the call, and returns false to stop. It may read the same
 * database, but neither reopen nor close it. */
typedef bool (*xc_key_callback)(void *context, const char *key, size_t length);

/* Calls callback for each metadata key that starts with prefix, in byte order. Of a combined
 * database only the first shard's. The reading errors. */
XC_NODISCARD xc_status xc_metadata_each_key(xc_database *database, const char *prefix,
                                            size_t prefix_length, xc_key_callback callback,
                                            void *context, xc_error *err);

typedef struct xc_term {
    const char *bytes; /* valid during the call; no NUL behind */
    size_t length;
    uint32_t n_docs;        /* documents that have it */
    uint64_t n_occurrences; /* sum of its wdfs; 0 when not asked for */
} xc_term;

/* Is given a term and returns false to stop. It may read the same database, but neither reopen
 * nor close it. */
typedef bool (*xc_term_callback)(void *context, const xc_term *term);

/* Calls callback for each term that starts with prefix ("" for all), in byte order.
 * with_occurrences: fill in n_occurrences, which costs one more look-up a term. The reading
 * errors. */
XC_NODISCARD xc_status xc_database_each_term(xc_database *database, const char *prefix,
                                             size_t prefix_length, bool with_occurrences,
                                             xc_term_callback callback, void *context,
                                             xc_error *err);

/* How many documents have term, and the sum of its wdfs; both 0 when there is none. Either output
 * may be NULL. The empty term means every document. The reading errors. */
XC_NODISCARD xc_status xc_database_term(xc_database *database, const char *term, size_t length,
                                        uint32_t *n_docs, uint64_t *n_occurrences, xc_error *err);

/* The ids of the documents that have term, ascending: *docids[0..*n), and its wdf in each:
 * *wdfs[0..*n), or wdfs NULL. Both are the caller's (xc_free); NULL when there are none. The empty
 * term means every document; its wdf is 1. The reading errors. */
XC_NODISCARD xc_status xc_database_postings(xc_database *database, const char *term, size_t length,
                                            uint32_t **docids, uint32_t **wdfs, size_t *n,
                                            xc_error *err);

/* The lengths of the documents first, first + 1, ...: lengths[0..n), the sum of the wdfs of each; 0
 * where there is none. Far cheaper than xc_document_length for each. XC_INVALID_ARGUMENT for first
 * 0; the reading errors. */
XC_NODISCARD xc_status xc_database_lengths(xc_database *database, uint32_t first, size_t n,
                                           uint32_t *lengths, xc_error *err);

/* ---- Documents that are read ------------------------------------------------------------ */

/* *data: the data of document docid, *length bytes with a NUL behind, the caller's (xc_free).
 * XC_DOC_NOT_FOUND; XC_INVALID_ARGUMENT for docid 0; the reading errors. */
XC_NODISCARD xc_status xc_document_data(xc_database *database, uint32_t docid, char **data,
                                        size_t *length, xc_error *err);

/* *value: what slot of document docid holds, as above. A slot that is not set is empty: NULL and
 * 0. Errors as above. */
XC_NODISCARD xc_status xc_document_value(xc_database *database, uint32_t docid, uint32_t slot,
                                         char **value, size_t *length, xc_error *err);

/* *length: the sum of the wdfs of document docid. Errors as above. */
XC_NODISCARD xc_status xc_document_length(xc_database *database, uint32_t docid, uint32_t *length,
                                          xc_error *err);

/* ---- Writing ---------------------------------------------------------------------------- */

/* A document to be added. */
typedef struct xc_document xc_document;

/* An empty document, the caller's. */
XC_NODISCARD xc_status xc_document_new(xc_document **out, xc_error *err);
/* Makes it empty again; cheaper than a new one. */
XC_NODISCARD xc_status xc_document_clear(xc_document *document, xc_error *err);
/* NULL is fine. */
void xc_document_free(xc_document *document);

/* Copies the data in, replacing what was there. XC_INVALID_ARGUMENT above XC_MAX_DATA_BYTES. */
XC_NODISCARD xc_status xc_document_set_data(xc_document *document, const char *data, size_t length,
                                            xc_error *err);

/* Adds term, or adds wdf to the wdf that it has. wdf 0: the term is found but counts neither for
 * ranking nor for the document's length. XC_INVALID_ARGUMENT when it is empty or too long
 * (xc_term_fits); the document is then as before, so is a writer's batch. */
XC_NODISCARD xc_status xc_document_add_term(xc_document *document, const char *term, size_t length,
                                            uint32_t wdf, xc_error *err);

/* Sets value slot; an empty value removes it. XC_INVALID_ARGUMENT for slot XC_NO_SLOT or above
 * XC_MAX_DATA_BYTES. */
XC_NODISCARD xc_status xc_document_set_value(xc_document *document, uint32_t slot,
                                             const char *value, size_t length, xc_error *err);

/* A database open for writing; at most one a database, in all processes. Nothing is visible to
 * readers, or survives, before xc_writer_commit. libxapian spills to disk every 10,000 documents
 * ($XAPIAN_FLUSH_THRESHOLD, which it reads itself), still uncommitted, so memory is bounded.
 *
 * When adding, setting metadata or committing fails other than with XC_INVALID_ARGUMENT, libxapian
 * has thrown away what was not committed: every later call but free then gives XC_CLOSED. */
typedef struct xc_writer xc_writer;

/* Exactly one of the first four. */
enum {
    XC_WRITER_OPEN = 0,   /* there must be one */
    XC_WRITER_CREATE = 1, /* there must be none */
    XC_WRITER_OPEN_OR_CREATE = 2,
    XC_WRITER_OVERWRITE = 3,      /* replaces the one that is there */
    XC_WRITER_NO_TERMLIST = 0x10, /* no list of terms by document, which only deleting, replacing
                                     and query expansion need; give it each time it is opened */
    XC_WRITER_NO_SYNC = 0x20,     /* no fsync at commit */
    XC_WRITER_DANGEROUS = 0x40    /* update in place: unusable after a crash, no readers meanwhile;
                                     for throw-away databases */
};

/* Opens the database at path for writing. flags as above; block_size_bytes: 0, or a power of 2
 * from 2048 to 65536 for a new database. *out: the caller's. libxapian does not fsync
 * directories: after creating and after each commit, fsync path and its parent to survive power
 * loss. XC_BUSY, XC_NOT_FOUND, XC_EXISTS, XC_INVALID_ARGUMENT for other flags, XC_INCOMPATIBLE,
 * XC_CORRUPT, XC_IO. */
XC_NODISCARD xc_status xc_writer_open(const char *path, unsigned flags, uint32_t block_size_bytes,
                                      xc_writer **out, xc_error *err);

/* Adds document, which stays the caller's and may be changed and added again. *docid (may be
 * NULL): its id, the highest so far plus one. XC_IO, XC_CORRUPT, XC_CLOSED. */
XC_NODISCARD xc_status xc_writer_add(xc_writer *writer, const xc_document *document,
                                     uint32_t *docid, xc_error *err);

/* Sets metadata; an empty value removes the key. XC_INVALID_ARGUMENT, with the batch intact, when
 * the key is empty or above XC_MAX_METADATA_KEY_BYTES or the value above XC_MAX_DATA_BYTES;
 * XC_IO, XC_CORRUPT, XC_CLOSED. */
XC_NODISCARD xc_status xc_writer_set_metadata(xc_writer *writer, const char *key, size_t key_length,
                                              const char *value, size_t value_length,
                                              xc_error *err);

/* Makes all that was added visible and, but for the directory's own fsync, durable. On failure
 * the last commit stands. XC_IO, XC_CORRUPT, XC_CLOSED. */
XC_NODISCARD xc_status xc_writer_commit(xc_writer *writer, xc_error *err);

/* Discards what is not committed, releases the lock and frees. NULL is fine. */
void xc_writer_free(xc_writer *writer);

/* ---- Queries ---------------------------------------------------------------------------- */

/* A query; immutable. Every constructor copies what it is given (cheaply: sub-queries are shared
 * by reference count), so the caller frees each query that it made, in any order, whether it went
 * into another one or not.
 *
 * Depth and size are the caller's to cap: libxapian recurses, and overflows the stack at some ten
 * thousand levels; 20,000 terms take seconds. */
typedef struct xc_query xc_query;

typedef enum xc_operator {
    XC_AND = 0,       /* all parts; weights are summed */
    XC_OR = 1,        /* any part; weights are summed */
    XC_AND_NOT = 2,   /* the first part but none of the others; the first part's weight */
    XC_FILTER = 3,    /* all parts; the first part's weight */
    XC_AND_MAYBE = 4, /* the first part; weights are summed */
    XC_MAX = 5,       /* any part; the highest weight */
    XC_SYNONYM = 6    /* any part; weighted as one term. No pruning within: slower than the rest */
} xc_operator;

/* NULL is fine. */
void xc_query_free(xc_query *query);

/* Documents that have term. wqf: how often it is in the query, for its weight; 1 as a rule. The
 * empty term is refused (XC_INVALID_ARGUMENT); one too long to be stored matches nothing. */
XC_NODISCARD xc_status xc_query_term(const char *term, size_t length, uint32_t wqf, xc_query **out,
                                     xc_error *err);

/* parts[0..n_parts) under op, in this order. Without parts it matches nothing. */
XC_NODISCARD xc_status xc_query_combine(xc_operator op, const xc_query *const *parts,
                                        size_t n_parts, xc_query **out, xc_error *err);

/* query with its weight multiplied by factor: finite, not negative, else XC_INVALID_ARGUMENT. */
XC_NODISCARD xc_status xc_query_scale(const xc_query *query, double factor, xc_query **out,
                                      xc_error *err);

typedef enum xc_wildcard_limit {
    XC_WILDCARD_ERROR = 0,        /* searching gives XC_LIMIT */
    XC_WILDCARD_FIRST = 1,        /* the first ones in byte order */
    XC_WILDCARD_MOST_FREQUENT = 2 /* the most frequent ones; opens all of them first */
} xc_wildcard_limit;

/* Documents that have any term that starts with prefix (not empty), combined by op, which is
 * XC_SYNONYM, XC_OR or XC_MAX. max_expansions (>= 1) caps the number of terms, in each shard by
 * itself; limit says what happens above it. XC_INVALID_ARGUMENT. */
XC_NODISCARD xc_status xc_query_wildcard(const char *prefix, size_t length, uint32_t max_expansions,
                                         xc_wildcard_limit limit, xc_operator op, xc_query **out,
                                         xc_error *err);

/* Documents whose value in slot is, byte by byte, >= lower and <= upper. A NULL pointer leaves
 * that end open (the one exception to "NULL is empty"); not both. Weight 0. With lower > upper it
 * matches nothing. A document whose slot is not set is in no range. */
XC_NODISCARD xc_status xc_query_value_range(uint32_t slot, const char *lower, size_t lower_length,
                                            const char *upper, size_t upper_length, xc_query **out,
                                            xc_error *err);

/* Every document; no document. Weight 0. */
XC_NODISCARD xc_status xc_query_match_all(xc_query **out, xc_error *err);
XC_NODISCARD xc_status xc_query_match_nothing(xc_query **out, xc_error *err);

/* Documents first to last, both included, local to one shard. */
typedef struct xc_docid_range {
    uint32_t first, last;
} xc_docid_range;

/* What is selected in the shard with this uuid. */
typedef struct xc_shard_ranges {
    const char *uuid; /* as xc_database_uuid gives it; need not end in NUL */
    size_t uuid_length;
    const xc_docid_range *ranges; /* [0..n_ranges), ascending, not overlapping */
    size_t n_ranges;
} xc_shard_ranges;

/* Documents whose local id is in the ranges given for their shard; none in a shard that is not
 * named. Weight 0; skipping costs a binary search. Shards are known by uuid, so it works whatever
 * the order in which they were opened, and copies of one database in one search share its ranges.
 * The ranges are copied. An id in them that the database lacks (it deleted documents) is matched
 * too when this query stands alone: filter with xc_query_match_all then. Not for remote shards
 * (searching gives XC_UNSUPPORTED). XC_INVALID_ARGUMENT when ranges are not ascending, first is 0
 * or a uuid occurs twice. */
XC_NODISCARD xc_status xc_query_docid_ranges(const xc_shard_ranges *shards, size_t n_shards,
                                             xc_query **out, xc_error *err);

/* What documents of the shard with this uuid weigh. */
typedef struct xc_shard_weights {
    const char *uuid; /* as in xc_shard_ranges */
    size_t uuid_length;
    const uint32_t *docids; /* [0..n), ascending; borrowed, as weights */
    const double *weights;  /* [0..n) of them: finite, not negative */
    size_t n;
} xc_shard_weights;

/* Documents with the weights given, by shard as in xc_query_docid_ranges: for weights that were
 * summed up beforehand, which for the union of hundreds of terms is several times as fast as
 * XC_SYNONYM. docids and weights must stay until this query and those that it was made a part of
 * are freed. XC_INVALID_ARGUMENT when docids are not ascending or 0, a weight is negative or no
 * number, or a uuid occurs twice. */
XC_NODISCARD xc_status xc_query_docid_weights(const xc_shard_weights *shards, size_t n_shards,
                                              xc_query **out, xc_error *err);

/* The same query, which libxapian goes through document by document. Of an XC_OR it otherwise loses
 * a hit now and then (measured with 1.4.22: 1 of 600 rankings), when it leaves out what cannot
 * enter the result; asked about one document after another it does not, and is as fast. Not for
 * remote shards; a database with deleted documents must be filtered with xc_query_match_all as
 * well. */
XC_NODISCARD xc_status xc_query_in_order(const xc_query *query, xc_query **out, xc_error *err);

/* *text: libxapian's description of the query, for tests and logs, NUL-terminated, the caller's
 * (xc_free). */
XC_NODISCARD xc_status xc_query_describe(const xc_query *query, char **text, xc_error *err);

/* ---- Searching -------------------------------------------------------------------------- */

/* A document on which a decider decides. Valid during the call; what the accessors return is
 * valid until the same accessor is called again or the decider returns. Each reads the database,
 * so ask only for what is needed. When one fails and the decider returns, the search ends with
 * that failure, whatever was returned. */
typedef struct xc_candidate xc_candidate;

/* The document's id in its shard. */
uint32_t xc_candidate_docid(const xc_candidate *candidate);
/* The uuid of its shard, with a NUL behind; NULL unless the search was asked to tell. */
const char *xc_candidate_shard(const xc_candidate *candidate);
/* *data: *length bytes with a NUL behind, borrowed. The reading errors. */
XC_NODISCARD xc_status xc_candidate_data(xc_candidate *candidate, const char **data, size_t *length,
                                         xc_error *err);
/* *value: likewise, what slot holds; empty when it is not set. */
XC_NODISCARD xc_status xc_candidate_value(xc_candidate *candidate, uint32_t slot,
                                          const char **value, size_t *length, xc_error *err);

typedef enum xc_verdict {
    XC_REJECT = 0,
    XC_ACCEPT = 1,
    XC_CANCEL = 2 /* end the search with XC_CANCELLED */
} xc_verdict;

/* Called only for documents that match the query and can still enter the result by their weight,
 * so neither for every match nor in order of rank; accepted ones may still be pushed out by
 * better ones. It may read other databases, not the one searched but through the candidate. */
typedef xc_verdict (*xc_decider)(void *context, xc_candidate *candidate);

typedef enum xc_weighting {
    XC_WEIGHT_BM25 = 0,
    XC_WEIGHT_NONE = 1 /* all weights are 0; in order of docid unless sorted */
} xc_weighting;

typedef struct xc_bm25 {
    double k1, k2, k3, b, min_normlen; /* as in Xapian::BM25Weight */
} xc_bm25;

typedef enum xc_sort {
    XC_SORT_RELEVANCE = 0,
    XC_SORT_VALUE = 1,           /* sort_slot only; stops libxapian from pruning */
    XC_SORT_VALUE_RELEVANCE = 2, /* sort_slot, then weight; stops it as well */
    XC_SORT_RELEVANCE_VALUE = 3  /* weight, then sort_slot */
} xc_sort;

/* Set defaults with xc_search_options_init, then change what differs. */
typedef struct xc_search_options {
    uint32_t first;          /* rank of the first hit wanted, from 0; default 0 */
    uint32_t max_hits;       /* default 10 */
    uint32_t check_at_least; /* look at so many matches before pruning, for counts and facets;
                                UINT32_MAX: at all, so that counts are exact; default 0 */
    xc_weighting weighting;  /* default XC_WEIGHT_BM25 */
    xc_bm25 bm25;            /* default as libxapian's: 1, 0, 1, 0.5, 0.5 */
    xc_decider decider;      /* default NULL: accept all */
    void *decider_context;
    bool tells_shard; /* the decider wants to know the shard, which libxapian 1.4 does not tell by
                         itself; not for remote shards; default false */
    uint32_t collapse_slot; /* keep at most collapse_max hits with the same value in this slot; an
                               empty value is not collapsed; default XC_NO_SLOT: all */
    uint32_t collapse_max;  /* default 1 */
    xc_sort sort;           /* default XC_SORT_RELEVANCE; last resort is the docid, ascending */
    uint32_t sort_slot;     /* default XC_NO_SLOT; must be set when sort needs it */
    bool sort_ascending;    /* of the value, in byte order; default false */
    const uint32_t *facet_slots; /* [0..n_facet_slots): count the values of these slots over the
                                    matches looked at (see check_at_least); default none */
    size_t n_facet_slots;
} xc_search_options;

void xc_search_options_init(xc_search_options *options);

typedef struct xc_hit {
    uint32_t docid; /* combined */
    uint32_t shard; /* from 0, in the order opened */
    uint32_t local_docid;
    double weight;
    int percent;             /* of the best possible weight, as libxapian scales it: 0..100 */
    uint32_t collapse_count; /* lower bound of the hits that were left out for this one */
} xc_hit;

typedef struct xc_facet_value {
    const char *value; /* with a NUL behind */
    size_t length;
    uint32_t n_docs;
} xc_facet_value;

typedef struct xc_facet {
    uint32_t slot;
    uint32_t n_docs;              /* matches counted, with or without a value */
    const xc_facet_value *values; /* [0..n_values), most documents first, then in byte order */
    size_t n_values;
} xc_facet;

/* What was found; the caller's, and independent of the database. Hits carry no data: read the
 * data of those that are shown. */
typedef struct xc_results {
    const xc_hit *hits; /* [0..n_hits), best first */
    size_t n_hits;
    uint32_t matches_lower, matches_estimated, matches_upper; /* bounds of all matches */
    uint64_t n_decided;                                       /* calls of the decider */
    const xc_facet *facets; /* [0..n_facets), in the order of facet_slots */
    size_t n_facets;
} xc_results;

/* Runs query on database. options NULL means the defaults. *out: the caller's, to be freed by
 * xc_results_free. XC_LIMIT, XC_CANCELLED; XC_INVALID_ARGUMENT for option values out of range;
 * the reading errors. There is no time limit; a decider can cancel. */
XC_NODISCARD xc_status xc_search(xc_database *database, const xc_query *query,
                                 const xc_search_options *options, xc_results **out, xc_error *err);

/* NULL is fine. */
void xc_results_free(xc_results *results);

/* ---- Care of databases ------------------------------------------------------------------ */

/* Exactly one of the first three. */
enum {
    XC_COMPACT_STANDARD = 0,
    XC_COMPACT_FULL = 1,           /* smaller; as a rule */
    XC_COMPACT_FULLER = 2,         /* smaller still, for what is never updated; needs 1.4.31 */
    XC_COMPACT_NO_RENUMBER = 0x10, /* keep ids: the inputs' ranges of ids must not overlap */
    XC_COMPACT_MULTIPASS = 0x20,   /* merge in several passes, for more than three inputs */
    XC_COMPACT_SINGLE_FILE = 0x40  /* output is one file, read-only */
};

/* Writes the documents of inputs[0..n_inputs), n_inputs >= 1, in this order into a new database at
 * output. Without XC_COMPACT_NO_RENUMBER the ids of each input follow those of the one before.
 * Of metadata under one key in several inputs, the first input's stays. block_size_bytes as in
 * xc_writer_open. Files are not synced. On failure a half-made output may stay. XC_EXISTS when
 * something is at output already, XC_NOT_FOUND, XC_INVALID_ARGUMENT (flags, overlapping ids),
 * XC_UNSUPPORTED for XC_COMPACT_FULLER before libxapian 1.4.31, whose faults there damage memory,
 * the reading errors. */
XC_NODISCARD xc_status xc_compact(const char *const *inputs, size_t n_inputs, const char *output,
                                  unsigned flags, uint32_t block_size_bytes, xc_error *err);

/* Checks the database at path. *n_errors: faults found; *report (may be NULL): libxapian's text on
 * them, NUL-terminated, the caller's (xc_free). XC_NOT_FOUND, the reading errors.
 *
 * Run this in a child process that may not write (a damaged termlist crashes it, and a damaged
 * version file was seen to make it truncate a table). It knows no checksums: most flipped bits in
 * stored data pass. */
XC_NODISCARD xc_status xc_check(const char *path, size_t *n_errors, char **report, xc_error *err);

#ifdef __cplusplus
}
#endif

#endif
