// Words that open a post: short thanks, agreement, a greeting.

/// What a line's first words tell of the post that it opens.
enum Openings {
    enum Kind: Sendable, Equatable {
        /// Thanks and little else.
        case thanks
        /// Thanks that name what they are for: an explanation, a summary.
        case thanksForExplanation
        /// "Yes", "Exactly", "I agree": an answer to what stands right above.
        case assent
        /// "Hi all": the opening of a page rather than of an answer.
        case greeting
    }

    /// nil where the line may as well go on with a post.
    static func kind(of line: String) -> Kind? {
        guard line.utf8.count <= 240, mayBe(line) else { return nil }
        let words = PageWords.words(of: line)
        guard let first = words.first else { return nil }
        if let at = thanksPosition(words, line: line), !isSignOff(words, line: line) {
            if words.contains(where: { explanationWords.contains($0) }) { return .thanksForExplanation }
            if at < 4 || words.count <= 8 { return .thanks }
        }
        if greetings.contains(first), words.count <= 6 || !greetingsAlone.contains(first) { return .greeting }
        if words.count <= 12 {
            if assents.contains(first) { return .assent }
            if words.count > 1, assentPairs.contains("\(first) \(words[1])") { return .assent }
        }
        return nil
    }

    /// Whether the line is of less than 32 words, and the first of them may open so, or one of them thanks: most lines are told apart by
    /// this.
    private static func mayBe(_ line: String) -> Bool {
        var may = false
        var count = 0
        PageWords.forEachWord(in: line) { word in
            may = may || count == 0 && openers.contains(word) || thankers.contains(word)
            count += 1
            return count < 32
        }
        return may && count < 32
    }

    private static let openers = WordSet(greetings.union(assents).union(assentPairs.map { String($0.prefix { $0 != " " }) }))
    private static let thankers = WordSet(thanks.union(unspacedThanks).union(["thank"]))

    /// Thanks that close a question: "Thanks in advance," or "Thanks, Alex".
    static func isSignOff(_ words: [String], line: String) -> Bool {
        if words.contains("advance") || words.first == "regards" || words.first == "cheers" && words.count < 3 { return true }
        return words.count <= 3 && line.last == ","
    }

    private static func thanksPosition(_ words: [String], line: String) -> Int? {
        for (index, word) in words.enumerated() {
            if thanks.contains(word) { return index }
            if word == "thank", index + 1 < words.count, words[index + 1] == "you" || words[index + 1] == "u" { return index }
        }
        // Scripts without spaces come as pairs of characters.
        return words.firstIndex { unspacedThanks.contains($0) }
    }

    private static let thanks: Set<String> = [
        "thanks", "thx", "thanx", "thankyou", "danke", "merci", "gracias", "grazie", "obrigado", "obrigada", "спасибо",
        "благодарю",
        "dzięki", "bedankt", "tack",
    ]

    private static let unspacedThanks: Set<String> = ["谢谢", "感谢", "多谢"]

    private static let explanationWords: Set<String> = [
        "explanation", "explaining", "explain", "explained", "summary", "writeup", "write", "answer", "answering", "breakdown",
        "clarification", "clarifying", "elaborate", "elaborating", "detailed", "thorough", "informative", "insight", "insights",
        "erklärung", "zusammenfassung", "antwort", "объяснение", "ответ", "explication", "explicación",
    ]

    private static let greetings: Set<String> = [
        "hi", "hello", "hey", "greetings", "hallo", "bonjour", "hola", "привет", "здравствуйте",
    ]
    private static let greetingsAlone: Set<String> = ["hey"]

    private static let assents: Set<String> = [
        "yes", "yeah", "yep", "yup", "no", "nope", "nah", "lol", "lmao", "haha", "agreed", "exactly", "indeed", "same", "true",
        "ok",
        "okay", "wow", "congrats", "welcome", "correct", "absolutely", "definitely", "ja", "nein", "да", "нет", "oui", "non",
    ]
    private static let assentPairs: Set<String> = [
        "i agree", "me too", "you are", "youre welcome", "youre right", "good point", "fair enough", "of course", "got it",
        "no problem",
        "same here", "not really", "makes sense", "nice one", "well said", "sounds good",
    ]
}
