// Questions that tests ask of an archive, answered by keys: row ids say nothing.

public import Threadbank
public import ThreadbankCore

extension ArchiveReader {
    /// Every post of every thread in reading order.
    public func allPosts() throws -> [Post] {
        try threads(ThreadListRequest()).items.flatMap { try thread($0.id)?.posts ?? [] }
    }

    /// The post of that key; nil where none has it.
    public func post(key: String) throws -> Post? { try allPosts().first { $0.sourceKey == key } }

    /// Each post's key to its parent's; a root is not in it, a ghost without a key is "?".
    public func parents() throws -> [String: String] {
        let posts = try allPosts()
        let keys = Dictionary(uniqueKeysWithValues: posts.map { ($0.id, $0.sourceKey ?? "?") })
        return posts.reduce(into: [:]) { parents, post in
            if let key = post.sourceKey, let parent = post.parentID { parents[key] = keys[parent] ?? "outside its thread" }
        }
    }

    /// The superseded texts of the post of that key, the latest first.
    public func revisions(key: String) throws -> [String?] {
        guard let post = try post(key: key) else { return [] }
        return try postDetails(post.id)?.revisions.map(\.body) ?? []
    }
}
