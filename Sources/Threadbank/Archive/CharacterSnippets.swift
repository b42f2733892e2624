// Snippets of posts that the index of spaceless scripts found: it holds no text, so FTS5 makes none.

internal import Foundation
internal import ThreadbankCore

/// Finds what was searched for in a body, and shows what stands around it.
struct CharacterSnippets {
    /// Characters before the first hit, and in all.
    private static let before = 30
    private static let length = 120

    /// What is looked for, folded; the longest first.
    private let needles: [[Unicode.Scalar]]

    init(_ query: SearchQuery) {
        needles = query.positiveTexts.flatMap { leaf -> [[Unicode.Scalar]] in
            switch leaf {
            case .text(let text): [Self.folded(text.text)]
            case .near(let texts, _): texts.map { Self.folded($0.text) }
            default: []
            }
        }.filter { !$0.isEmpty }.sorted { $0.count > $1.count }
    }

    /// The pieces; none where nothing is found.
    func pieces(of body: String) -> [SearchHit.Piece] {
        let text = Array(body.precomposedStringWithCanonicalMapping.unicodeScalars)
        let folded = text.map(Self.folded)
        guard let first = text.indices.first(where: { hit(at: $0, folded) != nil }) else { return [] }
        let start = max(0, first - Self.before)
        let end = min(text.count, start + Self.length)
        var pieces: [SearchHit.Piece] = []
        func add(_ scalars: ArraySlice<Unicode.Scalar>, isHit: Bool) {
            if !scalars.isEmpty { pieces.append(SearchHit.Piece(String(String.UnicodeScalarView(scalars)), isHit: isHit)) }
        }
        if start > 0 { pieces.append(SearchHit.Piece("…")) }
        var plain = start
        var position = start
        while position < end {
            if let length = hit(at: position, folded) {
                add(text[plain..<position], isHit: false)
                add(text[position..<position + length], isHit: true)
                position += length
                plain = position
            } else {
                position += 1
            }
        }
        if plain < end { add(text[plain..<end], isHit: false) }
        if max(plain, end) < text.count { pieces.append(SearchHit.Piece("…")) }
        return pieces
    }

    /// The length of what is found here.
    private func hit(at position: Int, _ text: [Unicode.Scalar]) -> Int? {
        for needle in needles where position + needle.count <= text.count {
            guard text[position] == needle[0] else { continue }
            if text[position..<position + needle.count].elementsEqual(needle) { return needle.count }
        }
        return nil
    }

    private static func folded(_ text: String) -> [Unicode.Scalar] {
        text.precomposedStringWithCanonicalMapping.unicodeScalars.map(folded)
    }

    /// One character stays one.
    private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let lower = scalar.properties.lowercaseMapping.unicodeScalars
        return lower.count == 1 ? lower.first ?? scalar : scalar
    }
}
