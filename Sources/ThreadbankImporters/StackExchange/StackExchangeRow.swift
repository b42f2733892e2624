// A row of a Stack Exchange table, and what becomes of it.

internal import ThreadbankCore

/// The attributes of one row. What is null in the table is absent.
struct StackExchangeRow {
    let attributes: [String: String]

    func text(_ name: String) -> String? { attributes[name] }
    func number(_ name: String) -> Int64? { attributes[name].flatMap { Int64($0) } }
    /// UTC without a zone.
    func date(_ name: String) -> Int64? { attributes[name].flatMap { Timestamp.parse($0) } }
}

/// Why a row is no post.
struct StackExchangeRefusal: Error {
    var reason: String
}

extension StackExchangeSite {
    /// A question or an answer; nil for the texts of tags and other pages, which are no posts of a discussion.
    func post(_ row: StackExchangeRow) throws -> ImportedPost? {
        guard let id = row.number("Id") else { throw StackExchangeRefusal(reason: "Id is missing or no number") }
        guard let type = row.number("PostTypeId") else {
            throw StackExchangeRefusal(reason: "PostTypeId is missing or no number")
        }
        guard type == 1 || type == 2 else { return nil }
        var post = ImportedPost(source: source, key: "p\(id)")
        post.author = author(row.number("OwnerUserId"), name: row.text("OwnerDisplayName"))
        post.createdAt = row.date("CreationDate")
        post.editedAt = row.date("LastEditDate")
        post.score = row.number("Score")
        let counts = [row.number("AnswerCount"), row.number("CommentCount")].compactMap(\.self)
        post.replyCount = counts.isEmpty ? nil : counts.reduce(0) { $0.addingReportingOverflow($1).partialValue }
        post.markup = .markdown
        post.isRendering = true
        post.body = try row.text("Body").map { html throws(ImportError) in try HTMLMarkdown.markdown(of: html) }
        if type == 1 {
            post.title = row.text("Title")
            post.tags = Self.tags(row.text("Tags") ?? "")
            post.url = url("q", id)
            if let answer = row.number("AcceptedAnswerId") { post.links = [PostLink(to: Self.post(answer), kind: "accepted")] }
        } else {
            post.url = url("a", id)
            guard let question = row.number("ParentId") else {
                throw StackExchangeRefusal(reason: "ParentId is missing or no number")
            }
            if question != id { post.parent = ParentStatement(Self.post(question), basis: .native) }
        }
        return post
    }

    /// A comment answers the post under which it stands.
    func comment(_ row: StackExchangeRow) throws -> ImportedPost {
        guard let id = row.number("Id") else { throw StackExchangeRefusal(reason: "Id is missing or no number") }
        guard let parent = row.number("PostId") else { throw StackExchangeRefusal(reason: "PostId is missing or no number") }
        var post = ImportedPost(source: source, key: "c\(id)")
        post.author = author(row.number("UserId"), name: row.text("UserDisplayName"))
        post.createdAt = row.date("CreationDate")
        post.score = row.number("Score")
        post.markup = .markdown
        post.body = row.text("Text")
        post.url = url("posts/comments", id)
        post.parent = ParentStatement(Self.post(parent), basis: .native)
        return post
    }

    /// A tie between two posts, on a copy that tells nothing else; nil for kinds that are not known.
    func link(_ row: StackExchangeRow) throws -> ImportedPost? {
        guard let from = row.number("PostId"), let to = row.number("RelatedPostId") else {
            throw StackExchangeRefusal(reason: "PostId or RelatedPostId is missing or no number")
        }
        let kinds: [Int64: String] = [1: "related", 3: "duplicate"]
        guard from != to, let kind = row.number("LinkTypeId").flatMap({ kinds[$0] }) else { return nil }
        var post = ImportedPost(source: source, key: "p\(from)")
        post.state = .missing
        post.links = [PostLink(to: Self.post(to), kind: kind)]
        return post
    }

    /// `<a><b>` in older dumps, `|a|b|` in newer ones.
    private static func tags(_ text: String) -> [String] {
        text.split { "<>|".contains($0) }.map(String.init)
    }
}
