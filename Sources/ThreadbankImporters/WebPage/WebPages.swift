// One page after the other: each is read in the way that tells most of it, or rejected with a reason.

internal import Foundation
internal import ThreadbankCore

/// Reads the pages of one input into its sink.
struct WebPages {
    /// A longer page was not written by people, and must not fill the memory.
    static let longest = 128 << 20

    let input: any ImportInput
    let sink: any ImportSink

    /// Reads one page; a page that is no discussion is rejected in one line, but for one that only stands in another.
    func read(_ capture: WebCapture, isFrame: Bool = false) throws {
        let page = WebPage(WebCharset.utf8(capture.bytes, charset: capture.charset))
        if page.isTooLong {
            sink.warn(
                ImportDiagnostic(at: capture.place, "page of too many elements", detail: "read up to the first two million"))
        }
        if page.isCutOff, !page.isTooLong {
            sink.warn(
                ImportDiagnostic(at: capture.place, "page breaks off", detail: "its end is missing; what stands before is read"))
        }
        let head = WebHead(page, capture)
        let mails = try WebMailPage.posts(page, head, key: capture.key)
        if !mails.isEmpty {
            for post in mails { try sink.add(post) }
        } else if let reading = reading(of: page, head) {
            if reading.isCutOff {
                sink.warn(
                    ImportDiagnostic(at: capture.place, "page of too many posts", detail: "read the first \(reading.posts.count)")
                )
            }
            var posts = WebPosts(reading, head, input)
            try posts.give(to: sink)
        } else if let posts = recovered(page, head) {
            try sink.addPage(posts)
        } else if !isFrame {
            let name = capture.url.map { "\(String($0.prefix(200))): " } ?? ""
            sink.reject(ImportDiagnostic(at: capture.place, "no discussion on this page", detail: name + reason(page, head)))
        }
    }

    /// The reading that finds most posts. A layout that is known tells more of each than the page's words for machines, and these more
    /// than what repeats; where a later way finds half as many again, the earlier one has seen only a part.
    private func reading(of page: WebPage, _ head: WebHead) -> WebReading? {
        let layouts = WebLayout.all.compactMap { $0.read(page) }
        var best: WebReading?
        func consider(_ reading: WebReading?) {
            guard let reading, reading.weight > 0 else { return }
            guard let known = best else {
                best = reading
                return
            }
            if reading.weight * 2 > known.weight * 3, reading.weight > known.posts.count { best = reading }
        }
        for layout in layouts { consider(layout) }
        consider(WebMicrodata.read(page))
        let script = WebJSONLD.read(page)
        consider(script)
        if best?.kind == "html" || best == nil || best.map({ $0.weight < 2 }) == true {
            consider(WebRepeats.read(page, head))
        }
        if let script, var known = best, known.kind != "html" {
            known.take(script)
            best = known
        }
        if let reading = best {
            best?.markOpening(WebPager(page, reading, head))
            let hasForums = !["reddit", "hackernews", "activitypub", "stackexchange"].contains(reading.kind)
            if hasForums, reading.forum == nil,
                let crumbs = WebBreadcrumbs(page, title: reading.title ?? head.title, address: head.address)
            {
                best?.forum = crumbs.forum
                if reading.kind == "discourse" { best?.forumKey = crumbs.number }
            }
        }
        return best
    }

    /// What the recovery of copied text makes of the visible text, where at least three lines of it look like those of a discussion.
    private func recovered(_ page: WebPage, _ head: WebHead) -> [ImportedPost]? {
        guard let lines = WebLines.lines(of: page, most: 100_000) else { return nil }
        let recovered = PageRecovery.recover(lines: lines)
        let headers = recovered.posts.count { $0.author != nil && $0.author?.inference == nil }
        guard headers > 2 || recovered.furniture.count > 5 && recovered.posts.count > 2 else { return nil }
        var first = WebPost()
        first.body = .text(recovered.posts.first?.wording ?? "")
        let key = head.address?.topic ?? WebOwnName.of("text", first, title: head.title)
        var posts = TextImporter().posts(of: recovered, key: key)
        for place in posts.indices {
            posts[place].thread?.title = head.title
            posts[place].thread?.url = head.address?.topic
            posts[place].fetchedAt = head.capturedAt
        }
        return posts
    }

    /// Why a page is no discussion, as far as it says so itself.
    private func reason(_ page: WebPage, _ head: WebHead) -> String {
        let title = head.fullTitle.lowercased()
        if page.elements.isEmpty { return "it holds no markup" }
        let says = title.isEmpty ? "" : ", its title is “\(head.fullTitle.prefix(80))”"
        if ["404", "403", "500", "502", "503", "not found", "error", "forbidden", "access denied", "just a moment"].contains(
            where: {
                title.contains($0)
            })
        {
            return "it reports a fault" + says
        }
        if page.first("input[type=password]") != nil { return "it asks for a password" + says }
        return "nothing on it repeats with a name, a date and a text" + says
    }
}

extension WebReading {
    /// Takes dates and names that this reading lacks from the page's words for machines, where these tell the same posts.
    mutating func take(_ other: WebReading) {
        title = title ?? other.title
        guard other.posts.count == posts.count else { return }
        for place in posts.indices {
            let same = other.posts[place].author
            guard posts[place].author == nil || same == nil || posts[place].author == same else { return }
        }
        for place in posts.indices {
            posts[place].author = posts[place].author ?? other.posts[place].author
            posts[place].date = posts[place].date ?? other.posts[place].date
        }
    }
}
