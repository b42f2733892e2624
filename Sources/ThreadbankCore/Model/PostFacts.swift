// What a post has beside its text: the address of a link post, files, and ties to other posts; in words for people.

extension Post {
    /// A tie to another post, beside who answers whom.
    public struct Tie: Sendable, Equatable {
        /// `quote`, `duplicate`, `accepted`, `cross-post`, …
        public var kind: String
        /// The post at the other end, which may be of another thread.
        public var post: ID

        public init(kind: String, post: ID) {
            self.kind = kind
            self.post = post
        }
    }

    /// The address that a link post is about; nil for any other post.
    public var link: String? { attachments.first { $0.isLink }?.name }

    /// Whether the question took it as its answer.
    public var isAccepted: Bool { linkedFrom.contains { $0.kind == "accepted" } }

    /// What stands below its text, in order: the link, files, ties. A quotation from the post that it answers says nothing new.
    public var facts: [Fact] {
        var facts: [Fact] = []
        for attachment in attachments where attachment.isLink {
            if let address = attachment.name { facts.append(Fact(label: "link", text: address, isAddress: true)) }
        }
        for file in attachments where !file.isLink { facts.append(Fact(label: "attached", text: file.words)) }
        for tie in links where tie.kind != "quote" || tie.post != parentID {
            let label = tie.kind == "accepted" ? "accepted answer" : tie.kind == "quote" ? "quotes" : tie.kind
            facts.append(Fact(label: label, text: tie.post.description, post: tie.post))
        }
        return facts
    }

    /// A label and what it says.
    public struct Fact: Sendable, Equatable {
        public var label: String
        /// As it came from outside: it may hold anything.
        public var text: String
        /// Whether the text is a web address, or was meant to be one.
        public var isAddress = false
        /// The post that the text names.
        public var post: ID?
    }
}

extension Attachment {
    /// `a.png, image/png, 12 bytes`.
    public var words: String {
        [name ?? "(no name)", type, size.map { "\($0) bytes" }].compactMap(\.self).joined(separator: ", ")
    }
}
