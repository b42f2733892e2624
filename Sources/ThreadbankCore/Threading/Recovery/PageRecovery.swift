// The way from a page copied as text to its posts.

/// Recovers the posts of a page that was copied as text, who wrote them, and what each answers.
///
/// ```swift
/// let page = PageRecovery.recover(lines: ["What is it?", "A test.", "Thank you!"])
/// page.posts.map(\.parent.index)
/// ```
///
/// Pure and deterministic. Every line that is not blank ends in exactly one place: in a post, as a repetition of a post's line in
/// the page's other rendering, or among the page's furniture (header lines, buttons).
public enum PageRecovery {
    /// - parameter lines: the page's lines in order, blank ones too.
    /// - parameter day: Unix seconds of the midnight before a chat log's first line, where that is known from elsewhere.
    /// - complexity: O(n log n) in the lines, O(n) in the bytes.
    public static func recover(lines: [String], day: Int64? = nil) -> RecoveredPage {
        let page = PageLine.lines(of: lines)
        if let log = ChatRecovery.recover(page, day: day) { return log }
        let merged = MergedPage.lines(of: page)
        var furniture: [PageFurniture] = []
        let headers = HeaderSplitter.headers(in: merged)
        var drafts: [PostDraft]
        let levels: Indentation
        var isTopic = false
        if headers.isEmpty {
            let splitter = PostSplitter(merged)
            levels = splitter.levels
            isTopic = splitter.isTopic
            drafts = splitter.posts()
        } else {
            drafts = HeaderSplitter.posts(merged, headers: headers, furniture: &furniture)
            let isWrapped = PageLine.haveParagraphsOfLines(merged.lazy.map(\.line))
            for index in drafts.indices { drafts[index].hasParagraphsOfLines = isWrapped }
            levels = Indentation(drafts.filter { $0.header != nil }.map(\.indent))
        }
        return assemble(drafts, levels: levels, hasHeaders: !headers.isEmpty, isTopic: isTopic, furniture: furniture)
    }

    /// The day that a file's name tells, as of "2009-02-23.txt": Unix seconds of its midnight; nil where it tells none.
    public static func day(inName name: String) -> Int64? { ChatStamp.day(inName: name) }

    private static func assemble(
        _ drafts: [PostDraft], levels: Indentation, hasHeaders: Bool, isTopic: Bool, furniture: [PageFurniture]
    ) -> RecoveredPage {
        let cues = drafts.map(PostCues.init)
        let rarity = WordRarity(cues.lazy.map(\.bag))
        let authors = AuthorEvidence.authors(drafts, cues: cues, rarity: rarity)
        let opening = OpeningPost.find(drafts, hasHeaders: hasHeaders, isTopic: isTopic)
        var inference = ParentInference(
            posts: drafts, cues: cues, rarity: rarity, authors: authors, opening: opening, levels: levels)
        let parents = inference.run()
        let posts = drafts.enumerated().map { index, draft in
            post(draft, author: authors[index], parent: parents[index])
        }
        return RecoveredPage(
            posts: posts, openingIsShown: opening.isShown, openingEvidence: opening.evidence, furniture: furniture)
    }

    private static func post(_ draft: PostDraft, author: RecoveredAuthor?, parent: RecoveredParent) -> RecoveredPost {
        let tombstone = draft.tombstone
        return RecoveredPost(
            lineNumbers: draft.lines.map(\.line.number), repeatedLineNumbers: draft.lines.flatMap(\.repeats),
            body: tombstone == nil ? draft.body : nil, wording: draft.wording, state: tombstone ?? .present,
            author: draft.header?.author.map { RecoveredAuthor(name: $0, inference: nil) } ?? author, score: draft.header?.score,
            createdAt: draft.header?.createdAt, indent: draft.indent, parent: parent, boundary: draft.boundary)
    }
}
