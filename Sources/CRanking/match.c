// The function that FTS5 calls for each match: weighs it by BM25, with FTS5's constants number for number as its own bm25, and keeps it as a
// hit.
//
// bm25 looks each match's length up in a table, counts each phrase's posts by a pass of its own, and leaves the order to SQLite's
// sorter. Here lengths come from a packed column, a single phrase is counted while it is found, and no row leaves FTS5. Where
// phrases are joined with OR alone, each is asked for by itself (xQueryPhrase), which also goes around SQLite's machine.

#include "hits.h"

#include <math.h>
#include <stdlib.h>

void ranking_begin(
  ranking *hits, const ranking_formula *formula, packed_column length, ranking_manner manner, bool scored
) {
  hits->formula = *formula;
  hits->length = length;
  hits->manner = manner;
  hits->scored = scored;
  hits->started = false;
  hits->start = hits->hits.count;
  hits->matches = 0;
}

/// Common words get a small weight instead of none or less than none, as in FTS5.
static double rarity(const ranking *hits, size_t matches) {
  double value = log((hits->row_count - (double)matches + 0.5) / ((double)matches + 0.5));
  return value <= 0.0 ? 1e-6 : value;
}

/// So many rows cost less than the blocks of a column that they may lie in.
enum { few_in_a_block = 60 };

static double length_of(ranking *hits, const Fts5ExtensionApi *api, Fts5Context *context, uint32_t post) {
  int length = (int)packed_value(hits->columns, hits->length, post, false);
  if (length == 0xFFFF) api->xColumnSize(context, -1, &length);
  return (double)length;
}

/// How often a phrase stands in a match, each place by the weight of its column.
static double frequency(const ranking *hits, const Fts5ExtensionApi *api, Fts5Context *context, int phrase, int *code) {
  Fts5PhraseIter iterator;
  int column, offset;
  double sum = 0;
  *code = api->xPhraseFirst(context, phrase, &iterator, &column, &offset);
  if (*code != SQLITE_OK) return 0;
  for (; column >= 0; api->xPhraseNext(context, &iterator, &column, &offset)) {
    sum += column < 3 ? hits->formula.weights[column] : 1.0;
  }
  return sum;
}

static double saturated(const ranking *hits, double frequency, double length) {
  double k1 = hits->formula.k1, b = hits->formula.b;
  return (frequency * (k1 + 1.0)) / (frequency + k1 * (1 - b + b * length / hits->average_length));
}

static bool row(const Fts5ExtensionApi *api, Fts5Context *context, uint32_t *post) {
  sqlite3_int64 id = api->xRowid(context);
  *post = (uint32_t)id;
  return id > 0 && id <= UINT32_MAX;
}

static int count_match(const Fts5ExtensionApi *api, Fts5Context *context, void *user) {
  (void)api, (void)context;
  ((ranking *)user)->matches++;
  return SQLITE_OK;
}

/// Makes hits of the matches of a phrase that were gathered so far.
static void settle(ranking *hits) {
  hit_list *found = &hits->phrase_hits;
  bool are_few = found->count <= hits->few;
  size_t kept = 0;
  for (size_t place = 0; place < found->count; place++) {
    uint32_t post = found->posts[place];
    if (!fits(hits, post, are_few)) continue;
    double weight = 0;
    if (hits->scored) {
      uint32_t length = packed_value(hits->columns, hits->length, post, are_few);
      if (length == 0xFFFF) length = packed_single(hits->columns, hits->length, post);
      weight = saturated(hits, found->weights[place], (double)length);
    }
    found->posts[kept] = post;
    found->weights[kept++] = weight;
  }
  found->count = kept;
  hits->waits = false;
}

static int phrase_match(const Fts5ExtensionApi *api, Fts5Context *context, void *user) {
  ranking *hits = user;
  hits->matches++;
  uint32_t post;
  if (!row(api, context, &post)) return SQLITE_OK;
  if (hits->waits && hits->phrase_hits.count > hits->few) settle(hits);
  if (!hits->waits && !fits(hits, post, false)) return SQLITE_OK;
  double weight = 0;
  if (hits->scored) {
    int code;
    weight = frequency(hits, api, context, 0, &code);
    if (code != SQLITE_OK) return code;
    if (!hits->waits) weight = saturated(hits, weight, length_of(hits, api, context, post));
  }
  return append(&hits->phrase_hits, post, weight) ? SQLITE_OK : SQLITE_NOMEM;
}

/// Adds the hits of one phrase to those of the phrases before it; both are in ascending order.
static bool merge(ranking *hits, double rarity) {
  hit_list *found = &hits->phrase_hits;
  for (size_t place = 0; place < found->count; place++) found->weights[place] *= rarity;
  hit_list before = hits->hits;
  if (before.count == hits->start) {
    if (hits->start == 0) {
      hits->hits = *found;
      *found = before;
      return true;
    }
    for (size_t place = 0; place < found->count; place++) {
      if (!append(&hits->hits, found->posts[place], found->weights[place])) return false;
    }
    return true;
  }
  hit_list all = {0};
  bool done = true;
  for (size_t place = 0; place < hits->start && done; place++) done = append(&all, before.posts[place], before.weights[place]);
  size_t left = hits->start, right = 0;
  while ((left < before.count || right < found->count) && done) {
    bool takes_left = right == found->count || (left < before.count && before.posts[left] <= found->posts[right]);
    bool takes_right = left == before.count || (right < found->count && found->posts[right] <= before.posts[left]);
    uint32_t post = takes_left ? before.posts[left] : found->posts[right];
    double weight = takes_left ? before.weights[left] : 0.0;
    if (takes_right) weight += found->weights[right];
    left += takes_left;
    right += takes_right;
    done = append(&all, post, weight);
  }
  free(before.posts);
  free(before.weights);
  hits->hits = all;
  return done;
}

static int find_by_phrase(ranking *hits, const Fts5ExtensionApi *api, Fts5Context *context) {
  for (int phrase = 0; phrase < hits->phrase_count; phrase++) {
    hits->matches = 0;
    hits->phrase_hits.count = 0;
    hits->waits = true;
    int code = api->xQueryPhrase(context, phrase, hits, phrase_match);
    if (code != SQLITE_OK) return code;
    if (hits->waits) settle(hits);
    if (!merge(hits, rarity(hits, hits->matches))) return SQLITE_NOMEM;
  }
  return SQLITE_OK;
}

static int start(ranking *hits, const Fts5ExtensionApi *api, Fts5Context *context) {
  sqlite3_int64 rows = 0, words = 0;
  int code = api->xRowCount(context, &rows);
  if (code == SQLITE_OK) code = api->xColumnTotalSize(context, -1, &words);
  if (code != SQLITE_OK) return code;
  hits->row_count = (double)rows;
  hits->average_length = (double)words / (double)rows;
  hits->phrase_count = api->xPhraseCount(context);
  hits->few = few_in_a_block * (size_t)packed_block_count(hits->columns);
  if (hits->manner == ranking_by_phrase) return find_by_phrase(hits, api, context);
  free(hits->rarities);
  hits->rarities = calloc((size_t)hits->phrase_count + 1, sizeof *hits->rarities);
  if (!hits->rarities) return SQLITE_NOMEM;
  if (hits->manner == ranking_one_phrase) return SQLITE_OK;
  for (int phrase = 0; phrase < hits->phrase_count && hits->scored; phrase++) {
    hits->matches = 0;
    code = api->xQueryPhrase(context, phrase, hits, count_match);
    if (code != SQLITE_OK) return code;
    hits->rarities[phrase] = rarity(hits, hits->matches);
  }
  hits->matches = 0;
  return SQLITE_OK;
}

static int take(ranking *hits, const Fts5ExtensionApi *api, Fts5Context *context) {
  hits->matches++;
  uint32_t post;
  if (!row(api, context, &post) || !fits(hits, post, false)) return SQLITE_OK;
  double weight = 0;
  if (hits->scored) {
    double length = length_of(hits, api, context, post);
    for (int phrase = 0; phrase < hits->phrase_count; phrase++) {
      int code;
      double often = frequency(hits, api, context, phrase, &code);
      if (code != SQLITE_OK) return code;
      double part = saturated(hits, often, length);
      weight += hits->manner == ranking_one_phrase ? part : hits->rarities[phrase] * part;
    }
  }
  return append(&hits->hits, post, weight) ? SQLITE_OK : SQLITE_NOMEM;
}

static void match(const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *result, int count, sqlite3_value **values) {
  ranking *hits = count == 1 ? sqlite3_value_pointer(values[0], "threadbank ranking") : NULL;
  if (!hits) {
    sqlite3_result_error(result, "ranking_match is for threadbank's own search", -1);
    return;
  }
  int code = SQLITE_OK;
  if (!hits->started) {
    hits->started = true;
    code = start(hits, api, context);
  }
  if (code == SQLITE_OK && hits->manner != ranking_by_phrase) code = take(hits, api, context);
  if (code != SQLITE_OK) {
    hits->failed = true;
    sqlite3_result_error_code(result, code);
  } else {
    sqlite3_result_int(result, 1);
  }
}

void ranking_end(ranking *hits) {
  if (hits->started && hits->manner == ranking_one_phrase && hits->scored) {
    double factor = rarity(hits, hits->matches);
    for (size_t place = hits->start; place < hits->hits.count; place++) hits->hits.weights[place] *= factor;
  }
  hits->started = false;
  free(hits->rarities);
  free(hits->phrase_hits.posts);
  free(hits->phrase_hits.weights);
  hits->rarities = NULL;
  hits->phrase_hits = (hit_list){0};
}

int ranking_bind(sqlite3_stmt *statement, int index, ranking *hits) {
  return sqlite3_bind_pointer(statement, index, hits, "threadbank ranking", NULL);
}

int ranking_register(sqlite3 *connection) {
  fts5_api *api = NULL;
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2(connection, "SELECT fts5(?1)", -1, &statement, NULL);
  if (code != SQLITE_OK) return code;
  sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
  sqlite3_step(statement);
  code = sqlite3_finalize(statement);
  if (code != SQLITE_OK) return code;
  return api ? api->xCreateFunction(api, "ranking_match", NULL, match, NULL) : SQLITE_ERROR;
}
