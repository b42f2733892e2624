// The order of the best hits: what bm25 found, looked at more closely.

internal import GRDB
internal import ThreadbankCore

/// Ranks the first few hundred hits of bm25 again, by what one post's words alone do not tell.
///
/// An opening post counts for more than a reply with the same words; a reply gains by an opening post that matches too, and an opening
/// post by the best of its replies. Where the archive is stemmed, what was typed beats its stem. The weights were chosen
/// with a model of these rules on SemEval-2016's judged questions, see SearchSyntax.
struct SearchRanking {
    /// How many hits are ranked again. The same for every page, so that pages neither repeat nor miss a hit.
    static let window = 500

    private static let openingPost = 1.5
    private static let bestReply = 0.5
    private static let itsOpeningPost = 0.3
    /// How much a hit loses that has none of several words as they were typed.
    private static let stemsOnly = 0.2

    struct Hit {
        var id: Int64
        var rank: Double
    }

    private struct Facts {
        var root: Int64?
        var exact: Int
    }

    /// Orders hits that come with their bm25 weight; equals by id.
    static func ranked(_ hits: [Hit], _ query: SearchQuery, isStemmed: Bool, _ db: Database) throws -> [Hit] {
        let forms = ExactForms(isStemmed ? query : .everything)
        let facts = try self.facts(of: hits, forms, db)
        let base = Dictionary(hits.map { ($0.id, $0.rank) }) { first, _ in first }
        var best: [Int64: Double] = [:]
        for hit in hits {
            if let root = facts[hit.id]?.root, root != hit.id { best[root] = max(best[root] ?? 0, hit.rank) }
        }
        let ranked = hits.map { hit -> (hit: Hit, exact: Int) in
            guard let known = facts[hit.id] else { return (hit, 0) }
            var rank = hit.rank
            if known.root == hit.id {
                rank = (rank + bestReply * (best[hit.id] ?? 0)) * openingPost
            } else if let root = known.root {
                rank += itsOpeningPost * (base[root] ?? 0)
            }
            if forms.count > 1 { rank *= 1 - stemsOnly * (1 - Double(known.exact) / Double(forms.count)) }
            return (Hit(id: hit.id, rank: rank), forms.count == 1 ? known.exact : 0)
        }
        return ranked.sorted { a, b in
            a.exact != b.exact ? a.exact > b.exact : a.hit.rank != b.hit.rank ? a.hit.rank > b.hit.rank : a.hit.id < b.hit.id
        }.map(\.hit)
    }

    private static func facts(of hits: [Hit], _ forms: ExactForms, _ db: Database) throws -> [Int64: Facts] {
        let ids = JSON.array(hits.map { .integer($0.id) }).text
        let rows = try Row.fetchCursor(db, sql: forms.count > 0 ? SQL.factsAndTexts : SQL.facts, arguments: [ids])
        var facts: [Int64: Facts] = [:]
        while let row = try rows.next() {
            let exact = forms.count > 0 ? forms.count(title: row[2], body: row[3]) : 0
            facts[row[0]] = Facts(root: row[1], exact: exact)
        }
        return facts
    }
}

private enum SQL {
    static let facts = """
        SELECT p.id, t.root_post_id FROM json_each(?1) w CROSS JOIN posts p ON p.id = w.value JOIN threads t ON t.id = p.thread_id
        """
    /// A text is read up to a length beyond which the form of a word matters little.
    static let factsAndTexts = """
        SELECT p.id, t.root_post_id, p.title, substr(p.body, 1, 20000)
          FROM json_each(?1) w CROSS JOIN posts p ON p.id = w.value JOIN threads t ON t.id = p.thread_id
        """
}
