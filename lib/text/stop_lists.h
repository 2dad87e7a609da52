/* The lists of stop words. Internal to lib/text. */
#ifndef TEXT_STOP_LISTS_H
#define TEXT_STOP_LISTS_H

/* Words in the form that tokens have, in order of their bytes, set off by blanks, also at both
 * ends. */
typedef struct pil_stop_list {
    const char *language, *words;
} pil_stop_list;

/* Both end with an entry of NULLs. */
extern const pil_stop_list pil_stop_lists_known[];
extern const pil_stop_list pil_stop_lists_own[];

#endif
