// What can be asked of the lists of threads and authors, and what comes back.

/// Which threads, in which order. Everything nil asks for all.
public struct ThreadListRequest: Sendable, Equatable {
    public enum Sort: String, Sendable, CaseIterable {
        /// By the date of the opening post; undated ones last.
        case newest
        case oldest
        /// The most posts first.
        case posts
        /// The newest last post first.
        case latest
    }

    /// A forum's name or key in its origin; case of A–Z does not matter.
    public var forum: String?
    /// A source's kind or name.
    public var source: String?
    /// Threads in which this author posted: name, display name or key.
    public var author: String?
    /// Threads that began at this instant or later, in Unix seconds. Undated threads never match a date.
    public var after: Int64?
    /// Threads that began before this instant, in Unix seconds.
    public var before: Int64?
    public var sort = Sort.newest
    /// nil for all.
    public var limit: Int?
    public var offset = 0

    public init() {}
}

/// One page of a list.
public struct ListPage<Item: Sendable>: Sendable {
    /// How many there are in all pages.
    public var total: Int
    public var items: [Item]

    public init(total: Int, items: [Item]) {
        self.total = total
        self.items = items
    }
}

/// Which authors, in which order. Everything nil asks for all.
public struct AuthorListRequest: Sendable, Equatable {
    public enum Sort: String, Sendable, CaseIterable {
        /// The most posts first.
        case posts
        case name
        /// The newest last post first.
        case latest
    }

    /// A source's kind or name.
    public var source: String?
    /// A part of the name, display name or key; case of A–Z does not matter.
    public var name: String?
    public var sort = Sort.posts
    /// nil for all.
    public var limit: Int?
    public var offset = 0

    public init() {}
}
