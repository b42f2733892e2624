// The interchange format, writing side: a post as one line of JSON. The reading side is the `jsonl` importer.

/// Turns posts into lines of the interchange format.
///
/// A file of it opens with ``first`` and ends with ``last(_:)``, so that a cut file is known as such. Keys that would be null, empty or
/// the default are left out.
public enum InterchangeLine {
    /// The line that opens a file: the format and its version.
    public static let first = JSON.object([("threadbank", 1)])

    /// The line that ends a file of `count` posts.
    public static func last(_ count: Int) -> JSON { .object([("end", JSON(count))]) }

    /// One post. Parents, links and witnesses are keys; a post known by an alias alone is `{"alias": …}`.
    public static func post(_ post: ImportedPost) -> JSON {
        var line: [(String, JSON)] = []
        func put(_ key: String, _ value: JSON) {
            switch value {
            case .null: return
            case .array(let elements) where elements.isEmpty: return
            default: line.append((key, value))
            }
        }
        put("kind", JSON(post.source.kind))
        put("source", post.source.name.isEmpty ? .null : JSON(post.source.name))
        put("source_url", JSON(post.source.url))
        put("url_template", JSON(post.source.urlTemplate))
        put("forum", JSON(post.forum?.name))
        put("forum_key", JSON(post.forum?.key))
        put("forum_url", JSON(post.forum?.url))
        put(
            "forums", .array(post.forums.map { object([("key", JSON($0.key)), ("name", JSON($0.name)), ("url", JSON($0.url))]) }))
        put("thread", JSON(post.thread?.key))
        put("thread_title", JSON(post.thread?.title))
        put("thread_url", JSON(post.thread?.url))
        put("thread_merged", .array(post.mergedThreads.map { .string($0) }))
        put("tags", .array(post.tags.map { .string($0) }))
        put("key", JSON(post.key))
        put("aliases", .array(post.aliases.map { .string($0) }))
        if let statement = post.parent {
            // "Has none, by hand" needs its null: leaving it out would say nothing.
            line.append(("parent", reference(statement.parent)))
            put("basis", JSON(statement.basis.rawValue))
            put("confidence", statement.basis.isCertain ? .null : .real(statement.confidence))
            put("evidence", JSON(statement.evidence))
        }
        put("claims", .array(post.claims.map(claim)))
        put("links", .array(post.links.map(link)))
        put("author", JSON(post.author?.name))
        put("author_key", post.author.map { $0.key == $0.name ? .null : JSON($0.key) } ?? .null)
        put("author_display", JSON(post.author?.displayName))
        put("author_url", JSON(post.author?.url))
        put("created_at", date(post.createdAt))
        put("edited_at", date(post.editedAt))
        put("fetched_at", date(post.fetchedAt))
        put("place", JSON(post.place))
        put("reply_count", JSON(post.replyCount))
        put("title", JSON(post.title))
        put("body", JSON(post.body))
        put("markup", post.body == nil ? .null : JSON(post.markup.rawValue))
        put("rendering", post.isRendering ? .bool(true) : .null)
        put("score", JSON(post.score))
        // A post of which nothing was shown would else be a line that says nothing.
        put("state", post.state == .present && (post.body ?? post.title) != nil ? .null : JSON(post.state.rawValue))
        put("url", JSON(post.url))
        put("revisions", .array(post.revisions.map(revision)))
        put("attachments", .array(post.attachments.map(attachment)))
        put("marks", .array(post.marks.map(mark)))
        put("inferred", .array(post.inferences.map(inference)))
        return .object(line)
    }

    private static func object(_ members: [(String, JSON)]) -> JSON {
        .object(
            members.filter {
                if case .null = $0.1 { return false }
                return true
            })
    }

    /// ISO 8601; plain Unix seconds for the years that it cannot say.
    private static func date(_ seconds: Int64?) -> JSON { Timestamp.text(seconds).map { .string($0) } ?? JSON(seconds) }

    private static func reference(_ reference: PostReference?) -> JSON {
        switch reference?.name {
        case .key(let key): .string(key)
        case .alias(let alias): .object([("alias", .string(alias))])
        case nil: .null
        }
    }

    private static func claim(_ claim: ParentStatement) -> JSON {
        object([
            ("parent", reference(claim.parent)), ("basis", JSON(claim.basis.rawValue)),
            ("confidence", claim.basis.isCertain ? .null : .real(claim.confidence)), ("evidence", JSON(claim.evidence)),
            ("witness", reference(claim.witness)),
        ])
    }

    private static func link(_ link: PostLink) -> JSON {
        object([("to", reference(link.target)), ("kind", JSON(link.kind)), ("evidence", JSON(link.evidence))])
    }

    private static func revision(_ revision: Revision) -> JSON {
        object([("seen_at", date(revision.seenAt)), ("title", JSON(revision.title)), ("body", JSON(revision.body))])
    }

    private static func attachment(_ attachment: Attachment) -> JSON {
        object([("name", JSON(attachment.name)), ("type", JSON(attachment.type)), ("size", JSON(attachment.size))])
    }

    private static func mark(_ mark: Mark) -> JSON {
        .object([
            ("kind", .string(mark.kind.rawValue)), ("scope", .string(mark.scope.rawValue)), ("text", .string(mark.text)),
            ("made_at", date(mark.madeAt)),
        ])
    }

    private static func inference(_ inference: Inference) -> JSON {
        object([
            ("what", JSON(inference.what.rawValue)), ("basis", JSON(inference.basis)),
            ("confidence", .real(inference.confidence)),
            ("evidence", JSON(inference.evidence)),
        ])
    }
}
