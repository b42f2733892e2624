// Reads the pieces of a query: words, quotations, operators, and the names before a colon.

/// A cursor over the characters of a query. It knows where a word ends, and nothing of what words mean.
struct SearchQueryScanner {
    let scalars: [Unicode.Scalar]
    private(set) var position = 0
    /// Where the query ends, or that inside the braces that are being read.
    private(set) var end: Int
    /// How many parentheses are open.
    var openGroups = 0

    init(_ text: String) {
        self.scalars = Array(text.unicodeScalars)
        self.end = scalars.count
    }

    /// Whether nothing but white space is there.
    var isBlank: Bool { scalars.allSatisfy(\.isSearchSpace) }

    var current: Unicode.Scalar? { position < end ? scalars[position] : nil }
    private var next: Unicode.Scalar? { position + 1 < end ? scalars[position + 1] : nil }

    mutating func skipSpace() {
        while let scalar = current, scalar.isSearchSpace { position += 1 }
    }

    /// Whether the query, or the group that is open, ends here. A `)` that closes nothing is punctuation.
    var isAtEnd: Bool {
        guard let scalar = current else { return true }
        return scalar == ")" && openGroups > 0
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard current == scalar else { return false }
        position += 1
        return true
    }

    /// Takes a `-` that excludes what follows it: one alone, before a term. In `a-b`, `--word` and `a - b` it is punctuation.
    mutating func takeMinus() -> Bool {
        guard current == "-", let next, !next.isSearchSpace, next != "-" else { return false }
        guard position == 0 || scalars[position - 1].isSearchSpace || scalars[position - 1] == "(" else { return false }
        position += 1
        return true
    }

    /// Takes an operator in capitals that has something behind it.
    mutating func takeOperator(_ word: String) -> Bool {
        guard let end = self.end(of: word, at: position), hasTerm(after: end) else { return false }
        position = end
        skipSpace()
        return true
    }

    func isAtOperator(_ word: String) -> Bool {
        guard let end = self.end(of: word, at: position) else { return false }
        return hasTerm(after: end)
    }

    /// Takes `NEAR` or `NEAR/n` where a text follows it. Returns the distance, 10 unless said.
    mutating func takeNear() -> Int? {
        let start = position
        guard let name = prefix("NEAR", at: position) else { return nil }
        position = name
        var distance = 10
        if take("/") {
            let digits = scalars[position..<end].prefix { ("0"..."9").contains($0) }
            guard !digits.isEmpty else {
                position = start
                return nil
            }
            // Longer than any post; FTS5 takes an int.
            distance = digits.reduce(0) { min(1_000_000, $0 * 10 + Int($1.value - 0x30)) }
            position += digits.count
        }
        guard let scalar = current, scalar.isSearchSpace else {
            position = start
            return nil
        }
        skipSpace()
        if isAtEnd || current == "(" || isAtMinus || fieldAhead() != nil {
            position = start
            return nil
        }
        return distance
    }

    private var isAtMinus: Bool { current == "-" && next != nil && next != "-" && next?.isSearchSpace == false }

    /// Reads a quotation from its opening mark; without a closing one it goes on to the end of the query.
    mutating func quotation() -> (text: String, isPrefix: Bool) {
        position += 1
        let start = position
        while let scalar = current, !scalar.isSearchQuote { position += 1 }
        let text = scalars[start..<position].spaced
        if current != nil { position += 1 }
        var isPrefix = false
        while take("*") { isPrefix = true }
        return (text, isPrefix)
    }

    /// Reads up to white space, or to the `)` that closes the group. Parentheses inside a word (`main()`) belong to it.
    mutating func bareWord() -> ArraySlice<Unicode.Scalar> {
        let start = position
        var open = 0
        while let scalar = current, !scalar.isSearchSpace {
            if scalar == "(" { open += 1 }
            if scalar == ")" {
                if open == 0, openGroups > 0 { break }
                open -= 1
            }
            position += 1
        }
        return scalars[start..<position]
    }

    /// The letters before a colon, where the cursor stands before such.
    func fieldAhead() -> (name: String, value: Int)? {
        let letters = scalars[position..<end].prefix { ("a"..."z").contains($0) || ("A"..."Z").contains($0) }
        let colon = position + letters.count
        guard !letters.isEmpty, colon < end, scalars[colon] == ":" else { return nil }
        return (String(String.UnicodeScalarView(letters)), colon + 1)
    }

    mutating func move(to position: Int) { self.position = position }

    /// Enters braces at the cursor: until ``leave(_:)`` the query ends at the brace that closes them, or where it ended before.
    mutating func enterBraces() -> (end: Int, openGroups: Int) {
        let outer = (end, openGroups)
        var close = position + 1
        var open = 1
        while close < end {
            let scalar = scalars[close]
            if scalar.isSearchQuote {
                close += 1
                while close < end, !scalars[close].isSearchQuote { close += 1 }
            } else if scalar == "{" {
                open += 1
            } else if scalar == "}" {
                open -= 1
                if open == 0 { break }
            }
            close += 1
        }
        position += 1
        end = min(close, end)
        openGroups = 0
        return outer
    }

    mutating func leave(_ outer: (end: Int, openGroups: Int)) {
        position = end
        (end, openGroups) = outer
        _ = take("}")
    }

    private func prefix(_ word: String, at start: Int) -> Int? {
        let stop = start + word.unicodeScalars.count
        return stop <= end && scalars[start..<stop].elementsEqual(word.unicodeScalars) ? stop : nil
    }

    private func end(of word: String, at start: Int) -> Int? {
        guard let stop = prefix(word, at: start), stop < end else { return nil }
        return scalars[stop].isSearchSpace || scalars[stop] == "(" ? stop : nil
    }

    private func hasTerm(after position: Int) -> Bool {
        var copy = self
        copy.position = position
        copy.skipSpace()
        return !copy.isAtEnd
    }
}
