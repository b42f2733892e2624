// Who wins when several statements name a parent for the same post, so that the order of inputs does not matter.

/// One statement of a post's parent, as the archive holds it: by the post itself, by hand, or by another post (a witness).
public struct ParentClaim: Sendable, Equatable {
    public var child: Int64
    /// nil only by hand: "has none".
    public var parent: Int64?
    public var basis: ReplyBasis
    public var confidence: Double
    public var evidence: String?
    /// The post whose statement it is; nil for the child's own, and by hand.
    public var witness: Int64?
    /// The witness's date and key, by which the earliest witness is found.
    public var witnessDate: Int64?
    public var witnessKey: String
    /// The key of the parent that a witness names, as two copies of the witness may name two; empty without a witness.
    public var parentKey: String

    public init(
        child: Int64, parent: Int64?, basis: ReplyBasis, confidence: Double = 1, evidence: String? = nil, witness: Int64? = nil,
        witnessDate: Int64? = nil, witnessKey: String = "", parentKey: String = ""
    ) {
        self.child = child
        self.parent = parent
        self.basis = basis
        self.confidence = confidence
        self.evidence = evidence
        self.witness = witness
        self.witnessDate = witnessDate
        self.witnessKey = witnessKey
        self.parentKey = parentKey
    }

    /// What kind of statement it is, the strongest first.
    public enum Rank: Int, Comparable, Sendable {
        case manual, ownStated, ownInferred, witness
        public static func < (a: Rank, b: Rank) -> Bool { a.rawValue < b.rawValue }
    }

    public var rank: Rank {
        if basis == .manual { return .manual }
        if witness != nil { return .witness }
        return basis.isCertain ? .ownStated : .ownInferred
    }

    /// Whether another claim says the same, whoever says it.
    public func agrees(with other: ParentClaim) -> Bool { parent == other.parent && basis == other.basis }

    /// Whether this witness stands before another: smaller date (unknown last), then smaller key, then the smaller
    /// key of the parent.
    public func precedes(_ other: ParentClaim) -> Bool {
        (witnessDate ?? .max, witnessKey, parentKey) < (other.witnessDate ?? .max, other.witnessKey, other.parentKey)
    }
}

extension [ParentClaim] {
    /// The claims without witnesses who say what an earlier witness says. Posts that prove to be one make such repeats.
    public func withoutRepeatedWitnesses() -> [ParentClaim] {
        if count < 2 { return self }
        var kept: [ParentClaim] = []
        for claim in self {
            guard claim.rank == .witness, let same = kept.firstIndex(where: { $0.rank == .witness && $0.agrees(with: claim) })
            else {
                kept.append(claim)
                continue
            }
            if claim.precedes(kept[same]) { kept[same] = claim }
        }
        return kept
    }
}

extension Collection<ParentClaim> {
    /// The claim that decides the parent: by hand, then the post's own stated parent, then its own inferred one; a witness only
    /// where the post itself was never seen, and then the earliest. nil where nothing applies.
    public func winner(childIsMissing: Bool) -> ParentClaim? {
        // Nearly every post has one statement, and is asked twice.
        if count == 1, let only = first { return only.rank != .witness || childIsMissing ? only : nil }
        return self.filter { $0.rank != .witness || childIsMissing }.min { a, b in
            if a.rank != b.rank { return a.rank < b.rank }
            return a.rank == .witness ? a.precedes(b) : (b.confidence, a.witnessKey) < (a.confidence, b.witnessKey)
        }
    }
}
