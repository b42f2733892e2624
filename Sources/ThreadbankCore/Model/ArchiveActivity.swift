// When an archive's people wrote, who most, and where.

/// Posts by month, and who and where most of them are from. Ghosts are no posts here.
public struct ArchiveActivity: Sendable, Equatable {
    public struct Month: Sendable, Equatable {
        /// `2023-11`, UTC.
        public var month: String
        public var posts: Int

        public init(month: String, posts: Int) {
            self.month = month
            self.posts = posts
        }
    }

    public struct Named: Sendable, Equatable {
        public var name: String
        public var posts: Int

        public init(name: String, posts: Int) {
            self.name = name
            self.posts = posts
        }
    }

    /// The months that have posts, in their order.
    public var months: [Month] = []
    /// Ten at most, the busiest first.
    public var authors: [Named] = []
    public var forums: [Named] = []

    public init() {}
}
