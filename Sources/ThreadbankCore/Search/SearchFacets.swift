// How the hits of a search are spread: by author, forum, source, month and state.

/// Counts of all posts that match, not only of those that are shown.
public struct SearchFacets: Sendable, Equatable {
    public struct Value: Sendable, Equatable {
        /// nil: posts without one (an unknown author, no forum, no date).
        public var value: String?
        public var count: Int

        public init(_ value: String?, _ count: Int) {
            self.value = value
            self.count = count
        }
    }

    /// The commonest first, equals by name; months by date, the undated last.
    public var author: [Value] = []
    public var forum: [Value] = []
    public var source: [Value] = []
    /// As `2023-06`, UTC.
    public var month: [Value] = []
    public var state: [Value] = []

    public init() {}

    /// Each with its name.
    public var all: [(name: String, values: [Value])] {
        [("author", author), ("forum", forum), ("source", source), ("month", month), ("state", state)]
    }
}

/// How a search is answered, for people who ask.
public struct SearchExplanation: Sendable, Equatable {
    public struct Statement: Sendable, Equatable {
        /// What it is for: `hits`, `page`.
        public var name: String
        public var sql: String
        /// The values of `?1`, `?2`, …
        public var values: [String]
        /// SQLite's plan, a line a step, indented by depth.
        public var plan: [String]

        public init(name: String, sql: String, values: [String], plan: [String]) {
            self.name = name
            self.sql = sql
            self.values = values
            self.plan = plan
        }
    }

    /// The query as it was understood, printed.
    public var query: String
    /// The FTS5 expressions that find or rank the hits, with the index that each is for.
    public var expressions: [(index: String, expression: String)] { zip(indexes, matches).map { ($0, $1) } }
    public var indexes: [String]
    public var matches: [String]
    public var statements: [Statement]

    public init(query: String, indexes: [String], matches: [String], statements: [Statement]) {
        self.query = query
        self.indexes = indexes
        self.matches = matches
        self.statements = statements
    }
}
