// What recovery makes of a page: posts in the page's order, and how each thing about them is known.

/// The posts of a page that was copied as text.
public struct RecoveredPage: Sendable, Equatable {
    /// In the page's order.
    public var posts: [RecoveredPost]
    /// Whether the first post is the opening post. Where it is not, the opening post is missing from the page and the posts
    /// without a parent answer it.
    public var openingIsShown: Bool
    /// Why it is thought to be missing or shown, in words.
    public var openingEvidence: String
    /// Lines that are no part of a post's text.
    public var furniture: [PageFurniture]
    /// Whether it is a chat log: then a post without a parent opens a conversation, and answers nothing.
    public var isChat = false

    /// Whether the page shows that there must be an opening post which it does not hold.
    public var opensMissing: Bool { !openingIsShown && !posts.isEmpty }
}

/// A line that is no part of a post's text.
public struct PageFurniture: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// Who wrote the post below, and when.
        case header
        /// Buttons and counters of the page.
        case chrome
    }

    /// Counted from 1.
    public var line: Int
    public var kind: Kind
}

/// One post of a page.
public struct RecoveredPost: Sendable, Equatable {
    /// The numbers of the lines that its text was read from, counted from 1, in reading order; a tombstone's too.
    public var lineNumbers: [Int]
    /// The numbers of lines that repeat its text in the page's other rendering.
    public var repeatedLineNumbers: [Int]
    /// The text; nil for a tombstone.
    public var body: String?
    /// The words that the page shows in its place, a tombstone's wording included.
    public var wording: String
    public var state: PostState
    public var author: RecoveredAuthor?
    /// Stated by its header line.
    public var score: Int64?
    /// Unix seconds; stated by its header line. An age ("3 hours ago") is no date.
    public var createdAt: Int64?
    /// Columns by which its first line is set in.
    public var indent: Int
    public var parent: RecoveredParent
    /// How it is known that a post begins here; nil for the first post of a page and where the page states it.
    public var boundary: RecoveredBoundary?
}

/// The author of a post and how the name is known.
public struct RecoveredAuthor: Sendable, Equatable {
    public var name: String
    /// nil where the page states the name in a header line.
    public var inference: Inference?
}

/// The parent of a post and how it is known.
public struct RecoveredParent: Sendable, Equatable {
    /// An index into the page's posts; nil for an answer to the opening post that the page does not show, and for that post itself.
    public var index: Int?
    public var basis: ReplyBasis
    /// Above 0, below 1.
    public var confidence: Double
    /// In words.
    public var evidence: String
}

/// How it is known that a post begins at a line.
public struct RecoveredBoundary: Sendable, Equatable {
    /// `rendering`, `tombstone`, `opening`, `header`, `indent`, `order`.
    public var basis: String
    /// Above 0, below 1.
    public var confidence: Double
    /// In words.
    public var evidence: String
}
