// Stack Exchange and its kin.

extension WebLayout {
    /// A question and its answers, each with its comments in it.
    static let stackExchange = {

        var layout = WebLayout(
            kind: "stackexchange", marks: "[data-questionid], [data-answerid]",
            post: "div.question[data-questionid], div.answer[data-answerid], li.comment[data-comment-id]")
        layout.opening = ".question"
        layout.depth = .nested
        layout.id = [.own("data-questionid"), .own("data-answerid"), .own("data-comment-id")]
        layout.otherID = [.own("class")]
        layout.author = [
            .text(".comment-user"), .text(".post-signature.owner .user-details a"), .text(".post-signature .user-details a").last,
            .text(".user-details [itemprop=name]").last,
        ]
        layout.authorKey = [
            .attribute("href", of: "a.comment-user").after("/users/").number,
            .attribute("href", of: ".post-signature.owner .user-details a").after("/users/").number,
            .attribute("href", of: ".post-signature .user-details a").last.after("/users/").number,
        ]
        layout.date = [
            .attribute("title", of: ".comment-date span").upTo(", License"),
            .attribute("title", of: ".post-signature.owner .relativetime"),
            .attribute("title", of: ".post-signature .relativetime").last,
            .attribute("datetime", of: "time[itemprop=dateCreated]"),
        ]
        layout.body = [.text(".comment-copy"), .text(".js-post-body"), .text(".s-prose"), .text(".post-text")]
        layout.score = [
            .attribute("data-value", of: ".js-vote-count"), .text(".js-vote-count"), .text(".vote-count-post"),
            .text(".comment-score"),
        ]
        layout.accepted = ".accepted-answer"
        layout.pageTitle = [.page(of: "#question-header h1, h1[itemprop=name], h1")]
        return layout
    }()
}
