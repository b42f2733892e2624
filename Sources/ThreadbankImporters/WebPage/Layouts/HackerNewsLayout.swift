// Hacker News.

extension WebLayout {
    /// Rows of a table, set in by an image as wide as 40 points a step.
    static let hackerNews = {

        var layout = WebLayout(kind: "hackernews", marks: "tr.athing.comtr, table.fatitem", post: "table.fatitem, tr.comtr")
        layout.opening = ".fatitem"
        layout.depth = .number([.attribute("width", of: "td.ind img")], step: 40)
        layout.id = [.own("id").number, .attribute("id", of: "tr.athing").number]
        layout.parent = [.attribute("href", of: ".par a")]
        layout.author = [.text("a.hnuser")]
        layout.date = [.attribute("title", of: "span.age")]
        layout.title = [.text(".titleline a"), .text("td.title a.storylink")]
        layout.link = [.attribute("href", of: ".titleline a"), .attribute("href", of: "td.title a.storylink")]
        layout.body = [.text(".commtext"), .text(".toptext")]
        layout.cut = ".reply"
        layout.score = [.text("span.score")]
        layout.removed = ".comment .dead"
        layout.isTyped = true
        return layout
    }()
}
