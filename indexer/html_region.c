#define _GNU_SOURCE /* strcasestr */
#include "html_region.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

typedef struct region_name {
    const char *name;
    pil_html_region region;
} region_name;

static const region_name elements[] = {
    {"main", PIL_REGION_MAIN},     {"article", PIL_REGION_ARTICLE}, {"header", PIL_REGION_HEADER},
    {"footer", PIL_REGION_FOOTER}, {"aside", PIL_REGION_ASIDE},     {"nav", PIL_REGION_SKIPPED},
};

/* WAI-ARIA's landmarks, and roles of what is pressed or answered. */
static const region_name roles[] = {
    {"main", PIL_REGION_MAIN},           {"article", PIL_REGION_ARTICLE},
    {"banner", PIL_REGION_HEADER},       {"contentinfo", PIL_REGION_FOOTER},
    {"complementary", PIL_REGION_ASIDE}, {"navigation", PIL_REGION_SKIPPED},
    {"search", PIL_REGION_SKIPPED},      {"menu", PIL_REGION_SKIPPED},
    {"menubar", PIL_REGION_SKIPPED},     {"toolbar", PIL_REGION_SKIPPED},
    {"dialog", PIL_REGION_SKIPPED},      {"alertdialog", PIL_REGION_SKIPPED},
};

/* Words of classes and ids. */
static const region_name words[] = {
    {"cookie", PIL_REGION_CONSENT},    {"cookies", PIL_REGION_CONSENT},
    {"consent", PIL_REGION_CONSENT},   {"gdpr", PIL_REGION_CONSENT},
    {"onetrust", PIL_REGION_CONSENT},  {"menu", PIL_REGION_NAMED},
    {"nav", PIL_REGION_NAMED},         {"navbar", PIL_REGION_NAMED},
    {"navigation", PIL_REGION_NAMED},  {"navheader", PIL_REGION_NAMED},
    {"navfooter", PIL_REGION_NAMED},   {"breadcrumb", PIL_REGION_NAMED},
    {"breadcrumbs", PIL_REGION_NAMED}, {"pagination", PIL_REGION_NAMED},
    {"pager", PIL_REGION_NAMED},       {"footer", PIL_REGION_NAMED},
    {"topbar", PIL_REGION_NAMED},      {"masthead", PIL_REGION_NAMED},
    {"share", PIL_REGION_NAMED},       {"sharing", PIL_REGION_NAMED},
    {"social", PIL_REGION_NAMED},      {"related", PIL_REGION_NAMED},
    {"recommended", PIL_REGION_NAMED}, {"recommendations", PIL_REGION_NAMED},
    {"trending", PIL_REGION_NAMED},    {"newsletter", PIL_REGION_NAMED},
    {"subscribe", PIL_REGION_NAMED},   {"promo", PIL_REGION_NAMED},
    {"advert", PIL_REGION_NAMED},      {"advertisement", PIL_REGION_NAMED},
    {"ad", PIL_REGION_NAMED},          {"ads", PIL_REGION_NAMED},
    {"sponsored", PIL_REGION_NAMED},
};

static pil_html_region find(const region_name *names, size_t n, const char *word, size_t length)
{
    for (size_t i = 0; i < n; i++) {
        if (strlen(names[i].name) == length && strncasecmp(names[i].name, word, length) == 0)
            return names[i].region;
    }
    return PIL_REGION_NONE;
}

#define FIND(names, word, length) find(names, sizeof(names) / sizeof(names)[0], word, length)

static const char *attribute(const char *const *atts, const char *name)
{
    for (; atts != NULL && *atts != NULL; atts += 2) {
        if (strcmp(atts[0], name) == 0)
            return atts[1];
    }
    return NULL;
}

static bool is_of_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The end of the word at value: "cookieBanner" and "cookie-banner" are two words each. */
static const char *end_of_word(const char *value)
{
    const char *at = value + 1;
    while (is_of_word(*at) && !(at[-1] >= 'a' && *at <= 'Z'))
        at++;
    return at;
}

/* The first region that a word of the value names. "has-sidebar" and "no-ads" say what else there
 * is, or not. */
static pil_html_region region_of_words(const char *value)
{
    bool is_said_of_other = false;
    while (value != NULL && *value != '\0') {
        if (!is_of_word(*value)) {
            is_said_of_other &= *value == '-' || *value == '_';
            value++;
            continue;
        }
        const char *end = end_of_word(value);
        size_t length = (size_t)(end - value);
        pil_html_region region = FIND(words, value, length);
        if (region != PIL_REGION_NONE && !is_said_of_other)
            return region;
        is_said_of_other = (length == 3 && strncasecmp(value, "has", 3) == 0) ||
                           (length == 4 && strncasecmp(value, "with", 4) == 0) ||
                           (length == 2 && strncasecmp(value, "no", 2) == 0);
        value = end;
    }
    return PIL_REGION_NONE;
}

/* Only of containers without a meaning of their own. Of sections the id is made of their heading.
 */
static pil_html_region region_of_names(const char *element, const char *const *atts)
{
    const char *class = attribute(atts, "class");
    bool is_container = strcmp(element, "div") == 0 || strcmp(element, "ul") == 0 ||
                        strcmp(element, "ol") == 0 || strcmp(element, "p") == 0 ||
                        strcmp(element, "section") == 0 || strcmp(element, "aside") == 0 ||
                        strcmp(element, "table") == 0;
    bool is_section =
        strcmp(element, "section") == 0 || (class != NULL && strcasestr(class, "sect") != NULL);
    if (!is_container)
        return PIL_REGION_NONE;
    pil_html_region region = region_of_words(class);
    return region != PIL_REGION_NONE || is_section ? region
                                                   : region_of_words(attribute(atts, "id"));
}

/* As mail programs mark quotations and signatures. What is forwarded is
 * in a div of the same class, and stays. */
static bool is_quoted(const char *element, const char *const *atts)
{
    const char *type = attribute(atts, "type"), *class = attribute(atts, "class");
    if (strcmp(element, "blockquote") == 0)
        return (type != NULL && strcasecmp(type, "cite") == 0) ||
               (class != NULL && strstr(class, "_quote") != NULL);
    return class != NULL &&
           (strstr(class, "gmail_signature") != NULL || strstr(class, "moz-signature") != NULL);
}

pil_html_region pil_html_region_of(const char *element, const char *const *atts)
{
    const char *role = attribute(atts, "role");
    if (role != NULL) {
        pil_html_region region = FIND(roles, role, strcspn(role, " "));
        if (region != PIL_REGION_NONE)
            return region;
        if (strncmp(role, "doc-", 4) == 0) /* a part of a publication, such as a footnote */
            return PIL_REGION_NONE;
    }
    if (is_quoted(element, atts))
        return PIL_REGION_QUOTED;
    const char *class = attribute(atts, "class");
    if (strcmp(element, "aside") == 0 && class != NULL && strstr(class, "note") != NULL)
        return PIL_REGION_NONE;
    pil_html_region region = FIND(elements, element, strlen(element));
    return region != PIL_REGION_NONE || atts == NULL ? region : region_of_names(element, atts);
}
