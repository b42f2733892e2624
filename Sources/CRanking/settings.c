// Settings of a whole process that does nothing but import.

#include "CRanking.h"

#include <sqlite3.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

void writer_settle_process(void) {
  // SQLite counts each piece of memory under a lock, 4 % of the instructions of writing. What needs the counts, the heap limit of the SQL
  // console, is another process. Refused, and no harm, where SQLite was used before.
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
#ifdef __GLIBC__
  // Arrays of a whole batch go back to the system when they are freed. By itself the C library would come to keep them in its arenas, each of
  // the two threads its own: 152 MB instead of 112 at 400,000 posts. One arena for both takes 102, and reading and writing wait for its
  // lock: a third of the time of 5,000 mails, a tenth of that of short posts.
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
#endif
}
