// The views of Lemmy's API v3, as far as they are kept (js-client 0.19 types; field names of 1.0 where they differ).

internal import ThreadbankCore

/// A record of the API: a comment with its post, or a post.
struct LemmyView: Decodable {
    var post: LemmyObject?
    var comment: LemmyObject?
    var creator: LemmyActor?
    var community: LemmyActor?
    var counts: LemmyCounts?
}

/// A post or a comment: most fields are those of both.
struct LemmyObject: Decodable {
    var id: Int64?
    var apID: String?
    var local: Bool?
    var removed: Bool?
    var deleted: Bool?
    @Lenient var published: LooseDate?
    @Lenient var publishedAt: LooseDate?
    @Lenient var updated: LooseDate?
    @Lenient var updatedAt: LooseDate?
    /// Of a post: its title, link and text.
    var name: String?
    var url: String?
    /// The media type of what stands at the link.
    @Lenient var contentType: LooseText?
    var body: String?
    /// Of a comment: its post, text and way down from the post.
    var postID: Int64?
    var content: String?
    var path: String?

    private enum CodingKeys: String, CodingKey {
        case id
        case apID = "ap_id"
        case local
        case removed
        case deleted
        case published
        case publishedAt = "published_at"
        case updated
        case updatedAt = "updated_at"
        case name
        case url
        case contentType = "url_content_type"
        case body
        case postID = "post_id"
        case content
        case path
    }
}

/// A person or a community.
struct LemmyActor: Decodable {
    var name: String?
    var displayName: String?
    var actorID: String?
    var apID: String?
    var local: Bool?

    private enum CodingKeys: String, CodingKey {
        case name
        case displayName = "display_name"
        case actorID = "actor_id"
        case apID = "ap_id"
        case local
    }

    var url: String? { actorID ?? apID }
}

struct LemmyCounts: Decodable {
    @Lenient var score: LooseInteger?
    @Lenient var comments: LooseInteger?
    @Lenient var childCount: LooseInteger?

    private enum CodingKeys: String, CodingKey {
        case score
        case comments
        case childCount = "child_count"
    }
}

extension LemmyView {
    /// The host that served the view, where one of its objects says that it is local there.
    var localHost: String? {
        if comment?.local == true { return LemmyURL(comment?.apID)?.host }
        if post?.local == true { return LemmyURL(post?.apID)?.host }
        if creator?.local == true { return LemmyURL(creator?.url)?.host }
        if community?.local == true { return LemmyURL(community?.url)?.host }
        return nil
    }
}

/// The parts of a fediverse URL that name an instance's own object.
struct LemmyURL {
    var host: String
    private var path: Substring

    init?(_ url: String?) {
        guard let url, let scheme = url.firstRange(of: "://") else { return nil }
        let rest = url[scheme.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        host = rest[..<end].lowercased()
        path = rest[end...]
        if host.isEmpty { return nil }
    }

    /// `HOST/comment/N` or `HOST/post/N`, where the URL has that form.
    var alias: String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].isEmpty, parts[1] == "comment" || parts[1] == "post", Int64(parts[2]) != nil else {
            return nil
        }
        return "\(host)/\(parts[1])/\(parts[2])"
    }
}

/// A file that was uploaded to an instance and stands in its store of pictures (pict-rs). As the link of a post it is what the post carries.
struct LemmyUpload {
    private let name: String

    /// nil for any other address.
    init?(_ url: String) {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        let address = url[scheme.upperBound...].prefix { $0 != "?" && $0 != "#" }
        let parts = address.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        let folders = [["pictrs", "image"], ["api", "v4", "image"]]
        guard let name = parts.last, !name.isEmpty, folders.contains(where: { parts.dropLast().elementsEqual($0, by: ==) }) else {
            return nil
        }
        self.name = String(name)
    }

    /// - parameter type: the media type that the instance tells; else it is told by the name's ending.
    func attachment(type: String?) -> Attachment {
        let ending = name.lastIndex(of: ".").map { name[name.index(after: $0)...].lowercased() } ?? ""
        return Attachment(name: name, type: type.flatMap { $0.isEmpty ? nil : $0 } ?? Self.types[ending])
    }

    private static let types = [
        "avif": "image/avif", "gif": "image/gif", "jpeg": "image/jpeg", "jpg": "image/jpeg", "jxl": "image/jxl",
        "mov": "video/quicktime", "mp4": "video/mp4", "png": "image/png", "webm": "video/webm", "webp": "image/webp",
    ]
}
