/* The names that the index contract is made of: docs/index-format.md says what each means. */
#ifndef INDEX_SCHEMA_H
#define INDEX_SCHEMA_H

/* Goes up when an older reader could not read what a newer writer wrote. */
#define PIL_FORMAT_NUMBER 2
/* Named properties of the format, in the manifest; a reader refuses names that it lacks. */
#define PIL_FORMAT_FEATURES                                                                        \
    "stems-only,no-positions,no-termlists,lexicon-blocks,dictionaries,common-grams"

/* Files and folders of an index directory. */
#define PIL_MANIFEST_NAME "manifest"
#define PIL_LOCK_NAME "lock"
#define PIL_CONFIG_NAME "config" /* of the user: never written by us */
#define PIL_SEGMENTS_NAME "segments"
#define PIL_CATALOGUE_PREFIX "catalogue-"
#define PIL_DICTIONARY_PREFIX "dictionary-"
#define PIL_BUILD_PREFIX "build-"
#define PIL_CHECKSUMS_NAME "checksums"

/* Term prefixes; after Xapian's convention. */
#define PIL_PREFIX_STEM "Z" /* body words; the only terms with a wdf above 0 */
/* Where a language begins in an article: its code; "L" alone when unknown. */
#define PIL_PREFIX_LANGUAGE "L"
#define PIL_PREFIX_GRAM "XG" /* two common stems side by side, a space between them */
/* Only the first paragraph of an article has these. */
#define PIL_PREFIX_ARTICLE "XA" /* digest of the article's id, 32 hex digits */
#define PIL_PREFIX_ID                                                                              \
    "Q" /* the first half of its paragraphs' ids, 8 hex digits, when that is                       \
           not the beginning of the digest: it was moved */

/* Value slots, of the first paragraph of an article. */
enum {
    PIL_SLOT_DATE = 1,   /* the article's date */
    PIL_SLOT_SOURCE = 2, /* publication */
    PIL_SLOT_AUTHOR = 3,
    PIL_SLOT_FINGERPRINT = 5 /* kept for near-duplicates; not written yet */
};

/* Metadata keys. */
#define PIL_KEY_FORMAT "pilcrow/format" /* PIL_FORMAT_NUMBER in decimal */
#define PIL_KEY_ACRONYM "acronym/"      /* + its number, 4 hex digits: a block of acronyms */
#define PIL_KEY_ARTICLE "article/"      /* + first docid, 8 hex digits: article metadata */
#define PIL_KEY_WORD "word/"            /* + language + "/" + form: a block of the lexicon */

/* BM25, in the form that libxapian computes; a paragraph shorter than a tenth of the average
 * counts as a tenth. */
#define PIL_BM25_K1 1.2
#define PIL_BM25_B 0.75
#define PIL_BM25_MIN_LENGTH 0.1

#endif
