// The views of Lemmy's API v3, as far as they are kept (js-client 0.19 types; field names of 1.0 where they differ).

/// A record of the API: a comment with its post, or a post.
struct LemmyView: Decodable {
    var post: LemmyPost?
    var comment: LemmyComment?
    var creator: LemmyPerson?
    var community: LemmyCommunity?
    var counts: LemmyCounts?
}

struct LemmyPost: Decodable {
    var id: Int64?
    var name: String?
    var url: String?
    var body: String?
    var creator_id: Int64?
    var removed: Bool?
    var deleted: Bool?
    var local: Bool?
    var published: LooseDate?
    var published_at: LooseDate?
    var updated: LooseDate?
    var updated_at: LooseDate?
    var ap_id: String?
}

struct LemmyComment: Decodable {
    var id: Int64?
    var post_id: Int64?
    var content: String?
    var path: String?
    var removed: Bool?
    var deleted: Bool?
    var local: Bool?
    var published: LooseDate?
    var published_at: LooseDate?
    var updated: LooseDate?
    var updated_at: LooseDate?
    var ap_id: String?
}

struct LemmyPerson: Decodable {
    var name: String?
    var display_name: String?
    var actor_id: String?
    var ap_id: String?
    var local: Bool?

    var url: String? { actor_id ?? ap_id }
}

struct LemmyCommunity: Decodable {
    var name: String?
    var title: String?
    var actor_id: String?
    var ap_id: String?
    var local: Bool?

    var url: String? { actor_id ?? ap_id }
}

struct LemmyCounts: Decodable {
    var score: LooseInteger?
    var comments: LooseInteger?
    var child_count: LooseInteger?
}

extension LemmyView {
    /// The host that served the view, where one of its objects says that it is local there.
    var localHost: String? {
        if comment?.local == true { return LemmyURL(comment?.ap_id)?.host }
        if post?.local == true { return LemmyURL(post?.ap_id)?.host }
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
