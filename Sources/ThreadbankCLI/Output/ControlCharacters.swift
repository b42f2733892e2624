// Makes what a post says harmless to a terminal.

extension String {
    /// The text with every run of white space, line ends too, as one space, and none at its ends.
    var oneLine: String {
        var line = String.UnicodeScalarView()
        var isGap = false
        for scalar in unicodeScalars {
            if scalar.isSpace {
                isGap = !line.isEmpty
            } else {
                if isGap { line.append(" ") }
                line.append(scalar)
                isGap = false
            }
        }
        return String(line)
    }

    /// What was typed, for a message: on one line, and cut where it is longer than anybody reads.
    var shortLine: String { count > 200 ? prefix(200).description.oneLine + "…" : oneLine }

    /// The text with control characters shown, not obeyed: C0 and DEL as their Unicode pictures (U+2400…), C1, the
    /// bidirectional overrides and what hides (``HiddenCharacters``) as `\u{…}`. Tabs become one space.
    ///
    /// - parameters:
    ///   - before: what stands before the text, where it is a part of another: that decides of a joiner at its beginning.
    ///   - after: what stands behind it.
    func showingControls(
        keepingNewlines: Bool = false, before: Unicode.Scalar? = nil, after: Unicode.Scalar? = nil
    ) -> String {
        guard unicodeScalars.contains(where: { $0.isUnsafe || HiddenCharacters.mayBe($0) }) else { return self }
        let hidden = HiddenCharacters(unicodeScalars, before: before, after: after)
        var shown = String.UnicodeScalarView()
        for place in unicodeScalars.indices {
            let scalar = unicodeScalars[place]
            switch scalar.value {
            case 0x0A where keepingNewlines: shown.append(scalar)
            case 0x09: shown.append(" ")
            case 0...0x1F: shown.append(Unicode.Scalar(0x2400 + scalar.value) ?? "?")
            case 0x7F: shown.append("\u{2421}")
            default:
                if scalar.isUnsafe || HiddenCharacters.mayBe(scalar) && hidden.hides(at: place) {
                    shown.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
                } else {
                    shown.append(scalar)
                }
            }
        }
        return String(shown)
    }
}

extension Unicode.Scalar {
    /// White_Space of Unicode's PropList, by number: its look-up takes most of the time of a long list.
    var isSpace: Bool {
        switch value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// C0, DEL, C1, and the characters that break a line or turn its direction round (Unicode UAX #9).
    fileprivate var isUnsafe: Bool {
        switch value {
        case 0...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x2028, 0x2029, 0xFEFF: true
        default: false
        }
    }
}
