// What pages say of their posts for machines, by schema.org's vocabulary: which types are posts, and which properties are their fields.

internal import ThreadbankCore

/// Types and properties of schema.org, as forums publish them in microdata, RDFa and JSON-LD.
enum WebSchema {
    /// Types of which each item is a post.
    static let posts: Set<String> = [
        "DiscussionForumPosting", "SocialMediaPosting", "Question", "Answer", "Comment", "UserComments",
    ]
    /// Types that open a discussion where comments stand in them.
    static let works: Set<String> = ["Article", "BlogPosting", "NewsArticle", "CreativeWork"]
    static let openings = works.union(["DiscussionForumPosting", "SocialMediaPosting", "Question"])
    /// Properties under which the answers of an item stand.
    static let answers = ["acceptedAnswer", "suggestedAnswer", "answer", "comment", "comments"]
    static let body = ["text", "articleBody", "commentText", "description"]
    static let date = ["datePublished", "dateCreated", "commentTime"]
    static let title = ["headline", "name"]
    static let author = ["author", "creator"]

    /// `https://schema.org/Comment`, `schema:Comment`, `Comment`.
    static func name(_ type: String) -> String {
        String(type.split(separator: " ").first ?? "").split { $0 == "/" || $0 == ":" || $0 == "#" }.last.map(String.init) ?? ""
    }

    /// The parent of a post that stands in another: what answers a question, an answer or a comment says so; what stands in a topic only
    /// belongs to it.
    static func parent(_ place: Int, of type: String) -> WebPost.Parent {
        openings.contains(type) && type != "Question" ? .opening : .place(place, .native, 1, nil)
    }

    /// What was read, where it is a discussion: posts with texts, of which works alone are none.
    static func reading(_ posts: [WebPost], _ types: [String], title: String?) -> WebReading? {
        guard zip(posts, types).contains(where: { Self.posts.contains($1) && $0.hasText && ($0.author != nil || $0.date != nil) })
        else {
            return nil
        }
        var reading = WebReading(kind: "html", posts: posts)
        reading.title = title ?? posts.first { $0.isOpening }?.title
        return reading
    }
}
