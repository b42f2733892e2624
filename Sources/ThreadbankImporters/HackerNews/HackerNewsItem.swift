// The fields of an item, as the Firebase API and Algolia's search of Hacker News name them.

internal import ThreadbankCore

/// One item of either API. A field that makes no sense is left out and does not cost the item.
struct HackerNewsItem: Decodable {
    @Lenient var id: LooseInteger?
    @Lenient var type: String?
    @Lenient var author: String?
    @Lenient var date: LooseDate?
    @Lenient var text: String?
    @Lenient var title: String?
    @Lenient var url: String?
    @Lenient var score: LooseInteger?
    @Lenient var parent: LooseInteger?
    /// The story that a comment belongs to, and what a search hit tells of it.
    @Lenient var story: LooseInteger?
    @Lenient var storyTitle: String?
    @Lenient var storyURL: String?
    /// How many comments a story has, at any depth.
    @Lenient var comments: LooseInteger?
    /// The direct replies, as the site ranks them.
    @Lenient var kids: [LooseInteger]?
    @Lenient var parts: [LooseInteger]?
    @Lenient var poll: LooseInteger?
    @Lenient var tags: [String]?
    @Lenient var isDeleted: Bool?
    @Lenient var isDead: Bool?

    /// Both APIs' names of each field.
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// All keys that are read.
    static let keys: Set<String> = [
        "id", "objectID", "type", "by", "author", "time", "created_at_i", "created_at", "text", "story_text", "comment_text",
        "title",
        "url", "score", "points", "parent", "parent_id", "story_id", "story_title", "story_url", "descendants", "num_comments",
        "kids",
        "parts", "poll", "_tags", "deleted", "dead",
    ]

    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        func first<Value: Decodable>(_ type: Value.Type, _ names: String...) throws -> Lenient<Value> {
            for name in names where fields.contains(Key(name)) {
                let found = try fields.decode(Lenient<Value>.self, forKey: Key(name))
                if found.wrappedValue != nil { return found }
            }
            return Lenient(wrappedValue: nil)
        }
        _id = try first(LooseInteger.self, "id", "objectID")
        _type = try first(String.self, "type")
        _author = try first(String.self, "by", "author")
        _date = try first(LooseDate.self, "time", "created_at_i", "created_at")
        _text = try first(String.self, "text", "comment_text", "story_text")
        _title = try first(String.self, "title")
        _url = try first(String.self, "url")
        _score = try first(LooseInteger.self, "score", "points")
        _parent = try first(LooseInteger.self, "parent", "parent_id")
        _story = try first(LooseInteger.self, "story_id")
        _storyTitle = try first(String.self, "story_title")
        _storyURL = try first(String.self, "story_url")
        _comments = try first(LooseInteger.self, "descendants", "num_comments")
        _kids = try first([LooseInteger].self, "kids")
        _parts = try first([LooseInteger].self, "parts")
        _poll = try first(LooseInteger.self, "poll")
        _tags = try first([String].self, "_tags")
        _isDeleted = try first(Bool.self, "deleted")
        _isDead = try first(Bool.self, "dead")
    }

    /// Whether it opens a thread.
    var isOpening: Bool {
        if let type { return ["story", "job", "poll"].contains(type) }
        if let tags, tags.contains("comment") || tags.contains("pollopt") { return false }
        return parent == nil && poll == nil && title != nil
    }

    /// Whether an object with these keys is an item.
    static func hasKeys(of keys: Set<String>) -> Bool {
        if keys.contains("created_at_i") { return keys.contains("id") || keys.contains("objectID") }
        guard keys.contains("id") else { return false }
        return keys.contains("type") && (keys.contains("time") || keys.contains("by"))
            || keys.contains("text") && (keys.contains("by") || keys.contains("author"))
    }
}
