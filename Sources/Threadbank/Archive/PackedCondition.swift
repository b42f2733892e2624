// Fields that packed columns answer by themselves, without a look at the posts.

internal import CRanking
internal import ThreadbankCore

/// A condition on one post that is read from packed columns.
struct PackedCondition: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// A bit a state, as in `ranking_want_states`.
        case states(Int32)
        case reply
        /// The characters' index holds it.
        case characters
        /// A value of a column, or one of some posts.
        case values(UInt32, [UInt32], posts: [UInt32])
        case minutes(ClosedRange<UInt32>)
    }

    var kind: Kind
    var isNegated = false

    /// Ghosts are found by `is:missing` alone.
    static let isNoGhost = PackedCondition(kind: .states(8), isNegated: true)

    init(kind: Kind, isNegated: Bool = false) {
        self.kind = kind
        self.isNegated = isNegated
    }

    /// nil for what packed columns do not tell.
    init?(_ query: SearchQuery, _ names: SearchNames) {
        switch query {
        case .field(let field):
            guard let condition = PackedCondition(field, names) else { return nil }
            self = condition
        case .not(let inner):
            guard let condition = PackedCondition(inner, names) else { return nil }
            self.init(kind: condition.kind, isNegated: !condition.isNegated)
        case .or(let queries):
            // Several authors, or several forums, are one set.
            var all: (column: UInt32, values: [UInt32], posts: [UInt32])?
            for query in queries {
                guard let condition = PackedCondition(query, names), !condition.isNegated,
                    case .values(let column, let values, let posts) = condition.kind, all == nil || all?.column == column
                else { return nil }
                all = (column, (all?.values ?? []) + values, (all?.posts ?? []) + posts)
            }
            guard let all else { return nil }
            self.init(kind: .values(all.column, all.values, posts: all.posts))
        default: return nil
        }
    }

    private init?(_ field: SearchField, _ names: SearchNames) {
        switch field {
        case .author(let name):
            if NamePattern(name).fitsAll { return nil }
            self.init(kind: .values(packed_author.rawValue, Self.ids(names.authors[name]), posts: []))
        case .forum(let name):
            let posts = Self.ids(names.crossPosts[name])
            self.init(kind: .values(packed_thread_forum.rawValue, Self.ids(names.forums[name]), posts: posts))
        case .source(let name): self.init(kind: .values(packed_source.rawValue, Self.ids(names.sources[name]), posts: []))
        case .thread(let id):
            guard let thread = UInt32(exactly: names.threads[id] ?? id.rawValue) else { return nil }
            self.init(kind: .values(packed_thread.rawValue, [thread], posts: []))
        case .after(let date): self.init(from: date.start, to: nil)
        case .before(let date): self.init(from: nil, to: date.start)
        case .date(let first, let last): self.init(from: first?.start, to: last?.end)
        case .is(.present): self.init(kind: .states(1))
        case .is(.deleted): self.init(kind: .states(2))
        case .is(.removed): self.init(kind: .states(4))
        case .is(.missing): self.init(kind: .states(8))
        case .is(.reply): self.init(kind: .reply)
        case .is(.root): self.init(kind: .reply, isNegated: true)
        case .tag, .score, .has, .is(.edited), .is(.inferred): return nil
        }
    }

    /// - parameters:
    ///   - start: Unix seconds; nil for no bound.
    ///   - end: the first second that is out.
    private init?(from start: Int64?, to end: Int64?) {
        // Packed dates are minutes: seconds, and dates beyond what they hold, they cannot tell.
        let holds = -(1 << 31) + 2...(1 << 31) - 2
        for bound in [start, end].compactMap({ $0 }) where bound % 60 != 0 || !holds.contains(Int(bound / 60)) { return nil }
        let first = start.map(PackedBlock.minute) ?? 1
        let last = end.map { PackedBlock.minute($0) - 1 } ?? .max
        self.init(kind: first <= last ? .minutes(first...last) : .states(0))
    }

    /// The numbers of a JSON array.
    private static func ids(_ list: String?) -> [UInt32] {
        (list ?? "").utf8.split { !(0x30...0x39).contains($0) }.compactMap { UInt32(String($0) ?? "") }
    }

    /// Adds the condition to a ranking; false where memory ran out.
    func add(to ranking: OpaquePointer) -> Bool {
        switch kind {
        case .states(let states): ranking_want_states(ranking, states, isNegated)
        case .reply: ranking_want_reply(ranking, isNegated)
        case .characters: ranking_want_characters(ranking, isNegated)
        case .minutes(let range): ranking_want_minutes(ranking, range.lowerBound, range.upperBound, isNegated)
        case .values(let column, let values, let posts):
            ranking_want_values(
                ranking, packed_column(rawValue: column), values, values.count, posts, posts.count, isNegated)
        }
    }
}
