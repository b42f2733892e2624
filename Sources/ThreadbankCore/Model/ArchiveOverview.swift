// What an archive holds in numbers, and what kind of file it is.

/// Counts of what an archive holds.
public struct ArchiveStatistics: Sendable, Equatable {
    /// Posts by state; every state has its entry.
    public var posts: [PostState: Int] = [:]
    /// Known parents by what they are known from; every basis has its entry.
    public var replies: [ReplyBasis: Int] = [:]
    /// Posts that answer nothing known.
    public var roots = 0
    /// Threads that were merged into another are left out.
    public var threads = 0
    public var authors = 0
    public var forums = 0
    public var sources = 0
    public var imports = 0
    /// Unix seconds of the first and the last dated post; nil where none is dated.
    public var firstAt: Int64?
    public var lastAt: Int64?

    public init() {}

    /// Ghosts left out.
    public var knownPosts: Int { posts.reduce(0) { $1.key == .missing ? $0 : $0 + $1.value } }
    /// Parents that a field, a header or a person states.
    public var statedReplies: Int { replies.reduce(0) { $1.key.isCertain ? $0 + $1.value : $0 } }
    public var inferredReplies: Int { replies.reduce(0) { $1.key.isCertain ? $0 : $0 + $1.value } }
}

/// What kind of file an archive is.
public struct ArchiveInfo: Sendable, Equatable {
    /// A source and how many posts of it are here, ghosts left out.
    public struct Source: Sendable, Equatable {
        public var kind: String
        /// Empty where there is only one of its kind.
        public var name: String
        public var url: String?
        public var posts: Int

        public init(kind: String, name: String, url: String?, posts: Int) {
            self.kind = kind
            self.name = name
            self.url = url
            self.posts = posts
        }
    }

    public var path: String
    public var schemaVersion: Int
    /// `english` or `none`.
    public var stemming: String
    public var sqliteVersion: String
    public var journalMode: String
    /// Bytes of the file, and of the log beside it.
    public var fileSize: Int64
    public var logSize: Int64
    /// Bytes of pages that hold nothing; `threadbank optimize` gives them back.
    public var freeSize: Int64
    public var sources: [Source] = []
    /// The newest first, ten at most.
    public var lastImports: [ImportRecord] = []

    public init(
        path: String, schemaVersion: Int, stemming: String, sqliteVersion: String, journalMode: String, fileSize: Int64,
        logSize: Int64, freeSize: Int64
    ) {
        self.path = path
        self.schemaVersion = schemaVersion
        self.stemming = stemming
        self.sqliteVersion = sqliteVersion
        self.journalMode = journalMode
        self.fileSize = fileSize
        self.logSize = logSize
        self.freeSize = freeSize
    }
}
