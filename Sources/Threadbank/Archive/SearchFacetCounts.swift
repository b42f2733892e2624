// Counts the hits of a search by author, forum, source, month and state, from packed columns.

internal import CRanking
internal import GRDB
internal import ThreadbankCore

/// Counts are by id and by day; names and months come to the few that are left.
struct SearchFacetCounts {
    let hits: SearchHits
    let db: Database

    func facets() throws -> SearchFacets {
        var facets = SearchFacets()
        facets.author = Self.sorted(try named(packed_author, SQL.author))
        facets.forum = Self.sorted(try named(packed_thread_forum, SQL.forum))
        facets.source = Self.sorted(try named(packed_source, SQL.source))
        facets.month = months()
        let states = [PostState.present, .deleted, .removed, .missing]
        facets.state = Self.sorted(
            Dictionary(
                Self.counts(ranking_count_states(hits.ranking)).map { (states[Int($0.value)].rawValue, $0.count) },
                uniquingKeysWith: +))
        return facets
    }

    /// By the names of ids; accounts of one name count together, as `author:NAME` finds them.
    private func named(_ column: packed_column, _ sql: String) throws -> [String?: Int] {
        let name = try DirectStatement(db, sql)
        var named: [String?: Int] = [:]
        for (id, count) in Self.counts(ranking_count_values(hits.ranking, column)) {
            name.reset()
            try name.bind(.integer(id), at: 1)
            named[try name.step() ? name.text(0) : nil, default: 0] += count
        }
        return named
    }

    private func months() -> [SearchFacets.Value] {
        var months: [String?: Int] = [:]
        var undated = hits.count
        for (day, count) in Self.counts(ranking_count_days(hits.ranking)) {
            months[Timestamp.text(day * 86_400).map { String($0.prefix(7)) }, default: 0] += count
            undated -= count
        }
        if undated > 0 { months[nil, default: 0] += undated }
        return months.map { SearchFacets.Value($0, $1) }.sorted { ($0.value ?? "~") < ($1.value ?? "~") }
    }

    /// The values that any hit has.
    private static func counts(_ counts: ranking_counts) -> [(value: Int64, count: Int)] {
        defer { ranking_counts_close(counts) }
        return UnsafeBufferPointer(start: counts.counts, count: counts.size).enumerated().compactMap { place, count in
            count > 0 ? (Int64(place) + counts.first, Int(count)) : nil
        }
    }

    private static func sorted(_ counts: [String?: Int]) -> [SearchFacets.Value] {
        counts.map { SearchFacets.Value($0, $1) }
            .sorted { $0.count != $1.count ? $0.count > $1.count : ($0.value ?? "") < ($1.value ?? "") }
    }
}

private enum SQL {
    static let author = "SELECT name FROM authors WHERE id = ?"
    static let source = "SELECT CASE name WHEN '' THEN kind ELSE name END FROM sources WHERE id = ?"
    static let forum = "SELECT name FROM forums WHERE id = ?"
}
