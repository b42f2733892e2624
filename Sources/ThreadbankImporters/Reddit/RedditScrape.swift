// Reddit's threads as common scrapers keep them: flat rows with `post_id` and `comment_id`, posts with their comments in a list,
// and comments as objects under their ids.

internal import ThreadbankCore

/// Turns one record of such a file into posts.
struct RedditScrape {
    private(set) var posts: [ImportedPost] = []
    private(set) var refusals: [String] = []

    private enum Field: String, CaseIterable, Sendable {
        case author, body, content, text, title, selftext, score, url, permalink, subreddit, comments, replies, id
        case postID = "post_id"
        case postName = "post_name"
        case postPermalink = "post_permalink"
        case postScore = "post_score"
        case parentPostID = "parent_post_id"
        case parentID = "parent_id"
        case commentID = "comment_id"
        case createdUTC = "created_utc"
        case numComments = "num_comments"
        case scrapedAt = "scraped_at"
        case platform
    }

    private static let names = JSONNames<Field>()

    /// Whether an object with these keys is a record of such a file.
    static func knows(_ keys: Set<String>) -> Bool {
        if keys.contains("comment_id") || keys.contains("post_id") {
            return keys.contains("subreddit") || keys.contains("post_permalink") || keys.contains("post_name")
        }
        return keys.contains("comments") && keys.contains("title") && keys.contains("url")
            && (keys.contains("body") || keys.contains("selftext"))
    }

    /// A part still to be read: an object, or a list or table of objects.
    private struct Part {
        var value: JSONValue
        /// Its id, where it stands under it.
        var id: String?
        var parent: String?
        var submission: String?
        var subreddit: String?
    }

    /// - parameter id: the key under which the record stands, where that is its id.
    mutating func read(_ record: JSONValue, id: String?) {
        var stack = [Part(value: record, id: id)]
        while let part = stack.popLast() {
            if part.submission != nil, part.value.isArray || isTable(part.value) {
                stack += elements(part).reversed()
            } else {
                stack += read(part).reversed()
            }
        }
    }

    /// Whether the object's members are comments under their ids, and not a comment's own fields.
    private func isTable(_ value: JSONValue) -> Bool {
        var isTable = value.isObject
        value.forEachMember { _, member in if !member.isObject { isTable = false } }
        return isTable
    }

    private func elements(_ part: Part) -> [Part] {
        var elements: [Part] = []
        func add(_ id: String?, _ value: JSONValue) {
            var element = part
            element.value = value
            element.id = id
            elements.append(element)
        }
        if part.value.isArray { part.value.forEachElement { add(nil, $0) } } else { part.value.forEachMember { add($0, $1) } }
        return elements
    }

    /// Reads one object; gives the lists within it.
    private mutating func read(_ part: Part) -> [Part] {
        var thing = RedditThing()
        thing.id = part.id
        thing.subreddit = part.subreddit
        var (submission, isComment) = (part.submission, part.submission != nil)
        var lists: [JSONValue] = []
        part.value.forEachMember(Self.names) { field, value in
            switch field {
            case .author: thing.author = value.text
            case .body, .content, .text: thing.body = thing.body ?? value.text
            case .selftext: thing.selftext = value.text
            case .title: thing.title = value.text
            case .score, .postScore: thing.score = value.integer
            case .permalink, .postPermalink: thing.permalink = value.text
            case .url: thing.url = value.text
            case .subreddit: thing.subreddit = value.text
            case .createdUTC: thing.createdUTC = value.seconds
            case .numComments: thing.numComments = value.integer
            case .scrapedAt: thing.fetchedAt = value.seconds
            case .id: thing.id = thing.id ?? value.looseText
            case .postID, .postName: thing.id = thing.id ?? value.looseText
            case .commentID:
                thing.id = value.looseText
                isComment = true
            case .parentPostID: submission = value.looseText
            case .parentID: thing.parentID = value.looseText
            case .comments, .replies: lists.append(value)
            case .platform: break
            }
        }
        add(&thing, part, isComment: isComment, below: submission)
        guard let key = thing.key else { return [] }
        if !isComment { submission = String(key.dropFirst(3)) }
        return lists.filter { $0.isArray || $0.isObject }.map {
            Part(value: $0, parent: key, submission: submission, subreddit: thing.subreddit)
        }
    }

    private mutating func add(_ thing: inout RedditThing, _ part: Part, isComment: Bool, below submission: String?) {
        let address = RedditURL(thing.permalink ?? thing.url ?? "")
        thing.subreddit = thing.subreddit ?? address?.subreddit
        thing.escaping = RedditEscaping(texts: [thing.body, thing.selftext, thing.title])
        if isComment {
            thing.linkID = submission
            thing.parentID = thing.parentID ?? part.parent
            if thing.id == nil { thing.id = contentID(thing, submission) }
            thing.name = thing.id.map { RedditThing.isKey($0) ? $0 : "t1_" + $0 }
        } else {
            thing.permalink = thing.permalink ?? (address?.submission == nil ? nil : thing.url)
            thing.name = thing.id.map { RedditThing.isKey($0) ? $0 : "t3_" + $0 }
        }
        do {
            posts += try thing.posts()
        } catch {
            refusals.append(error.reason)
        }
    }

    /// A comment that was kept without an id: a hash of its words, below its submission.
    private func contentID(_ thing: RedditThing, _ submission: String?) -> String? {
        guard let body = thing.body else { return nil }
        return "sha256:" + SHA256Hash.hex(of: [submission ?? "", thing.author ?? "", body].joined(separator: "\u{0}")).prefix(32)
    }
}
