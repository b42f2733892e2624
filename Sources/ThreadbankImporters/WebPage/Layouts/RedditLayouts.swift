// Reddit: the old pages, and the new ones' own elements.

extension WebLayout {
    /// `div.thing` with a full name, answers in the block of what they answer.
    static let oldReddit = {

        var layout = WebLayout(kind: "reddit", marks: ".thing[data-fullname]", post: ".thing.comment, .thing.link, .thing.self")
        layout.opening = ".link, .self"
        layout.depth = .nested
        layout.id = [.own("data-fullname")]
        layout.author = [.text(".tagline .author"), .own("data-author")]
        layout.date = [.attribute("datetime", of: ".tagline time"), .attribute("title", of: ".tagline time")]
        layout.editDate = [.attribute("datetime", of: "time.edited-timestamp")]
        layout.title = [.text("a.title")]
        layout.body = [.text(".usertext-body .md"), .text(".usertext-body")]
        layout.score = [.own("data-score"), .attribute("title", of: ".tagline .score.unvoted"), .text(".score.unvoted")]
        layout.url = [.own("data-permalink"), .attribute("href", of: "a.bylink")]
        layout.link = [.own("data-url")]
        layout.replyCount = [.own("data-comments-count")]
        layout.forum = [.page("data-subreddit", of: "[data-subreddit]")]
        return layout
    }()

    /// The pages since 2023: elements that say in attributes what they are.
    static let newReddit = {
        var layout = WebLayout(kind: "reddit", marks: "shreddit-post, shreddit-comment", post: "shreddit-post, shreddit-comment")
        layout.opening = "shreddit-post"
        layout.depth = .nested
        layout.id = [.own("thingid"), .own("id")]
        layout.parent = [.own("parentid")]
        layout.author = [.own("author")]
        layout.date = [.own("created-timestamp"), .own("created"), .attribute("datetime", of: "time")]
        layout.title = [.own("post-title")]
        layout.body = [.text("[slot=comment]"), .text("[slot=text-body]")]
        layout.score = [.own("score")]
        layout.url = [.own("permalink")]
        layout.link = [.own("content-href")]
        layout.replyCount = [.own("comment-count")]
        layout.forum = [.page("subreddit-prefixed-name", of: "shreddit-post").after("r/")]
        return layout
    }()
}
