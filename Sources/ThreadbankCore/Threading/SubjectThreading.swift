// Answers that name no message, hung from what has the same subject. Only where people ask for it: it makes false ties too.

/// Finds a parent for opening posts whose subject says that they answer something.
///
/// After the fourth step of Zawinski's message threading (jwz.org/doc/threading.html) and RFC 5256 (REFERENCES, step 5), with two
/// differences that keep apart what recurs: an answer belongs to the latest opening post of its subject in its forum that is not
/// younger, not to any; and two opening posts that answer nothing are never joined.
public enum SubjectThreading {
    /// An opening post, a ghost too.
    public struct Root: Sendable {
        public var id: Int64
        /// Posts of two forums are never joined; 0 where it has none.
        public var forum: Int64
        /// nil where no date is known; a ghost has that of its oldest answer.
        public var createdAt: Int64?
        public var key: String
        public var subject: BaseSubject
        /// A ghost with a subject is known by its answers, so it counts as one.
        public var isGhost: Bool

        public init(id: Int64, forum: Int64, createdAt: Int64?, key: String, subject: BaseSubject, isGhost: Bool) {
            self.id = id
            self.forum = forum
            self.createdAt = createdAt
            self.key = key
            self.subject = subject
            self.isGhost = isGhost
        }

        fileprivate var answers: Bool { subject.isReply || isGhost }
        fileprivate var order: (Int64, String) { (createdAt ?? .max, key) }
    }

    /// An opening post and the one that it answers by its subject.
    public struct Tie: Sendable, Equatable {
        public var child: Int64
        public var parent: Int64
    }

    /// The ties among `roots`, the same for any order of them. Where no opening post of a subject is known, its first answer stands
    /// for it.
    ///
    /// - complexity: O(*n* log *n*).
    public static func ties(_ roots: [Root]) -> [Tie] {
        struct Group: Hashable {
            var forum: Int64
            var subject: String
        }
        var groups: [Group: [Root]] = [:]
        for root in roots where !root.subject.text.isEmpty {
            groups[Group(forum: root.forum, subject: root.subject.folded), default: []].append(root)
        }
        var ties: [Tie] = []
        for group in groups.values where group.count > 1 {
            let sorted = group.sorted { $0.order < $1.order }
            let first = sorted.first { !$0.answers } ?? sorted[0]
            var current = first
            for root in sorted where root.id != first.id {
                if root.answers { ties.append(Tie(child: root.id, parent: current.id)) } else { current = root }
            }
        }
        return ties.sorted { $0.child < $1.child }
    }
}
