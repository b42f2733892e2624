// Settings of a whole process that does nothing but import.

#include "internal.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

void writer_settle_process(void) {
  // SQLite counts each piece of memory under a lock, 4 % of the instructions of writing. What needs the counts, the heap limit of the SQL
  // console, is another process. Refused, and no harm, where SQLite was used before.
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
#ifdef __GLIBC__
  // Two threads hand posts to each other: in an arena each, what one has given back is of no use to the other (13 MB at 100,000 posts), and
  // the second grows page by page, a system call each.
  mallopt(M_ARENA_MAX, 1);
#endif
}
