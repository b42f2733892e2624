// From the fields of a query to SQL conditions on one row of `posts`, named `p`.

internal import ThreadbankCore

/// A value bound to a statement.
enum SearchValue: Sendable, Equatable {
    case text(String)
    case integer(Int64)
}

/// The values that a statement binds, and the SQL that stands for them: `?1`, `?2`, …
struct SearchValues: Sendable, Equatable {
    private(set) var all: [SearchValue] = []

    mutating func bind(_ value: SearchValue) -> String {
        all.append(value)
        return "?\(all.count)"
    }

    /// Ids (or texts) as one JSON array, so that thousands of them are one value.
    mutating func bind(list: String?) -> String { "(SELECT value FROM json_each(\(bind(.text(list ?? "[]")))))" }
}

extension SearchField {
    /// Whether an index of `posts`, or a small table, gives the posts that fit without reading them all.
    var hasIndex: Bool {
        switch self {
        case .author(let name): !NamePattern(name).fitsAll
        case .forum, .tag, .thread, .after, .before, .date, .has: true
        case .source, .score, .is: false
        }
    }

    /// The condition. It may be NULL where the post does not know (no author, no date), which counts as false.
    func condition(_ names: SearchNames, _ values: inout SearchValues) -> String {
        switch self {
        case .author(let name):
            if NamePattern(name).fitsAll { return "p.author_id IS NOT NULL" }
            return "p.author_id IN " + values.bind(list: names.authors[name])
        case .forum(let name):
            let forums = values.bind(list: names.forums[name])
            return "(p.thread_id IN (SELECT id FROM threads WHERE forum_id IN \(forums))"
                + " OR p.id IN (SELECT post_id FROM post_forums WHERE forum_id IN \(forums)))"
        case .source(let name): return "p.source_id IN " + values.bind(list: names.sources[name])
        case .tag(let tag):
            let tags = values.bind(list: names.tags[tag])
            return "(p.thread_id IN (SELECT thread_id FROM tags WHERE tag IN \(tags)"
                + " UNION SELECT q.thread_id FROM marks m JOIN posts q ON q.id = m.post_id"
                + " WHERE m.kind = 'tag' AND m.scope = 'thread' AND m.text IN \(tags))"
                + " OR p.id IN (SELECT post_id FROM marks WHERE kind = 'tag' AND scope = 'post' AND text IN \(tags)))"
        case .thread(let id): return "p.thread_id = " + values.bind(.integer(names.threads[id] ?? id.rawValue))
        case .after(let date): return "p.created_at >= " + values.bind(.integer(date.start))
        case .before(let date): return "p.created_at < " + values.bind(.integer(date.start))
        case .date(let first, let last):
            let low = first.map { "p.created_at >= " + values.bind(.integer($0.start)) }
            let high = last.map { "p.created_at < " + values.bind(.integer($0.end)) }
            return [low, high].compactMap { $0 }.joined(separator: " AND ")
        case .score(let range):
            let low = values.bind(.integer(range.lowerBound))
            return "p.score BETWEEN \(low) AND " + values.bind(.integer(range.upperBound))
        case .is(let property): return property.condition
        case .has(.link): return SQL.hasLink
        case .has(.attachment): return SQL.hasAttachment
        }
    }
}

extension SearchField.Property {
    fileprivate var condition: String {
        switch self {
        case .present, .deleted, .removed, .missing: "p.state = '\(rawValue)'"
        case .edited: SQL.isEdited
        case .reply: SQL.isReply
        case .root: "NOT " + SQL.isReply
        case .inferred: SQL.isInferred
        }
    }
}

private enum SQL {
    static let isEdited = "(p.edited_at IS NOT NULL OR EXISTS (SELECT 1 FROM post_revisions x WHERE x.post_id = p.id))"
    static let isReply = "EXISTS (SELECT 1 FROM replies x WHERE x.post_id = p.id AND x.parent_id IS NOT NULL)"
    static let isInferred =
        "(EXISTS (SELECT 1 FROM replies x WHERE x.post_id = p.id AND x.confidence < 1)"
        + " OR EXISTS (SELECT 1 FROM inferences x WHERE x.post_id = p.id))"
    /// The index finds the posts that name a protocol; only those are read.
    static let hasLink =
        "(p.id IN (SELECT rowid FROM posts_fts WHERE posts_fts MATCH '\"http\" OR \"https\"')"
        + " AND (p.body LIKE '%http://%' OR p.body LIKE '%https://%')"
        + " OR p.id IN (SELECT from_post_id FROM links)"
        + " OR p.id IN (SELECT post_id FROM attachments WHERE type = '\(Attachment.linkType)'))"
    static let hasAttachment = "p.id IN (SELECT post_id FROM attachments WHERE type IS NOT '\(Attachment.linkType)')"
}
