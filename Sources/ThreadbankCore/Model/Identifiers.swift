// Typed row ids: a thread's number cannot be passed where a post's is wanted.

/// A row id of the archive. Row ids are local to one archive file and say nothing about order.
public protocol ArchiveID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible
where RawValue == Int64 {
    /// The letter that people may put before the number: `p12`, `t3`.
    static var letter: Character { get }
    init(rawValue: Int64)
}

extension ArchiveID {
    public var description: String { "\(Self.letter)\(rawValue)" }
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    /// Reads `12`, or `p12` where the letter fits. Returns nil for anything else.
    public init?(text: String) {
        var digits = Substring(text)
        if digits.first == Self.letter { digits = digits.dropFirst() }
        guard let first = digits.first, first.isASCII, first.isNumber, let number = Int64(digits) else { return nil }
        self.init(rawValue: number)
    }
}

extension Post {
    /// The row id of a post.
    public struct ID: ArchiveID {
        public static let letter: Character = "p"
        public let rawValue: Int64
        public init(rawValue: Int64) { self.rawValue = rawValue }
    }
}

extension DiscussionThread {
    /// The row id of a thread.
    public struct ID: ArchiveID {
        public static let letter: Character = "t"
        public let rawValue: Int64
        public init(rawValue: Int64) { self.rawValue = rawValue }
    }
}

extension Author {
    /// The row id of an author.
    public struct ID: ArchiveID {
        public static let letter: Character = "a"
        public let rawValue: Int64
        public init(rawValue: Int64) { self.rawValue = rawValue }
    }
}
