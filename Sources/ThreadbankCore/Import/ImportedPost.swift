// What an importer yields: one copy of one post, as one input shows it, in the origin's own names and keys.

/// One copy of one post, as an input shows it. Every field but the source is optional knowledge: nil (or empty) says
/// "this copy does not tell", and never overwrites what another copy told.
///
/// ```swift
/// var post = ImportedPost(source: SourceReference(kind: "hackernews"), key: "8863")
/// post.title = "My YC app: Dropbox"
/// post.author = AuthorReference(key: "dhouston", name: "dhouston")
/// post.createdAt = 1_175_714_200
/// ```
public struct ImportedPost: Sendable, Equatable {
    public var source: SourceReference
    /// The id in the origin; nil only for a ghost known by its aliases. Where an input tells a post's alias and not its id, the
    /// alias is its key too, until a copy brings the id.
    public var key: String?
    /// Other names of the post in the same source.
    public var aliases: [String] = []
    public var author: AuthorReference?
    /// The container that the origin keeps the post in; nil where a thread is the tree under its root.
    public var thread: ThreadReference?
    public var forum: ForumReference?
    /// Further forums of a cross-post.
    public var forums: [ForumReference] = []
    /// Unix seconds, UTC.
    public var createdAt: Int64?
    public var editedAt: Int64?
    /// When this copy was fetched, where the data say so.
    public var fetchedAt: Int64?
    public var score: Int64?
    public var place: Int64?
    public var replyCount: Int64?
    public var state: PostState = .present
    public var markup: Markup = .plain
    public var url: String?
    public var title: String?
    /// The text; nil where this copy does not show it. A tombstone's wording is never a body.
    public var body: String?
    /// Whether the body was made from the origin's rendering (HTML): it gives way to the origin's own text, whichever comes first.
    public var isRendering = false
    /// What the post itself says of its parent; nil where it says nothing, or that it has none.
    public var parent: ParentStatement?
    /// What this post tells of the title of its thread ("Re: …" without its mark). An opening post that was never seen is shown by it.
    public var parentTitle: String?
    /// Ancestors beyond the parent, nearest first, that this post names on the way to its root (a `References` header, a Lemmy
    /// `path`). They become ghosts where nothing else is known of them.
    public var ancestors: [PostReference] = []
    public var links: [PostLink] = []
    public var inferences: [Inference] = []
    public var attachments: [Attachment] = []
    public var tags: [String] = []
    /// Tags and notes of an archive's owner (from another archive's export).
    public var marks: [Mark] = []
    /// Superseded texts that the input itself holds.
    public var revisions: [Revision] = []
    /// Further statements of the post's parent: those of others, and its own that did not win (from another archive's export).
    public var claims: [ParentStatement] = []
    /// Keys of threads that proved to be part of the one that this post opens (from another archive's export).
    public var mergedThreads: [String] = []
    /// Whether the post is only embedded in the records of others, so that it counts once an input.
    public var isEmbedded = false
    /// Whether another record only says this by the way (an article that it replaces an older one), so that it does not count.
    public var isAside = false

    public init(source: SourceReference, key: String?) {
        self.source = source
        self.key = key
    }

    /// A name by which this post can be referred to; nil where it has none at all.
    public var reference: PostReference? {
        if let key { return PostReference(.key(key)) }
        return aliases.first.map { PostReference(.alias($0)) }
    }
}

/// A place with an id space of its own.
public struct SourceReference: Hashable, Sendable {
    /// `activitypub`, `mail`, `text`, `jsonl`, …
    public var kind: String
    /// Which of that kind; empty where there is only one.
    public var name: String
    public var url: String?
    /// A post's URL, `{key}` standing for its key.
    public var urlTemplate: String?

    public init(kind: String, name: String = "", url: String? = nil, urlTemplate: String? = nil) {
        self.kind = kind
        self.name = name
        self.url = url
        self.urlTemplate = urlTemplate
    }
}

/// An account as a copy names it.
public struct AuthorReference: Hashable, Sendable {
    public var key: String
    public var name: String
    public var displayName: String?
    public var url: String?
    /// Whether the name was made of the key, because the input does not tell it: any other name takes its place.
    public var isNameless = false

    public init(key: String, name: String, displayName: String? = nil, url: String? = nil) {
        self.key = key
        self.name = name
        self.displayName = displayName
        self.url = url
    }
}

/// A forum as a copy names it.
public struct ForumReference: Hashable, Sendable {
    public var key: String
    public var name: String
    public var url: String?

    public init(key: String, name: String, url: String? = nil) {
        self.key = key
        self.name = name
        self.url = url
    }
}

/// A container as a copy names it.
public struct ThreadReference: Hashable, Sendable {
    public var key: String
    public var title: String?
    public var url: String?

    public init(key: String, title: String? = nil, url: String? = nil) {
        self.key = key
        self.title = title
        self.url = url
    }
}

/// Another post of the same source, by its key or by an alias.
public struct PostReference: Hashable, Sendable {
    public enum Name: Hashable, Sendable {
        case key(String)
        case alias(String)
    }

    public var name: Name

    public init(_ name: Name) { self.name = name }
}

/// What a post says of its parent, and how that is known.
public struct ParentStatement: Hashable, Sendable {
    /// nil with basis `manual` says "has none, by hand".
    public var parent: PostReference?
    public var basis: ReplyBasis
    /// Exactly 1 for the certain bases, below 1 for the rest.
    public var confidence: Double
    public var evidence: String?
    /// The post whose statement it is; nil for the post's own.
    public var witness: PostReference?

    public init(
        _ parent: PostReference?, basis: ReplyBasis, confidence: Double = 1, evidence: String? = nil,
        witness: PostReference? = nil
    ) {
        self.parent = parent
        self.witness = witness
        self.basis = basis
        self.confidence = basis.isCertain ? 1 : (min(max(confidence, 0.01), 0.99) * 1000).rounded() / 1000
        self.evidence = evidence
    }
}

/// A second kind of tie to another post.
public struct PostLink: Hashable, Sendable {
    public var target: PostReference
    /// `quote`, `duplicate`, `accepted`, `cross-post`, …
    public var kind: String
    public var evidence: String?

    public init(to target: PostReference, kind: String, evidence: String? = nil) {
        self.target = target
        self.kind = kind
        self.evidence = evidence
    }
}

/// Something that was inferred about a post beside its parent.
public struct Inference: Hashable, Sendable {
    public enum Subject: String, Sendable, CaseIterable, Codable {
        case author, boundary, title, date, existence
    }

    public var what: Subject
    public var basis: String
    /// Above 0, below 1.
    public var confidence: Double
    public var evidence: String?

    public init(_ what: Subject, basis: String, confidence: Double, evidence: String? = nil) {
        self.what = what
        self.basis = basis
        self.confidence = (min(max(confidence, 0.01), 0.99) * 1000).rounded() / 1000
        self.evidence = evidence
    }
}

extension Inference {
    /// How the title of a ghost is known: a reply's subject, "Re: …" without its mark. Of 1,185 such replies whose opening mail was
    /// there, 1,157 had its subject.
    public static let titleOfGhost = Inference(
        .title, basis: ReplyBasis.subject.rawValue, confidence: 0.97, evidence: "the subject of what answers it")
}

/// What a post carried; the file itself is not kept.
public struct Attachment: Hashable, Sendable {
    public var name: String?
    /// Media type; ``linkType`` where it is no file but the address that a link post is about.
    public var type: String?
    /// Bytes.
    public var size: Int64?

    public init(name: String?, type: String? = nil, size: Int64? = nil) {
        self.name = name
        self.type = type
        self.size = size
    }

    /// The media type of addresses (RFC 2483): so the address of a link post is kept.
    public static let linkType = "text/uri-list"

    /// Whether it is the address that a link post is about.
    public var isLink: Bool { type == Self.linkType }
}

/// A text that was superseded.
public struct Revision: Hashable, Sendable {
    /// Unix seconds; when that text was current, where known.
    public var seenAt: Int64?
    public var title: String?
    public var body: String?

    public init(seenAt: Int64?, title: String?, body: String?) {
        self.seenAt = seenAt
        self.title = title
        self.body = body
    }
}
