// What is asked of a message again and again while it is weighed what it answers, found out once.

struct ChatCues: Sendable {
    /// Speakers are numbered in the order in which they speak.
    let speaker: Int
    /// The speaker to whom it is addressed: "name: …"; nil where it names nobody first.
    let addressee: Int?
    /// Other speakers whom it names.
    let named: [Int]
    let bag: WordBag
    let words: Int
    let asks: Bool
    let thanks: Bool
    /// "hi", "anyone", "how": words with which a conversation begins.
    let greets: Bool
    /// "!faq": asks a bot.
    let isCommand: Bool
    let isAction: Bool
    /// The speaker's message before, and how many there were.
    let own: Int?
    let ownCount: Int
    /// The latest message above that is addressed to the speaker.
    let calledAt: Int?
    /// The latest messages above of the addressee, and of those named.
    let latestOfAddressee: Int?
    let latestOfNamed: [Int?]

    /// The cues of a log's messages in order.
    static func all(_ messages: [ChatMessage]) -> [ChatCues] {
        var numbers: [String: Int] = [:]
        for message in messages {
            let name = message.speaker.lowercased()
            if numbers[name] == nil { numbers[name] = numbers.count }
        }
        var latest = [Int?](repeating: nil, count: numbers.count)
        var called = latest
        var counts = [Int](repeating: 0, count: numbers.count)
        return messages.indices.map { index in
            let message = messages[index]
            let speaker = numbers[message.speaker.lowercased()] ?? 0
            let names = ChatNames(message.text, among: numbers, speaker: speaker)
            let words = PageWords.words(of: message.text.prefix(400), limit: 80)
            defer {
                latest[speaker] = index
                counts[speaker] += 1
                if let addressee = names.addressee { called[addressee] = index }
            }
            return ChatCues(
                speaker: speaker, addressee: names.addressee, named: names.named, bag: WordBag([message.text], limit: 200),
                words: message.text.utf8.reduce(1) { $0 + ($1 == 0x20 ? 1 : 0) },
                asks: message.text.contains("?") || message.text.contains("？"), thanks: words.contains(where: thanking.contains),
                greets: words.first.map(beginnings.contains) == true, isCommand: message.text.hasPrefix("!"),
                isAction: message.isAction, own: latest[speaker], ownCount: counts[speaker], calledAt: called[speaker],
                latestOfAddressee: names.addressee.flatMap { latest[$0] }, latestOfNamed: names.named.map { latest[$0] })
        }
    }

    private static let thanking: Set<String> = [
        "thanks", "thank", "thx", "ty", "cheers", "danke", "merci", "gracias", "спасибо", "谢谢",
    ]
    private static let beginnings: Set<String> = [
        "hi", "hello", "hey", "hiya", "howdy", "anyone", "anybody", "does", "how", "is", "can", "i", "what", "where", "why",
        "hallo",
        "привет", "你好",
    ]
}

/// Whom a message names among the speakers.
struct ChatNames {
    private(set) var addressee: Int?
    private(set) var named: [Int] = []

    init(_ text: String, among numbers: [String: Int], speaker: Int) {
        var isFirst = true
        for token in text.prefix(600).split(whereSeparator: { $0 == " " || $0 == "\n" }).prefix(80) {
            defer { isFirst = false }
            let word = token.drop { Self.marks.contains($0) }
            var bare = word
            while let last = bare.last, Self.marks.contains(last) { bare.removeLast() }
            guard !bare.isEmpty, let number = numbers[bare.lowercased()], number != speaker else { continue }
            let isMarked = token.count > bare.count
            // "the" and "ok" are names too, but seldom meant.
            guard isFirst && isMarked || Self.tells(bare) else { continue }
            if isFirst {
                addressee = number
            } else if number != addressee, !named.contains(number), named.count < 4 {
                named.append(number)
            }
        }
    }

    private static func tells(_ word: Substring) -> Bool { WordBag.hash(of: Array(word.lowercased().utf8)[...]) != nil }

    private static let marks: Set<Character> = [",", ":", ";", ">", "@", "(", ")", "!", "?", ".", "\"", "'", "-"]
}
