// libxml2, opened when first needed. The prototypes are those of libxml2 2.9 (parser.h, HTMLparser.h, xmlreader.h), with its
// types opaque, so that neither its headers nor its address space cost the verbs that read no markup.
#pragma once

#include <stddef.h>

typedef struct XMLDocument XMLDocument;
typedef struct XMLReader XMLReader;

/// The functions of libxml2 that threadbank calls: F(result, name, arguments).
#define CXML_FUNCTIONS(F)                                                                                                  \
    F(void, xmlInitParser, (void))                                                                                         \
    F(XMLDocument *, htmlReadMemory, (const char *bytes, int size, const char *url, const char *encoding, int options))   \
    F(void, xmlFreeDoc, (XMLDocument *document))                                                                           \
    F(XMLReader *, xmlReaderWalker, (XMLDocument *document))                                                               \
    F(XMLReader *, xmlReaderForMemory, (const char *bytes, int size, const char *url, const char *encoding, int options)) \
    F(int, xmlReaderNewMemory,                                                                                             \
        (XMLReader * reader, const char *bytes, int size, const char *url, const char *encoding, int options))            \
    F(void, xmlFreeTextReader, (XMLReader * reader))                                                                       \
    F(int, xmlTextReaderRead, (XMLReader * reader))                                                                        \
    F(int, xmlTextReaderNodeType, (XMLReader * reader))                                                                    \
    F(int, xmlTextReaderDepth, (XMLReader * reader))                                                                       \
    F(int, xmlTextReaderIsEmptyElement, (XMLReader * reader))                                                              \
    F(const unsigned char *, xmlTextReaderConstName, (XMLReader * reader))                                                 \
    F(const unsigned char *, xmlTextReaderConstValue, (XMLReader * reader))                                                \
    F(int, xmlTextReaderMoveToNextAttribute, (XMLReader * reader))                                                         \
    F(int, xmlTextReaderMoveToElement, (XMLReader * reader))

#define CXML_FIELD(result, name, arguments) result(*name) arguments;

typedef struct {
    CXML_FUNCTIONS(CXML_FIELD)
} CXML;

/// Opens the library. NULL where it is not installed or lacks a function. Safe to call from any thread, any number of times.
const CXML *cxml_load(void);
