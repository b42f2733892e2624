// Everybody who wrote in an archive, for exports under pseudonyms.

internal import GRDB
public import ThreadbankCore

extension ArchiveReader {
    /// All authors, and whether the name of each is more of a word than of a name: of one plain word that stands in more than ten posts, and in
    /// ten times as many as the author wrote.
    ///
    /// - throws: ``ThreadbankError`` with code `archive` where the archive cannot be read.
    public func people() throws(ThreadbankError) -> [Anonymizer.Person] {
        try read { db in
            let count = try db.cachedStatement(sql: SQL.count)
            return try Row.fetchAll(db, sql: SQL.people).map { row in
                let author = AuthorReference(key: row[0], name: row[1], displayName: row[2], url: row[3])
                let most = 10 * max(1, row[4] as Int)
                let isWord = try [author.name, author.displayName].contains { name in
                    guard let name, name.utf8.allSatisfy({ (0x61...0x7A).contains($0 | 0x20) }), !name.isEmpty else {
                        return false
                    }
                    return try Int.fetchOne(count, arguments: ["\"\(name)\"", most + 1]) ?? 0 > most
                }
                return Anonymizer.Person(author, isWord: isWord)
            }
        }
    }
}

private enum SQL {
    static let people = """
        SELECT a.source_key, a.name, a.display_name, a.url, coalesce(p.posts, 0)
          FROM authors a
          LEFT JOIN (SELECT author_id, count(*) AS posts FROM posts WHERE author_id IS NOT NULL GROUP BY author_id) p
            ON p.author_id = a.id
        """
    static let count = "SELECT count(*) FROM (SELECT 1 FROM posts_fts WHERE posts_fts MATCH ? LIMIT ?)"
}
