// One post whole as JSON, for `show`.

internal import ThreadbankCore

/// Writes `show --format json` and `jsonl`.
enum DetailsJSON {
    /// The members of a post in `thread`, but for `replies`, which are objects here, and everything else that is known.
    static func post(_ details: PostDetails) -> JSON {
        let post = details.post
        var members = ThreadJSON.members(post, depth: details.ancestors.count)
        members += [
            ("thread", ThreadJSON.thread(details.thread)), ("citation", JSON(details.citation)),
            ("author_id", JSON(details.author?.id.rawValue)), ("author_display", JSON(details.author?.displayName)),
            ("author_url", JSON(details.author?.url)), ("edited", JSON(Timestamp.text(post.editedAt))),
            ("place", JSON(post.place)),
            ("reply_count", JSON(post.replyCount)), ("source_key", JSON(post.sourceKey)),
            ("parent_known", .string(details.parentSentence)), ("evidence", JSON(post.reply?.evidence)),
            ("witness_id", JSON(details.witness?.rawValue)),
            ("quotes", .array(details.quotes.map(quote))),
            ("ancestors", .array(details.ancestors.map(summary))),
            ("replies", .array(details.replies.map(summary))), ("links", .array(details.linksOut.map(link))),
            ("linked_from", .array(details.linksIn.map(link))), ("lost_claims", .array(details.lostClaims.map(claim))),
            ("inferences", .array(details.inferences.map(inference))), ("revisions", .array(details.revisions.map(revision))),
            ("link", JSON(post.link)), ("attachments", .array(details.attachments.map(ThreadJSON.attachment))),
            ("aliases", strings(details.aliases)),
            ("forums", strings(details.forums)), ("tags", strings(details.tags)),
            ("import", record(details.provenance)),
        ]
        let marks: (String, JSON) = ("marks", .array(details.marks.map(mark)))
        members.append(marks)
        return .object(members)
    }

    static func record(_ record: ImportRecord) -> JSON {
        .object([
            ("id", .integer(record.id)), ("started", JSON(Timestamp.text(record.startedAt))),
            ("finished", JSON(Timestamp.text(record.finishedAt))), ("format", .string(record.format)),
            ("input", .string(record.input)), ("input_sha256", JSON(record.sha256)), ("read", JSON(record.read)),
            ("added", JSON(record.added)),
        ])
    }

    static func summary(_ post: PostSummary) -> JSON { .object(members(post)) }

    private static func members(_ post: PostSummary) -> [(String, JSON)] {
        [
            ("id", .integer(post.id.rawValue)), ("author", JSON(post.author)), ("created", JSON(Timestamp.text(post.createdAt))),
            ("state", .string(post.state.rawValue)), ("excerpt", .string(post.excerpt)),
        ]
    }

    private static func quote(_ quote: PostDetails.Quote) -> JSON {
        let text: (String, JSON) = ("text", .string(quote.text))
        return .object([text] + members(quote.post))
    }

    private static func link(_ link: PostDetails.Link) -> JSON {
        .object([("kind", .string(link.kind)), ("evidence", JSON(link.evidence))] + members(link.other))
    }

    private static func claim(_ claim: PostDetails.Claim) -> JSON {
        .object([
            ("parent_id", .integer(claim.parent.rawValue)), ("basis", .string(claim.reply.basis.rawValue)),
            ("confidence", .real(claim.reply.confidence)), ("evidence", JSON(claim.reply.evidence)),
            ("witness_id", JSON(claim.witness?.rawValue)), ("in_cycle", .bool(claim.inCycle)),
        ])
    }

    private static func inference(_ inference: Inference) -> JSON {
        .object([
            ("what", .string(inference.what.rawValue)), ("basis", .string(inference.basis)),
            ("confidence", .real(inference.confidence)), ("evidence", JSON(inference.evidence)),
        ])
    }

    static func mark(_ mark: Mark) -> JSON {
        .object([
            ("kind", .string(mark.kind.rawValue)), ("scope", .string(mark.scope.rawValue)), ("text", .string(mark.text)),
            ("made", JSON(Timestamp.text(mark.madeAt))),
        ])
    }

    private static func revision(_ revision: Revision) -> JSON {
        .object([
            ("seen", JSON(Timestamp.text(revision.seenAt))), ("title", JSON(revision.title)), ("body", JSON(revision.body)),
        ])
    }

    private static func strings(_ values: [String]) -> JSON { .array(values.map { .string($0) }) }
}
