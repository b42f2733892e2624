// Discourse: what it serves to crawlers and without scripts, and what a browser saves.

extension WebLayout {
    /// `div.crawler-post` of the crawler view, `article` with `data-post-id` of the application.
    static let discourse = {

        var layout = WebLayout(
            kind: "discourse", marks: "div.crawler-post, article[data-post-id]", post: "div.crawler-post, article[data-post-id]")
        layout.opening = "#post_1"
        layout.id = [.own("id").after("post_").number, .text("span[itemprop=position]").number]
        layout.otherID = [.own("data-post-id").number]
        layout.author = [
            .text(".creator [itemprop=name]"), .text(".names .username a"), .attribute("data-user-card", of: ".names a"),
            .text(".creator"),
        ]
        layout.date = [
            .attribute("datetime", of: "time.post-time"), .attribute("datetime", of: "time"),
            .attribute("data-time", of: ".post-date .relative-date"),
        ]
        layout.body = [.text(".cooked"), .text("div.post"), .text("[itemprop=text]"), .text("[itemprop=articleBody]")]
        layout.cut = ".cooked-selection-barrier, .quote-controls, .lightbox .meta"
        layout.quote = ("aside.quote[data-post]", "data-post")
        layout.quoteThread = "data-topic"
        layout.score = [.text(".post-likes").number]
        layout.thread = [
            .own("data-topic-id").number, .page("data-topic-id", of: "[data-topic-id]").number,
            .page("href", of: "#topic-title h1 a, h1 a[href*=/t/]"), .page("href", of: "link[rel=canonical]"),
            .page("href", of: "link[itemprop=mainEntityOfPage]"), .page("content", of: "meta[property=og:url]"),
        ]
        layout.pageTitle = [.page(of: "#topic-title h1, h1 .fancy-title, h1")]
        return layout
    }()
}
