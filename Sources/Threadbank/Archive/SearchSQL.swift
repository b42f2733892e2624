// From a query tree to the SQL that answers it: which posts match, how many, and in which order.

internal import CRanking
internal import ThreadbankCore

/// One statement and the values that it binds, in the order of `?1`, `?2`, …
struct SearchStatement: Sendable, Equatable {
    var sql: String
    var values: [SearchValue]
}

/// The set of posts that a query matches, in one of three shapes. The common one, texts and fields under an `and`, lets FTS5 drive
/// and looks each match's post up (or in a set made beforehand, ``Filter``). Sets that only text can name (`-(foo author:bob)`)
/// stand as tables before the statement, so that no nesting of a query nests the SQL.
///
/// Posts with characters of spaceless scripts are answered by an index of their own, which holds all their words. A query that both
/// kinds of posts may fit has an ``Arm`` for each.
struct SearchSQL: Sendable {
    enum Shape: Sendable, Equatable {
        /// Rows of `posts` under a condition: fields alone, or texts that are only excluded.
        case posts(String)
        /// Matches of an FTS5 expression (a bound value) under a condition on the index's row ids.
        case text(TextIndex, match: String, condition: String)
        /// Ids of a SELECT: alternatives of texts and fields.
        case ids(String)
    }

    /// How the matches of a text are tested for the fields beside it.
    enum Filter: Sendable {
        /// Each match's post is read: best for few matches.
        case lookup
        /// The posts that fit the fields are listed first: best for few of them. `rowid IN (…)` without `+` would run FTS5 once an id.
        case set
    }

    /// The posts that one index answers for.
    struct Arm: Sendable {
        var index = TextIndex.words
        /// Whether the posts of the other index are left out.
        var isRestricted = false
        var findsGhosts = false

        var match: SearchMatch { SearchMatch(index: index) }

        /// A condition on a row id; empty where all posts are meant.
        func restriction(on id: String) -> String {
            if !isRestricted { return "" }
            return " AND \(id) \(index == .words ? "NOT IN" : "IN") (SELECT id FROM posts_cjk_docsize)"
        }
    }

    let query: SearchQuery
    let names: SearchNames
    private let filter: Filter
    private(set) var values = SearchValues()
    private var tables: [String] = []
    private(set) var shape: Shape = .posts("0")
    /// The FTS5 expressions that rank the hits; none where the query wants no text.
    private(set) var rankings: [(index: TextIndex, match: String)] = []
    /// The FTS5 expression that marks what was searched for.
    let marking: String?
    /// The passes that find the hits; nil where a text does not drive every arm.
    private(set) var passes: [SearchPass]?
    /// The conditions of a query of fields alone; nil where packed columns cannot tell.
    private(set) var scan: [PackedCondition]?

    init(_ query: SearchQuery, names: SearchNames = SearchNames(), filter: Filter = .lookup) {
        self.query = query
        self.names = names
        self.filter = filter
        let texts = query.positiveTexts
        self.marking = SearchMatch(index: .words, isLoose: true).any(texts)
        let arms = Self.arms(of: query, names)
        self.shape = shape(of: query, arms)
        for arm in arms {
            let isDriven = if case .text = shape { true } else { false }
            let loose = SearchMatch(index: arm.arm.index, isLoose: true)
            let match = isDriven ? arm.arm.match.driving(arm.query) : loose.any(arm.query.positiveTexts)
            if let match { rankings.append((arm.arm.index, match)) }
        }
        if case .posts(let condition) = shape, !rankings.isEmpty { shape = .ids("SELECT p.id FROM posts p WHERE \(condition)") }
        passes = Self.passes(arms, names, filter)
        if case .posts = shape { scan = Self.scan(query, names) }
    }

    /// The passes that weigh hits that were found otherwise.
    var rankingPasses: [SearchPass] {
        let isAny = query.positiveTexts.allSatisfy { if case .text = $0 { true } else { false } }
        return rankings.map { index, match in
            let isApart = index == .words && rankings.count > 1
            let conditions = isApart ? [PackedCondition(kind: .characters, isNegated: true)] : []
            return SearchPass(index, isAny ? ranking_by_phrase : ranking_row_by_row, conditions, match: match)
        }
    }

    /// Conditions alone, without a shape.
    private init(conditionsOf query: SearchQuery, _ names: SearchNames, _ filter: Filter) {
        self.query = query
        self.names = names
        self.filter = filter
        marking = nil
    }

    /// The tables before the statement: `WITH q1(id) AS (…), …`.
    func with(_ more: [String] = []) -> String {
        let all = tables + more
        return all.isEmpty ? "" : "WITH " + all.joined(separator: ",\n") + "\n"
    }

    // MARK: Shapes

    /// Which indexes are asked, and for what.
    private static func arms(of query: SearchQuery, _ names: SearchNames) -> [(arm: Arm, query: SearchQuery)] {
        let findsGhosts = query.ownNodes.contains(.field(.is(.missing)))
        let words = query.withoutCharacters
        guard names.hasCharacters, words != query || names.wantsCharacters(query) else {
            return [(Arm(findsGhosts: findsGhosts), words)]
        }
        let arm = Arm(index: .characters, isRestricted: true, findsGhosts: findsGhosts)
        if words == .nothing { return [(arm, query)] }
        return [(Arm(isRestricted: true, findsGhosts: findsGhosts), words), (arm, query)]
    }

    private static func passes(_ arms: [(arm: Arm, query: SearchQuery)], _ names: SearchNames, _ filter: Filter) -> [SearchPass]?
    {
        var passes: [SearchPass] = []
        for (arm, query) in arms {
            guard let match = arm.match.driving(query) else { return nil }
            var conditions = [PackedCondition.isNoGhost]
            if arm.isRestricted { conditions.append(PackedCondition(kind: .characters, isNegated: arm.index == .words)) }
            var manner = query.manner
            var sql = SearchSQL(conditionsOf: query, names, filter)
            _ = sql.values.bind(.text(match))
            var condition = ""
            if case .and(let queries) = query {
                let rest = arm.match.split(queries).rest
                let packed = rest.map { PackedCondition($0, names) }
                conditions += packed.compactMap { $0 }
                condition = sql.condition(onMatches: zip(rest, packed).filter { $0.1 == nil }.map(\.0), arm)
                let texts = queries.filter { !rest.contains($0) }
                manner = texts.count == 1 ? texts[0].manner : ranking_row_by_row
            }
            passes.append(
                SearchPass(
                    arm.index, manner, conditions, match: match, with: sql.with(), sql: condition, values: sql.values.all))
        }
        return passes
    }

    private static func scan(_ query: SearchQuery, _ names: SearchNames) -> [PackedCondition]? {
        let findsGhosts = query.ownNodes.contains(.field(.is(.missing)))
        var conditions = findsGhosts ? [] : [PackedCondition.isNoGhost]
        if query == .everything { return conditions }
        let parts = if case .and(let queries) = query { queries } else { [query] }
        for part in parts {
            guard let condition = PackedCondition(part, names) else { return nil }
            conditions.append(condition)
        }
        return conditions
    }

    private mutating func shape(of query: SearchQuery, _ arms: [(arm: Arm, query: SearchQuery)]) -> Shape {
        if arms.count == 1 { return shape(of: arms[0].query, arms[0].arm) }
        var parts: [String] = []
        for arm in arms {
            let shape = shape(of: arm.query, arm.arm)
            parts.append(select(shape))
        }
        return .ids(parts.joined(separator: "\nUNION "))
    }

    private mutating func shape(of query: SearchQuery, _ arm: Arm) -> Shape {
        if let match = arm.match.driving(query) {
            let bound = values.bind(.text(match))
            // What the characters' index finds needs no restriction: it holds no other posts.
            let restriction = arm.index == .words ? arm.restriction(on: "posts_fts.rowid") : ""
            guard case .and(let queries) = query else { return .text(arm.index, match: bound, condition: restriction) }
            let condition = condition(onMatches: arm.match.split(queries).rest, arm)
            return .text(arm.index, match: bound, condition: restriction + condition)
        }
        if case .or(let queries) = query, queries.contains(where: { arm.match.driving($0) != nil }) {
            return .ids(union(queries, arm))
        }
        let condition = condition(query, arm) + arm.restriction(on: "p.id")
        return .posts(arm.findsGhosts ? condition : "p.state <> 'missing' AND \(condition)")
    }

    func select(_ shape: Shape) -> String {
        switch shape {
        case .posts(let condition): "SELECT p.id FROM posts p WHERE \(condition)"
        case .text(let index, let match, let condition):
            "SELECT rowid FROM \(index.rawValue) WHERE \(Self.matches(match, index))\(condition)"
        case .ids(let select): select
        }
    }

    /// Alternatives: one expression for all texts, one pass over the posts for all that no text drives, the others one by one.
    private mutating func union(_ queries: [SearchQuery], _ arm: Arm) -> String {
        let match = arm.match
        let texts = queries.filter { match.expression($0) != nil }
        let others = queries.filter { match.expression($0) == nil && match.driving($0) == nil }
        let mixed = queries.filter { match.expression($0) == nil && match.driving($0) != nil }
        let parts = [SearchQuery.joined(texts), SearchQuery.joined(others)].compactMap { $0 } + mixed
        return parts.map { part in
            let shape = shape(of: part, arm)
            return select(shape)
        }.joined(separator: "\nUNION ")
    }

    // MARK: Conditions

    /// The fields beside a text, as a condition on the index's row ids.
    private mutating func condition(onMatches rest: [SearchQuery], _ arm: Arm) -> String {
        guard !rest.isEmpty else { return "" }
        let fields = rest.map { condition($0, arm) }.joined(separator: " AND ")
        let id = arm.index.rawValue + ".rowid"
        switch filter {
        case .lookup: return " AND EXISTS (SELECT 1 FROM posts p WHERE p.id = \(id) AND \(fields))"
        case .set: return " AND +\(id) IN (SELECT p.id FROM posts p WHERE \(fields))"
        }
    }

    /// A condition on `p`; NULL counts as false.
    private mutating func condition(_ query: SearchQuery, _ arm: Arm) -> String {
        switch query {
        case .everything: return "1"
        case .nothing: return "0"
        case .field(let field): return field.condition(names, &values)
        case .thread(let inner): return threads(of: inner)
        case .text, .near, .raw:
            guard let match = arm.match.expression(query) else {
                return "p.id IN " + values.bind(list: names.parts[query.description])
            }
            return "p.id IN \(table(match, arm.index))"
        case .not(let inner): return "(\(condition(inner, arm))) IS NOT TRUE"
        case .or(let queries):
            let texts = queries.filter { arm.match.expression($0) != nil }
            let match = arm.match.any(texts).map { "p.id IN \(table($0, arm.index))" }
            let rest = queries.filter { arm.match.expression($0) == nil }.map { condition($0, arm) }
            return joined((match.map { [$0] } ?? []) + rest, "OR")
        case .and(let queries):
            let (match, rest) = arm.match.split(queries)
            let texts = match.map { ["p.id IN \(table($0, arm.index))"] } ?? []
            return joined(texts + rest.map { condition($0, arm) }, "AND")
        }
    }

    /// The posts of the threads that hold a match of a query, whichever index finds it.
    private mutating func threads(of query: SearchQuery) -> String {
        let shape = shape(of: query, Self.arms(of: query, names))
        let name = "q\(tables.count + 1)"
        tables.append("\(name)(id) AS MATERIALIZED (\(select(shape)))")
        return "p.thread_id IN (SELECT m.thread_id FROM \(name) CROSS JOIN posts m ON m.id = \(name).id)"
    }

    /// A plain list: SQLite's parser has a short stack for parentheses, while its bound on long lists (1,000) is beyond any query.
    private func joined(_ conditions: [String], _ word: String) -> String {
        conditions.count == 1 ? conditions[0] : "(" + conditions.joined(separator: " \(word) ") + ")"
    }

    /// The matches of an expression as a table of ids before the statement.
    private mutating func table(_ match: String, _ index: TextIndex) -> String {
        let name = "q\(tables.count + 1)"
        let found = "SELECT rowid FROM \(index.rawValue) WHERE \(Self.matches(values.bind(.text(match)), index))"
        tables.append("\(name)(id) AS (\(found))")
        return name
    }
}

extension SearchQuery {
    fileprivate static func joined(_ queries: [SearchQuery]) -> SearchQuery? { queries.count > 1 ? .or(queries) : queries.first }
}

extension SearchSQL {
    /// A bound FTS5 expression as a condition. Ghosts are not found by a word, and only one with a title could be.
    static func matches(_ match: String, _ index: TextIndex) -> String {
        let table = index.rawValue
        return "\(table) MATCH \(match)"
            + " AND \(table).rowid NOT IN (SELECT id FROM posts WHERE state = 'missing' AND title IS NOT NULL)"
    }
}
