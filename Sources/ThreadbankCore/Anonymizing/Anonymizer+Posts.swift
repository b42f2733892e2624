// What becomes of whole posts and threads.

extension Anonymizer {
    // MARK: Posts

    /// The copy of a post with pseudonyms, and without what leads to its origin.
    public func post(_ original: ImportedPost) -> ImportedPost {
        var post = original
        post.source = source(original.source)
        post.forum = original.forum.map(forum)
        post.forums = original.forums.map(forum)
        post.tags = original.tags.map(steady)
        post.key = original.key.map(key)
        post.aliases = original.aliases.map(key)
        post.author = original.author.map { author in
            let name = name(author.name)
            return AuthorReference(key: author.key == author.name ? name : key(author.key), name: name)
        }
        if let thread = original.thread { post.thread = ThreadReference(key: key(thread.key), title: text(thread.title)) }
        post.url = nil
        post.title = text(original.title)
        post.body = text(original.body)
        post.parent = original.parent.map(statement)
        post.claims = original.claims.map(statement)
        post.links = original.links.map { PostLink(to: reference($0.target), kind: $0.kind, evidence: text($0.evidence)) }
        post.inferences = original.inferences.map {
            Inference($0.what, basis: $0.basis, confidence: $0.confidence, evidence: text($0.evidence))
        }
        post.attachments = original.attachments.map(attachment)
        post.revisions = original.revisions.map { Revision(seenAt: $0.seenAt, title: text($0.title), body: text($0.body)) }
        post.marks = original.marks.map { mark in
            Mark(mark.kind, mark.kind == .tag ? steady(mark.text) : text(mark.text), on: mark.scope, madeAt: mark.madeAt)
        }
        post.mergedThreads = original.mergedThreads.map(key)
        return post
    }

    /// A thread with pseudonyms, and without what leads to its origin.
    public func contents(_ original: ThreadContents) -> ThreadContents {
        var thread = original.thread
        (thread.title, thread.excerpt) = (text(thread.title), text(thread.excerpt))
        (thread.author, thread.firstAuthor) = (thread.author.map(name), thread.firstAuthor.map(name))
        thread.url = nil
        (thread.source, thread.forum) = (steady(thread.source), thread.forum.map(steady))
        (thread.tags, thread.ownTags) = (thread.tags.map(steady), thread.ownTags.map(steady))
        return original.mapped(thread) { original in
            var post = original
            post.author = original.author.map(name)
            post.authorKey = original.authorKey.map(key)
            post.sourceKey = original.sourceKey.map(key)
            post.url = nil
            (post.title, post.body) = (text(original.title), text(original.body))
            post.reply?.evidence = text(original.reply?.evidence)
            post.attachments = original.attachments.map(attachment)
            return post
        }
    }

    /// What belongs to no thread has the same name in all of them.
    private func source(_ original: SourceReference) -> SourceReference {
        SourceReference(kind: original.kind, name: steady(original.name))
    }

    private func forum(_ original: ForumReference) -> ForumReference {
        ForumReference(key: steady(original.key), name: steady(original.name))
    }

    private func attachment(_ original: Attachment) -> Attachment {
        Attachment(name: text(original.name), type: original.type, size: original.size)
    }

    private func statement(_ original: ParentStatement) -> ParentStatement {
        ParentStatement(
            original.parent.map(reference), basis: original.basis, confidence: original.confidence,
            evidence: text(original.evidence),
            witness: original.witness.map(reference))
    }

    private func reference(_ original: PostReference) -> PostReference {
        switch original.name {
        case .key(let text): PostReference(.key(key(text)))
        case .alias(let text): PostReference(.alias(key(text)))
        }
    }
}
