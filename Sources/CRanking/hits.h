// A ranking from within: what finds, weighs and orders hits shares it.
#ifndef CRANKING_HITS_H
#define CRANKING_HITS_H

#include "columns.h"

#include <sqlite3.h>

typedef struct {
  enum { want_flags, want_characters, want_values, want_minutes } kind;
  bool negated;
  uint8_t mask;           // flags: these bits …
  uint16_t accepted;      // … as a number are one of these
  packed_column column;   // values
  uint8_t *values;        // one byte a value
  uint32_t value_count;
  uint8_t *posts;         // one bit a post
  uint32_t post_count;
  uint32_t first, last;   // minutes
} condition;

/// Posts and their weights, in the order in which they were found.
typedef struct {
  uint32_t *posts;
  double *weights;
  size_t count, capacity;
} hit_list;

struct ranking {
  packed_columns *columns;
  condition *conditions;
  size_t condition_count;
  hit_list hits;
  double *keys;
  bool failed;

  // Of the statement that runs.
  ranking_formula formula;
  packed_column length;
  ranking_manner manner;
  bool scored, started;
  int phrase_count;
  double *rarities;
  double row_count, average_length;
  size_t start;           // hits before this statement
  size_t matches;         // of the phrase that is looked at
  hit_list phrase_hits;
  bool waits;             // phrase_hits are matches yet, with their frequencies for weights
  size_t few;             // up to so many hits are looked at row by row
};

bool fits(ranking *hits, uint32_t post, bool is_of_few);
bool append(hit_list *list, uint32_t post, double weight);

#endif
