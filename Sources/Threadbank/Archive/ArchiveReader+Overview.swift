// What an archive holds in numbers, and what kind of file it is.

internal import Foundation
internal import GRDB
public import ThreadbankCore

extension ArchiveReader {
    /// Counts of what the archive holds.
    ///
    /// - throws: ``ThreadbankError`` with code `archive` where the archive cannot be read.
    /// - complexity: O(posts): the states are read from the table.
    public func statistics() throws(ThreadbankError) -> ArchiveStatistics {
        try read { db in
            var statistics = ArchiveStatistics()
            for state in PostState.allCases { statistics.posts[state] = 0 }
            for basis in ReplyBasis.allCases { statistics.replies[basis] = 0 }
            for row in try Row.fetchAll(db, sql: SQL.states) {
                statistics.posts[PostState(rawValue: row[0]) ?? .present] = row[1]
            }
            for row in try Row.fetchAll(db, sql: SQL.bases) {
                statistics.replies[ReplyBasis(rawValue: row[0]) ?? .native] = row[1]
            }
            if let row = try Row.fetchOne(db, sql: SQL.counts) {
                statistics.threads = row[0]
                statistics.authors = row[1]
                statistics.forums = row[2]
                statistics.sources = row[3]
                statistics.imports = row[4]
                statistics.firstAt = row[5]
                statistics.lastAt = row[6]
                statistics.roots = row[7]
            }
            return statistics
        }
    }

    /// What kind of file the archive is, where its posts came from, and the last imports.
    ///
    /// - throws: ``ThreadbankError`` with code `archive` where the archive cannot be read.
    /// - complexity: O(posts): ghosts are told apart in the table.
    public func info() throws(ThreadbankError) -> ArchiveInfo {
        let (file, log) = (size(of: path), size(of: path + "-wal"))
        return try read { db in
            func pragma<T: DatabaseValueConvertible>(_ name: String, or other: T) throws -> T {
                try T.fetchOne(db, sql: "PRAGMA \(name)") ?? other
            }
            var info = ArchiveInfo(
                path: path, schemaVersion: try pragma("user_version", or: 0),
                stemming: try Archive.Stemming.stored(db).rawValue,
                sqliteVersion: try String.fetchOne(db, sql: SQL.version) ?? "", journalMode: try pragma("journal_mode", or: ""),
                fileSize: file, logSize: log,
                freeSize: try pragma("freelist_count", or: Int64(0)) * pragma("page_size", or: Int64(0)))
            info.sources = try Row.fetchAll(db, sql: SQL.sources).map {
                ArchiveInfo.Source(kind: $0[0], name: $0[1], url: $0[2], posts: $0[3])
            }
            info.lastImports = try Row.fetchAll(db, sql: SQL.imports).map { ImportRows.record($0) }
            return info
        }
    }
}

/// Bytes of a file; 0 where there is none.
private func size(of path: String) -> Int64 {
    ((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int).map(Int64.init) ?? 0
}

private enum SQL {
    static let states = "SELECT state, count(*) FROM posts GROUP BY state"
    static let bases = "SELECT basis, count(*) FROM replies WHERE parent_id IS NOT NULL GROUP BY basis"

    static let counts = """
        SELECT (SELECT count(*) FROM threads WHERE merged_into IS NULL), (SELECT count(*) FROM authors),
               (SELECT count(*) FROM forums), (SELECT count(*) FROM sources), (SELECT count(*) FROM imports),
               (SELECT min(created_at) FROM posts), (SELECT max(created_at) FROM posts),
               (SELECT count(*) FROM posts) - (SELECT count(*) FROM replies WHERE parent_id IS NOT NULL)
        """

    static let version = "SELECT sqlite_version()"

    static let sources = """
        SELECT s.kind, s.name, s.url, COALESCE(n.posts, 0)
          FROM sources s
          LEFT JOIN (SELECT source_id, count(*) AS posts FROM posts WHERE state <> 'missing' GROUP BY source_id) n
            ON n.source_id = s.id
         ORDER BY n.posts DESC NULLS LAST, s.kind, s.name
        """

    static let imports = "SELECT \(ImportRows.columns) FROM imports i ORDER BY i.id DESC LIMIT 10"
}
