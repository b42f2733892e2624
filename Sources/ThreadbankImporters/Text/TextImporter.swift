// The importer of pages copied as plain text: what was a discussion becomes one again.

internal import ThreadbankCore

/// Reads a page that was copied as text. Any bytes make a thread; how the posts are told apart and what each answers is inferred
/// by ``PageRecovery``.
struct TextImporter: Importer {
    let name = "text"
    let version = 6
    let summary = "a discussion page copied as plain text, or a chat log"
    let recognises = "any text that is not JSON, XML, HTML, mail or an exported CSV, where it is named or ends in .txt"

    func recognises(_ probe: InputProbe) -> Bool {
        guard probe.isNamed || probe.fileExtension == "txt" else { return false }
        return !TextProbe.isBinary(probe.head) && !TextProbe.isExportedTable(probe.head) && !TextProbe.isJSON(probe)
            && !TextProbe.isMarkup(probe) && MailProbe.kind(probe) == nil
    }

    func read(_ input: any ImportInput, into sink: any ImportSink) throws {
        let lines = TextLines.lines(of: try input.remainder())
        var page = PageRecovery.recover(lines: lines)
        // The messages of a chat log rarely say more than the time of the day.
        var day: String?
        if page.isChat, page.posts.allSatisfy({ $0.createdAt == nil }), let named = PageRecovery.day(inName: input.key) {
            page = PageRecovery.recover(lines: lines, day: named)
            day = Timestamp.text(named).map { String($0.prefix(10)) }
        }
        guard !page.posts.isEmpty else { return }
        try sink.addPage(posts(of: page, key: input.key, day: day))
    }

    /// - parameter day: the day of the first message, where only the input's name tells it.
    func posts(of page: RecoveredPage, key: String, day: String? = nil) -> [ImportedPost] {
        let opening = "\(key)#opening"
        var keys = TextKeys(page: key)
        let names = page.posts.map { keys.next(for: $0.wording) }
        var posts: [ImportedPost] = []
        posts.reserveCapacity(page.posts.count + 1)
        if page.opensMissing { posts.append(missingOpening(opening, of: page, key: key)) }
        for (index, recovered) in page.posts.enumerated() {
            var post = self.post(recovered, key: key, name: names[index])
            post.place = Int64(index + 1)
            if let day {
                post.inferences.append(
                    Inference(
                        .date, basis: "name", confidence: 0.8,
                        evidence: "the input’s name tells \(day), the message a time of the day; taken as UTC"))
            }
            if page.isChat, recovered.parent.index == nil {
                post.inferences.append(
                    Inference(
                        .boundary, basis: recovered.parent.basis.rawValue, confidence: recovered.parent.confidence,
                        evidence: recovered.parent.evidence))
            } else if index > 0 || page.opensMissing {
                let parent = PostReference(recovered.parent.index.map { .key(names[$0]) } ?? .alias(opening))
                post.parent = ParentStatement(
                    parent, basis: recovered.parent.basis, confidence: recovered.parent.confidence,
                    evidence: recovered.parent.evidence)
            }
            posts.append(post)
        }
        return posts
    }

    private func post(_ recovered: RecoveredPost, key: String, name: String) -> ImportedPost {
        var post = ImportedPost(source: Self.source, key: name)
        post.thread = ThreadReference(key: key)
        post.author = recovered.author.map { AuthorReference(key: $0.name, name: $0.name) }
        post.createdAt = recovered.createdAt
        post.score = recovered.score
        post.state = recovered.state
        post.markup = .plain
        post.body = recovered.body
        if let inference = recovered.author?.inference { post.inferences.append(inference) }
        if let boundary = recovered.boundary {
            post.inferences.append(
                Inference(.boundary, basis: boundary.basis, confidence: boundary.confidence, evidence: boundary.evidence))
        }
        return post
    }

    /// The post that everything answers and nothing shows.
    private func missingOpening(_ alias: String, of page: RecoveredPage, key: String) -> ImportedPost {
        var post = ImportedPost(source: Self.source, key: nil)
        post.aliases = [alias]
        post.thread = ThreadReference(key: key)
        post.state = .missing
        post.place = 0
        post.inferences = [Inference(.existence, basis: "order", confidence: 0.9, evidence: page.openingEvidence)]
        return post
    }

    private static let source = SourceReference(kind: "text")
}
