// The reading side of packed columns, within this target.
#ifndef CRANKING_COLUMNS_H
#define CRANKING_COLUMNS_H

#include "CRanking.h"

/// The values of a block, all 65,536 of them; zeros where nothing is stored.
const void *packed_block(packed_columns *columns, packed_column column, int64_t block);
/// How many blocks of posts there are.
int64_t packed_block_count(packed_columns *columns);
/// One value from the table that it was packed from, where its block is not loaded yet. Lengths have no upper bound here.
uint32_t packed_single(packed_columns *columns, packed_column column, uint32_t id);

/// One value.
///
/// - parameter is_of_few: whether few will be asked for. Then its row is read: 65,536 values of a block cost as much as some hundred rows.
static inline uint32_t packed_value(packed_columns *columns, packed_column column, uint32_t id, bool is_of_few) {
  if (is_of_few) return packed_single(columns, column, id);
  const void *block = packed_block(columns, column, id >> 16);
  uint32_t slot = id & 0xFFFF;
  switch (packed_width(column)) {
  case 1: return ((const uint8_t *)block)[slot];
  case 2: return ((const uint16_t *)block)[slot];
  default: return ((const uint32_t *)block)[slot];
  }
}

#endif
