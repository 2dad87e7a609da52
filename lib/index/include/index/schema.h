/* The names that the index contract is made of: docs/index-format.md says what each means. */
#ifndef INDEX_SCHEMA_H
#define INDEX_SCHEMA_H

/* Goes up when an older reader could not read what a newer writer wrote. */
#define PIL_FORMAT_NUMBER 1
/* Named properties of the format, in the manifest; a reader refuses names that it lacks. */
#define PIL_FORMAT_FEATURES "stems-only,no-positions,no-termlists,lexicon"

/* Files and folders of an index directory. */
#define PIL_MANIFEST_NAME "manifest"
#define PIL_LOCK_NAME "lock"
#define PIL_SEGMENTS_NAME "segments"
#define PIL_CATALOGUE_PREFIX "catalogue-"
#define PIL_BUILD_PREFIX "build-"
#define PIL_CHECKSUMS_NAME "checksums"

/* Term prefixes; after Xapian's convention. */
#define PIL_PREFIX_STEM "Z"     /* body words; the only terms with a wdf above 0 */
#define PIL_PREFIX_ID "Q"       /* paragraph id, 16 hex digits */
#define PIL_PREFIX_LANGUAGE "L" /* language code; "L" alone when unknown */
#define PIL_PREFIX_ARTICLE "XA" /* digest of the article's id, 32 hex digits */

/* Value slots. */
enum {
    PIL_SLOT_ARTICLE = 0, /* digest of the article's id */
    PIL_SLOT_DATE = 1,    /* the article's date */
    PIL_SLOT_SOURCE = 2,  /* publication */
    PIL_SLOT_AUTHOR = 3,
    PIL_SLOT_LANGUAGE = 4,   /* of the paragraph */
    PIL_SLOT_FINGERPRINT = 5 /* kept for near-duplicates; not written yet */
};

/* Metadata keys. */
#define PIL_KEY_FORMAT "pilcrow/format" /* PIL_FORMAT_NUMBER in decimal */
#define PIL_KEY_ARTICLE "article/"      /* + first docid, 8 hex digits: article metadata */
#define PIL_KEY_WORD "word/"            /* + form + "/" + language: a lexicon entry */

/* BM25, in the form that libxapian computes; a paragraph shorter than a tenth of the average
 * counts as a tenth. */
#define PIL_BM25_K1 1.2
#define PIL_BM25_B 0.75
#define PIL_BM25_MIN_LENGTH 0.1

#endif
