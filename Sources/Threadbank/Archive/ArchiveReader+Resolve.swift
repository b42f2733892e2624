// From what a person writes to a row id: numbers, citations, URLs, Message-IDs, aliases.

internal import Foundation
internal import GRDB
public import ThreadbankCore

extension ArchiveReader {
    /// The post that `text` names; nil where the archive holds none.
    ///
    /// It may be a number or `p12`; a citation `threadbank:KIND[/NAME]:KEY`; the post's URL at its origin; a Message-ID with or without
    /// its brackets; an alias (`lemmy.ml/comment/12`, `TOPIC#NUMBER`) or a key of the origin that is no number (`t1_abc`).
    ///
    /// - throws: ``ThreadbankError`` with code `invalid` where several posts have that name.
    public func resolve(_ text: String) throws(ThreadbankError) -> Post.ID? {
        try read { db in try Resolver(db: db).post(text) }
    }

    /// The thread that `text` names; nil where the archive holds none. The id of a merged thread is returned as it is.
    ///
    /// It may be a number or `t3`, the thread's URL, or whatever ``resolve(_:)`` takes, for the thread of that post.
    ///
    /// - throws: ``ThreadbankError`` with code `invalid` where several posts have that name.
    public func resolveThread(_ text: String) throws(ThreadbankError) -> DiscussionThread.ID? {
        try read { db in
            let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
            if let id = DiscussionThread.ID(text: text) {
                return try Int64.fetchOne(db, sql: SQL.thread, arguments: [id.rawValue]).map(DiscussionThread.ID.init(rawValue:))
            }
            if let post = try Resolver(db: db).post(text) {
                let id = try Int64.fetchOne(db, sql: SQL.threadOfPost, arguments: [post.rawValue])
                return id.map(DiscussionThread.ID.init(rawValue:))
            }
            guard text.contains("://") else { return nil }
            return try Int64.fetchOne(db, sql: SQL.threadByURL, arguments: [text]).map(DiscussionThread.ID.init(rawValue:))
        }
    }

    /// The name of a post for ever; nil where there is no such post, or it is a ghost without any name.
    ///
    /// - throws: ``ThreadbankError`` with code `archive` where the archive cannot be read.
    public func citation(of id: Post.ID) throws(ThreadbankError) -> Citation? {
        try read { db in
            try Row.fetchOne(db, sql: SQL.citation, arguments: [id.rawValue]).flatMap { row in
                (row[2] as String?).map { Citation(kind: row[0], name: row[1], key: $0) }
            }
        }
    }
}

/// The ways of naming a post, one after another.
private struct Resolver {
    let db: Database

    func post(_ written: String) throws -> Post.ID? {
        let text = written.trimmingCharacters(in: .whitespacesAndNewlines)
        // A row id, and nothing else: `p12` must not turn into a key `p12` of some source once row 12 is gone.
        if let id = Post.ID(text: text) { return try one(SQL.post, [id.rawValue], text) }
        if let cited = Citation(text: text) {
            return try one(SQL.cited, [cited.kind, cited.name, cited.key], text)
                ?? one(SQL.citedByAlias, [cited.kind, cited.name, cited.key], text)
        }
        if text.contains("://") { return try byURL(text) }
        if text.hasPrefix("<"), text.hasSuffix(">") { return try byName(String(text.dropFirst().dropLast())) }
        return try byName(text)
    }

    private func byName(_ name: String) throws -> Post.ID? {
        try one(SQL.byKey, [name], name) ?? one(SQL.byAlias, [name], name)
    }

    /// A URL as it was stored, the key of a source whose keys are URLs, a source's template turned round, or an alias without its
    /// scheme, each with and without a slash at the end.
    private func byURL(_ url: String) throws -> Post.ID? {
        for url in [url, url.hasSuffix("/") ? String(url.dropLast()) : url + "/"] {
            if let id = try one(SQL.byURL, [url], url) ?? byName(url) ?? byTemplate(url) { return id }
            if let scheme = url.range(of: "://"), let id = try one(SQL.byAlias, [String(url[scheme.upperBound...])], url) {
                return id
            }
        }
        return nil
    }

    private func byTemplate(_ url: String) throws -> Post.ID? {
        for row in try Row.fetchAll(db, sql: SQL.templates) {
            let template: String = row[1]
            guard let hole = template.range(of: "{key}") else { continue }
            let (head, tail) = (template[..<hole.lowerBound], template[hole.upperBound...])
            guard url.hasPrefix(head), url.hasSuffix(tail), url.count > head.count + tail.count else { continue }
            let key = String(url.dropFirst(head.count).dropLast(tail.count))
            for key in [key, key.removingPercentEncoding ?? key] {
                let arguments: StatementArguments = [row[0] as Int64, key]
                if let id = try one(SQL.bySourceAndKey, arguments, url) { return id }
            }
        }
        return nil
    }

    /// The one post that a statement finds.
    private func one(_ sql: String, _ arguments: StatementArguments, _ text: String) throws -> Post.ID? {
        let ids = Array(Set(try Int64.fetchAll(db, sql: sql, arguments: arguments))).sorted()
        guard ids.count > 1 else { return ids.first.map(Post.ID.init(rawValue:)) }
        let names = ids.prefix(3).map { "p\($0)" }.joined(separator: ", ")
        throw ThreadbankError(.invalid, "\(text): \(ids.count) posts have that name (\(names)); name one by its number")
    }
}

private enum SQL {
    static let post = "SELECT id FROM posts WHERE id = ?"
    static let thread = "SELECT id FROM threads WHERE id = ?"
    static let threadOfPost = "SELECT thread_id FROM posts WHERE id = ?"
    static let threadByURL = "SELECT id FROM threads WHERE url = ? ORDER BY merged_into IS NOT NULL, id LIMIT 1"
    static let templates = "SELECT id, url_template FROM sources WHERE url_template IS NOT NULL"

    static let citation = """
        SELECT s.kind, s.name, COALESCE(p.source_key, (SELECT min(x.alias) FROM post_aliases x WHERE x.post_id = p.id))
          FROM posts p JOIN sources s ON s.id = p.source_id WHERE p.id = ?
        """

    static let cited = """
        SELECT p.id FROM sources s JOIN posts p ON p.source_id = s.id AND p.source_key = ?3 WHERE s.kind = ?1 AND s.name = ?2
        """
    static let citedByAlias = """
        SELECT x.post_id FROM sources s JOIN post_aliases x ON x.source_id = s.id AND x.alias = ?3
         WHERE s.kind = ?1 AND s.name = ?2
        """

    static let byURL = "SELECT id FROM posts WHERE url = ?"
    static let bySourceAndKey = "SELECT id FROM posts WHERE source_id = ? AND source_key = ?"
    // Sources are few; CROSS JOIN makes them the outer loop, so that the key is looked up in each.
    static let byKey = "SELECT p.id FROM sources s CROSS JOIN posts p ON p.source_id = s.id AND p.source_key = ?"
    static let byAlias = "SELECT x.post_id FROM sources s CROSS JOIN post_aliases x ON x.source_id = s.id AND x.alias = ?"
}
