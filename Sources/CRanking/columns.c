// Reads packed columns block by block.

#include "columns.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

/// Ids are 32 bits wide, so there are no more blocks than these.
enum { most_blocks = 65536 };

static const struct {
  const char *name;
  int width;
  const char *origin;  // where one row's value comes from; NULL where only the block tells
} descriptions[packed_column_count] = {
  {"posts.flags", 1,
   "SELECT state, EXISTS (SELECT 1 FROM replies WHERE post_id = ?1 AND parent_id IS NOT NULL) FROM posts WHERE id = ?1"},
  {"posts.length", 2, "SELECT sz FROM posts_fts_docsize WHERE id = ?1"},
  {"posts.characters_length", 2, "SELECT sz FROM posts_cjk_docsize WHERE id = ?1"},
  {"posts.thread", 4, "SELECT thread_id FROM posts WHERE id = ?1"},
  {"posts.author", 4, NULL},
  {"posts.source", 4, NULL},
  {"posts.minute", 4, NULL},
  {"threads.root", 4, "SELECT root_post_id FROM threads WHERE id = ?1"},
  {"threads.forum", 4, NULL},
};

struct packed_columns {
  sqlite3 *connection;
  sqlite3_stmt *select;
  sqlite3_stmt *origins[packed_column_count];
  void **blocks[packed_column_count];
  size_t counts[packed_column_count];
  int error;
};

static const uint32_t zeros[PACKED_BLOCK_SIZE];

const char *packed_name(packed_column column) { return descriptions[column].name; }
int packed_width(packed_column column) { return descriptions[column].width; }

packed_columns *packed_open(sqlite3 *connection) {
  packed_columns *columns = calloc(1, sizeof *columns);
  if (columns) columns->connection = connection;
  return columns;
}

void packed_close(packed_columns *columns) {
  if (!columns) return;
  for (int column = 0; column < packed_column_count; column++) {
    for (size_t block = 0; block < columns->counts[column]; block++) {
      if (columns->blocks[column][block] != zeros) free(columns->blocks[column][block]);
    }
    free(columns->blocks[column]);
    sqlite3_finalize(columns->origins[column]);
  }
  sqlite3_finalize(columns->select);
  free(columns);
}

int packed_error(const packed_columns *columns) { return columns->error; }

/// One value alone stands for the whole block, but for flags, where it would make posts out of nothing.
static void *unpacked(const void *data, size_t size, packed_column column) {
  size_t width = (size_t)packed_width(column);
  char *block = malloc(PACKED_BLOCK_SIZE * width);
  if (!block) return NULL;
  if (size > PACKED_BLOCK_SIZE * width) size = PACKED_BLOCK_SIZE * width;
  if (size == width && column != packed_flags) {
    for (size_t slot = 0; slot < PACKED_BLOCK_SIZE; slot++) memcpy(block + slot * width, data, width);
  } else {
    if (size > 0) memcpy(block, data, size);
    memset(block + size, 0, PACKED_BLOCK_SIZE * width - size);
  }
  return block;
}

static void *load(packed_columns *columns, packed_column column, int64_t block) {
  static const char sql[] = "SELECT data FROM packed_columns WHERE name = ?1 AND block = ?2";
  void *found = NULL;
  int code = columns->select ? SQLITE_OK : sqlite3_prepare_v2(columns->connection, sql, -1, &columns->select, NULL);
  if (code == SQLITE_OK) {
    sqlite3_bind_text(columns->select, 1, packed_name(column), -1, SQLITE_STATIC);
    sqlite3_bind_int64(columns->select, 2, block);
    code = sqlite3_step(columns->select);
    if (code == SQLITE_ROW) {
      const void *data = sqlite3_column_blob(columns->select, 0);
      found = unpacked(data, (size_t)sqlite3_column_bytes(columns->select, 0), column);
      code = found ? SQLITE_OK : SQLITE_NOMEM;
    }
    int reset = sqlite3_reset(columns->select);
    if (code == SQLITE_DONE) code = reset;
  }
  if (code != SQLITE_OK && columns->error == 0) columns->error = code;
  return found ? found : (void *)zeros;
}

const void *packed_block(packed_columns *columns, packed_column column, int64_t block) {
  if (block < 0 || block >= most_blocks) return zeros;
  size_t place = (size_t)block;
  if (place >= columns->counts[column]) {
    size_t count = place + 16;
    void **blocks = realloc(columns->blocks[column], count * sizeof *blocks);
    if (!blocks) {
      columns->error = SQLITE_NOMEM;
      return zeros;
    }
    memset(blocks + columns->counts[column], 0, (count - columns->counts[column]) * sizeof *blocks);
    columns->blocks[column] = blocks;
    columns->counts[column] = count;
  }
  if (!columns->blocks[column][place]) columns->blocks[column][place] = load(columns, column, block);
  return columns->blocks[column][place];
}

int64_t packed_block_count(packed_columns *columns) {
  static const char sql[] = "SELECT max(block) + 1 FROM packed_columns WHERE name = 'posts.flags'";
  sqlite3_stmt *statement = NULL;
  int64_t count = 0;
  int code = sqlite3_prepare_v2(columns->connection, sql, -1, &statement, NULL);
  if (code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) count = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  if (code != SQLITE_ROW && columns->error == 0) columns->error = code;
  return count < most_blocks ? count : most_blocks;
}

uint32_t packed_sum_of_lengths(const uint8_t *bytes, size_t size) {
  uint64_t sum = 0, number = 0;
  for (size_t place = 0; place < size; place++) {
    number = number << 7 | (bytes[place] & 0x7F);
    if (bytes[place] & 0x80) continue;
    sum += number;
    number = 0;
  }
  return sum < UINT32_MAX ? (uint32_t)sum : UINT32_MAX;
}

uint8_t packed_flags_of(const uint8_t *state, size_t size, bool is_reply) {
  int number = 0;
  switch (size > 0 ? state[0] : 0) {
  case 'd': number = 1; break;
  case 'r': number = 2; break;
  case 'm': number = 3; break;
  }
  return (uint8_t)(packed_is_post | number << packed_state_shift | (is_reply ? packed_is_reply : 0));
}

/// The value in the row on which a statement of an origin stands.
static uint32_t value_of_row(sqlite3_stmt *row, packed_column column) {
  switch (column) {
  case packed_flags: {
    const uint8_t *state = sqlite3_column_text(row, 0);
    return packed_flags_of(state, (size_t)sqlite3_column_bytes(row, 0), sqlite3_column_int(row, 1) != 0);
  }
  case packed_length:
  case packed_characters_length: {
    const uint8_t *lengths = sqlite3_column_blob(row, 0);
    return packed_sum_of_lengths(lengths, (size_t)sqlite3_column_bytes(row, 0));
  }
  default: {
    sqlite3_int64 number = sqlite3_column_int64(row, 0);
    return number > 0 && number <= UINT32_MAX ? (uint32_t)number : 0;
  }
  }
}

uint32_t packed_single(packed_columns *columns, packed_column column, uint32_t id) {
  const char *origin = descriptions[column].origin;
  size_t block = id >> 16;
  bool is_loaded = block < columns->counts[column] && columns->blocks[column][block];
  bool is_length = column == packed_length || column == packed_characters_length;
  if (is_loaded || !origin) {
    uint32_t value = packed_value(columns, column, id, false);
    if (!is_length || value < 0xFFFF) return value;
  }
  sqlite3_stmt **statement = &columns->origins[column];
  int code = *statement ? SQLITE_OK : sqlite3_prepare_v2(columns->connection, origin, -1, statement, NULL);
  uint32_t value = 0;
  if (code == SQLITE_OK) {
    sqlite3_bind_int64(*statement, 1, id);
    code = sqlite3_step(*statement);
    if (code == SQLITE_ROW) value = value_of_row(*statement, column);
    int reset = sqlite3_reset(*statement);
    if (code == SQLITE_ROW || code == SQLITE_DONE) code = reset;
  }
  if (code != SQLITE_OK && columns->error == 0) columns->error = code;
  return value;
}
