// libarchive 3, opened when first needed. The prototypes are those of archive.h and archive_entry.h, with their types opaque.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct ArchiveReader ArchiveReader;
typedef struct ArchiveEntry ArchiveEntry;

/// The functions of libarchive that threadbank calls: F(result, name, arguments).
#define CARCHIVE_FUNCTIONS(F)                                                                 \
    F(ArchiveReader *, archive_read_new, (void))                                              \
    F(int, archive_read_support_format_zip, (ArchiveReader *))                                \
    F(int, archive_read_support_format_7zip, (ArchiveReader *))                               \
    F(int, archive_read_support_format_tar, (ArchiveReader *))                                \
    F(int, archive_read_open_filename, (ArchiveReader *, const char *path, size_t block))     \
    F(int, archive_read_open,                                                                 \
      (ArchiveReader *, void *client, int (*open)(ArchiveReader *, void *),                   \
       ssize_t (*read)(ArchiveReader *, void *, const void **), int (*close)(ArchiveReader *, void *))) \
    F(int, archive_read_next_header, (ArchiveReader *, ArchiveEntry **entry))                 \
    F(ssize_t, archive_read_data, (ArchiveReader *, void *buffer, size_t size))               \
    F(const char *, archive_error_string, (ArchiveReader *))                                  \
    F(int, archive_read_free, (ArchiveReader *))                                              \
    F(const char *, archive_entry_pathname_utf8, (ArchiveEntry *))                            \
    F(const char *, archive_entry_pathname, (ArchiveEntry *))                                 \
    F(int, archive_read_has_encrypted_entries, (ArchiveReader *))                             \
    F(int, archive_entry_is_encrypted, (ArchiveEntry *))                                      \
    F(const char *, archive_entry_hardlink, (ArchiveEntry *))                                 \
    F(unsigned int, archive_entry_filetype, (ArchiveEntry *))

#define CARCHIVE_FIELD(result, name, arguments) result(*name) arguments;

typedef struct {
    CARCHIVE_FUNCTIONS(CARCHIVE_FIELD)
} CArchive;

/// Opens the library. NULL where it is not installed or lacks a function. Safe to call from any thread, any number of times.
const CArchive *carchive_load(void);
