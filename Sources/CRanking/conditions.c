// Which posts a ranking takes: conditions on packed columns.

#include "hits.h"

#include <stdlib.h>
#include <string.h>

void ranking_want_all(ranking *hits) {
  for (size_t place = 0; place < hits->condition_count; place++) {
    free(hits->conditions[place].values);
    free(hits->conditions[place].posts);
  }
  free(hits->conditions);
  hits->conditions = NULL;
  hits->condition_count = 0;
}

static bool add(ranking *hits, condition added) {
  condition *conditions = realloc(hits->conditions, (hits->condition_count + 1) * sizeof *conditions);
  if (!conditions) {
    free(added.values);
    free(added.posts);
    return false;
  }
  hits->conditions = conditions;
  conditions[hits->condition_count++] = added;
  return true;
}

bool ranking_want_states(ranking *hits, int states, bool negated) {
  uint16_t accepted = 0;
  for (int state = 0; state < 4; state++) {
    if (states & 1 << state) accepted |= (uint16_t)(1 << (state << packed_state_shift));
  }
  return add(hits, (condition){.kind = want_flags, .negated = negated, .mask = packed_state_mask, .accepted = accepted});
}

bool ranking_want_reply(ranking *hits, bool negated) {
  return add(hits, (condition){.kind = want_flags, .negated = negated, .mask = packed_is_reply, .accepted = 1 << packed_is_reply});
}

bool ranking_want_characters(ranking *hits, bool negated) {
  return add(hits, (condition){.kind = want_characters, .negated = negated});
}

bool ranking_want_minutes(ranking *hits, uint32_t first, uint32_t last, bool negated) {
  return add(hits, (condition){.kind = want_minutes, .negated = negated, .first = first, .last = last});
}

bool ranking_want_values(
  ranking *hits, packed_column column, const uint32_t *values, size_t count, const uint32_t *posts, size_t post_count, bool negated
) {
  condition wanted = {.kind = want_values, .negated = negated, .column = column};
  uint32_t highest = 0, highest_post = 0;
  for (size_t place = 0; place < count; place++) highest = values[place] > highest ? values[place] : highest;
  for (size_t place = 0; place < post_count; place++) highest_post = posts[place] > highest_post ? posts[place] : highest_post;
  wanted.values = calloc((size_t)highest + 1, 1);
  wanted.posts = calloc((size_t)highest_post / 8 + 1, 1);
  if (!wanted.values || !wanted.posts) {
    free(wanted.values);
    free(wanted.posts);
    return false;
  }
  wanted.value_count = count > 0 ? highest + 1 : 0;
  wanted.post_count = post_count > 0 ? highest_post + 1 : 0;
  for (size_t place = 0; place < count; place++) wanted.values[values[place]] = 1;
  for (size_t place = 0; place < post_count; place++) wanted.posts[posts[place] / 8] |= (uint8_t)(1 << posts[place] % 8);
  return add(hits, wanted);
}

static bool holds(ranking *hits, const condition *wanted, uint32_t post, uint8_t flags, bool is_of_few) {
  packed_columns *columns = hits->columns;
  switch (wanted->kind) {
  case want_flags: return (wanted->accepted >> (flags & wanted->mask) & 1) != 0;
  case want_characters: return packed_value(columns, packed_characters_length, post, is_of_few) > 0;
  case want_minutes: {
    uint32_t minute = packed_value(columns, packed_minute, post, is_of_few);
    return minute > 0 && minute >= wanted->first && minute <= wanted->last;
  }
  case want_values: {
    if (post < wanted->post_count && wanted->posts[post / 8] >> post % 8 & 1) return true;
    uint32_t value;
    if (wanted->column == packed_thread_forum) {
      uint32_t thread = packed_value(columns, packed_thread, post, is_of_few);
      value = packed_value(columns, packed_thread_forum, thread, is_of_few);
    } else {
      value = packed_value(columns, wanted->column, post, is_of_few);
    }
    return value > 0 && value < wanted->value_count && wanted->values[value];
  }
  }
  return false;
}

bool fits(ranking *hits, uint32_t post, bool is_of_few) {
  if (hits->condition_count == 0) return true;
  uint8_t flags = (uint8_t)packed_value(hits->columns, packed_flags, post, is_of_few);
  if (!(flags & packed_is_post)) return false;
  for (size_t place = 0; place < hits->condition_count; place++) {
    const condition *wanted = &hits->conditions[place];
    if (holds(hits, wanted, post, flags, is_of_few) == wanted->negated) return false;
  }
  return true;
}
