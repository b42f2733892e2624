// A discussion. The name is not `Thread`, which Foundation has taken.

/// A discussion: the tree under one root, or what the origin keeps together (a topic, a page).
public struct DiscussionThread: Sendable, Identifiable, Equatable {
    public var id: ID
    /// nil where the origin gave none, as in a page copied without its head.
    public var title: String?
    /// The first words of the first post that has any, where there is no title; nil where there is one, or where nobody asked.
    public var excerpt: String?
    /// The source's kind, `activitypub` or `text` say.
    public var sourceKind: String
    /// The source's name; empty where there is only one of its kind.
    public var source: String
    public var forum: String?
    /// The author of the opening post.
    public var author: String?
    /// The first author that is known, where the opening post's is not; nil where it is, or where nobody asked.
    public var firstAuthor: String?
    /// Tags that the origin gave it, and one's own, each in order. Read with the thread.
    public var tags: [String] = []
    public var ownTags: [String] = []
    public var url: String?
    /// How many posts it holds, ghosts left out.
    public var posts: Int
    /// How many authors are known.
    public var authors: Int
    /// Unix seconds of the opening post and of the newest one; nil where unknown.
    public var startedAt: Int64?
    public var latestAt: Int64?

    public init(id: ID, sourceKind: String, source: String, posts: Int = 0, authors: Int = 0) {
        self.id = id
        self.sourceKind = sourceKind
        self.source = source
        self.posts = posts
        self.authors = authors
    }
}
