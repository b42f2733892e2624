// Shows where in a query something makes no sense.

extension ThreadbankError {
    /// A query error in three lines: what is wrong, the query (or the part of it around the place), and `^` under the place.
    static func query(_ message: String, _ query: [Unicode.Scalar], at place: Range<Int>) -> ThreadbankError {
        let start = max(0, place.lowerBound - 40)
        let end = min(query.count, max(place.lowerBound + 40, min(place.upperBound, place.lowerBound + 60)))
        let before = (start > 0 ? "…" : "") + shown(query[start..<place.lowerBound])
        let after = shown(query[place.lowerBound..<end]) + (end < query.count ? "…" : "")
        let marked = columns(query[place.lowerBound..<max(place.lowerBound, min(place.upperBound, end))])
        let indent = String(repeating: " ", count: columns(before.unicodeScalars))
        let caret = String(repeating: "^", count: max(1, marked))
        return ThreadbankError(.query, "\(message)\n  \(before)\(after)\n  \(indent)\(caret)")
    }

    /// One line; what would move the cursor, or turn the line round, is a space.
    private static func shown(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        for scalar in scalars { text.append(isHarmless(scalar) ? scalar : " ") }
        return String(text)
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }

    /// The columns of a terminal, near enough to put a mark under a word.
    private static func columns(_ scalars: some Sequence<Unicode.Scalar>) -> Int {
        scalars.reduce(0) { sum, scalar in
            switch scalar.value {
            case _ where scalar.properties.generalCategory == .nonspacingMark: sum
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
                0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
                sum + 2
            default: sum + 1
            }
        }
    }
}
