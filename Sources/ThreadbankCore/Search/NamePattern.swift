// Names as people remember them: without case, without accents, in part.

internal import Foundation

/// A name in a query, `*` standing for any characters: `jos*` fits "José".
public struct NamePattern: Sendable, Equatable {
    /// The folded pieces between the stars; one piece alone must fit whole.
    private let pieces: [[UInt8]]

    /// - parameter text: as it was typed; every name fits `*`.
    public init(_ text: String) {
        self.pieces = Self.folded(text).split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map(Array.init)
    }

    /// A text without stars: every character stands for itself.
    ///
    /// - parameter isPrefix: whether names that only begin with it fit too.
    public init(escapingStars text: String, isPrefix: Bool) {
        pieces = [Self.folded(text)] + (isPrefix ? [[]] : [])
    }

    /// Whether every name fits.
    public var fitsAll: Bool { pieces.count > 1 && pieces.allSatisfy(\.isEmpty) }

    /// A pattern of SQL's LIKE, `\` its escape, that every ASCII name that fits also fits; nil where no ASCII name can.
    public var like: String? {
        guard pieces.joined().allSatisfy({ $0 < 0x80 }) else { return nil }
        return pieces.map { piece in
            piece.reduce(into: "") { text, byte in
                if [UInt8(ascii: "%"), UInt8(ascii: "_"), UInt8(ascii: "\\")].contains(byte) { text += "\\" }
                text.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }.joined(separator: "%")
    }

    /// Whether the whole name fits, case and accents aside. Linear in the length of the name for each star.
    public func fits(_ name: String) -> Bool {
        let name = Self.folded(name)
        guard let first = pieces.first, let last = pieces.last, pieces.count > 1 else { return name == pieces.first }
        guard name.count >= first.count + last.count, name.starts(with: first), name.suffix(last.count).elementsEqual(last) else {
            return false
        }
        // The leftmost place of each piece leaves the most room for those behind it.
        var rest = name.dropFirst(first.count).dropLast(last.count)
        for piece in pieces.dropFirst().dropLast() {
            guard let end = Self.end(of: piece, in: rest) else { return false }
            rest = rest[end...]
        }
        return true
    }

    private static func end(of piece: [UInt8], in text: ArraySlice<UInt8>) -> Int? {
        guard !piece.isEmpty else { return text.startIndex }
        var start = text.startIndex
        while start + piece.count <= text.endIndex {
            if text[start] == piece[0], text[start..<start + piece.count].elementsEqual(piece) { return start + piece.count }
            start += 1
        }
        return nil
    }

    /// Lower case without accents, as UTF-8. Most names are ASCII and need no Unicode tables.
    static func folded(_ text: String) -> [UInt8] {
        if text.utf8.allSatisfy({ $0 < 0x80 }) {
            return text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        }
        var folded = ""
        for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars where !(0x300...0x36F).contains(scalar.value) {
            folded += scalar.properties.lowercaseMapping
        }
        return Array(folded.utf8)
    }
}
