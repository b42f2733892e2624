// Drupal: a node and the comments on it, 6 to 10.

extension WebLayout {
    /// Comments are set in by `div.indented` where their list is threaded.
    static let drupal = {

        var layout = WebLayout(
            kind: "drupal", marks: "#comments .comment .submitted, #comments .comment .comment__submitted, div.node .submitted",
            post: "div.node, article.node, #comments div.comment, #comments article.comment")
        layout.opening = ".node"
        layout.id = [
            .own("id").after("comment-").number, .own("id").after("node-").number, .own("data-history-node-id").number,
            .before("id", of: "a[id^=comment-]").number,
        ]
        layout.author = [
            .text(".submitted .username"), .text(".comment__submitted .username"), .text(".submitted a[href*=user]"),
            .text(".submitted").after("Submitted by ").upTo(" on ").upTo(" (not verified)"),
        ]
        layout.date = [
            .attribute("datetime", of: ".submitted time"), .attribute("content", of: "[property*=created]"),
            .text(".submitted").after(" on "), .text(".comment__submitted"),
        ]
        layout.title = [.text("h3.title"), .text("h3.comment__title"), .text("h3 a.permalink"), .text("h2.title")]
        layout.body = [
            .text(".field-name-body"), .text(".field-name-comment-body"), .text(".comment__content"), .text(".node__content"),
            .text(".content"),
        ]
        layout.cut = ".forum-topic-navigation, .book-navigation, ul.links"
        layout.depth = .wrapped("div.indented")
        layout.thread = [.page("href", of: "link[rel=canonical], link[rel=shortlink]").after("node/").number]
        layout.pageTitle = [.page(of: "h1.title, h1.page-title, #page-title")]
        layout.forum = [.page(of: ".breadcrumb a").last]
        return layout
    }()
}
