// How the hits are spread over the values of a column.

#include "hits.h"

#include <stdlib.h>

static bool count(ranking_counts *counts, size_t place) {
  if (place >= counts->size) {
    size_t size = place + place / 2 + 64;
    uint32_t *values = realloc(counts->counts, size * sizeof *values);
    if (!values) return false;
    for (size_t added = counts->size; added < size; added++) values[added] = 0;
    counts->counts = values;
    counts->size = size;
  }
  counts->counts[place]++;
  return true;
}

ranking_counts ranking_count_values(const ranking *hits, packed_column column) {
  ranking_counts counts = {0};
  bool is_of_threads = column >= packed_thread_root;
  for (size_t place = 0; place < hits->hits.count; place++) {
    uint32_t post = hits->hits.posts[place];
    uint32_t row = is_of_threads ? packed_value(hits->columns, packed_thread, post, false) : post;
    if (!count(&counts, packed_value(hits->columns, column, row, false))) break;
  }
  return counts;
}

ranking_counts ranking_count_states(const ranking *hits) {
  ranking_counts counts = {0};
  for (size_t place = 0; place < hits->hits.count; place++) {
    uint32_t flags = packed_value(hits->columns, packed_flags, hits->hits.posts[place], false);
    if (!count(&counts, (flags & packed_state_mask) >> packed_state_shift)) break;
  }
  return counts;
}

ranking_counts ranking_count_days(const ranking *hits) {
  const int64_t minutes_of_day = 1440, zero = INT64_C(1) << 31;
  ranking_counts counts = {0};
  uint32_t lowest = UINT32_MAX;
  for (size_t place = 0; place < hits->hits.count; place++) {
    uint32_t minute = packed_value(hits->columns, packed_minute, hits->hits.posts[place], false);
    if (minute > 0 && minute < lowest) lowest = minute;
  }
  // Days are counted from one far enough back that no division is of a negative number.
  const int64_t shift = zero / minutes_of_day + 1;
  counts.first = ((int64_t)lowest - zero + shift * minutes_of_day) / minutes_of_day - shift;
  for (size_t place = 0; place < hits->hits.count; place++) {
    uint32_t minute = packed_value(hits->columns, packed_minute, hits->hits.posts[place], false);
    if (minute == 0) continue;
    int64_t day = ((int64_t)minute - zero + shift * minutes_of_day) / minutes_of_day - shift;
    if (!count(&counts, (size_t)(day - counts.first))) break;
  }
  return counts;
}

void ranking_counts_close(ranking_counts counts) { free(counts.counts); }
