// What a search is asked, and what it answers.

/// A search: the query, the order of the hits, and which of them.
///
/// ```swift
/// let request = try SearchRequest("self-reliance author:emerson", sort: .newest, limit: 50)
/// ```
public struct SearchRequest: Sendable, Equatable {
    /// In which order the hits come. Ties are broken the same way each time.
    public enum Sort: String, Sendable, CaseIterable {
        /// The best first; by date where there is no text to rank by.
        case relevance
        /// By date, the undated last.
        case newest, oldest
        /// The highest score first, those without one last.
        case score
    }

    /// The query as it was typed.
    public var text: String
    public var query: SearchQuery
    public var sort: Sort
    /// How many hits at most, and how many to leave out before them.
    public var limit: Int
    public var offset: Int
    /// Whether only the number of hits is wanted.
    public var countOnly: Bool
    /// Whether to count the hits by author, forum, source, month and state.
    public var withFacets = false

    /// - throws: ``ThreadbankError`` with code `query` where a field or date makes no sense.
    public init(_ text: String, sort: Sort = .relevance, limit: Int = 20, offset: Int = 0, countOnly: Bool = false)
        throws(ThreadbankError)
    {
        self.init(try .parse(text), text: text, sort: sort, limit: limit, offset: offset, countOnly: countOnly)
    }

    /// - parameter text: what the results call the query; nil for the query printed.
    public init(
        _ query: SearchQuery, text: String? = nil, sort: Sort = .relevance, limit: Int = 20, offset: Int = 0,
        countOnly: Bool = false
    ) {
        self.text = text ?? query.description
        self.query = query
        self.sort = sort
        self.limit = max(0, limit)
        self.offset = max(0, offset)
        self.countOnly = countOnly
    }
}

/// The answer to a ``SearchRequest``.
public struct SearchResults: Sendable, Equatable {
    /// The query as it was typed.
    public var query: String
    /// The exact number of posts that match, those beyond the limit included.
    public var total: Int
    public var hits: [SearchHit]
    /// nil where they were not asked for.
    public var facets: SearchFacets?
    /// Where nothing was found: the query with words that the archive holds; nil where none are close.
    public var suggestion: String?
    /// Whether there was nothing to look for: a query of punctuation alone, or for posts like another a post
    /// without words.
    public var asksNothing = false

    public init(query: String, total: Int, hits: [SearchHit] = []) {
        self.query = query
        self.total = total
        self.hits = hits
    }
}

/// One post that matches.
public struct SearchHit: Sendable, Equatable, Identifiable {
    /// A piece of a snippet.
    public struct Piece: Sendable, Equatable {
        public var text: String
        /// Whether it is what was searched for.
        public var isHit: Bool

        public init(_ text: String, isHit: Bool = false) {
            self.text = text
            self.isHit = isHit
        }
    }

    public var id: Post.ID
    public var threadID: DiscussionThread.ID
    /// The thread's title, else that of its opening post; nil where neither has one.
    public var threadTitle: String?
    public var forum: String?
    /// The author's short name; nil where it is unknown.
    public var author: String?
    /// Unix seconds, UTC; nil where unknown.
    public var createdAt: Int64?
    public var score: Int64?
    public var state: PostState
    public var url: String?
    /// How well it fits, higher is better; 0 where no text was searched for.
    public var rank: Double
    /// About 24 words around what was searched for, or the beginning of the body. The pieces follow each other without a gap; the
    /// text is as it was posted, control characters and all.
    public var snippet: [Piece]

    public init(id: Post.ID, threadID: DiscussionThread.ID, state: PostState, rank: Double = 0, snippet: [Piece] = []) {
        self.id = id
        self.threadID = threadID
        self.state = state
        self.rank = rank
        self.snippet = snippet
    }
}
