// Pages of HyperKitty, the archiver of Mailman 3: a thread, or one mail of it.

internal import ThreadbankCore

/// Reads the mails of such a page. Their Message-IDs stand in the links that answer by mail, where the list takes answers; else a mail is
/// known by HyperKitty's hash of its id alone.
struct WebHyperKitty {
    private let page: WebPage
    private let head: WebHead

    init(_ page: WebPage, _ head: WebHead) { (self.page, self.head) = (page, head) }

    /// The mails of a page; empty where it is none of these.
    var mails: [WebMail] {
        var mails: [WebMail] = []
        var depths: [Int?] = []
        var end = 0
        for element in page.all("div.email") where element >= end {
            end = Int(page.elements[element].end)
            guard var mail = mail(element) else { continue }
            if mails.isEmpty {
                mail.subject = page.first(".thread-header h3, .thread-header h1, .message-header h1").map { page.text($0) }
            }
            mails.append(mail)
            depths.append(depth(element))
        }
        hang(&mails, depths)
        return mails
    }

    // MARK: One mail

    private func mail(_ element: Int) -> WebMail? {
        let inside = page.descendants(of: element)
        guard let header = page.first(".email-header[id]", in: inside), let hash = page.attribute("id", of: header),
            hash.utf8.count == 32, let body = page.first(".email-body", in: inside)
        else { return nil }
        let alias = "message-id-hash:\(hash)"
        let answer = page.all("a[href*=In-Reply-To]", in: inside).lazy.compactMap { self.id(in: $0) }.first
        var mail = WebMail(id: answer ?? alias)
        mail.alias = alias
        mail.basis = .indent
        let sender = page.first(".name", in: inside).map { page.text($0) } ?? ""
        // `ann(a)example.org`
        let address = sender.replacing("(a)", with: "@")
        if address != sender, !address.contains(" ") { mail.address = address } else { mail.name = sender }
        if let clock = page.first(".time span[title]", in: inside), let title = page.attribute("title", of: clock) {
            mail.date = Self.date(title, clock: page.text(clock))
        }
        if let subject = page.first(".email-header .subject", in: inside) {
            mail.subject = page.text(subject).firstRange(of: ": ").map { String(page.text(subject)[$0.upperBound...]) }
        }
        let cuts = page.all(".quoted-switch", in: page.descendants(of: body))
        mail.html = page.markup(page.content(body), without: cuts)
        for link in page.all(".attachments-list a", in: inside).prefix(100) {
            // `image/png, 1.2 KB` as the link's title, or `(image/png — 1.2 KB)` behind it.
            let says = page.attribute("title", of: link) ?? page.parent(link).map { page.text($0) } ?? ""
            if !WebMail.isSignature(says) { mail.attachments.append(Attachment(name: page.text(link))) }
        }
        let link = page.first(".messagelink a[href*=/message/]", in: inside)
        if let href = link.flatMap({ page.attribute("href", of: $0) }) {
            mail.url = WebAddress(href, on: head.address)?.full
            mail.forum = Self.list(in: href)
        }
        return mail
    }

    private func id(in link: Int) -> String? {
        guard let href = page.attribute("href", of: link), let found = href.firstRange(of: "In-Reply-To=") else { return nil }
        let value = WebMail.unescaped(String(href[found.upperBound...].prefix { $0 != "&" }))
        return MessageIDs.own(value)
    }

    /// `/list/LIST@HOST/message/…`: `list.host`, as Mailman makes its List-Id.
    private static func list(in href: String) -> String? {
        guard let start = href.firstRange(of: "/list/") else { return nil }
        let name = WebMail.unescaped(String(href[start.upperBound...].prefix { $0 != "/" })).lowercased()
        return name.contains("@") && !name.contains(" ") ? name.replacing("@", with: ".") : nil
    }

    /// "Sender's time: May 6, 2019, 12:41 a.m." has no zone; "5:41 a.m.", the site's time, has no day. The instant is the one of the site's
    /// clock next to the sender's day and time. Sites keep UTC unless they were told otherwise.
    private static func date(_ title: String, clock: String) -> WebTime? {
        guard let colon = title.firstRange(of: ": "), let sent = WebMail.time(String(title[colon.upperBound...])),
            let shown = WebMail.time("1 Jan 2000 " + clock)
        else { return nil }
        let (day, half): (Int64, Int64) = (86_400, 43_200)
        let difference = (shown.seconds - sent.seconds) % day
        let offset = (difference + day + half) % day - half
        return WebTime(
            seconds: sent.seconds + offset,
            inference: Inference(
                .date, basis: "minute", confidence: 0.9, evidence: "the page tells the minute by the site’s clock, taken as UTC"))
    }

    // MARK: Answers

    /// Answers are set in up to six deep; nil for the mail that begins a thread, and on the page of one mail.
    private func depth(_ element: Int) -> Int? {
        guard let around = page.parent(element), page.hasClass("odd", around) || page.hasClass("even", around) else { return nil }
        let level = page.classes(around).split(separator: " ").first { $0.hasPrefix("reply-level-") }
        return level.flatMap { Int($0.dropFirst(12)) }.map { min(max(0, $0), Self.deepest) } ?? 0
    }

    private static let deepest = 5

    private func hang(_ mails: inout [WebMail], _ depths: [Int?]) {
        guard mails.count > 1, depths[0] == nil else { return }
        let isByDate = page.first(".sort-mode a[href*=sort=thread]") != nil
        var open = [mails[0].id]
        for place in mails.indices.dropFirst() {
            guard let depth = depths[place] else { continue }
            if isByDate {
                mails[place].basis = .order
                mails[place].confidence = 0.5
            } else {
                // What is set in as far as it goes may answer what stands before it, or what that answers.
                if depth >= Self.deepest, open.count > depth + 1 { mails[place].confidence = 0.5 }
                open.removeLast(max(0, open.count - depth - 1))
            }
            mails[place].references = [open[open.count - 1]]
            if !isByDate { open.append(mails[place].id) }
        }
    }
}
