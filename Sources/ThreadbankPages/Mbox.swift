// A thread as mails in an mbox (mboxrd), for mail readers and mail search.

public import ThreadbankCore

/// Writes posts as mails that thread as they do here: References name everything above a post, In-Reply-To what it answers.
///
/// Posts that were never seen are no mails, but are named in References. Where a thread has several roots, all refer to one Message-ID
/// that stands for the thread. A post of a mail source keeps its Message-ID; others get one that is made from their name for ever, so
/// that a later export has the same.
public struct Mbox {
    /// Only these posts; nil for all. References name the others all the same.
    public var selected: Set<Post.ID>?

    public init(selected: Set<Post.ID>? = nil) { self.selected = selected }

    /// References beyond so many leave out the middle (RFC 5322 sets no bound, but lines of headers have one).
    private static let mostReferences = 40
    /// A post may carry or name any number of things; a header is no place for all.
    private static let mostFacts = 50

    /// Writes a thread's posts in reading order, a mail at a time.
    public func write(_ contents: ThreadContents, to emit: (String) -> Void) {
        let thread = contents.thread
        let names = contents.posts.map { MessageID.of($0, in: thread) }
        let known = Dictionary(zip(contents.posts.map(\.id), names)) { first, _ in first }
        let roots = contents.tree.nodes.count { $0.parent == nil }
        let container = "<\(SHA256Hash.hex(of: "thread\u{0}\(names.first ?? "")").prefix(32))@thread.threadbank.invalid>"
        var line: [Int] = []
        for (position, node) in contents.tree.nodes.enumerated() {
            line.removeLast(max(0, line.count - node.depth))
            defer { line.append(position) }
            let post = contents.posts[position]
            guard post.state != .missing, selected?.contains(post.id) ?? true else { continue }
            // Not even looked at: each post of a chain of 100,000 has all others above it.
            let named = line.count > Self.mostReferences ? [line[0]] + line.suffix(Self.mostReferences - 1) : line
            var references = named.map { names[$0] }
            if roots > 1 { references.insert(container, at: 0) }
            emit(mail(post, thread, known, references, parent: node.parent.map { names[$0] }))
        }
    }

    private func mail(
        _ post: Post, _ thread: DiscussionThread, _ names: [Post.ID: String], _ references: [String], parent: String?
    ) -> String {
        let date = MailDate(post.createdAt)
        // The name says that each `>` before a From was put there by the writer of the file, as public-inbox has it; so an import takes all away.
        var lines = ["From mboxrd@z \(date.separator)", "From: \(MailAddress.header(post))"]
        if let header = date.header { lines.append("Date: \(header)") }
        let topic = thread.title ?? ""
        let subject = post.title ?? (parent == nil || topic.isEmpty ? topic : "Re: " + topic)
        lines.append("Subject: " + MailWords.encoded(subject))
        if let name = names[post.id] { lines.append("Message-ID: \(name)") }
        if let parent { lines.append("In-Reply-To: \(parent)") }
        if !references.isEmpty { lines.append("References: " + references.joined(separator: "\n ")) }
        if let forum = thread.forum { lines.append("X-Threadbank-Forum: " + MailWords.encoded(forum)) }
        if let key = post.sourceKey {
            let citation = Citation(kind: thread.sourceKind, name: thread.source, key: key).description
            lines.append("X-Threadbank-Post: " + MailWords.encoded(citation))
        }
        if let reply = post.reply, reply.isInferred {
            lines.append("X-Threadbank-Parent: inferred from \(reply.basis.rawValue), confidence \(reply.confidenceText)")
        }
        if post.state != .present { lines.append("X-Threadbank-State: \(post.state.rawValue)") }
        if let score = post.score { lines.append("X-Threadbank-Score: \(score)") }
        if let url = post.url, url.isSafeLink, url.utf8.allSatisfy({ $0 < 0x7F }), url.utf8.count < 900 {
            lines.append("Archived-At: <\(url)>")
        }
        if parent == nil, !thread.tags.isEmpty {
            lines.append("Keywords: " + MailWords.encoded(thread.tags.joined(separator: ", ")))
        }
        lines += facts(post, names)
        let body = MailText(post.body ?? "")
        lines += [
            "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: \(body.encoding)", "",
        ]
        return lines.joined(separator: "\n") + "\n" + body.text + "\n\n"
    }

    /// The address of a link post, files, and ties to other mails.
    private func facts(_ post: Post, _ names: [Post.ID: String]) -> [String] {
        var lines = post.isAccepted ? ["X-Threadbank-Accepted: yes"] : []
        if let link = post.link { lines.append("X-Threadbank-Link: " + MailWords.encoded(link)) }
        for file in post.attachments.prefix(Self.mostFacts) where !file.isLink {
            lines.append("X-Threadbank-Attachment: " + MailWords.encoded(file.words))
        }
        for tie in post.links.prefix(Self.mostFacts) {
            if let name = names[tie.post] { lines.append("X-Threadbank-Tie: \(MailWords.encoded(tie.kind)) \(name)") }
        }
        return lines
    }
}

/// Message-IDs of posts.
enum MessageID {
    static func of(_ post: Post, in thread: DiscussionThread) -> String {
        if thread.sourceKind == "mail", let key = post.sourceKey, isMessageID(key) { return "<\(key)>" }
        let key = post.sourceKey ?? "row \(post.id)"
        let citation = Citation(kind: thread.sourceKind, name: thread.source, key: key).description
        return "<\(SHA256Hash.hex(of: citation).prefix(32))@threadbank.invalid>"
    }

    private static func isMessageID(_ key: String) -> Bool {
        key.utf8.count < 900 && key.utf8.count { $0 == UInt8(ascii: "@") } == 1
            && key.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
    }
}

/// Addresses of authors: that of a mail, else one that leads nowhere (RFC 2606).
enum MailAddress {
    static func address(of post: Post) -> String {
        if let key = post.authorKey, isAddress(key) { return key }
        guard let name = post.authorKey ?? post.author else { return "unknown@threadbank.invalid" }
        return "\(SHA256Hash.hex(of: name).prefix(16))@author.threadbank.invalid"
    }

    static func header(_ post: Post) -> String { "\(MailWords.phrase(post.author ?? "unknown")) <\(address(of: post))>" }

    private static func isAddress(_ key: String) -> Bool {
        let parts = key.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && key.utf8.count < 250
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.utf8.allSatisfy { byte in
                        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                            || ".-_+=".utf8.contains(byte)
                    }
            }
    }
}
