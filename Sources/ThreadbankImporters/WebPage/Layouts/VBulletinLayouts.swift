// vBulletin 3 and 4.

extension WebLayout {
    /// vBulletin 3: a table a post, with the id `postNUMBER`.
    static let vBulletin3 = {

        var layout = vBulletinTopic(marks: "table[id^=post] div[id^=post_message_]", post: "table[id^=post]")
        layout.id = [.attribute("id", of: "div[id^=post_message_]").number, .own("id").number]
        layout.author = [.text("a.bigusername"), .text("div[id^=postmenu_]")]
        layout.date = [.text("td.thead")]
        layout.ordinal = [.text("td.thead a[href*=showpost]"), .text("td.thead a[id^=postcount]")]
        layout.title = [.text("td .smallfont strong")]
        return layout
    }()

    /// vBulletin 4: a list item a post, with the id `post_NUMBER`.
    static let vBulletin4 = {
        var layout = vBulletinTopic(marks: "li[id^=post_] div[id^=post_message_]", post: "li[id^=post_]")
        layout.id = [.own("id").number]
        layout.author = [.text("a.username"), .text(".username")]
        layout.date = [.text(".postdate .date"), .text(".date")]
        layout.title = [.text("h2.title")]
        layout.ordinal = [.text("a.postcounter")]
        layout.body = [.text("blockquote.postcontent"), .text("div[id^=post_message_]")]
        return layout
    }()

    private static func vBulletinTopic(marks: WebSelector, post: WebSelector) -> WebLayout {
        var layout = WebLayout(kind: "vbulletin", marks: marks, post: post)
        layout.body = [.text("div[id^=post_message_]")]
        layout.quote = ("a[href*=#post]", "href")
        layout.thread = [
            .page("href", of: "link[rel=canonical]").after("t=").number, .page("value", of: "input[name=t]").number,
            .page("href", of: "link[rel=canonical]"),
        ]
        layout.pageTitle = [.page(of: ".threadtitle, td.navbar strong, h1")]
        layout.pageNumber = [.page(of: ".pagenav td.alt2 strong, .pagination .selected").number]
        return layout
    }
}
