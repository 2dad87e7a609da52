/* Languages as small numbers, for records: docs/index-format.md has the table. It is part of the
 * format: numbers are never given anew, only added. Private to this folder. */
#ifndef INDEX_LANGUAGE_CODE_H
#define INDEX_LANGUAGE_CODE_H

enum {
    PIL_LANGUAGE_OTHER = 63, /* none of the table's: the language stands beside it as a string */
    PIL_LANGUAGE_BITS = 6
};

/* The number of language (NULL or "": 0), or PIL_LANGUAGE_OTHER. */
unsigned pil_language_code(const char *language);
/* The language with this number, static; NULL when no language has it. */
const char *pil_language_of_code(unsigned code);

#endif
