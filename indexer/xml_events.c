#include "xml_events.h"

#include <libxml/xmlreader.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct pil_xml_element {
    xmlTextReaderPtr reader;
};

static pil_status start(xmlTextReaderPtr reader, const pil_xml_handler *handler)
{
    const pil_xml_element element = {.reader = reader};
    const char *name = (const char *)xmlTextReaderConstLocalName(reader);
    /* Moving to attributes changes the name and the emptiness of what is at hand. */
    int is_empty = xmlTextReaderIsEmptyElement(reader);
    pil_status status = PIL_OK;
    if (name == NULL)
        return PIL_NO_MEMORY;
    if (handler->start != NULL)
        status = handler->start(handler->context, name, &element);
    xmlTextReaderMoveToElement(reader);
    if (status == PIL_OK && is_empty == 1 && handler->end != NULL)
        status = handler->end(handler->context, name);
    return status;
}

static pil_status take_node(xmlTextReaderPtr reader, const pil_xml_handler *handler)
{
    const char *text;
    switch (xmlTextReaderNodeType(reader)) {
    case XML_READER_TYPE_ELEMENT:
        return start(reader, handler);
    case XML_READER_TYPE_END_ELEMENT:
        return handler->end == NULL
                   ? PIL_OK
                   : handler->end(handler->context,
                                  (const char *)xmlTextReaderConstLocalName(reader));
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_WHITESPACE:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
        text = (const char *)xmlTextReaderConstValue(reader);
        return handler->text == NULL || text == NULL
                   ? PIL_OK
                   : handler->text(handler->context, text, strlen(text));
    case XML_READER_TYPE_DOCUMENT_TYPE:
        return PIL_BAD_INPUT;
    default:
        return PIL_OK;
    }
}

pil_status pil_xml_read(const char *xml, size_t length, const char *what,
                        const pil_xml_handler *handler, pil_error *err)
{
    if (length > INT_MAX)
        return pil_error_set(err, PIL_BAD_INPUT, "%s is larger than 2 GB: not read", what);
    xmlTextReaderPtr reader = xmlReaderForMemory(
        xml, (int)length, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    if (reader == NULL)
        return pil_error_no_memory(err);
    pil_status status = PIL_OK;
    int result = 1;
    while (status == PIL_OK && (result = xmlTextReaderRead(reader)) == 1)
        status = take_node(reader, handler);
    const xmlError *last = xmlGetLastError();
    bool no_memory = result < 0 && last != NULL && last->code == XML_ERR_NO_MEMORY;
    xmlFreeTextReader(reader);
    if (no_memory)
        return pil_error_no_memory(err);
    if (result < 0)
        return pil_error_set(err, PIL_BAD_INPUT, "%s is not well-formed XML: damaged", what);
    if (status == PIL_BAD_INPUT)
        return pil_error_set(err, PIL_BAD_INPUT,
                             "%s has a document type, which no such document needs: hostile", what);
    return status == PIL_NO_MEMORY ? pil_error_no_memory(err) : status;
}

char *pil_xml_attribute(const pil_xml_element *element, const char *name)
{
    xmlTextReaderPtr reader = element->reader;
    char *value = NULL;
    for (int more = xmlTextReaderMoveToFirstAttribute(reader); more == 1;
         more = xmlTextReaderMoveToNextAttribute(reader)) {
        const char *found = (const char *)xmlTextReaderConstLocalName(reader);
        const char *text = (const char *)xmlTextReaderConstValue(reader);
        if (found != NULL && text != NULL && strcmp(found, name) == 0) {
            value = strdup(text);
            break;
        }
    }
    xmlTextReaderMoveToElement(reader);
    return value;
}
