/* What a reader makes of an input, as one string that tests can compare. */
#ifndef SUPPORT_READ_ARTICLES_H
#define SUPPORT_READ_ARTICLES_H

#include "indexer/article.h"

/* One line for each thing in the order of the calls, with line ends and backslashes in texts
 * written as \n and \\:
 *   article id=x line=3 title=T author=A date=D language=en source=S url=U   (what is not NULL)
 *   <line>|<heading path>|<text>                                             (a paragraph)
 *   note <line> skipped|mended: <message>
 *   <status name>: <message>                                                 (unless PIL_OK)
 * The file's title is "file". The caller frees it; a failure of the test itself aborts. */
char *pil_test_read(pil_format format, const char *bytes, size_t length);

/* The same for paragraphs alone, without the lines of articles. */
char *pil_test_describe(const pil_paragraphs *paragraphs);

#endif
