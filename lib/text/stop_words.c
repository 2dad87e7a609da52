#include "text/stop_words.h"

#include "stop_lists.h"

#include <stddef.h>
#include <string.h>

/* Standards of one language share a list. */
static const char *list_language(const char *language)
{
    static const char *const shared[][2] = {{"bs", "sr"}, {"cnr", "sr"}, {"hr", "sr"},
                                            {"sh", "sr"}, {"nb", "no"},  {"nn", "no"}};
    for (size_t i = 0; i < sizeof shared / sizeof shared[0]; i++)
        if (strcmp(shared[i][0], language) == 0)
            return shared[i][1];
    return language;
}

static const char *find_list(const pil_stop_list *lists, const char *language)
{
    for (; lists->language != NULL; lists++)
        if (strcmp(lists->language, language) == 0)
            return lists->words;
    return NULL;
}

const char *pil_stop_words(const char *language)
{
    language = list_language(language);
    const char *words = find_list(pil_stop_lists_known, language);
    return words != NULL ? words : find_list(pil_stop_lists_own, language);
}

bool pil_is_stop_word(const char *language, const char *form)
{
    const char *words = pil_stop_words(language);
    size_t length = strlen(form);
    if (words == NULL || length == 0)
        return false;
    for (const char *at = words; (at = strstr(at, form)) != NULL; at++)
        if (at[-1] == ' ' && at[length] == ' ')
            return true;
    return false;
}
