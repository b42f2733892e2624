// An account of a source.

/// An account, unique in its source.
public struct Author: Sendable, Identifiable, Equatable {
    public var id: ID
    /// The short name; `displayName` is the chosen one, where the origin has it.
    public var name: String
    public var displayName: String?
    public var sourceKind: String
    public var source: String
    public var url: String?
    /// How many posts of this author the archive holds.
    public var posts: Int
    /// Unix seconds of the author's first and last dated post; nil where no post is dated.
    public var firstAt: Int64?
    public var lastAt: Int64?

    public init(id: ID, name: String, sourceKind: String, source: String, posts: Int = 0) {
        self.id = id
        self.name = name
        self.sourceKind = sourceKind
        self.source = source
        self.posts = posts
    }
}
