// One line of the interchange format, as it is read.

internal import ThreadbankCore

/// A line of the interchange format. Every field is optional; what must be there is checked when it becomes a post. Of a
/// lenient one, only the field is lost where it makes no sense.
struct InterchangeRecord: Decodable {
    var threadbank: LooseInteger?
    var end: LooseInteger?
    var kind: String?
    var source: String?
    @Lenient var sourceUrl: String? = nil
    @Lenient var urlTemplate: String? = nil
    @Lenient var forum: String? = nil
    @Lenient var forumKey: LooseText? = nil
    @Lenient var forumUrl: String? = nil
    @Lenient var forums: [Forum]? = nil
    @Lenient var thread: LooseText? = nil
    @Lenient var threadTitle: String? = nil
    @Lenient var threadUrl: String? = nil
    @Lenient var threadMerged: [String]? = nil
    @Lenient var tags: [String]? = nil
    var key: LooseText?
    @Lenient var aliases: [String]? = nil
    @Lenient var parent: Reference? = nil
    @Lenient var basis: ReplyBasis? = nil
    @Lenient var confidence: Double? = nil
    @Lenient var evidence: String? = nil
    @Lenient var claims: [Claim]? = nil
    @Lenient var links: [Link]? = nil
    @Lenient var author: String? = nil
    @Lenient var authorKey: LooseText? = nil
    @Lenient var authorDisplay: String? = nil
    @Lenient var authorUrl: String? = nil
    @Lenient var createdAt: LooseDate? = nil
    @Lenient var editedAt: LooseDate? = nil
    @Lenient var fetchedAt: LooseDate? = nil
    @Lenient var place: LooseInteger? = nil
    @Lenient var replyCount: LooseInteger? = nil
    var title: String?
    var body: String?
    @Lenient var markup: Markup? = nil
    @Lenient var rendering: Bool? = nil
    @Lenient var score: LooseInteger? = nil
    @Lenient var state: PostState? = nil
    @Lenient var url: String? = nil
    @Lenient var revisions: [RevisionRecord]? = nil
    @Lenient var attachments: [AttachmentRecord]? = nil
    @Lenient var inferred: [InferenceRecord]? = nil
    @Lenient var marks: [MarkRecord]? = nil

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

        init(_ key: LooseText) { reference = PostReference(.key(key.text)) }

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
