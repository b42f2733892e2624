// phpBB: prosilver and subsilver2 of phpBB 3, subsilver of phpBB 2.

extension WebLayout {
    /// Prosilver: `div.post` with the id `pNUMBER`.
    static let phpBB = {

        var layout = phpBBTopic(marks: "div.post .postbody .content, div.post p.author", post: "div.post[id^=p]")
        layout.id = [.own("id").after("p").number]
        layout.author = [
            .text(".postprofile .username"), .text(".postprofile .username-coloured"), .text("p.author .username"),
            .text("p.author .username-coloured"), .text("p.author strong"), .text("p.author").after("by ").upTo(" » "),
        ]
        layout.date = [.attribute("datetime", of: "p.author time"), .text("p.author").after("» ")]
        layout.title = [.text("h3 a"), .text(".postbody h3")]
        layout.body = [.text(".postbody .content")]
        layout.cut = ".signature, .notice"
        layout.quote = ("blockquote cite a[data-post-id]", "data-post-id")
        return layout
    }()

    /// Subsilver2: a table a post, whose number is the name of an anchor.
    static let phpBBTables = {
        var layout = phpBBTopic(marks: "b.postauthor", post: "b.postauthor")
        layout.climb = "table"
        layout.id = [.attribute("name", of: "a[name^=p]").after("p").number]
        layout.author = [.text("b.postauthor")]
        layout.date = [.text("td.gensmall").after("Posted:"), .text("td.gensmall").after("Verfasst:")]
        layout.title = [.text("td.gensmall").after("Post subject:"), .text("td.gensmall").after("Betreff des Beitrags:")]
        layout.body = [.text("div.postbody")]
        return layout
    }()

    /// Subsilver of phpBB 2: a row a post, in which text and code stand beside each other.
    static let phpBB2 = {
        var layout = phpBBTopic(marks: "span.name a[name]", post: "span.name a[name]")
        layout.climb = "tr"
        layout.id = [.attribute("name", of: "span.name a[name]").number]
        layout.author = [.text("span.name")]
        layout.date = [
            .text("span.postdetails").after("Posted: ").upTo("Post subject"),
            .text("span.postdetails").after("Verfasst am: ").upTo("Titel"),
        ]
        layout.title = [.text("span.postdetails").after("Post subject: "), .text("span.postdetails").after("Titel: ")]
        layout.body = [.text("span.postbody")]
        layout.bodyClimb = "td"
        return layout
    }()

    /// What the pages of all styles have in common.
    private static func phpBBTopic(marks: WebSelector, post: WebSelector) -> WebLayout {
        var layout = WebLayout(kind: "phpbb", marks: marks, post: post)
        layout.thread = [
            .page("href", of: "link[rel=canonical]").after("t=").number,
            .page("href", of: "h2 a[href*=viewtopic], h1 a[href*=viewtopic], a.titles, a.maintitle").after("t=").number,
        ]
        layout.pageTitle = [.page(of: "h2.topic-title, h2 a[href*=viewtopic], a.titles, a.maintitle")]
        layout.forum = [.page(of: ".breadcrumbs .crumb[data-forum-id] [itemprop=name]").last]
        layout.pageNumber = [.page(of: ".pagination li.active, .pagination strong").number]
        return layout
    }
}
