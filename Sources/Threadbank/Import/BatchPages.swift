// Step 0: a page that was imported before, in an earlier or shorter copy, keeps the keys of its posts.

internal import GRDB
internal import ThreadbankCore

extension Batch {
    /// Gives the posts of a page the keys under which they are stored. A page's keys rest on wording and order, so they move when
    /// a post is deleted, edited, or gets a twin; the alignment with the stored page says which post is which.
    func align(_ copies: inout [PendingCopy], _ page: Range<Int>) throws {
        guard let first = copies[page].first?.post, let thread = first.thread else { return }
        let source = try session.names.source(first.source, db)
        guard let id = try ThreadRecord.load(db, source: source, key: thread.key)?.id else { return }
        let stored = try PostRow.load(db, thread: id).filter { $0.state != .missing }
        let incoming = page.filter { copies[$0].post.state != .missing }
        let matches = PageAlignment.match(
            stored: stored.map { PageAlignment.Entry(text: $0.body) },
            incoming: incoming.map { PageAlignment.Entry(text: copies[$0].post.state == .present ? copies[$0].post.body : nil) })
        let taken = Set(stored.compactMap(\.sourceKey))
        var renamed: [String: String] = [:]
        var used = Set(matches.compactMap { $0.flatMap { stored[$0].sourceKey } })
        for (index, match) in zip(incoming, matches) {
            guard let key = copies[index].post.key else { continue }
            let kept = match.flatMap { stored[$0].sourceKey } ?? Self.free(key, taken: taken, used: &used)
            if kept != key { renamed[key] = kept }
        }
        if renamed.isEmpty { return }
        for index in page { copies[index] = copies[index].changing { $0.rename(renamed) } }
    }

    /// A key that no stored post and no other of this page has: the place among equals counts on.
    private static func free(_ key: String, taken: Set<String>, used: inout Set<String>) -> String {
        var free = key
        let stem = key.lastIndex(of: ".").map { key[..<$0] } ?? key[...]
        var place = 1
        while taken.contains(free) || used.contains(free) {
            place += 1
            free = "\(stem).\(place)"
        }
        used.insert(free)
        return free
    }
}

extension ImportedPost {
    fileprivate mutating func rename(_ keys: [String: String]) {
        if let key { self.key = keys[key] ?? key }
        parent?.parent?.rename(keys)
        for index in ancestors.indices { ancestors[index].rename(keys) }
        for index in links.indices { links[index].target.rename(keys) }
        for index in claims.indices { claims[index].parent?.rename(keys) }
    }
}

extension PostReference {
    fileprivate mutating func rename(_ keys: [String: String]) {
        if case .key(let key) = name, let renamed = keys[key] { name = .key(renamed) }
    }
}
