// Names that a text calls by `@name` or `u/name`.

/// One name called in a text.
struct Mention: Sendable, Equatable {
    /// What the name is called for.
    enum Manner: Sendable, Equatable {
        /// "As @name mentioned": the text agrees with another answer, and is itself no answer to it.
        case referred
        /// Anything else.
        case called
    }

    var name: String
    var manner: Manner
    /// Whether the text begins with the name: "@name thanks".
    var isAddress: Bool
    /// The sentence that it stands in.
    var sentence: String
    /// The index of the line among the post's lines.
    var line: Int

    /// The names called in a post's lines, in order. Quoted lines call nobody.
    static func all(in lines: [MergedLine], limit: Int = 16) -> [Mention] {
        var mentions: [Mention] = []
        for (index, merged) in lines.enumerated() where merged.line.quoteDepth == 0 {
            let text = merged.line.text
            guard text.utf8.contains(UInt8(ascii: "@")) || text.contains("u/") else { continue }
            var isFirstToken = index == 0
            for token in text.split(separator: " ", omittingEmptySubsequences: true) {
                guard mentions.count < limit else { return mentions }
                defer { isFirstToken = false }
                guard let name = name(in: token) else { continue }
                let sentence = sentence(around: token, in: text)
                mentions.append(
                    Mention(
                        name: name, manner: isReferred(name, in: sentence) ? .referred : .called, isAddress: isFirstToken,
                        sentence: String(sentence), line: index))
            }
        }
        return mentions
    }

    /// "@name", "u/name", "/u/name", with punctuation around it; nil for anything else, a mail address say.
    private static func name(in token: Substring) -> String? {
        var rest = token.drop { $0 == "(" || $0 == "\"" || $0 == "“" || $0 == "[" || $0 == "*" }
        if rest.hasPrefix("@") {
            rest = rest.dropFirst()
        } else if rest.hasPrefix("u/") {
            rest = rest.dropFirst(2)
        } else if rest.hasPrefix("/u/") {
            rest = rest.dropFirst(3)
        } else {
            return nil
        }
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "." || $0 == "@" }
        let bare = name.reversed().drop { $0 == "." || $0 == "-" }.reversed()
        guard bare.count >= 2, bare.count <= 64, bare.contains(where: \.isLetter) else { return nil }
        return String(bare)
    }

    private static func sentence(around token: Substring, in text: String) -> Substring {
        var start = text.startIndex
        var end = text.endIndex
        var previous: Character?
        var index = text.startIndex
        while index < text.endIndex {
            let character = text[index]
            if character == " ", let mark = previous, ".!?".contains(mark) {
                if index <= token.startIndex {
                    start = text.index(after: index)
                } else {
                    end = index
                    break
                }
            }
            previous = character
            text.formIndex(after: &index)
        }
        return text[start..<end]
    }

    private static func isReferred(_ name: String, in sentence: Substring) -> Bool {
        let words = PageWords.words(of: sentence, limit: 60)
        guard let last = PageWords.words(of: name).last, let at = words.lastIndex(of: last) else { return false }
        return words[(at + 1)...].prefix(3).contains { saidWords.contains($0) }
    }

    private static let saidWords: Set<String> = [
        "mentioned", "said", "says", "wrote", "writes", "noted", "explained", "suggested", "pointed", "stated", "described",
        "answered",
        "put", "erwähnte", "erwähnt", "schrieb", "sagte", "сказал", "писал", "написал",
    ]
}
