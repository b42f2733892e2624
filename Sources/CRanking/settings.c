// Settings of a whole process that does nothing but import.

#include "CRanking.h"

#include <sqlite3.h>

void writer_settle_process(void) {
  // Memory is left as the C library has it, an arena for each thread. One for both takes 13 MB less at 100,000 posts, and reading and
  // writing wait for its lock: a sixth of the time of 5,000 mails, a tenth of that of 100,000 short posts.
  // SQLite counts each piece of memory under a lock, 4 % of the instructions of writing. What needs the counts, the heap limit of the SQL
  // console, is another process. Refused, and no harm, where SQLite was used before.
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
