// Pages of public-inbox, which archives lore.kernel.org and others: one mail, or all of a thread one below the other or set in.

internal import ThreadbankCore

/// Reads its pages, which are all but plain text: the fields of a mail stand in lines, links tell Message-IDs.
struct WebPublicInbox {
    private let page: WebPage
    private let head: WebHead

    init(_ page: WebPage, _ head: WebHead) { (self.page, self.head) = (page, head) }

    /// The mails of a page; empty where it is none of these.
    var mails: [WebMail] {
        if let mail = message { return [mail] }
        var mails: [WebMail] = []
        var names: [String: Int] = [:]
        var end = 0
        for element in page.all("pre") where element >= end {
            end = Int(page.elements[element].end)
            guard let (name, mail) = part(element), names[name] == nil else { continue }
            names[name] = mails.count
            mails.append(mail)
        }
        if !mails.isEmpty { hang(&mails, names) }
        return mails
    }

    // MARK: One mail

    /// `<pre id=b>From: … Subject: … Date: … Message-ID: <…> (raw) In-Reply-To: <…>`, an empty line, the text.
    private var message: WebMail? {
        guard let block = page.first("pre#b") else { return nil }
        let content = page.content(block)
        guard let end = blankLine(in: content) else { return nil }
        var fields: [String: String] = [:]
        var last: String?
        for line in WebMailText.lines(page.html[content.lowerBound..<end]).split(separator: "\n") {
            if line.first == "\t" || line.first == " " {
                if let last { fields[last]? += " " + WebText.trimmed(line) }
            } else if let colon = line.firstIndex(of: ":") {
                let name = line[..<colon].lowercased()
                last = fields[name] == nil ? name : nil
                if last != nil { fields[name] = WebText.trimmed(line[line.index(after: colon)...]) }
            }
        }
        guard let id = fields["message-id"].flatMap(MessageIDs.own), let from = fields["from"] else { return nil }
        var mail = WebMail(id: id)
        (mail.name, mail.address) = WebMail.mailbox(Self.plainAddress(from))
        mail.subject = Self.subject(fields["subject"])
        mail.date = fields["date"].flatMap { WebMail.time(String($0.prefix { $0 != "[" && $0 != "\t" })) }
        let above = (fields["in-reply-to"].map(MessageIDs.references) ?? [])
        mail.references = above.prefix(1) + (fields["references"].map(MessageIDs.references) ?? []).reversed()
        (mail.text, mail.attachments) = Self.parts(WebMailText.lines(page.html[end..<content.upperBound]))
        return mail
    }

    // MARK: A thread

    /// `<pre><a href=#e… id=m…>*</a> <b>subject</b> … From: name @ date UTC (<a href="…/ID/">permalink</a> / raw) To: … Cc: …`, an empty
    /// line, the text, and a line of links that begins with `<a id=e…>^</a>`.
    private func part(_ element: Int) -> (name: String, mail: WebMail)? {
        let inside = page.descendants(of: element)
        guard let star = inside.first, let name = page.attribute("id", of: star), name.hasPrefix("m"), page.text(star) == "*",
            let link = inside.first(where: { page.elements[$0].name == Self.anchor && page.text($0) == "permalink" }),
            let href = page.attribute("href", of: link), let id = Self.id(of: href)
        else { return nil }
        let content = page.content(element)
        var mail = WebMail(id: id)
        mail.basis = .indent
        mail.subject = Self.subject(inside.first { page.elements[$0].name == Self.bold }.map { page.text($0) })
        let line =
            WebMailText.lines(page.html[content.lowerBound..<Int(page.elements[link].tag)]).split(separator: "\n").last ?? ""
        if let from = line.firstRange(of: "From: "), let at = line.ranges(of: " @ ").last, from.upperBound < at.lowerBound {
            let sender = Self.plainAddress(WebText.trimmed(line[from.upperBound..<at.lowerBound]))
            if sender.contains("@"), !sender.contains(" ") { mail.address = sender } else { mail.name = sender }
            mail.date = WebMail.time(String(line[at.upperBound...])).map { time in
                let inference = Inference(
                    .date, basis: "minute", confidence: 0.95, evidence: "the page tells the minute, not the second")
                return WebTime(seconds: time.seconds, inference: inference)
            }
        }
        if let address = WebAddress(href, on: head.address) { mail.url = address.full }
        let start = blankLine(in: Int(page.elements[link].stop)..<content.upperBound) ?? content.upperBound
        let foot = inside.last {
            page.elements[$0].name == Self.anchor && page.attribute("id", of: $0) == "e" + name.dropFirst()
                && page.text($0) == "^"
        }
        let stop = max(start, foot.map { Int(page.elements[$0].tag) } ?? content.upperBound)
        (mail.text, mail.attachments) = Self.parts(WebMailText.lines(page.html[start..<stop]))
        return (name, mail)
    }

    /// The overview of the thread at the page's end: lines of a date, spaces, ``` ` ``` and a link to the mail on the page, or of
    /// `[not found]` and a Message-ID. Each step to the right is two columns.
    private func hang(_ mails: inout [WebMail], _ names: [String: Int]) {
        guard let title = page.first("b#t"), let block = page.ancestor(of: title, named: "pre") else { return }
        var place = Int(page.elements[title].stop)
        // The way down to the line before: Message-IDs, and whether they are on the page.
        var open: [(id: String, isHere: Bool)] = []
        for link in page.descendants(of: block) where link > title && page.elements[link].name == Self.anchor {
            let line = page.html[place..<max(place, Int(page.elements[link].tag))]
            place = Int(page.elements[link].stop)
            guard page.attribute("id", of: link)?.hasPrefix("r") == true, let href = page.attribute("href", of: link) else {
                continue
            }
            let start = (line.lastIndex(of: 0x0A) ?? line.startIndex - 1) + 1
            let step = line[start...].firstIndex(of: UInt8(ascii: "`")).map { max(0, $0 - start - Self.dateWidth) / 2 + 1 } ?? 0
            let name = href.lastIndex(of: "#").map { String(href[href.index(after: $0)...]) }
            let mail = name.flatMap { names[$0] }
            guard let id = mail.map({ mails[$0].id }) ?? Self.id(of: href) else { continue }
            open.removeLast(max(0, open.count - step))
            if let mail, open.count == step {
                let above = Array(open.reversed().prefix(Self.mostAncestors))
                let known = above.firstIndex { $0.isHere }
                mails[mail].references = above[..<(known.map { $0 + 1 } ?? above.endIndex)].map(\.id)
            }
            open.append((id, mail != nil))
        }
    }

    // MARK: Pieces

    private static let anchor = WebName.hash("a")
    private static let bold = WebName.hash("b")
    /// `2019-09-23 11:26 `
    private static let dateWidth = 17
    private static let mostAncestors = 200

    private func blankLine(in range: Range<Int>) -> Int? {
        var last: UInt8 = 0
        for place in range where page.html[place] != 0x0D {
            if page.html[place] == 0x0A, last == 0x0A { return place }
            last = page.html[place]
        }
        return nil
    }

    /// `../../ID/`, `https://lore.example/list/ID/#R`
    private static func id(of href: String) -> String? {
        let path = href.prefix { $0 != "#" && $0 != "?" }
        guard let last = path.split(separator: "/").last else { return nil }
        let id = WebMail.unescaped(String(last))
        return id == ".." || id.isEmpty || id.utf8.count > 1000 || id.contains(where: \.isWhitespace) ? nil : id
    }

    private static func subject(_ text: String?) -> String? {
        text.flatMap { $0.isEmpty || $0 == "(no subject)" ? nil : $0 }
    }

    /// Archives may hide addresses from harvesters: `ann@example•org`.
    private static func plainAddress(_ text: String) -> String { text.contains("@") ? text.replacing("•", with: ".") : text }

    /// The text of a mail without the lines that announce its parts. What has a name is listed and left out, as of any mail.
    static func parts(_ text: String) -> (text: String, attachments: [Attachment]) {
        guard text.contains("[-- ") else { return (text, []) }
        var kept: [Substring] = []
        var attachments: [Attachment] = []
        var isKept = true
        var name: String?
        var isFirst = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("[-- "), line.hasSuffix(" --]") else {
                if isKept { kept.append(line) }
                continue
            }
            var says = line.dropFirst(4).dropLast(4)
            if says.hasPrefix("Attachment #"), let colon = says.firstRange(of: ": ") {
                isFirst = says.hasPrefix("Attachment #1:")
                says = says[colon.upperBound...]
                if !says.hasPrefix("Type: ") {
                    name = String(says)
                    isKept = false
                    continue
                }
                name = nil
            }
            guard says.hasPrefix("Type: "), let size = says.firstRange(of: ", Size: ") else {
                if isKept { kept.append(line) }
                continue
            }
            let type = says.dropFirst(6)[..<size.lowerBound]
            // The first part is the mail's text, whatever it is called.
            isKept = (name == nil || isFirst) && type.hasPrefix("text/")
            if !isKept, !WebMail.isSignature(type) {
                let bytes = says[size.upperBound...].prefix { $0 != " " }
                attachments.append(Attachment(name: name, type: String(type), size: Int64(bytes)))
            }
            name = nil
        }
        return (WebMailText.trimmed(kept), attachments)
    }
}
