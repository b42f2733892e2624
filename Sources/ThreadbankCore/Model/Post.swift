// A message as the archive gives it back: the opening post and every answer alike.

/// One message of a thread, with names instead of row ids and its place in the reply tree.
public struct Post: Sendable, Identifiable, Equatable {
    public var id: ID
    public var threadID: DiscussionThread.ID
    /// The post it answers; nil for a root.
    public var parentID: ID?
    /// How the parent is known; nil for a root whose origin states none.
    public var reply: ReplyEvidence?
    /// The author's short name; nil where it is unknown.
    public var author: String?
    /// The author's id in the origin, an address for mail; nil where the author is unknown.
    public var authorKey: String?
    /// Unix seconds, UTC; nil where unknown.
    public var createdAt: Int64?
    /// Unix seconds, UTC; nil where it was never edited, or nobody knows.
    public var editedAt: Int64?
    public var score: Int64?
    /// Position in the page or the origin's list.
    public var place: Int64?
    /// The number of replies that the origin states, in its own sense (direct, or all below).
    public var replyCount: Int64?
    public var state: PostState
    public var markup: Markup?
    /// The id in the origin; nil for a ghost known by an alias alone.
    public var sourceKey: String?
    public var url: String?
    public var title: String?
    /// The text; nil where it is unknown, "" where it is known to be empty. A deleted post keeps its last known text.
    public var body: String?
    /// What it carried: files, and the address of a link post. Read with a thread or the post's details.
    public var attachments: [Attachment] = []
    /// Ties to posts that it points at, and from posts that point at it. Read with a thread.
    public var links: [Tie] = []
    public var linkedFrom: [Tie] = []

    /// Whether its title is that of what answers it, since nobody has seen the post.
    public var isTitleInferred: Bool { state == .missing && title != nil }

    public init(id: ID, threadID: DiscussionThread.ID, state: PostState = .present) {
        self.id = id
        self.threadID = threadID
        self.state = state
    }
}

/// Whether a post is there, and if not, why.
public enum PostState: String, Sendable, CaseIterable, Codable {
    case present
    /// Taken back by its author, or gone with the account.
    case deleted
    /// Taken away by a moderator, or dead. Wins over `deleted`.
    case removed
    /// A ghost: never seen, but something shows that it must exist.
    case missing
}

/// How a body is written. HTML becomes Markdown on its way in.
public enum Markup: String, Sendable, CaseIterable, Codable {
    case markdown, plain
}

/// How the parent of a post is known.
public struct ReplyEvidence: Sendable, Equatable {
    public var basis: ReplyBasis
    /// 0 to 1; exactly 1 for `native`, `header` and `manual`, below 1 for the rest.
    public var confidence: Double
    /// In words, for people; nil where the basis says all.
    public var evidence: String?

    public init(basis: ReplyBasis, confidence: Double = 1, evidence: String? = nil) {
        self.basis = basis
        self.confidence = confidence
        self.evidence = evidence
    }

    /// Whether the edge was inferred rather than stated.
    public var isInferred: Bool { !basis.isCertain }
}

/// What a reply's parent is known from.
public enum ReplyBasis: String, Sendable, CaseIterable, Codable {
    /// The origin's own parent field.
    case native
    /// `References` or `In-Reply-To` of a mail.
    case header
    /// A quotation of the parent's words.
    case quote
    /// An @name.
    case mention
    case indent
    /// The place in the page.
    case order
    /// The same subject line.
    case subject
    /// Learned from the wording.
    case text
    /// Set by hand.
    case manual

    /// Whether the basis states the parent, so that its confidence is exactly 1.
    public var isCertain: Bool { self == .native || self == .header || self == .manual }
}
