// From a line of the interchange format to a post.

internal import ThreadbankCore

extension InterchangeRecord {
    /// Why a line is no post.
    struct Refusal: Error {
        var reason: String
    }

    /// The post that the line tells of.
    ///
    /// - throws: ``Refusal`` where there is neither a body nor a state that explains why.
    func post(defaultSource: String) throws(Refusal) -> ImportedPost {
        let state = self.state ?? .present
        // A present post without a text is one of which nothing was shown; then it must at least have a name.
        let isNothing = body == nil && title == nil && state == .present && (self.state == nil || key == nil)
        if isNothing { throw Refusal(reason: "neither body nor state") }
        let source = SourceReference(
            kind: kind ?? "jsonl", name: self.source ?? defaultSource, url: sourceUrl, urlTemplate: urlTemplate)
        if source.kind.isEmpty { throw Refusal(reason: "kind is empty") }
        var post = ImportedPost(source: source, key: key?.text)
        post.aliases = aliases ?? []
        if post.key == nil, !(state == .missing && !post.aliases.isEmpty) { post.key = contentKey }
        post.state = state
        post.body = state == .missing ? nil : body
        post.title = title
        post.markup = markup ?? .plain
        post.isRendering = rendering ?? false
        post.createdAt = createdAt?.seconds
        post.editedAt = editedAt?.seconds
        post.fetchedAt = fetchedAt?.seconds
        post.score = score?.value
        post.place = place?.value
        post.replyCount = replyCount?.value
        post.url = url
        post.tags = tags ?? []
        post.mergedThreads = threadMerged ?? []
        addNames(to: &post)
        addTies(to: &post)
        post.revisions = (revisions ?? []).map { Revision(seenAt: $0.seenAt?.seconds, title: $0.title, body: $0.body) }
        post.attachments = (attachments ?? []).map { Attachment(name: $0.name, type: $0.type, size: $0.size?.value) }
        post.inferences = (inferred ?? []).map {
            Inference($0.what, basis: $0.basis, confidence: $0.confidence, evidence: $0.evidence)
        }
        post.marks = (marks ?? []).filter { !$0.text.isEmpty }.map {
            Mark($0.kind, $0.text, on: $0.scope ?? .post, madeAt: $0.madeAt?.seconds ?? 0)
        }
        return post
    }

    private func addNames(to post: inout ImportedPost) {
        if let name = author ?? authorKey?.text, !name.isEmpty {
            post.author = AuthorReference(
                key: authorKey?.text ?? name, name: name, displayName: authorDisplay, url: authorUrl)
        }
        if let name = forum ?? forumKey?.text, !name.isEmpty {
            post.forum = ForumReference(key: forumKey?.text ?? name, name: name, url: forumUrl)
        }
        post.forums = (forums ?? []).map { ForumReference(key: $0.key?.text ?? $0.name, name: $0.name, url: $0.url) }
        post.thread = thread.map { ThreadReference(key: $0.text, title: threadTitle, url: threadUrl) }
    }

    private func addTies(to post: inout ImportedPost) {
        if let parent {
            post.parent = ParentStatement(
                parent.reference, basis: basis ?? .native, confidence: confidence ?? 0.5, evidence: evidence)
        } else if basis == .manual {
            post.parent = ParentStatement(nil, basis: .manual, evidence: evidence)
        }
        post.claims = (claims ?? []).map {
            ParentStatement(
                $0.parent?.reference, basis: $0.basis ?? .native, confidence: $0.confidence ?? 0.5, evidence: $0.evidence,
                witness: $0.witness?.reference)
        }
        post.links = (links ?? []).map { PostLink(to: $0.to.reference, kind: $0.kind, evidence: $0.evidence) }
    }

    /// For lines without a key: a hash over what the post says. Two lines that say the same at the same time are one post.
    private var contentKey: String {
        let parts = [author, createdAt.map { "\($0.seconds)" }, thread?.text, title, body]
        return "sha256:" + SHA256Hash.hex(of: parts.map { $0 ?? "" }.joined(separator: "\u{0}")).prefix(32)
    }
}
