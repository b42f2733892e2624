// Answers `own:` and `quoted:`: which part of a body a text stands in, no index tells.

internal import GRDB
internal import ThreadbankCore

/// Finds the posts that hold a text in one part of them.
///
/// The archive's index gives the posts that hold it anywhere. These are taken apart and indexed again in memory, with the
/// archive's tokenizer, a few thousand at a time: so words, stems, phrases and prefixes mean the same as everywhere.
struct SearchParts {
    private static let batch = 2_000

    private let queue: DatabaseQueue

    /// Adds to `names` the posts of each such text of a query.
    static func find(_ query: SearchQuery, _ names: inout SearchNames, _ db: Database) throws {
        var made: SearchParts?
        for leaf in query.nodes {
            guard let plain = leaf.wholePost, names.parts[leaf.description] == nil else { continue }
            let parts = try made ?? SearchParts(tokenizer: Archive.Stemming.stored(db).tokenizer)
            made = parts
            names.parts[leaf.description] = try parts.posts(leaf, among: SearchSQL(plain, names: SearchNames(plain, db)), db)
        }
    }

    private init(tokenizer: String) throws {
        queue = try DatabaseQueue()
        try queue.write { db in
            for index in [TextIndex.words, .characters] {
                try db.execute(
                    sql:
                        "CREATE VIRTUAL TABLE \(index.rawValue) USING fts5 (title, own, quoted, content = '', tokenize = '\(tokenizer)')"
                )
            }
        }
    }

    /// The ids as a JSON array.
    private func posts(_ leaf: SearchQuery, among search: SearchSQL, _ db: Database) throws -> String {
        let ids = try SearchHits(search, db, scored: false).posts
        var found: [JSON] = []
        for start in stride(from: 0, to: ids.count, by: Self.batch) {
            let batch = ids[start..<min(start + Self.batch, ids.count)]
            let rows = try Row.fetchCursor(db, sql: SQL.posts, arguments: [JSON.array(batch.map { .integer($0) }).text])
            try queue.write { memory in
                for index in [TextIndex.words, .characters] {
                    try memory.execute(sql: "INSERT INTO \(index.rawValue) (\(index.rawValue)) VALUES ('delete-all')")
                }
                while let row = try rows.next() {
                    let (title, body): (String?, String) = (row[1], row[2] ?? "")
                    let markup = (row[3] as String?).flatMap(Markup.init)
                    if QuotedLines.isPlainlyOwn(body, markup) {
                        // Nothing is quoted, so the whole post is its author's, and that it holds the text is known.
                        if leaf.partialColumn == .own { found.append(.integer(row[0])) }
                        continue
                    }
                    // As the archive's own index sees the post.
                    let isSpaceless = SpacelessText.occurs(in: title ?? "") || SpacelessText.occurs(in: body)
                    let parts = QuotedLines(body, markup)
                    try Self.insert(row[0], title, parts, isSpaceless, memory)
                }
                for index in [TextIndex.words, .characters] {
                    guard let match = Self.expression(leaf, index) else { continue }
                    let sql = "SELECT rowid FROM \(index.rawValue) WHERE \(index.rawValue) MATCH ?"
                    found += try Int64.fetchAll(memory, sql: sql, arguments: [match]).map { .integer($0) }
                }
            }
        }
        return JSON.array(found).text
    }

    private static func insert(_ id: Int64, _ title: String?, _ parts: QuotedLines, _ isSpaceless: Bool, _ memory: Database)
        throws
    {
        let texts = [title ?? "", parts.own, parts.quoted].map { isSpaceless ? SpacelessText.words($0) : $0 }
        let table = (isSpaceless ? TextIndex.characters : .words).rawValue
        try memory.cachedStatement(sql: "INSERT INTO \(table) (rowid, title, own, quoted) VALUES (?, ?, ?, ?)")
            .execute(arguments: [id, texts[0], texts[1], texts[2]])
    }

    private static func expression(_ leaf: SearchQuery, _ index: TextIndex) -> String? {
        guard let plain = leaf.wholePost, let column = leaf.partialColumn else { return nil }
        if index == .words, plain.wantsCharacters { return nil }
        let columns = column == .own ? "{title own}" : "{quoted}"
        return SearchMatch(index: index, isPlain: true).expression(plain).map { "\(columns) : \($0)" }
    }
}

extension SearchQuery {
    /// `own` or `quoted` where this is such a text.
    fileprivate var partialColumn: SearchText.Column? {
        switch self {
        case .text(let text): text.isPartial ? text.column : nil
        case .near(let texts, _): texts.first.flatMap { $0.isPartial ? $0.column : nil }
        default: nil
        }
    }

    /// Such a text asked of the whole post; nil for anything else.
    fileprivate var wholePost: SearchQuery? {
        guard partialColumn != nil else { return nil }
        func whole(_ text: SearchText) -> SearchText { SearchText(text.text, isPrefix: text.isPrefix) }
        return switch self {
        case .text(let text): .text(whole(text))
        case .near(let texts, let distance): .near(texts.map(whole), distance: distance)
        default: nil
        }
    }
}

private enum SQL {
    /// CROSS JOIN: the ids drive, or each batch would read every post.
    static let posts = """
        SELECT p.id, p.title, p.body, p.markup FROM json_each(?) w CROSS JOIN posts p ON p.id = w.value WHERE p.state <> 'missing'
        """
}
