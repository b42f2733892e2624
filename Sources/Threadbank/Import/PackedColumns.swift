// Keeps `packed_columns` in step with the posts: what ranking, filters and facets need of them, 65,536 posts a row.

internal import CRanking
internal import GRDB

/// The writing side of packed columns; ``SearchHits`` reads them.
///
/// SQLite tells which rows a transaction writes (sqlite.org/c3ref/update_hook.html), and these are packed again at its end. So no writer
/// can forget it, and a transaction that is taken back takes its packing back too.
enum PackedColumns {
    /// Runs what writes, then packs the rows that it wrote.
    static func keeping<T>(_ db: Database, _ body: () throws -> T) throws -> T {
        guard let watch = packed_watch_open(db.sqliteConnection) else { throw DatabaseError(resultCode: .SQLITE_NOMEM) }
        defer { packed_watch_close(watch) }
        let result = try body()
        var count = 0
        let posts = packed_watch_posts(watch, &count)
        let changedPosts = Set(UnsafeBufferPointer(start: posts, count: count)).sorted()
        let threads = packed_watch_threads(watch, &count)
        let changedThreads = Set(UnsafeBufferPointer(start: threads, count: count)).sorted()
        try pack(changedPosts, of: .posts, db)
        try pack(changedThreads, of: .threads, db)
        return result
    }

    /// Packs all posts and threads anew. Time is that of reading them all.
    static func rebuild(_ db: Database) throws {
        try db.execute(sql: "DELETE FROM packed_columns")
        for table in PackedTable.allCases {
            guard let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM \(table.rawValue)"), last >= 0 else { continue }
            let statement = try PackedBlock.statement(table, db)
            for number in 0...min(last, Int64(UInt32.max)) / PackedBlock.size {
                let block = PackedBlock(table, number)
                try block.read(block.ids, statement)
                try block.save(db)
            }
        }
    }

    /// What is packed otherwise than it is, a line each, at most ten.
    static func faults(_ db: Database) throws -> [String] {
        var faults: [String] = []
        for table in PackedTable.allCases {
            let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM \(table.rawValue)") ?? 0
            if last > Int64(UInt32.max) { faults.append("\(table.letter)\(last) has too high a number for search to see it") }
            let statement = try PackedBlock.statement(table, db)
            let packed = try Int64.fetchOne(db, sql: SQL.lastBlock, arguments: ["\(table.rawValue).*"]) ?? 0
            for number in 0...max(packed, min(max(last, 0), Int64(UInt32.max)) / PackedBlock.size) where faults.count < 10 {
                let (stored, wanted) = (PackedBlock(table, number), PackedBlock(table, number))
                try stored.load(db)
                try wanted.read(wanted.ids, statement)
                if let id = stored.difference(from: wanted) {
                    faults.append("packed columns and \(table.letter)\(id) do not agree; `threadbank optimize` packs them anew")
                }
            }
        }
        return faults
    }

    /// - parameter ids: in ascending order.
    private static func pack(_ ids: [Int64], of table: PackedTable, _ db: Database) throws {
        if ids.isEmpty { return }
        let statement = try PackedBlock.statement(table, db)
        var place = ids.firstIndex { $0 >= 0 } ?? ids.count
        while place < ids.count, ids[place] <= Int64(UInt32.max) {
            let block = PackedBlock(table, ids[place] / PackedBlock.size)
            try block.load(db)
            while place < ids.count, block.ids.contains(ids[place]) {
                // Neighbours are read together, as an import wrote them.
                var last = place
                while last + 1 < ids.count, block.ids.contains(ids[last + 1]), ids[last + 1] <= ids[last] + 8 { last += 1 }
                try block.read(ids[place]...ids[last], statement)
                place = last + 1
            }
            try block.save(db)
        }
    }
}

private enum SQL {
    static let lastBlock = "SELECT max(block) FROM packed_columns WHERE name GLOB ?"
}
