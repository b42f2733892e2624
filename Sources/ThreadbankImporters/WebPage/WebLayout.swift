// How the pages of one software are laid out, as a description; each has a file of its own in Layouts/.

internal import ThreadbankCore

/// Where a page of one software holds its posts, and where these hold their fields.
struct WebLayout: Sendable {
    /// How it shows who answers whom.
    enum Depth: Sendable {
        /// All posts stand one below the other.
        case flat
        /// The block of an answer stands in that of the post which it answers.
        case nested
        /// Each step down is one more element of that kind around the block.
        case wrapped(WebSelector)
        /// A number beside the post tells its depth; one step is so much.
        case number([WebPick], step: Int)
    }

    /// The kind of the source that its posts belong to.
    var kind: String
    /// A page of this software holds one of these.
    var marks: WebSelector
    /// The block of a post.
    var post: WebSelector
    /// Where the block is the nearest element of that name around what ``post`` finds.
    var climb: String?
    /// Which blocks hold an opening post; where none does, the first of the first page is one.
    var opening: WebSelector?

    var id: [WebPick] = []
    var otherID: [WebPick] = []
    var author: [WebPick] = []
    var authorKey: [WebPick] = []
    var authorURL: [WebPick] = []
    var date: [WebPick] = []
    var editDate: [WebPick] = []
    var title: [WebPick] = []
    var body: [WebPick] = []
    /// Where the body is the nearest element of that name around what ``body`` finds.
    var bodyClimb: String?
    /// What stands in a body and is none of it: buttons, signatures.
    var cut: WebSelector?
    var score: [WebPick] = []
    var replyCount: [WebPick] = []
    /// The address of the post.
    var url: [WebPick] = []
    /// Where a link post leads.
    var link: [WebPick] = []
    /// The id of the post that it answers.
    var parent: [WebPick] = []
    var depth = Depth.flat
    /// Whether depth is what the software itself knows of answers, so that it counts as stated.
    var isDepthStated = true
    /// The ids of quoted posts: an attribute of elements in the body.
    var quote: (selector: WebSelector, attribute: String)?
    /// The attribute beside it that names the topic of a quoted post, which may be another one.
    var quoteThread: String?
    /// What marks the accepted answer.
    var accepted: WebSelector?
    /// What shows in the block of a post that its moderators, or its author, took away.
    var removed: WebSelector?
    var deleted: WebSelector?

    /// The topic's id, its title, its forum, the number of the page among those of its topic.
    var thread: [WebPick] = []
    var pageTitle: [WebPick] = []
    var forum: [WebPick] = []
    var pageNumber: [WebPick] = []
    /// The number that a post bears in its topic, and that of the opening post.
    var ordinal: [WebPick] = []
    var firstOrdinal: Int64 = 1
    /// Whether `>` and `-` at the start of lines were typed.
    var isTyped = false
}
