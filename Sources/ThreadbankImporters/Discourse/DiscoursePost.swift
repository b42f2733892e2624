// A post of Discourse's JSON, as far as it is kept (fields of its post serializer), and what a topic says of itself.

internal import Foundation
internal import ThreadbankCore

/// One post. Text is `cooked` (HTML), and `raw` (Markdown) where the site gave it.
struct DiscoursePost: Decodable {
    var id: LooseText
    @Lenient var number: LooseInteger?
    @Lenient var topicID: LooseText?
    @Lenient var type: LooseInteger?
    @Lenient var username: String?
    @Lenient var name: String?
    @Lenient var avatar: String?
    @Lenient var createdAt: LooseDate?
    @Lenient var updatedAt: LooseDate?
    @Lenient var version: LooseInteger?
    @Lenient var raw: String?
    @Lenient var cooked: String?
    @Lenient var replyTo: LooseInteger?
    @Lenient var replyCount: LooseInteger?
    @Lenient var likeCount: LooseInteger?
    @Lenient var actions: [Action]?
    @Lenient var hidden: Bool?
    @Lenient var isTextHidden: Bool?
    @Lenient var deletedAt: String?
    @Lenient var isUserDeleted: Bool?
    @Lenient var isAcceptedAnswer: Bool?
    @Lenient var topicSlug: String?
    @Lenient var topicTitle: String?
    @Lenient var categoryID: LooseText?

    struct Action: Decodable {
        var id: Int
        @Lenient var count: LooseInteger?
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case number = "post_number"
        case topicID = "topic_id"
        case type = "post_type"
        case username
        case name
        case avatar = "avatar_template"
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case version
        case raw
        case cooked
        case replyTo = "reply_to_post_number"
        case replyCount = "reply_count"
        case likeCount = "like_count"
        case actions = "actions_summary"
        case hidden
        case isTextHidden = "cooked_hidden"
        case deletedAt = "deleted_at"
        case isUserDeleted = "user_deleted"
        case isAcceptedAnswer = "accepted_answer"
        case topicSlug = "topic_slug"
        case topicTitle = "topic_title"
        case categoryID = "category_id"
    }

    /// Likes: the action with number 2; a list without it says that there are none.
    var likes: Int64? {
        likeCount?.value ?? actions.map { $0.first { $0.id == 2 }?.count?.value ?? 0 }
    }

    /// A note of the software that something was done to the topic ("closed", "pinned"): no post.
    var isNote: Bool { type?.value == 3 }
}

/// What a topic says beside its posts. In Discourse's JSON it stands behind them.
struct DiscourseTopic {
    var id: String?
    var title: String?
    var slug: String?
    var category: String?
    var tags: [String] = []
    /// Numbers of the posts that were accepted as an answer.
    var accepted: Set<Int64> = []

    /// Takes one field of the topic's object; others are passed over.
    mutating func take(_ field: String, _ bytes: [UInt8]) {
        switch field {
        case "id": id = Self.text(bytes)
        case "title": title = Self.text(bytes)
        case "slug": slug = Self.text(bytes)
        case "category_id": category = Self.text(bytes)
        case "tags": if let tag = Self.text(bytes) ?? Self.name(bytes) { tags.append(tag) }
        case "accepted_answer":
            if let answer = try? JSONText.decode(Accepted.self, from: bytes) { accepted.insert(answer.number.value) }
        default: break
        }
    }

    private struct Accepted: Decodable {
        var number: LooseInteger

        private enum CodingKeys: String, CodingKey { case number = "post_number" }
    }

    private static func text(_ bytes: [UInt8]) -> String? { try? JSONText.decode(LooseText.self, from: bytes).text }

    private static func name(_ bytes: [UInt8]) -> String? {
        struct Tag: Decodable { var name: String }
        return try? JSONText.decode(Tag.self, from: bytes).name
    }
}

/// Where a site's name stands in what it serves: pictures of its members lie at `/user_avatar/HOST/…`.
enum DiscourseHost {
    static func host(in avatar: String?) -> String? {
        avatar.flatMap { host(in: Array($0.utf8)[...]) }
    }

    /// The first in the input; nil where its first megabytes hold none. Reading starts over after.
    static func find(in input: any ImportInput) throws -> String? {
        var window: [UInt8] = []
        var seen = 0
        var host: String?
        while host == nil, seen < 8 << 20, let chunk = try input.next() {
            seen += chunk.count
            window = window.suffix(512) + chunk
            host = self.host(in: window[...])
        }
        try input.restart()
        return host
    }

    private static let mark = Array("user_avatar".utf8)

    private static func host(in bytes: ArraySlice<UInt8>) -> String? {
        var rest = bytes
        while let place = rest.firstIndex(of: UInt8(ascii: "u")) {
            rest = rest[place...]
            guard rest.starts(with: mark) else {
                rest = rest.dropFirst()
                continue
            }
            rest = rest.dropFirst(mark.count).drop { $0 == UInt8(ascii: "\\") }
            guard rest.first == UInt8(ascii: "/") else { continue }
            let name = rest.dropFirst().prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\") && $0 > 0x20 && $0 < 0x7F }
            let next = rest.dropFirst(name.count + 1).first
            let host = String(decoding: name, as: UTF8.self).lowercased()
            if next == UInt8(ascii: "/") || next == UInt8(ascii: "\\"), host.contains("."), name.count < 254,
                host.allSatisfy({ $0.isLetter || $0.isNumber || ".-:_".contains($0) })
            {
                return host
            }
        }
        return nil
    }
}
