// Rankings come and go: a list of posts with their weights.

#include "hits.h"

#include <stdlib.h>

bool append(hit_list *list, uint32_t post, double weight) {
  if (list->count == list->capacity) {
    size_t capacity = list->capacity ? list->capacity * 2 : 4096;
    uint32_t *posts = realloc(list->posts, capacity * sizeof *posts);
    if (posts) list->posts = posts;
    double *weights = realloc(list->weights, capacity * sizeof *weights);
    if (weights) list->weights = weights;
    if (!posts || !weights) return false;
    list->capacity = capacity;
  }
  list->posts[list->count] = post;
  list->weights[list->count++] = weight;
  return true;
}

ranking *ranking_open(packed_columns *columns) {
  ranking *hits = calloc(1, sizeof *hits);
  if (hits) hits->columns = columns;
  return hits;
}

void ranking_close(ranking *hits) {
  if (!hits) return;
  ranking_end(hits);
  ranking_want_all(hits);
  free(hits->hits.posts);
  free(hits->hits.weights);
  free(hits->keys);
  free(hits);
}

bool ranking_scan(ranking *hits) {
  int64_t count = packed_block_count(hits->columns);
  for (int64_t block = 0; block < count; block++) {
    const uint8_t *flags = packed_block(hits->columns, packed_flags, block);
    for (uint32_t slot = 0; slot < PACKED_BLOCK_SIZE; slot++) {
      if (!(flags[slot] & packed_is_post)) continue;
      uint32_t post = (uint32_t)block << 16 | slot;
      if (!fits(hits, post, false)) continue;
      if (!append(&hits->hits, post, 0)) return false;
    }
  }
  return true;
}
