// The cues by which a message of a chat log answers another one, or opens a conversation, as numbered features for the weights.

/// A feature is a name and up to three small numbers. What the numbers of `relation` mean: 0 nobody is named, 1 somebody else is,
/// 2 the other message's speaker is named on the way, 3 is addressed, 4 is the same person.
enum ChatFeature: Int, CaseIterable, Sendable {
    case openBias, openAddress, openAsks, openFirst, openWords, openGreets, openGap, openSteps, openCalled, openCommand,
        openAction
    case openFirstAsks, openThanks
    case steps, gap, relation, back, relationBack, latest, relationSteps, calledLatest, afterOwn, backAfterOwn, asks, shared
    case sharedRelation, sameAddressee, goesOn, answersCommand, thanks, firstAsks, words, few, unaddressed, between
}

struct ChatFeatures {
    let messages: [ChatMessage]
    let cues: [ChatCues]
    private let rarity: WordRarity
    /// How many messages further up may be answered.
    static let reach = 100

    init(_ messages: [ChatMessage]) {
        self.messages = messages
        cues = ChatCues.all(messages)
        rarity = WordRarity(cues.lazy.map(\.bag))
    }

    typealias Emit = (_ feature: ChatFeature, _ a: Int, _ b: Int, _ c: Int) -> Void

    /// The features of a message's opening a conversation.
    func forEachOpening(_ index: Int, _ emit: Emit) {
        let cue = cues[index]
        let address = cue.addressee != nil ? 2 : cue.named.isEmpty ? 0 : 1
        let isFirst = cue.ownCount == 0
        emit(.openBias, 0, 0, 0)
        emit(.openAddress, address, 0, 0)
        emit(.openAsks, Self.flag(cue.asks), 0, 0)
        emit(.openFirst, Self.flag(isFirst), 0, 0)
        emit(.openWords, Self.bucket(cue.words, [3, 6, 10, 20]), 0, 0)
        emit(.openGreets, Self.flag(cue.greets), 0, 0)
        emit(.openGap, cue.own.map { Self.bucket(minutes(index, $0), [1, 3, 10, 30]) } ?? 7, 0, 0)
        emit(.openSteps, cue.own.map { Self.bucket(index - $0, [2, 5, 10, 30, 80]) } ?? 7, 0, 0)
        emit(.openCalled, cue.calledAt.map { Self.bucket(index - $0, [5, 15, 50]) } ?? 7, 0, 0)
        emit(.openCommand, Self.flag(cue.isCommand), 0, 0)
        emit(.openAction, Self.flag(cue.isAction), 0, 0)
        emit(.openFirstAsks, Self.flag(cue.asks), Self.flag(isFirst), address)
        emit(.openThanks, Self.flag(cue.thanks), 0, 0)
    }

    /// The features of a message's answering one above it.
    func forEach(_ index: Int, answers other: Int, _ emit: Emit) {
        let (cue, asked) = (cues[index], cues[other])
        let steps = index - other
        let gap = minutes(index, other)
        let address = cue.addressee != nil ? 2 : cue.named.isEmpty ? 0 : 1
        let relation = relation(index, other)
        let back = asked.addressee == cue.speaker ? 3 : asked.named.contains(cue.speaker) ? 2 : asked.addressee != nil ? 1 : 0
        let near = Self.bucket(steps, [2, 4, 8, 16, 40])
        let own = cue.own.map { other == $0 ? 1 : other > $0 ? 2 : 3 } ?? 0
        emit(.steps, Self.bucket(steps, [2, 3, 4, 5, 7, 10, 15, 20, 30, 50]), 0, 0)
        emit(.gap, Self.bucket(gap, [1, 2, 3, 5, 8, 15, 30]), 0, 0)
        emit(.relation, relation, 0, 0)
        emit(.back, back, 0, 0)
        emit(.relationBack, relation, back, 0)
        if relation > 1 { emit(.latest, relation, Self.flag(latest(index, other, relation) == other), 0) }
        emit(.relationSteps, relation, near, 0)
        if back == 3 { emit(.calledLatest, Self.flag(cue.calledAt == other), relation, 0) }
        emit(.afterOwn, relation, own, 0)
        emit(.backAfterOwn, back, own, 0)
        emit(.asks, Self.flag(asked.asks), Self.flag(cue.asks), relation)
        let shared = rarity.weight(ofShared: cue.bag, asked.bag)
        emit(.shared, Self.bucket(Int(shared * 2), [1, 8, 14, 22, 32, 48]), 0, 0)
        emit(.sharedRelation, relation, Self.bucket(Int(shared * 2), [1, 14, 28]), 0)
        if cue.addressee != nil, cue.addressee == asked.addressee { emit(.sameAddressee, relation, 0, 0) }
        if relation == 4, cue.addressee == asked.addressee { emit(.goesOn, address, Self.bucket(steps, [2, 3, 5, 10]), 0) }
        if asked.isCommand { emit(.answersCommand, relation, Self.bucket(steps, [2, 4]), 0) }
        if cue.thanks { emit(.thanks, relation, back, 0) }
        if asked.ownCount == 0, asked.asks, relation != 4 { emit(.firstAsks, relation, 0, 0) }
        emit(.words, Self.bucket(asked.words, [3, 6, 10, 20]), 0, 0)
        if cue.words < 4 { emit(.few, relation, Self.bucket(steps, [2, 4, 8]), 0) }
        if asked.addressee == nil, relation != 4 { emit(.unaddressed, address, Self.flag(asked.asks), 0) }
        emit(.between, relation, Self.bucket(gap, [1, 3, 8]), Self.bucket(steps, [2, 6, 15]))
    }

    func relation(_ index: Int, _ other: Int) -> Int {
        let (cue, speaker) = (cues[index], cues[other].speaker)
        if cue.speaker == speaker { return 4 }
        if cue.addressee == speaker { return 3 }
        if cue.named.contains(speaker) { return 2 }
        return cue.addressee != nil ? 1 : 0
    }

    func shared(_ index: Int, _ other: Int) -> Double { rarity.weight(ofShared: cues[index].bag, cues[other].bag) }

    private func latest(_ index: Int, _ other: Int, _ relation: Int) -> Int? {
        let cue = cues[index]
        if relation == 4 { return cue.own }
        if relation == 3 { return cue.latestOfAddressee }
        return cue.named.firstIndex(of: cues[other].speaker).flatMap { cue.latestOfNamed[$0] }
    }

    private func minutes(_ index: Int, _ other: Int) -> Int { (messages[index].time - messages[other].time) / 60 }

    private static func flag(_ flag: Bool) -> Int { flag ? 1 : 0 }

    /// How many of the limits the value has reached.
    private static func bucket(_ value: Int, _ limits: [Int]) -> Int { limits.firstIndex { value < $0 } ?? limits.count }
}
