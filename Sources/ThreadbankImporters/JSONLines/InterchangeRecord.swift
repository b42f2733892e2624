// One line of the interchange format, as it is read.

internal import ThreadbankCore

/// A line of the interchange format. Every field is optional; what must be there is checked when it becomes a post.
struct InterchangeRecord: Decodable {
    var threadbank: LooseInteger?
    var end: LooseInteger?
    var kind: String?
    var source: String?
    var source_url: String?
    var url_template: String?
    var forum: String?
    var forum_key: LooseText?
    var forum_url: String?
    var forums: [Forum]?
    var thread: LooseText?
    var thread_title: String?
    var thread_url: String?
    var thread_merged: [String]?
    var tags: [String]?
    var key: LooseText?
    var aliases: [String]?
    var parent: Reference?
    var basis: ReplyBasis?
    var confidence: Double?
    var evidence: String?
    var claims: [Claim]?
    var links: [Link]?
    var author: String?
    var author_key: LooseText?
    var author_display: String?
    var author_url: String?
    var created_at: LooseDate?
    var edited_at: LooseDate?
    var fetched_at: LooseDate?
    var place: LooseInteger?
    var reply_count: LooseInteger?
    var title: String?
    var body: String?
    var markup: Markup?
    var score: LooseInteger?
    var state: PostState?
    var url: String?
    var revisions: [RevisionRecord]?
    var attachments: [AttachmentRecord]?
    var inferred: [InferenceRecord]?

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
        var seen_at: LooseDate?
        var title: String?
        var body: String?
    }

    struct AttachmentRecord: Decodable {
        var name: String?
        var type: String?
        var size: LooseInteger?
    }

    struct InferenceRecord: Decodable {
        var what: Inference.Subject
        var basis: String
        var confidence: Double
        var evidence: String?
    }
}
