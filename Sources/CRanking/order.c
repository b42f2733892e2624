// The hits' order: what a thread adds to a weight, dates, and the best few without sorting all.

#include "hits.h"

#include <stdlib.h>
#include <string.h>

size_t ranking_count(const ranking *hits) { return hits->hits.count; }
bool ranking_failed(const ranking *hits) { return hits->failed; }
const uint32_t *ranking_posts(const ranking *hits) { return hits->hits.posts; }
const double *ranking_weights(const ranking *hits) { return hits->hits.weights; }

bool ranking_add(ranking *hits, const uint32_t *posts, size_t count) {
  for (size_t place = 0; place < count; place++) {
    if (!append(&hits->hits, posts[place], 0)) return false;
  }
  return true;
}

void ranking_take_weights(ranking *hits, const ranking *weighed) {
  const hit_list *from = &weighed->hits;
  size_t next = 0;
  for (size_t place = 0; place < hits->hits.count; place++) {
    while (next < from->count && from->posts[next] < hits->hits.posts[place]) next++;
    if (next < from->count && from->posts[next] == hits->hits.posts[place]) hits->hits.weights[place] = from->weights[next];
  }
}

/// A hit's place in its thread.
typedef struct {
  uint32_t thread;
  bool opens;
} standing;

/// Where each hit stands, and the highest thread of all.
static uint32_t find_threads(const ranking *hits, standing *standings) {
  size_t count = hits->hits.count;
  bool are_few = count <= hits->few;
  uint32_t highest = 0;
  for (size_t place = 0; place < count; place++) {
    uint32_t post = hits->hits.posts[place];
    uint32_t thread = packed_value(hits->columns, packed_thread, post, are_few);
    uint32_t root = packed_value(hits->columns, packed_thread_root, thread, are_few);
    standings[place] = (standing){thread, root == post};
    if (thread > highest) highest = thread;
  }
  return highest;
}

bool ranking_weigh_threads(ranking *hits, double opening_post, double best_reply, double its_opening_post) {
  size_t count = hits->hits.count;
  if (count == 0) return true;
  standing *standings = malloc(count * sizeof *standings);
  size_t threads = standings ? (size_t)find_threads(hits, standings) + 1 : 1;
  double *best = calloc(threads, sizeof *best);
  double *opening = calloc(threads, sizeof *opening);
  bool has_memory = standings && best && opening;
  for (size_t place = 0; place < count && has_memory; place++) {
    double weight = hits->hits.weights[place];
    uint32_t thread = standings[place].thread;
    if (standings[place].opens) {
      opening[thread] = weight;
    } else if (weight > best[thread]) {
      best[thread] = weight;
    }
  }
  for (size_t place = 0; place < count && has_memory; place++) {
    double *weight = &hits->hits.weights[place];
    uint32_t thread = standings[place].thread;
    *weight = standings[place].opens ? (*weight + best_reply * best[thread]) * opening_post : *weight + its_opening_post * opening[thread];
  }
  free(standings);
  free(best);
  free(opening);
  return has_memory;
}

bool ranking_order_by_date(ranking *hits, bool newest_first) {
  free(hits->keys);
  hits->keys = malloc((hits->hits.count + 1) * sizeof *hits->keys);
  if (!hits->keys) return false;
  for (size_t place = 0; place < hits->hits.count; place++) {
    double minute = packed_value(hits->columns, packed_minute, hits->hits.posts[place], false);
    hits->keys[place] = newest_first ? minute : minute > 0 ? -minute : -1e10;
  }
  return true;
}

// MARK: The best

/// Whether `a` stands behind `b`.
static inline bool is_behind(ranking_hit a, ranking_hit b) { return a.key != b.key ? a.key < b.key : a.post > b.post; }

/// Lets the hit at `place` sink in a heap whose top is the last in the order.
static void sink(ranking_hit *heap, size_t count, size_t place) {
  ranking_hit hit = heap[place];
  for (;;) {
    size_t below = 2 * place + 1;
    if (below >= count) break;
    if (below + 1 < count && is_behind(heap[below + 1], heap[below])) below++;
    if (!is_behind(heap[below], hit)) break;
    heap[place] = heap[below];
    place = below;
  }
  heap[place] = hit;
}

size_t ranking_best(const ranking *hits, ranking_hit *best, size_t wanted) {
  const double *keys = hits->keys ? hits->keys : hits->hits.weights;
  size_t count = hits->hits.count, kept = count < wanted ? count : wanted;
  if (kept == 0) return 0;
  for (size_t place = 0; place < count; place++) {
    if (place >= kept && keys[place] < best[0].key) continue;
    ranking_hit hit = {keys[place], hits->hits.weights[place], hits->hits.posts[place]};
    if (place < kept) {
      best[place] = hit;
      if (place + 1 < kept) continue;
      for (size_t root = kept / 2; root-- > 0;) sink(best, kept, root);
    } else if (is_behind(best[0], hit)) {
      best[0] = hit;
      sink(best, kept, 0);
    }
  }
  for (size_t end = kept; end-- > 1;) {
    ranking_hit last = best[0];
    best[0] = best[end];
    best[end] = last;
    sink(best, end, 0);
  }
  return kept;
}
