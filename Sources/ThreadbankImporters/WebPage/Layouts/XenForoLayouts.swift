// XenForo 1 and 2.

extension WebLayout {
    /// XenForo 2: an article a post, which names its author and itself.
    static let xenForo2 = {

        var layout = xenForoThread(marks: "article.message[data-content^=post-]", post: "article.message[data-content^=post-]")
        layout.id = [.own("data-content").number]
        layout.author = [.own("data-author"), .text(".message-name")]
        layout.date = [.attribute("datetime", of: ".message-attribution time"), .attribute("datetime", of: "time")]
        layout.editDate = [.attribute("datetime", of: ".message-lastEdit time")]
        layout.body = [.text(".message-body .bbWrapper"), .text(".message-body")]
        layout.ordinal = [.text(".message-attribution-opposite a").last.after("#")]
        layout.cut = ".bbCodeBlock-expandLink, .js-selectToQuoteEnd"
        return layout
    }()

    /// XenForo 1: a list item a post.
    static let xenForo1 = {
        var layout = xenForoThread(marks: "li.message[id^=post-] .messageText", post: "li.message[id^=post-]")
        layout.id = [.own("id").number]
        layout.author = [.own("data-author"), .text(".username")]
        layout.date = [
            .attribute("data-time", of: ".messageMeta abbr.DateTime"), .attribute("title", of: ".messageMeta span.DateTime"),
            .text(".messageMeta .DateTime"),
        ]
        layout.ordinal = [.text("a.hashPermalink").after("#")]
        layout.body = [.text(".messageText")]
        return layout
    }()

    private static func xenForoThread(marks: WebSelector, post: WebSelector) -> WebLayout {
        var layout = WebLayout(kind: "xenforo", marks: marks, post: post)
        layout.quote = ("[data-source^=post:]", "data-source")
        layout.thread = [.page("data-content-key", of: "html[data-content-key^=thread-]").number]
        layout.pageTitle = [.page(of: "h1.p-title-value, .titleBar h1")]
        layout.pageNumber = [.page(of: ".pageNav-page--current, .PageNav .currentPage").number]
        return layout
    }
}
