// GMime 3, opened when first needed. The prototypes are those of GMime 3.2 and GLib 2, with their types opaque, so that neither
// their headers nor their start-up cost the verbs that read no mail.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct GMimeStream GMimeStream;
typedef struct GMimeParser GMimeParser;
typedef struct GMimeParserOptions GMimeParserOptions;
/// A message, a part of any kind: what GMime calls a GMimeObject and the classes below it.
typedef struct GMimeObject GMimeObject;
typedef struct GMimeHeaderList GMimeHeaderList;
typedef struct GMimeHeader GMimeHeader;
typedef struct GMimeContentType GMimeContentType;
typedef struct GMimeDataWrapper GMimeDataWrapper;
typedef struct InternetAddressList InternetAddressList;
/// A mailbox or a group.
typedef struct InternetAddress InternetAddress;
typedef struct GDateTime GDateTime;

typedef struct {
    uint8_t *data;
    unsigned int len;
} GByteArray;

/// The functions of GMime and GLib that threadbank calls: F(result, name, arguments).
#define CGMIME_FUNCTIONS(F)                                                                          \
    F(void, g_mime_init, (void))                                                                     \
    F(void, g_object_unref, (void *object))                                                          \
    F(void, g_free, (void *memory))                                                                  \
    F(int, g_type_check_instance_is_a, (void *instance, size_t type))                                \
    F(GMimeStream *, g_mime_stream_mem_new, (void))                                                  \
    F(GMimeStream *, g_mime_stream_mem_new_with_buffer, (const char *, size_t))                      \
    F(GByteArray *, g_mime_stream_mem_get_byte_array, (GMimeStream *))                               \
    F(GMimeStream *, g_mime_stream_null_new, (void))                                                 \
    F(GMimeParser *, g_mime_parser_new_with_stream, (GMimeStream *))                                 \
    F(GMimeObject *, g_mime_parser_construct_message, (GMimeParser *, GMimeParserOptions *))         \
    F(GMimeParserOptions *, g_mime_parser_options_new, (void))                                       \
    F(void, g_mime_parser_options_set_fallback_charsets, (GMimeParserOptions *, const char **))      \
    F(GMimeObject *, g_mime_message_get_mime_part, (GMimeObject *))                                  \
    F(GMimeHeaderList *, g_mime_object_get_header_list, (GMimeObject *))                             \
    F(int, g_mime_header_list_get_count, (GMimeHeaderList *))                                        \
    F(GMimeHeader *, g_mime_header_list_get_header_at, (GMimeHeaderList *, int))                     \
    F(GMimeHeader *, g_mime_header_list_get_header, (GMimeHeaderList *, const char *))               \
    F(const char *, g_mime_header_get_name, (GMimeHeader *))                                         \
    F(const char *, g_mime_header_get_raw_value, (GMimeHeader *))                                    \
    F(char *, g_mime_utils_header_decode_text, (GMimeParserOptions *, const char *))                 \
    F(GDateTime *, g_mime_utils_header_decode_date, (const char *))                                  \
    F(int64_t, g_date_time_to_unix, (GDateTime *))                                                   \
    F(void, g_date_time_unref, (GDateTime *))                                                        \
    F(InternetAddressList *, internet_address_list_parse, (GMimeParserOptions *, const char *))      \
    F(int, internet_address_list_length, (InternetAddressList *))                                    \
    F(InternetAddress *, internet_address_list_get_address, (InternetAddressList *, int))            \
    F(const char *, internet_address_get_name, (InternetAddress *))                                  \
    F(size_t, internet_address_mailbox_get_type, (void))                                             \
    F(size_t, internet_address_group_get_type, (void))                                               \
    F(const char *, internet_address_mailbox_get_addr, (InternetAddress *))                          \
    F(InternetAddressList *, internet_address_group_get_members, (InternetAddress *))                \
    F(size_t, g_mime_part_get_type, (void))                                                          \
    F(size_t, g_mime_multipart_get_type, (void))                                                     \
    F(size_t, g_mime_message_part_get_type, (void))                                                  \
    F(int, g_mime_multipart_get_count, (GMimeObject *))                                              \
    F(GMimeObject *, g_mime_multipart_get_part, (GMimeObject *, int))                                \
    F(GMimeObject *, g_mime_message_part_get_message, (GMimeObject *))                               \
    F(GMimeDataWrapper *, g_mime_part_get_content, (GMimeObject *))                                  \
    F(const char *, g_mime_part_get_filename, (GMimeObject *))                                       \
    F(ssize_t, g_mime_data_wrapper_write_to_stream, (GMimeDataWrapper *, GMimeStream *))             \
    F(ssize_t, g_mime_object_write_to_stream, (GMimeObject *, void *options, GMimeStream *))         \
    F(GMimeContentType *, g_mime_object_get_content_type, (GMimeObject *))                           \
    F(const char *, g_mime_object_get_disposition, (GMimeObject *))                                  \
    F(const char *, g_mime_content_type_get_media_type, (GMimeContentType *))                        \
    F(const char *, g_mime_content_type_get_media_subtype, (GMimeContentType *))                     \
    F(const char *, g_mime_content_type_get_parameter, (GMimeContentType *, const char *))

#define CGMIME_FIELD(result, name, arguments) result(*name) arguments;

typedef struct {
    CGMIME_FUNCTIONS(CGMIME_FIELD)
} CGMime;

/// Opens the library. NULL where it is not installed or lacks a function. Safe to call from any thread, any number of times.
const CGMime *cgmime_load(void);
