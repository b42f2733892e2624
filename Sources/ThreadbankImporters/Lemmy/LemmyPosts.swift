// From Lemmy's views to posts: keys, aliases, parents, states.

internal import ThreadbankCore

/// Turns views into posts. Numbers are those of the instance that served them, so they are aliases of that host.
struct LemmyPosts {
    /// What stands before `/comment/N` in aliases: the serving host, or the input's hash where nothing tells the host.
    let scope: String

    /// Why a view is no post.
    struct Refusal: Error {
        var reason: String
    }

    /// The view's posts: a comment with its embedded post, or a post.
    func posts(_ view: LemmyView) throws(Refusal) -> [ImportedPost] {
        guard let comment = view.comment else {
            guard let post = view.post else { throw Refusal(reason: "neither comment nor post") }
            return [try self.post(post, view, isEmbedded: false)]
        }
        let opening = try view.post.map { post throws(Refusal) in try self.post(post, view, isEmbedded: true) }
        return [try self.comment(comment, view, opening: opening)] + (opening.map { [$0] } ?? [])
    }

    private func post(_ post: LemmyObject, _ view: LemmyView, isEmbedded: Bool) throws(Refusal) -> ImportedPost {
        var result = try copy(of: post, "post", view, text: post.body ?? (post.name == nil ? nil : ""))
        result.isEmbedded = isEmbedded
        result.title = post.name
        if let url = post.url, !url.isEmpty {
            result.attachments = [Attachment(name: url, type: Attachment.linkType)]
            if let file = LemmyUpload(url) { result.attachments.append(file.attachment(type: post.contentType?.text)) }
        }
        if !isEmbedded {
            result.author = author(view.creator)
            result.score = view.counts?.score?.value
            result.replyCount = view.counts?.comments?.value
        }
        return result
    }

    private func comment(_ comment: LemmyObject, _ view: LemmyView, opening: ImportedPost?) throws(Refusal) -> ImportedPost {
        var result = try copy(of: comment, "comment", view, text: comment.content)
        result.author = author(view.creator)
        result.score = view.counts?.score?.value
        result.replyCount = view.counts?.childCount?.value
        var above = try ancestors(comment)
        if let root = opening?.reference ?? comment.postID.map({ PostReference(.alias("\(scope)/post/\($0)")) }) {
            above.append(root)
        }
        if let parent = above.first {
            // Without a path nothing says what it answers, only where it stands.
            result.parent = ParentStatement(parent, basis: comment.path == nil ? .order : .native, confidence: 0.5)
            result.ancestors = Array(above.dropFirst())
        }
        return result
    }

    /// What posts and comments have in common.
    private func copy(of object: LemmyObject, _ what: String, _ view: LemmyView, text: String?) throws(Refusal) -> ImportedPost {
        let names = aliases(what, object.id, object.apID)
        guard let key = object.apID ?? names.first else { throw Refusal(reason: "\(what) has neither ap_id nor id") }
        var result = ImportedPost(source: Self.source, key: key)
        result.aliases = names
        result.forum = forum(view.community)
        result.createdAt = (object.published ?? object.publishedAt)?.seconds
        result.editedAt = (object.updated ?? object.updatedAt)?.seconds
        setText(text, deleted: object.deleted, removed: object.removed, of: &result)
        return result
    }

    /// The comments on the way up, nearest first. A path is `0.A.B.C`: C is the comment itself, B its parent.
    private func ancestors(_ comment: LemmyObject) throws(Refusal) -> [PostReference] {
        guard let path = comment.path else { return [] }
        // Lemmy nests comments 50 deep; a path of thousands would make as many ghosts.
        guard path.utf8.count < 20_000 else { throw Refusal(reason: "path is too long: \(path.utf8.count) bytes") }
        let numbers = path.split(separator: ".", omittingEmptySubsequences: false).map { Int64($0) }
        guard numbers.count >= 2, numbers.first == 0, !numbers.contains(nil), comment.id == nil || numbers.last == comment.id
        else {
            throw Refusal(reason: "path is not 0.….ID: \(path.prefix(80))")
        }
        return numbers.dropFirst().dropLast().reversed().compactMap { $0 }.map { PostReference(.alias("\(scope)/comment/\($0)")) }
    }

    private func aliases(_ what: String, _ id: Int64?, _ url: String?) -> [String] {
        let own = id.map { "\(scope)/\(what)/\($0)" }
        let global = LemmyURL(url)?.alias
        return own == global ? [own].compactMap(\.self) : [own, global].compactMap(\.self)
    }

    /// A text that only says that it is gone is no text. Deleted posts may still come with theirs.
    private func setText(_ text: String?, deleted: Bool?, removed: Bool?, of post: inout ImportedPost) {
        let isTombstone = text.map { Tombstone.state(of: $0) != nil } ?? false
        post.state = removed == true ? .removed : deleted == true || isTombstone ? .deleted : .present
        post.markup = .markdown
        if isTombstone || post.state != .present && (text ?? "").isEmpty { return }
        post.body = text
    }

    private func author(_ person: LemmyActor?) -> AuthorReference? {
        guard let person, let name = person.name, !name.isEmpty else { return nil }
        return AuthorReference(key: person.url ?? name, name: name, displayName: person.displayName, url: person.url)
    }

    private func forum(_ community: LemmyActor?) -> ForumReference? {
        guard let community, let name = community.name, !name.isEmpty else { return nil }
        return ForumReference(key: community.url ?? name, name: name, url: community.url)
    }

    /// All of the fediverse is one source; its keys are URLs.
    static let source = SourceReference(kind: "activitypub", urlTemplate: "{key}")
}
