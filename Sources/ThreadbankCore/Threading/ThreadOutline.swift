// A thread without the texts of its posts: what comes back where these were given one by one.

/// What a thread is, how its posts hang together, and what they carried.
public struct ThreadOutline: Sendable {
    public let thread: DiscussionThread
    /// ``ReplyTree/Node/entry`` counts the posts in the order in which they were given.
    public let tree: ReplyTree
    public let carried: CarriedByPosts

    public init(thread: DiscussionThread, tree: ReplyTree, carried: CarriedByPosts = CarriedByPosts()) {
        self.thread = thread
        self.tree = tree
        self.carried = carried
    }
}

/// Files, addresses and ties of the few posts of a thread that have any.
public struct CarriedByPosts: Sendable {
    public var attachments: [Post.ID: [Attachment]] = [:]
    public var links: [Post.ID: [Post.Tie]] = [:]
    public var linkedFrom: [Post.ID: [Post.Tie]] = [:]

    public init() {}

    public var isEmpty: Bool { attachments.isEmpty && links.isEmpty && linkedFrom.isEmpty }

    /// Whether a post has any of it.
    public func isOf(_ post: Post.ID) -> Bool {
        !isEmpty && (attachments[post] != nil || links[post] != nil || linkedFrom[post] != nil)
    }

    /// Puts what belongs to a post where it belongs.
    public func add(to post: inout Post) {
        post.attachments = attachments[post.id] ?? []
        post.links = links[post.id] ?? []
        post.linkedFrom = linkedFrom[post.id] ?? []
    }
}
