// The way of most searches: FTS5 finds, packed columns filter and weigh, and no row leaves SQLite.

internal import CRanking
internal import ThreadbankCore

/// One statement that finds hits in one index.
struct SearchPass: Sendable {
    var index: TextIndex
    var manner: ranking_manner
    /// What every hit must fit.
    var conditions: [PackedCondition]
    /// It calls `ranking_match` for each match. The ranking is bound behind the values.
    var statement: SearchStatement
    /// Whether something beside the text is asked in SQL.
    var hasSQL: Bool

    /// A pass over the matches of an expression.
    ///
    /// - parameter sql: a further condition in SQL, and the values and tables that it names. The expression is the first value.
    init(
        _ index: TextIndex, _ manner: ranking_manner, _ conditions: [PackedCondition], match: String, with: String = "",
        sql: String = "", values: [SearchValue] = []
    ) {
        self.index = index
        self.conditions = conditions
        hasSQL = !sql.isEmpty
        // Posts that SQL keeps away count all the same for how common a word is.
        self.manner = sql.isEmpty ? manner : ranking_row_by_row
        let table = index.rawValue
        let values = [.text(match)] + values.dropFirst()
        let call = "ranking_match(\(table), ?\(values.count + 1))"
        let from = "FROM \(table) WHERE \(table) MATCH ?1\(sql)"
        let select =
            switch self.manner {
            case ranking_by_phrase: "SELECT \(call) \(from) LIMIT 1"
            // It comes after the other conditions; alone it lets no row leave.
            default: sql.isEmpty ? "SELECT 1 \(from) AND NOT \(call)" : "SELECT \(call) \(from)"
            }
        statement = SearchStatement(sql: with + select, values: values)
    }
}

extension SearchPass {
    /// The statement for people: with words in the place of what cannot be printed.
    var explained: SearchStatement {
        SearchStatement(sql: statement.sql, values: statement.values + [.text("(where the hits are gathered)")])
    }
}

extension SearchQuery {
    /// How FTS5 is best asked for this query, which it answers by itself.
    var manner: ranking_manner {
        switch self {
        // The beginnings of words are gathered anew each time that they are asked for.
        case .text(let text): text.isPrefix ? ranking_one_phrase : ranking_by_phrase
        case .or(let queries):
            queries.allSatisfy { if case .text = $0 { true } else { false } } ? ranking_by_phrase : ranking_row_by_row
        default: ranking_row_by_row
        }
    }
}

extension TextIndex {
    /// The packed column of its lengths.
    var lengths: packed_column {
        switch self {
        case .words: packed_length
        case .characters: packed_characters_length
        }
    }
}
