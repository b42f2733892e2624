// What the archive's owner writes on the margin: tags and notes of one's own.

/// An own tag or note on a post or its thread. What the origin calls tags stands elsewhere (``ImportedPost/tags``).
public struct Mark: Hashable, Sendable {
    public enum Kind: String, Sendable, CaseIterable, Codable { case tag, note }

    public enum Scope: String, Sendable, CaseIterable, Codable {
        case post
        /// The whole thread that the post is in.
        case thread
    }

    public var kind: Kind
    public var scope: Scope
    /// Never empty.
    public var text: String
    /// Unix seconds.
    public var madeAt: Int64

    public init(_ kind: Kind, _ text: String, on scope: Scope = .post, madeAt: Int64) {
        self.kind = kind
        self.scope = scope
        self.text = text
        self.madeAt = madeAt
    }
}
