// What two copies must have in common to be one post where only their topic's number and their own are known of them.

internal import GRDB
internal import ThreadbankCore

/// What tells whether two copies under one alias are one post, though nothing says that their sites are one.
struct Fingerprint {
    var key: String?
    var author: String?
    var createdAt: Int64?
    var isDateInferred: Bool
    var body: String?

    init(_ post: ImportedPost) {
        key = post.key.flatMap { post.aliases.contains($0) ? nil : $0 }
        author = post.author?.key
        createdAt = post.createdAt
        isDateInferred = post.inferences.contains { $0.what == .date }
        body = post.body
    }

    init(_ row: Row) {
        (key, author, createdAt, isDateInferred, body) = (row[0], row[1], row[2], row[3], row[4])
    }

    /// The same author, dates that go together (an inferred one is that of the last change), and the same key or the same words.
    func matches(_ other: Fingerprint) -> Bool {
        guard let author, author == other.author, let ours = createdAt, let theirs = other.createdAt else { return false }
        switch (isDateInferred, other.isDateInferred) {
        case (false, false): if ours != theirs { return false }
        case (true, false): if ours < theirs { return false }
        case (false, true): if theirs < ours { return false }
        case (true, true): break
        }
        if let key, let theirs = other.key { return key == theirs }
        return Wording.isAlike(body ?? "", other.body ?? "")
    }
}

/// The posts of a batch whose site is known, by what they are looked for.
struct NamedPosts {
    private var byAlias: [String: [ImportedPost]] = [:]
    private var byTitle: [ThreadReference: [SourceReference]] = [:]

    mutating func add(_ post: ImportedPost) {
        for alias in post.aliases { byAlias[alias, default: []].append(post) }
        if let title = Self.title(post), byTitle[title]?.contains(post.source) != true {
            byTitle[title, default: []].append(post.source)
        }
    }

    /// The sites that show the same post, or its topic under the same title.
    func sources(of post: ImportedPost) -> [SourceReference] {
        let print = Fingerprint(post)
        let same = post.aliases.flatMap { byAlias[$0] ?? [] }.filter { Fingerprint($0).matches(print) }.map(\.source)
        return same + (Self.title(post).flatMap { byTitle[$0] } ?? [])
    }

    private static func title(_ post: ImportedPost) -> ThreadReference? {
        guard let thread = post.thread, let title = thread.title else { return nil }
        return ThreadReference(key: thread.key, title: title)
    }
}
