// Packed columns, and ranking over FTS5's auxiliary functions (sqlite.org/fts5.html, section 7). See PackedColumns in Architecture.
#ifndef CRANKING_H
#define CRANKING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sqlite3;
struct sqlite3_stmt;

// MARK: The process

/// To be called by a process that does nothing but import, before it uses SQLite.
void writer_settle_process(void);

// MARK: Packed columns

/// Row ids of one block.
#define PACKED_BLOCK_SIZE 65536

/// The columns of `packed_columns`: of posts, and from `packed_thread_root` on of threads.
typedef enum {
  packed_flags,              // 1 byte: see below; 0 where there is no post
  packed_length,             // 2 bytes: words in posts_fts; 65535 stands for as many or more
  packed_characters_length,  // 2 bytes: the same of posts_cjk; 0 where the post is not in it
  packed_thread,             // 4 bytes
  packed_author,             // 4 bytes: 0 where it is unknown
  packed_source,             // 4 bytes
  packed_minute,             // 4 bytes: minutes since 1970 and 2^31; 0 where the date is unknown
  packed_thread_root,        // 4 bytes: the opening post; 0 where there is none
  packed_thread_forum,       // 4 bytes: 0 where there is none
  packed_column_count
} packed_column;

/// Bits of `packed_flags`. The two bits of the state: 0 present, 1 deleted, 2 removed, 3 missing.
enum { packed_is_post = 1, packed_state_shift = 1, packed_state_mask = 6, packed_is_reply = 8 };

/// Its name in the table, such as `posts.length`.
const char *packed_name(packed_column column);
/// Bytes of one value.
int packed_width(packed_column column);
/// The flags of a post.
///
/// - parameter state: the name of its state.
uint8_t packed_flags_of(const uint8_t *state, size_t size, bool is_reply);
/// The sum of the numbers in a row of FTS5's table of lengths, one a column: variable-length integers of seven bits a byte, the highest first
/// (sqlite.org/fts5.html, appendix; as in SQLite's file format, but of at most nine bytes' worth, which no length fills).
uint32_t packed_sum_of_lengths(const uint8_t *bytes, size_t size);

/// The columns of a connection's archive. Blocks are read when they are first needed, and kept: it is for one read transaction.
typedef struct packed_columns packed_columns;
packed_columns *packed_open(struct sqlite3 *connection);
void packed_close(packed_columns *columns);
/// SQLite's code of the first failure to read a block; 0 where there was none.
int packed_error(const packed_columns *columns);

/// Collects the ids of rows of `posts`, `replies` and `threads` that a connection writes.
typedef struct packed_watch packed_watch;
packed_watch *packed_watch_open(struct sqlite3 *connection);
void packed_watch_close(packed_watch *watch);
void packed_watch_clear(packed_watch *watch);
/// In the order of writing, some of them more than once. The pointer holds until the next write.
const int64_t *packed_watch_posts(const packed_watch *watch, size_t *count);
const int64_t *packed_watch_threads(const packed_watch *watch, size_t *count);

// MARK: Ranking

/// The hits of a search: post ids, what they weigh, and how they are chosen.
typedef struct ranking ranking;

/// - parameter columns: outlives the ranking.
ranking *ranking_open(packed_columns *columns);
void ranking_close(ranking *hits);

/// Adds the function `ranking_match(TABLE, POINTER)` to FTS5 on a connection. Returns SQLite's code.
int ranking_register(struct sqlite3 *connection);
/// Binds a ranking as the POINTER of that function.
int ranking_bind(struct sqlite3_stmt *statement, int index, ranking *hits);

// Conditions that a post must fit, all of them. What `values` point to is copied.

/// Takes all conditions back.
void ranking_want_all(ranking *hits);
/// The state is one of a set of bits (1 present, 2 deleted, 4 removed, 8 missing).
bool ranking_want_states(ranking *hits, int states, bool negated);
/// It answers a post.
bool ranking_want_reply(ranking *hits, bool negated);
/// The characters' index holds it.
bool ranking_want_characters(ranking *hits, bool negated);
/// The column is one of some values, or the post one of `posts`. `packed_thread_forum` is that of its thread.
bool ranking_want_values(
  ranking *hits, packed_column column, const uint32_t *values, size_t count, const uint32_t *posts, size_t post_count, bool negated);
/// The date is known and its minute lies in the range.
bool ranking_want_minutes(ranking *hits, uint32_t first, uint32_t last, bool negated);

/// How a statement with `ranking_match` finds its hits.
typedef enum {
  ranking_row_by_row,  // each call is a match; each phrase's posts are counted by a pass of its own
  ranking_one_phrase,  // each call is a match, and every match of the one phrase is a call
  ranking_by_phrase,   // phrases are joined with OR alone, or one: the first call finds all hits, and no second one is needed
} ranking_manner;

/// The numbers of BM25 (S. Robertson and H. Zaragoza, 2009, "The Probabilistic Relevance Framework: BM25 and Beyond", section 3.4).
typedef struct {
  double k1;          // how late more of the same word stops to count
  double b;           // how much a long post loses: 0 nothing, 1 in proportion
  double weights[3];  // what a word in each column of the index counts
} ranking_formula;

/// Prepares for one statement with `ranking_match`.
///
/// - parameters:
///   - formula: BM25's numbers, copied.
///   - length: the column that holds the lengths of the index's rows.
///   - scored: whether hits are to be weighed; else all weigh 0.
void ranking_begin(
  ranking *hits, const ranking_formula *formula, packed_column length, ranking_manner manner, bool scored);
/// To be called after that statement.
void ranking_end(ranking *hits);

/// All posts that fit the conditions become hits of weight 0.
bool ranking_scan(ranking *hits);
/// Posts become hits of weight 0, whatever the conditions. The ids are in ascending order.
bool ranking_add(ranking *hits, const uint32_t *posts, size_t count);
/// Gives hits the weights that other hits of the same posts have; both in ascending order of ids.
void ranking_take_weights(ranking *hits, const ranking *weighed);

size_t ranking_count(const ranking *hits);
/// Whether memory ran out or FTS5 failed, so that hits are missing.
bool ranking_failed(const ranking *hits);
/// In ascending order where one statement found them.
const uint32_t *ranking_posts(const ranking *hits);
/// Their weights, in the order of `ranking_posts`.
const double *ranking_weights(const ranking *hits);

/// Weighs each hit by its thread: an opening post gains `best_reply` of the best of its replies that are hits, and its sum counts
/// `opening_post` times; a reply gains `its_opening_post` of an opening post that is a hit.
bool ranking_weigh_threads(ranking *hits, double opening_post, double best_reply, double its_opening_post);
/// From now on the order is that of dates; undated last.
bool ranking_order_by_date(ranking *hits, bool newest_first);

/// One hit as `ranking_best` gives it.
typedef struct {
  double key;     // what it is ordered by, the highest first: its weight or date
  double weight;
  uint32_t post;
} ranking_hit;

/// The best hits in order, equals by id. Returns how many: at most `wanted`.
size_t ranking_best(const ranking *hits, ranking_hit *best, size_t wanted);

/// How many hits have each value of a column: `counts[value - first]`. To be given back by `ranking_counts_close`.
typedef struct {
  uint32_t *counts;
  size_t size;
  int64_t first;
} ranking_counts;

ranking_counts ranking_count_values(const ranking *hits, packed_column column);
/// By state: 0 present, 1 deleted, 2 removed, 3 missing.
ranking_counts ranking_count_states(const ranking *hits);
/// By days since 1970. The undated are those that are missing in the sum.
ranking_counts ranking_count_days(const ranking *hits);
void ranking_counts_close(ranking_counts counts);

#endif
