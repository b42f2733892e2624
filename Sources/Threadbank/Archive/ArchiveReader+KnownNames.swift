// The names that an archive holds, for shells that complete them and for people who mistyped one.

internal import GRDB
public import ThreadbankCore

/// What has a name in an archive.
public enum NameKind: String, Sendable, CaseIterable {
    case author, forum, source, tag
}

extension ArchiveReader {
    /// The names of a kind that begin with `start`, case and accents aside, in order, each once.
    ///
    /// - parameter limit: how many at most.
    /// - throws: ``ThreadbankError`` with code `archive` where the archive cannot be read.
    public func names(of kind: NameKind, startingWith start: String = "", limit: Int = 500) throws(ThreadbankError) -> [String] {
        let pattern = NamePattern(escapingStars: start, isPrefix: true)
        return try read { db in
            var names: [String] = []
            let rows = try String.fetchCursor(db, sql: SQL.names(kind))
            while names.count < limit, let name = try rows.next() {
                if name != names.last, pattern.fits(name) { names.append(name) }
            }
            return names
        }
    }

    /// The names that somebody may have meant by one that nothing has: those that hold it, then those that differ in a letter or two.
    ///
    /// - parameter limit: how many at most.
    /// - throws: ``ThreadbankError`` with code `archive` where the archive cannot be read.
    /// - complexity: O(names).
    public func nearestNames(to text: String, of kind: NameKind, limit: Int = 5) throws(ThreadbankError) -> [String] {
        try read { db in
            var nearest = NearestNames(text, limit: limit)
            let rows = try String.fetchCursor(db, sql: SQL.names(kind))
            while let name = try rows.next() { nearest.consider(name) }
            guard kind == .source, nearest.best.isEmpty else { return nearest.best }
            // Many know a source by the format that it came in: `mbox` where the posts are of `mail`.
            return try String.fetchAll(db, sql: SQL.sourcesOfFormat, arguments: [text, limit])
        }
    }

    /// For each name in a query that nothing in the archive has, the names that are nearest, none where none is near.
    ///
    /// - throws: ``ThreadbankError`` with code `archive` where the archive cannot be read.
    public func unknownNames(in query: SearchQuery) throws(ThreadbankError) -> [UnknownName] {
        var unknown: [UnknownName] = []
        for field in query.fields {
            guard let (kind, text) = field.name, !unknown.contains(where: { $0.kind == kind && $0.text == text }) else {
                continue
            }
            let isKnown = try read { db in try !SearchNames(.field(field), db).isUnknown(field) }
            if isKnown { continue }
            unknown.append(UnknownName(kind: kind, text: text, nearest: try nearestNames(to: text, of: kind)))
        }
        return unknown
    }
}

/// A name in a query that nothing in the archive has.
public struct UnknownName: Sendable, Equatable {
    public var kind: NameKind
    public var text: String
    /// The names that may have been meant, the likeliest first.
    public var nearest: [String]

    public init(kind: NameKind, text: String, nearest: [String]) {
        self.kind = kind
        self.text = text
        self.nearest = nearest
    }
}

extension SearchField {
    fileprivate var name: (NameKind, String)? {
        switch self {
        case .author(let text): (.author, text)
        case .forum(let text): (.forum, text)
        case .source(let text): (.source, text)
        case .tag(let text): (.tag, text)
        default: nil
        }
    }
}

private enum SQL {
    static let sourcesOfFormat = """
        SELECT DISTINCT CASE s.name WHEN '' THEN s.kind ELSE s.name END FROM sources s
         WHERE s.id IN (SELECT source_id FROM posts WHERE import_id IN (SELECT id FROM imports WHERE format = ? COLLATE NOCASE))
         ORDER BY 1 LIMIT ?
        """

    static func names(_ kind: NameKind) -> String {
        switch kind {
        case .author: "SELECT name FROM authors UNION SELECT display_name FROM authors WHERE display_name IS NOT NULL ORDER BY 1"
        case .forum: "SELECT name FROM forums ORDER BY 1"
        case .source: "SELECT CASE name WHEN '' THEN kind ELSE name END FROM sources UNION SELECT kind FROM sources ORDER BY 1"
        case .tag: "SELECT tag FROM tags UNION SELECT text FROM marks WHERE kind = 'tag' ORDER BY 1"
        }
    }
}
