// The way from a chat log to posts: a message is a post, and the model says what it answers.

enum ChatRecovery {
    /// nil where the page is no chat log.
    static func recover(_ lines: [PageLine], day: Int64?) -> RecoveredPage? {
        guard let log = ChatLog(lines, day: day) else { return nil }
        let features = ChatFeatures(log.messages)
        let model = ChatModel(features)
        let posts = log.messages.indices.map { index in
            let (parent, likelihood) = model.parent(of: index)
            return post(log.messages[index], parent: self.parent(index, parent, likelihood, features))
        }
        return RecoveredPage(
            posts: posts, openingIsShown: true, openingEvidence: "a chat log holds many conversations", furniture: log.furniture,
            isChat: true)
    }

    private static func post(_ message: ChatMessage, parent: RecoveredParent) -> RecoveredPost {
        let body = message.isAction ? "* \(message.speaker) \(message.text)" : message.text
        return RecoveredPost(
            lineNumbers: message.lines.map(\.number), repeatedLineNumbers: [], body: body,
            // Equal words of two people are two posts.
            wording: "\(message.speaker): \(body)", state: .present,
            author: RecoveredAuthor(name: message.speaker, inference: nil),
            score: nil, createdAt: message.createdAt, indent: 0, parent: parent, boundary: nil)
    }

    private static func parent(_ index: Int, _ parent: Int?, _ likelihood: Double, _ features: ChatFeatures) -> RecoveredParent {
        let confidence = min(0.98, max(0.02, likelihood))
        guard let parent else {
            return RecoveredParent(
                index: nil, basis: .order, confidence: confidence, evidence: openingReason(features.cues[index]))
        }
        let (basis, evidence) = reason(index, parent, features)
        return RecoveredParent(index: parent, basis: basis, confidence: confidence, evidence: evidence)
    }

    private static func openingReason(_ cue: ChatCues) -> String {
        if cue.ownCount == 0 { return "opens a conversation: the first words of its speaker" }
        if cue.asks, cue.addressee == nil { return "opens a conversation: a question to nobody by name" }
        return "opens a conversation: little ties it to what was said before"
    }

    private static func reason(_ index: Int, _ parent: Int, _ features: ChatFeatures) -> (ReplyBasis, String) {
        let (cue, asked) = (features.cues[index], features.cues[parent])
        let name = features.messages[parent].speaker
        switch features.relation(index, parent) {
        case 3:
            return (.mention, "speaks to \(name)" + (cue.latestOfAddressee == parent ? ", whose latest words these were" : ""))
        case 2: return (.mention, "names \(name)")
        case 4: return (.order, "goes on with what its speaker said")
        default: break
        }
        if asked.addressee == cue.speaker { return (.mention, "\(name) had spoken to its speaker") }
        if asked.asks, !cue.asks { return (.order, "stands below a question of \(name)") }
        if features.shared(index, parent) >= 6 { return (.text, "shares rare words with what \(name) said") }
        return (.order, index - parent == 1 ? "stands directly under what \(name) said" : "stands below what \(name) said")
    }
}
