// Lemmy's own interface.

extension WebLayout {
    /// List items in list items; a comment links to itself where it came from.
    static let lemmy = {

        var layout = WebLayout(
            kind: "activitypub", marks: "article.comment-node, li.comment article[id^=comment-]",
            post: "div.post-listing, li.comment")
        layout.opening = ".post-listing"
        layout.depth = .nested
        layout.id = [.attribute("id", of: "article[id^=comment-]").number, .attribute("href", of: "a[href^=/post/]").number]
        layout.otherID = [.attribute("href", of: "a[title=link]")]
        layout.author = [.text(".person-listing"), .attribute("href", of: "a[href^=/u/]").after("/u/")]
        layout.authorKey = [.attribute("href", of: "a.person-listing"), .attribute("href", of: "a[href^=/u/]")]
        layout.date = [
            .attribute("data-tippy-content", of: ".moment-time"), .attribute("title", of: ".moment-time"),
            .attribute("datetime", of: "time"),
        ]
        layout.title = [.text("h1.post-title a, h1 a, .post-title a")]
        layout.body = [.text(".comment-content .md-div"), .text(".comment-content"), .text("#postContent"), .text(".md-div")]
        layout.score = [.attribute("aria-label", of: ".unselectable.pointer"), .text(".unselectable.pointer"), .text(".score")]
        layout.forum = [.page("href", of: "a.community-link")]
        return layout
    }()
}
