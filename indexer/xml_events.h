/* XML as events, by libxml2's reader: no document type, no entities but the five, no network, none
 * of libxml2's limits lifted. */
#ifndef INDEXER_XML_EVENTS_H
#define INDEXER_XML_EVENTS_H

#include "base/error.h"

#include <stddef.h>

/* The element at hand, for its attributes. */
typedef struct pil_xml_element pil_xml_element;

/* What is called for each thing that comes. name is without its prefix. What they return, other
 * than PIL_OK, ends the reading. Each may be NULL. */
typedef struct pil_xml_handler {
    pil_status (*start)(void *context, const char *name, const pil_xml_element *element);
    pil_status (*end)(void *context, const char *name);
    pil_status (*text)(void *context, const char *text, size_t length);
    void *context;
} pil_xml_handler;

/* Reads xml[0..length). what names it, for messages. PIL_BAD_INPUT when it is not well-formed or
 * has a document type; PIL_NO_MEMORY; what the handler returned, without a message. */
PIL_NODISCARD pil_status pil_xml_read(const char *xml, size_t length, const char *what,
                                      const pil_xml_handler *handler, pil_error *err);

/* The value of the attribute of that name, whatever its prefix; NULL when there is none. For the
 * caller to free. */
char *pil_xml_attribute(const pil_xml_element *element, const char *name);

#endif
