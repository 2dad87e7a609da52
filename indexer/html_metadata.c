#include "read_internal.h"

#include <string.h>
#include <strings.h>

/* What the elements that describe a page may say, and how far they are to be trusted: 1 most. */
typedef struct meta_name {
    const char *name; /* in lower case */
    pil_read_field field;
    int rank;
} meta_name;

static const meta_name meta_names[] = {
    {"og:title", PIL_FIELD_TITLE, 2},
    {"dc.title", PIL_FIELD_TITLE, 3},
    {"author", PIL_FIELD_AUTHOR, 1},
    {"citation_author", PIL_FIELD_AUTHOR, 1},
    {"article:author", PIL_FIELD_AUTHOR, 2},
    {"dc.creator", PIL_FIELD_AUTHOR, 2},
    {"dcterms.creator", PIL_FIELD_AUTHOR, 2},
    {"byl", PIL_FIELD_AUTHOR, 3},
    {"parsely-author", PIL_FIELD_AUTHOR, 3},
    {"sailthru.author", PIL_FIELD_AUTHOR, 3},
    {"article:published_time", PIL_FIELD_DATE, 1},
    {"datepublished", PIL_FIELD_DATE, 1},
    {"citation_publication_date", PIL_FIELD_DATE, 2},
    {"citation_date", PIL_FIELD_DATE, 2},
    {"dc.date.issued", PIL_FIELD_DATE, 2},
    {"dcterms.issued", PIL_FIELD_DATE, 2},
    {"dc.date", PIL_FIELD_DATE, 3},
    {"dcterms.date", PIL_FIELD_DATE, 3},
    {"dcterms.created", PIL_FIELD_DATE, 3},
    {"date", PIL_FIELD_DATE, 3},
    {"pubdate", PIL_FIELD_DATE, 3},
    {"publishdate", PIL_FIELD_DATE, 3},
    {"parsely-pub-date", PIL_FIELD_DATE, 3},
    {"sailthru.date", PIL_FIELD_DATE, 3},
    {"content-language", PIL_FIELD_LANGUAGE, 2},
    {"dc.language", PIL_FIELD_LANGUAGE, 2},
    {"dcterms.language", PIL_FIELD_LANGUAGE, 2},
    {"og:locale", PIL_FIELD_LANGUAGE, 3},
    {"og:site_name", PIL_FIELD_SOURCE, 1},
    {"citation_journal_title", PIL_FIELD_SOURCE, 1},
    {"dc.publisher", PIL_FIELD_SOURCE, 2},
    {"dcterms.publisher", PIL_FIELD_SOURCE, 2},
    {"publisher", PIL_FIELD_SOURCE, 3},
    {"application-name", PIL_FIELD_SOURCE, 4},
    {"og:url", PIL_FIELD_URL, 2},
};

enum { RANK_OF_LINK = 1, RANK_OF_HTML = 1, RANK_OF_TIME = 9 };

static const char *attribute(const char *const *atts, const char *name)
{
    for (; atts != NULL && *atts != NULL; atts += 2) {
        if (strcasecmp(atts[0], name) == 0)
            return atts[1];
    }
    return NULL;
}

static bool is_address(const char *value)
{
    return strncasecmp(value, "http://", 7) == 0 || strncasecmp(value, "https://", 8) == 0;
}

pil_status pil_html_metadata_set(pil_html_extract *extract, pil_read_field field, int rank,
                                 const char *value, size_t length)
{
    pil_buffer *to = &extract->fields[field];
    int known = extract->ranks[field];
    bool is_another_author = field == PIL_FIELD_AUTHOR && known == rank;
    if (length == 0 || length > to->max_length ||
        (known != 0 && known <= rank && !is_another_author))
        return PIL_OK;
    if (is_another_author && to->length + 2 + length > to->max_length)
        return PIL_OK;
    pil_status status = PIL_OK;
    if (is_another_author)
        status = pil_buffer_append_string(to, ", ");
    else
        pil_buffer_clear(to);
    extract->ranks[field] = rank;
    return status == PIL_OK ? pil_buffer_append(to, value, length) : status;
}

static pil_status add_meta(pil_html_extract *extract, const char *const *atts)
{
    static const char *const naming[] = {"name", "property", "itemprop", "http-equiv"};
    const char *content = attribute(atts, "content");
    if (content == NULL)
        return PIL_OK;
    pil_status status = PIL_OK;
    for (size_t n = 0; n < sizeof naming / sizeof naming[0] && status == PIL_OK; n++) {
        const char *name = attribute(atts, naming[n]);
        for (size_t i = 0; name != NULL && i < sizeof meta_names / sizeof meta_names[0]; i++) {
            const meta_name *known = &meta_names[i];
            if (strcasecmp(name, known->name) != 0)
                continue;
            bool is_url = known->field == PIL_FIELD_URL;
            /* Some give the address of their author's page. */
            if (is_url == is_address(content))
                status = pil_html_metadata_set(extract, known->field, known->rank, content,
                                               strlen(content));
            break;
        }
    }
    return status;
}

/* A link's rel is a list of words. */
static bool has_word(const char *list, const char *word)
{
    size_t length = strlen(word);
    while (*list != '\0') {
        size_t n = strcspn(list, " \t\r\n\f");
        if (n == length && strncasecmp(list, word, n) == 0)
            return true;
        list += n + strspn(list + n, " \t\r\n\f");
    }
    return false;
}

pil_status pil_html_metadata_add(pil_html_extract *extract, const char *element,
                                 const char *const *atts)
{
    const char *value = NULL;
    if (strcmp(element, "meta") == 0)
        return add_meta(extract, atts);
    if (strcmp(element, "link") == 0) {
        const char *rel = attribute(atts, "rel");
        value = attribute(atts, "href");
        if (rel == NULL || value == NULL || !has_word(rel, "canonical") || !is_address(value))
            return PIL_OK;
        return pil_html_metadata_set(extract, PIL_FIELD_URL, RANK_OF_LINK, value, strlen(value));
    }
    if (strcmp(element, "html") == 0) {
        value = attribute(atts, "lang");
        if (value == NULL)
            value = attribute(atts, "xml:lang");
        return value == NULL ? PIL_OK
                             : pil_html_metadata_set(extract, PIL_FIELD_LANGUAGE, RANK_OF_HTML,
                                                     value, strlen(value));
    }
    if (strcmp(element, "time") == 0)
        value = attribute(atts, "datetime");
    return value == NULL
               ? PIL_OK
               : pil_html_metadata_set(extract, PIL_FIELD_DATE, RANK_OF_TIME, value, strlen(value));
}
