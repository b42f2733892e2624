// How replies to the same post stand beside each other. Input order and row order never decide.

/// The order of siblings in a reply tree. Every order is total, so the same posts always give the same tree.
public enum SiblingOrder: String, Sendable, CaseIterable {
    /// By date, undated ones last; then by place, source key, id.
    case oldest
    /// The newest first, undated ones last; then the later place first.
    case newest
    /// The highest score first, unscored ones last; equals stand as in ``oldest``.
    case score
    /// What drew most first: the score and the number of posts below, added up; equals stand as in ``oldest``.
    case best
}

extension SiblingOrder {
    /// Whether `a` stands before `b`.
    func precedes(_ a: ReplyTree.Entry, _ b: ReplyTree.Entry) -> Bool {
        switch self {
        case .oldest:
            return Self.oldestFirst(a, b)
        case .newest:
            if a.createdAt != b.createdAt { return Self.nilLast(a.createdAt, b.createdAt, by: >) }
            if a.place != b.place { return Self.nilLast(a.place, b.place, by: >) }
            return Self.oldestFirst(a, b)
        case .best:
            let (first, second) = (a.attention, b.attention)
            if first != second { return first > second }
            return Self.oldestFirst(a, b)
        case .score:
            if a.score != b.score { return Self.nilLast(a.score, b.score, by: >) }
            return Self.oldestFirst(a, b)
        }
    }

    private static func oldestFirst(_ a: ReplyTree.Entry, _ b: ReplyTree.Entry) -> Bool {
        if a.createdAt != b.createdAt { return nilLast(a.createdAt, b.createdAt, by: <) }
        if a.place != b.place { return nilLast(a.place, b.place, by: <) }
        return byKey(a, b)
    }

    /// The order in which a cycle's posts are asked to give up their edge: by date, then by name. Place says nothing across parents.
    static func oldestOfCycle(_ a: ReplyTree.Entry, _ b: ReplyTree.Entry) -> Bool {
        if a.isManual != b.isManual { return b.isManual }
        if a.createdAt != b.createdAt { return nilLast(a.createdAt, b.createdAt, by: <) }
        return byKey(a, b)
    }

    private static func byKey(_ a: ReplyTree.Entry, _ b: ReplyTree.Entry) -> Bool {
        // By bytes, as SQLite compares text.
        if a.sourceKey != b.sourceKey {
            return nilLast(a.sourceKey, b.sourceKey) { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }
        return a.id < b.id
    }

    private static func nilLast<T>(_ a: T?, _ b: T?, by isBefore: (T, T) -> Bool) -> Bool {
        guard let a else { return false }
        guard let b else { return true }
        return isBefore(a, b)
    }
}
