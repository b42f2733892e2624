// The fields of a Reddit comment or submission, as the API, its dumps and scrapers write them.

internal import ThreadbankCore

/// One object of Reddit, in the types of any year.
struct RedditThing {
    enum Field: String, CaseIterable, Sendable {
        case id, name, subreddit, author, body, selftext, title, url, permalink, context, edited, score, ups, replies
        case parentID = "parent_id"
        case linkID = "link_id"
        case createdUTC = "created_utc"
        case scoreHidden = "score_hidden"
        case hideScore = "hide_score"
        case numComments = "num_comments"
        case removedByCategory = "removed_by_category"
        case bannedBy = "banned_by"
        case crosspostParent = "crosspost_parent"
        case linkFlairText = "link_flair_text"
        case isSelf = "is_self"
        case retrievedOn = "retrieved_on"
        case retrievedUTC = "retrieved_utc"
        case bodyHTML = "body_html"
        case selftextHTML = "selftext_html"
        case linkTitle = "link_title"
        case linkAuthor = "link_author"
        case linkPermalink = "link_permalink"
        case linkURL = "link_url"
        case meta = "_meta"
    }

    private static let names = JSONNames<Field>()

    var id: String?
    var name: String?
    var subreddit: String?
    var author: String?
    var body: String?
    var selftext: String?
    var title: String?
    var url: String?
    var permalink: String?
    var parentID: String?
    var linkID: String?
    var createdUTC: Int64?
    var editedAt: Int64?
    var score: Int64?
    var numComments: Int64?
    var removedByCategory: String?
    var isBanned = false
    var crosspostParent: String?
    var flair: String?
    var isSelf: Bool?
    var fetchedAt: Int64?
    var linkTitle: String?
    var linkAuthor: String?
    var linkPermalink: String?
    var linkURL: String?
    /// What an archive notes of a later look.
    var meta = Meta()
    var escaping = RedditEscaping.unknown
    /// The list of answers, where the object holds one.
    var replies: JSONValue?
    /// A field that made no sense.
    var fault: String?

    init() {}

    init(_ object: JSONValue) {
        var isScoreHidden = false
        var ups: Int64?
        object.forEachMember(Self.names) { field, value in
            switch field {
            case .id: id = value.looseText
            case .name: name = value.text
            case .subreddit: subreddit = value.text
            case .author: author = value.text
            case .body: body = value.text
            case .selftext: selftext = value.text
            case .title: title = value.text
            case .url: url = value.text
            case .permalink: permalink = value.text
            case .context: permalink = permalink ?? value.text
            case .parentID: parentID = value.looseText
            case .linkID: linkID = value.looseText
            case .createdUTC:
                createdUTC = value.seconds
                if createdUTC == nil, !value.isNull { fault = "created_utc: is no date" }
            // False, true (of an edit before 2012), or when.
            case .edited: editedAt = value.seconds.flatMap { $0 > 1 ? $0 : nil }
            case .score: score = value.integer
            case .ups: ups = value.integer
            case .scoreHidden, .hideScore: isScoreHidden = isScoreHidden || value.bool == true
            case .numComments: numComments = value.integer
            case .removedByCategory: removedByCategory = value.text
            case .bannedBy: isBanned = value.bool == true || value.text?.isEmpty == false
            case .crosspostParent: crosspostParent = value.text
            case .linkFlairText: flair = value.text
            case .isSelf: isSelf = value.bool
            case .retrievedOn, .retrievedUTC: fetchedAt = value.seconds ?? fetchedAt
            case .bodyHTML, .selftextHTML:
                if case let found = RedditEscaping(html: value), found != .unknown { escaping = found }
            case .linkTitle: linkTitle = value.text
            case .linkAuthor: linkAuthor = value.text
            case .linkPermalink: linkPermalink = value.text
            case .linkURL: linkURL = value.text
            case .replies: if value.isObject { replies = value }
            case .meta: meta = Meta(value)
            }
        }
        if isScoreHidden { score = nil } else { score = score ?? ups }
        if let later = meta.fetchedAt { fetchedAt = later }
        if escaping == .unknown { escaping = RedditEscaping(texts: [body, selftext, title, url, linkTitle, flair]) }
    }

    /// Arctic Shift's notes on a record: it looks again after 36 hours.
    struct Meta {
        var fetchedAt: Int64?
        var wasDeletedLater = false
        var removalType: String?

        private enum Field: String, CaseIterable, Sendable {
            case retrieved = "retrieved_2nd_on"
            case wasDeletedLater = "was_deleted_later"
            case removalType = "removal_type"
        }

        private static let names = JSONNames<Field>()

        init() {}

        init(_ object: JSONValue) {
            object.forEachMember(Self.names) { field, value in
                switch field {
                case .retrieved: fetchedAt = value.seconds
                case .wasDeletedLater: wasDeletedLater = value.bool == true
                case .removalType: removalType = value.text
                }
            }
        }
    }
}
