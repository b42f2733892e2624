// What any way of reading a page makes of it, before the origin's keys are put on it.

internal import ThreadbankCore

/// One post of a page, in the page's own names.
struct WebPost {
    enum Parent: Equatable {
        /// It opens a discussion, or nothing is known.
        case none
        /// The opening post of the page's topic, for want of anything better.
        case opening
        /// A post of this page, by its place.
        case place(Int, ReplyBasis, Double, String?)
        /// A post by its id, which may stand on another page.
        case id(String, ReplyBasis, Double, String?)
    }

    /// The origin's id as the page bears it; nil where it bears none.
    var id: String?
    /// Ids of the same post in another form, as the page gives them.
    var otherID: String?
    var url: String?
    var author: String?
    var authorKey: String?
    var authorURL: String?
    /// The dates as they are written.
    var date: String?
    var editDate: String?
    var title: String?
    var body: Body?
    var score: Int64?
    var replyCount: Int64?
    var state: PostState = .present
    var parent: Parent = .none
    /// Ids of posts that it quotes.
    var quotes: [String] = []
    /// The places of these on the page, as far as it shows them.
    var quoted: [Int] = []
    /// Further ties that the page states.
    var links: [PostLink] = []
    var isOpening = false
    /// Whether the origin calls it the accepted answer.
    var isAccepted = false
    /// Where a link post leads.
    var link: String?
    var tags: [String] = []

    enum Body {
        case html(String)
        case text(String)
        case markdown(String)
    }

    /// The words of its text; empty where it has none.
    var wording: String {
        switch body {
        case .html(let html)?: WebText.plain(Array(html.utf8)[...])
        case .text(let text)?, .markdown(let text)?: text
        case nil: ""
        }
    }

    var hasText: Bool {
        switch body {
        case .html(let text)?, .text(let text)?, .markdown(let text)?: text.utf8.contains { $0 > 0x20 }
        case nil: false
        }
    }
}

/// The posts of a page in its order, and what the page says of its topic.
struct WebReading {
    /// The software or site: the kind of the source.
    var kind: String
    var posts: [WebPost] = []
    var title: String?
    /// The topic's id in the origin, where the page tells it.
    var thread: String?
    /// The page's address, where the reading knows it better than the page's head.
    var url: String?
    var forum: String?
    /// The forum's id in the origin, where the page tells it.
    var forumKey: String?
    /// The number that the page bears among those of its topic; nil where it bears none.
    var pageNumber: Int?
    /// Whether its first post is the topic's, by the number that it bears in the topic; nil where it bears none.
    var beginsWithOpening: Bool?
    /// Whether the software marks the opening post wherever it shows it.
    var isOpeningStated = false
    /// Whether `>` and `-` at the start of lines were typed.
    var isTyped = false
    /// Whether the page tells more posts than are read.
    var isCutOff = false

    /// How many posts tell of themselves what a post must.
    var weight: Int {
        posts.count { ($0.hasText || $0.state != .present || $0.title != nil) && ($0.author != nil || $0.state != .present) }
    }
}
