// GMime 3, opened when first needed. The prototypes are those of GMime 3.2 and GLib 2, with their types opaque, so that neither
// their headers nor their start-up cost the verbs that read no mail.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct GMimeStream GMimeStream;
typedef struct GMimeParser GMimeParser;

/// The functions of GMime and GLib that threadbank calls: F(result, name, arguments).
#define CGMIME_FUNCTIONS(F)                                                     \
    F(void, g_mime_init, (void))                                                \
    F(void, g_object_unref, (void *object))                                     \
    F(GMimeStream *, g_mime_stream_mem_new_with_buffer, (const char *, size_t)) \
    F(GMimeParser *, g_mime_parser_new_with_stream, (GMimeStream *))

#define CGMIME_FIELD(result, name, arguments) result(*name) arguments;

typedef struct {
    CGMIME_FUNCTIONS(CGMIME_FIELD)
} CGMime;

/// Opens the library. NULL where it is not installed or lacks a function. Safe to call from any thread, any number of times.
const CGMime *cgmime_load(void);
