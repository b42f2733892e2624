// No text of an archive holds U+0000.

internal import ThreadbankCore

extension ImportedPost {
    /// U+0000 ends a string for half of the programs that read SQLite files, so it becomes U+FFFD in every text: in a key as in all that
    /// refers to it, or what belongs together would come apart.
    func cleaned() -> ImportedPost {
        var post = self
        clean(&post.title)
        clean(&post.body)
        clean(&post.key)
        clean(&post.url)
        clean(&post.parentTitle)
        clean(&post.source.name)
        clean(&post.source.url)
        clean(&post.source.urlTemplate)
        if post.author != nil { clean(&post.author!) }
        if post.thread != nil { clean(&post.thread!) }
        if post.forum != nil { clean(&post.forum!) }
        if post.parent != nil { clean(&post.parent!) }
        clean(all: &post.aliases, clean)
        clean(all: &post.forums, clean)
        clean(all: &post.ancestors, clean)
        clean(all: &post.claims, clean)
        clean(all: &post.tags, clean)
        clean(all: &post.mergedThreads, clean)
        clean(all: &post.links) {
            clean(&$0.target)
            clean(&$0.kind)
            clean(&$0.evidence)
        }
        clean(all: &post.inferences) {
            clean(&$0.basis)
            clean(&$0.evidence)
        }
        clean(all: &post.attachments) {
            clean(&$0.name)
            clean(&$0.type)
        }
        clean(all: &post.revisions) {
            clean(&$0.title)
            clean(&$0.body)
        }
        clean(all: &post.marks) { clean(&$0.text) }
        return post
    }
}

/// Most lists are empty, and are not asked for anything more.
private func clean<Element>(all elements: inout [Element], _ clean: (inout Element) -> Void) {
    for place in elements.indices { clean(&elements[place]) }
}

private func clean(_ text: inout String) {
    if text.holds(byte: 0) { text = text.replacing("\u{0}", with: "\u{FFFD}") }
}

private func clean(_ text: inout String?) {
    if let old = text, old.holds(byte: 0) { text = old.replacing("\u{0}", with: "\u{FFFD}") }
}

private func clean(_ author: inout AuthorReference) {
    clean(&author.key)
    clean(&author.name)
    clean(&author.displayName)
    clean(&author.url)
}

private func clean(_ thread: inout ThreadReference) {
    clean(&thread.key)
    clean(&thread.title)
    clean(&thread.url)
}

private func clean(_ forum: inout ForumReference) {
    clean(&forum.key)
    clean(&forum.name)
    clean(&forum.url)
}

private func clean(_ statement: inout ParentStatement) {
    clean(&statement.parent)
    clean(&statement.witness)
    clean(&statement.evidence)
}

private func clean(_ reference: inout PostReference?) {
    if reference != nil { clean(&reference!) }
}

private func clean(_ reference: inout PostReference) {
    switch reference.name {
    case .key(let key): if key.holds(byte: 0) { reference.name = .key(key.replacing("\u{0}", with: "\u{FFFD}")) }
    case .alias(let alias): if alias.holds(byte: 0) { reference.name = .alias(alias.replacing("\u{0}", with: "\u{FFFD}")) }
    }
}
