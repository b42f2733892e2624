// SMF 2, the Simple Machines Forum.

extension WebLayout {
    /// A wrapper a post; its number is that of the element with its text.
    static let smf = {

        var layout = WebLayout(kind: "smf", marks: ".post_wrapper div[id^=msg_]", post: ".post_wrapper")
        layout.id = [.attribute("id", of: "div[id^=msg_]").number]
        layout.author = [.text(".poster h4 a"), .text(".poster h4")]
        layout.date = [.text(".keyinfo .smalltext").after("on: "), .text(".keyinfo .smalltext"), .text(".keyinfo a.smalltext")]
        layout.title = [.text(".keyinfo h5")]
        layout.body = [.text("div[id^=msg_]")]
        layout.thread = [.page("href", of: "link[rel=canonical]").after("topic=").number]
        layout.pageTitle = [.page(of: "#forumposts h3, h1")]
        layout.pageNumber = [.page(of: ".pagelinks strong, .pagelinks .current_page").number]
        layout.ordinal = [.text(".keyinfo .smalltext").after("Reply #"), .text(".keyinfo a.smalltext").after("#")]
        layout.firstOrdinal = 0
        layout.quote = ("a[href*=#msg]", "href")
        return layout
    }()
}
