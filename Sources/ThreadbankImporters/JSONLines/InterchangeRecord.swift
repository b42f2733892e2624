// One line of the interchange format, as it is read.

internal import ThreadbankCore

/// A line of the interchange format. Every field is optional; what must be there is checked when it becomes a post. Of a
/// lenient one, only the field is lost where it makes no sense.
struct InterchangeRecord: Decodable {
    var threadbank: LooseInteger?
    var end: LooseInteger?
    var kind: String?
    var source: String?
    @Lenient var sourceUrl: String?
    @Lenient var urlTemplate: String?
    @Lenient var forum: String?
    @Lenient var forumKey: LooseText?
    @Lenient var forumUrl: String?
    @Lenient var forums: [Forum]?
    @Lenient var thread: LooseText?
    @Lenient var threadTitle: String?
    @Lenient var threadUrl: String?
    @Lenient var threadMerged: [String]?
    @Lenient var tags: [String]?
    var key: LooseText?
    @Lenient var aliases: [String]?
    @Lenient var parent: Reference?
    @Lenient var basis: ReplyBasis?
    @Lenient var confidence: Double?
    @Lenient var evidence: String?
    @Lenient var claims: [Claim]?
    @Lenient var links: [Link]?
    @Lenient var author: String?
    @Lenient var authorKey: LooseText?
    @Lenient var authorDisplay: String?
    @Lenient var authorUrl: String?
    @Lenient var createdAt: LooseDate?
    @Lenient var editedAt: LooseDate?
    @Lenient var fetchedAt: LooseDate?
    @Lenient var place: LooseInteger?
    @Lenient var replyCount: LooseInteger?
    var title: String?
    var body: String?
    @Lenient var markup: Markup?
    @Lenient var rendering: Bool?
    @Lenient var score: LooseInteger?
    @Lenient var state: PostState?
    @Lenient var url: String?
    @Lenient var revisions: [RevisionRecord]?
    @Lenient var attachments: [AttachmentRecord]?
    @Lenient var inferred: [InferenceRecord]?
    @Lenient var marks: [MarkRecord]?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case threadbank
        case end
        case kind
        case source
        case sourceUrl = "source_url"
        case urlTemplate = "url_template"
        case forum
        case forumKey = "forum_key"
        case forumUrl = "forum_url"
        case forums
        case thread
        case threadTitle = "thread_title"
        case threadUrl = "thread_url"
        case threadMerged = "thread_merged"
        case tags
        case key
        case aliases
        case parent
        case basis
        case confidence
        case evidence
        case claims
        case links
        case author
        case authorKey = "author_key"
        case authorDisplay = "author_display"
        case authorUrl = "author_url"
        case createdAt = "created_at"
        case editedAt = "edited_at"
        case fetchedAt = "fetched_at"
        case place
        case replyCount = "reply_count"
        case title
        case body
        case markup
        case rendering
        case score
        case state
        case url
        case revisions
        case attachments
        case inferred
        case marks
    }

    struct Forum: Decodable {
        var key: LooseText?
        var name: String
        var url: String?
    }

    /// A key, or `{"alias": …}`.
    struct Reference: Decodable {
        var reference: PostReference

        private enum CodingKeys: String, CodingKey { case alias }

        init(from decoder: any Decoder) throws {
            if let keyed = try? decoder.container(keyedBy: CodingKeys.self) {
                reference = PostReference(.alias(try keyed.decode(String.self, forKey: .alias)))
            } else {
                reference = PostReference(.key(try LooseText(from: decoder).text))
            }
        }
    }

    struct Claim: Decodable {
        var parent: Reference?
        var basis: ReplyBasis?
        var confidence: Double?
        var evidence: String?
        var witness: Reference?
    }

    struct Link: Decodable {
        var to: Reference
        var kind: String
        var evidence: String?
    }

    struct RevisionRecord: Decodable {
        var seenAt: LooseDate?
        var title: String?
        var body: String?

        private enum CodingKeys: String, CodingKey {
            case seenAt = "seen_at"
            case title
            case body
        }
    }

    struct AttachmentRecord: Decodable {
        var name: String?
        var type: String?
        var size: LooseInteger?
    }

    struct MarkRecord: Decodable {
        var kind: Mark.Kind
        var scope: Mark.Scope?
        var text: String
        var madeAt: LooseDate?

        private enum CodingKeys: String, CodingKey {
            case kind
            case scope
            case text
            case madeAt = "made_at"
        }
    }

    struct InferenceRecord: Decodable {
        var what: Inference.Subject
        var basis: String
        var confidence: Double
        var evidence: String?
    }
}
