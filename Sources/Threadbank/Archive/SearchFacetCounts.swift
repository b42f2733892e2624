// Counts the hits of a search by author, forum, source, month and state, in one pass.

internal import GRDB
internal import ThreadbankCore

/// One pass over the hits counts all five: a statement with GROUP BY for each would look every post up five times.
struct SearchFacetCounts {
    private var authors: [Int64?: Int] = [:]
    private var threads: [Int64: Int] = [:]
    private var sources: [Int64: Int] = [:]
    private var days: [Int64?: Int] = [:]
    private var states: [Int64: Int] = [:]

    static func facets(of search: SearchSQL, _ db: Database) throws -> SearchFacets {
        var counts = SearchFacetCounts()
        let statement = search.facts()
        let rows = try Row.fetchCursor(db, sql: statement.sql, arguments: statement.arguments)
        while let row = try rows.next() {
            counts.authors[row[0], default: 0] += 1
            counts.threads[row[1], default: 0] += 1
            counts.sources[row[2], default: 0] += 1
            // Division rounds towards zero, days do not.
            let date: Int64? = row[3]
            counts.days[date.map { $0 >= 0 ? $0 / 86_400 : -((86_399 - $0) / 86_400) }, default: 0] += 1
            counts.states[row[4], default: 0] += 1
        }
        return try counts.named(db)
    }

    private func named(_ db: Database) throws -> SearchFacets {
        var facets = SearchFacets()
        facets.author = Self.sorted(try Self.named(authors, SQL.authors, db))
        facets.source = Self.sorted(
            try Self.named(Dictionary(uniqueKeysWithValues: sources.map { (Optional($0), $1) }), SQL.sources, db))
        var forums: [String?: Int] = [:]
        let rows = try Row.fetchCursor(db, sql: SQL.forums)
        while let row = try rows.next() {
            if let count = threads[row[0]] { forums[row[1], default: 0] += count }
        }
        facets.forum = Self.sorted(forums)
        var months: [String?: Int] = [:]
        for (day, count) in days {
            months[day.flatMap { Timestamp.text($0 * 86_400) }.map { String($0.prefix(7)) }, default: 0] += count
        }
        facets.month = months.map { SearchFacets.Value($0, $1) }.sorted { ($0.value ?? "~") < ($1.value ?? "~") }
        let names = PostState.allCases.map(\.rawValue)
        facets.state = Self.sorted(
            Dictionary(
                states.map { code, count in (names.first { $0.unicodeScalars.first?.value == UInt32(code) }, count) },
                uniquingKeysWith: +))
        return facets
    }

    /// The names of ids; accounts of one name count together, as `author:NAME` finds them.
    private static func named(_ counts: [Int64?: Int], _ sql: String, _ db: Database) throws -> [String?: Int] {
        var named: [String?: Int] = [:]
        if let unknown = counts[nil] { named[nil] = unknown }
        let ids = JSON.array(counts.keys.compactMap { $0.map { .integer($0) } }).text
        let rows = try Row.fetchCursor(db, sql: sql, arguments: [ids])
        while let row = try rows.next() { named[row[1], default: 0] += counts[row[0]] ?? 0 }
        return named
    }

    private static func sorted(_ counts: [String?: Int]) -> [SearchFacets.Value] {
        counts.map { SearchFacets.Value($0, $1) }
            .sorted { $0.count != $1.count ? $0.count > $1.count : ($0.value ?? "") < ($1.value ?? "") }
    }
}

private enum SQL {
    static let authors = "SELECT id, name FROM authors WHERE id IN (SELECT value FROM json_each(?))"
    static let sources =
        "SELECT id, CASE name WHEN '' THEN kind ELSE name END FROM sources WHERE id IN (SELECT value FROM json_each(?))"
    static let forums = "SELECT t.id, f.name FROM threads t LEFT JOIN forums f ON f.id = t.forum_id WHERE t.merged_into IS NULL"
}
