// Everything that the archive knows about one post, for `show`.

/// One post whole: what it answers, what answers it, where it came from, and how each of that is known.
public struct PostDetails: Sendable {
    public var post: Post
    public var thread: DiscussionThread
    /// Names the post for ever, in this and any other archive: `threadbank:KIND[/NAME]:KEY`; nil for a ghost without any name.
    public var citation: String?
    /// The author's account; nil where the author is unknown.
    public var author: Author?
    /// Whose statement the parent is; nil where it is the post's own.
    public var witness: Post.ID?
    /// The posts above it, the root first.
    public var ancestors: [PostSummary] = []
    /// The direct replies, oldest first.
    public var replies: [PostSummary] = []
    /// Texts that were superseded, the latest first.
    public var revisions: [Revision] = []
    /// Other ties, to posts that this one points at.
    public var linksOut: [Link] = []
    /// Other ties, from posts that point at this one.
    public var linksIn: [Link] = []
    /// Other names of the post in its source.
    public var aliases: [String] = []
    /// Further forums of a cross-post.
    public var forums: [String] = []
    /// Tags of its thread.
    public var tags: [String] = []
    /// Its quotations whose words stand in a post above it.
    public var quotes: [Quote] = []
    /// Own tags and notes, those of its thread too.
    public var marks: [Mark] = []
    /// What else was inferred.
    public var inferences: [Inference] = []
    public var attachments: [Attachment] = []
    /// Parents that were claimed and did not win.
    public var lostClaims: [Claim] = []
    /// The import that brought the current copy.
    public var provenance: ImportRecord

    public init(post: Post, thread: DiscussionThread, provenance: ImportRecord) {
        self.post = post
        self.thread = thread
        self.provenance = provenance
    }

    /// A quotation, and the post above that it is from.
    public struct Quote: Sendable, Equatable {
        public var post: PostSummary
        public var text: String

        public init(post: PostSummary, text: String) {
            self.post = post
            self.text = text
        }
    }

    /// A second kind of tie to another post.
    public struct Link: Sendable, Equatable {
        /// The post at the other end.
        public var other: PostSummary
        /// `quote`, `duplicate`, `accepted`, `cross-post`, …
        public var kind: String
        /// In words, for people.
        public var evidence: String?

        public init(other: PostSummary, kind: String, evidence: String?) {
            self.other = other
            self.kind = kind
            self.evidence = evidence
        }
    }

    /// A parent that was claimed and did not win.
    public struct Claim: Sendable, Equatable {
        public var parent: Post.ID
        public var reply: ReplyEvidence
        /// Whose statement it is; nil where it is the post's own.
        public var witness: Post.ID?
        /// Whether it lost only because it closed a cycle.
        public var inCycle: Bool

        public init(parent: Post.ID, reply: ReplyEvidence, witness: Post.ID?, inCycle: Bool) {
            self.parent = parent
            self.reply = reply
            self.witness = witness
            self.inCycle = inCycle
        }
    }
}

/// A post in one line.
public struct PostSummary: Sendable, Equatable, Identifiable {
    public var id: Post.ID
    /// nil where it is unknown.
    public var author: String?
    /// Unix seconds; nil where unknown.
    public var createdAt: Int64?
    public var state: PostState
    /// The title and the beginning of the text, 200 characters at most; empty where neither is known.
    public var excerpt: String

    public init(id: Post.ID, author: String?, createdAt: Int64?, state: PostState, excerpt: String) {
        self.id = id
        self.author = author
        self.createdAt = createdAt
        self.state = state
        self.excerpt = excerpt
    }
}

/// One input of one run of `import`.
public struct ImportRecord: Sendable, Equatable {
    public var id: Int64
    /// Unix seconds.
    public var startedAt: Int64
    /// Unix seconds; nil where it did not finish.
    public var finishedAt: Int64?
    /// The importer's name.
    public var format: String
    /// The input as it was named.
    public var input: String
    /// Of the input's bytes, in hex.
    public var sha256: String?
    /// Posts read and added.
    public var read: Int
    public var added: Int

    public init(
        id: Int64, startedAt: Int64, finishedAt: Int64?, format: String, input: String, sha256: String?, read: Int, added: Int
    ) {
        self.id = id
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.format = format
        self.input = input
        self.sha256 = sha256
        self.read = read
        self.added = added
    }
}
