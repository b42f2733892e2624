// Hears which rows a connection writes, so that no writer can forget to pack them.

#include "CRanking.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  int64_t *ids;
  size_t count, capacity;
} id_list;

struct packed_watch {
  sqlite3 *connection;
  id_list posts, threads;
};

static void add(id_list *list, int64_t id) {
  // What hangs on a post is written right after it.
  if (list->count > 0 && list->ids[list->count - 1] == id) return;
  if (list->count == list->capacity) {
    size_t capacity = list->capacity ? list->capacity * 2 : 1024;
    int64_t *ids = realloc(list->ids, capacity * sizeof *ids);
    if (!ids) abort();  // as Swift does where memory runs out
    list->ids = ids;
    list->capacity = capacity;
  }
  list->ids[list->count++] = id;
}

static void written(void *context, int operation, const char *schema, const char *table, sqlite3_int64 row) {
  (void)operation;
  packed_watch *watch = context;
  if (strcmp(schema, "main") != 0) return;
  if (strcmp(table, "posts") == 0 || strcmp(table, "replies") == 0) {
    add(&watch->posts, row);
  } else if (strcmp(table, "threads") == 0) {
    add(&watch->threads, row);
  }
}

packed_watch *packed_watch_open(sqlite3 *connection) {
  packed_watch *watch = calloc(1, sizeof *watch);
  if (!watch) abort();
  watch->connection = connection;
  sqlite3_update_hook(connection, written, watch);
  return watch;
}

void packed_watch_close(packed_watch *watch) {
  if (!watch) return;
  free(watch->posts.ids);
  free(watch->threads.ids);
  free(watch);
}

void packed_watch_clear(packed_watch *watch) { watch->posts.count = watch->threads.count = 0; }

const int64_t *packed_watch_posts(const packed_watch *watch, size_t *count) {
  *count = watch->posts.count;
  return watch->posts.ids;
}

const int64_t *packed_watch_threads(const packed_watch *watch, size_t *count) {
  *count = watch->threads.count;
  return watch->threads.ids;
}
