// An archive as text, without row ids: two archives are the same when their dumps are.

public import Threadbank
internal import ThreadbankCore

extension ArchiveReader {
    /// Every fact of the archive, a line each, in an order of its own; rows are named by their keys. `imports` is left out, and
    /// threads that were merged into others, which tell of the order of inputs.
    public func dump() throws -> [String] {
        var lines: [String] = []
        _ = try exportPosts { post in
            var post = post
            // What others say of a post that speaks for itself is kept, or not, by the order in which they came.
            if post.state != .missing { post.claims.removeAll { $0.witness != nil } }
            post.claims.sort { "\($0)" < "\($1)" }
            post.revisions.sort { ($0.title ?? "", $0.body ?? "") < ($1.title ?? "", $1.body ?? "") }
            post.revisions = post.revisions.map { Revision(seenAt: nil, title: $0.title, body: $0.body) }
            post.links.sort { "\($0)" < "\($1)" }
            post.mergedThreads = []
            lines.append(InterchangeLine.post(post).text)
        }
        return lines.sorted()
    }

    /// The posts of each thread, by key or alias, in an order of its own.
    public func threadSets() throws -> [[String]] {
        try threads(ThreadListRequest()).items.map { thread in
            var names: [String] = []
            _ = try exportPosts(of: thread.id) { post in
                names.append("\(post.source.kind) \(post.reference.map { "\($0.name)" } ?? "no name")")
            }
            return names.sorted()
        }.sorted { $0.joined() < $1.joined() }
    }

    /// What `check` finds wrong, a line each.
    public func faults() throws -> [String] { try check().flatMap { result in result.faults.map { "\(result.subject): \($0)" } } }
}
