// The list of threads of a site.

public import ThreadbankCore

/// Writes a page that lists threads, row by row as they come.
public enum ThreadIndex {
    public static func beginning(isFirst: Bool) -> String {
        PageStyle.head(title: "Threads")
            + (isFirst ? "" : "<p class=\"about\"><a href=\"index.html\">The first threads</a></p>\n")
            + "<h1>Threads</h1>\n<table class=\"list\">\n"
    }

    /// - parameter file: where the thread's page stands.
    public static func row(_ thread: DiscussionThread, file: String, hits: Int? = nil) -> String {
        let title = thread.title ?? thread.excerpt ?? "(untitled)"
        let hits = hits.map { " (\($0) \($0 == 1 ? "hit" : "hits"))" } ?? ""
        let posts = "\(thread.posts) \(thread.posts == 1 ? "post" : "posts")\(hits)"
        return
            "<tr><td>\(Timestamp.day(thread.startedAt) ?? "undated")</td><td dir=\"auto\"><a href=\"\(file.htmlEscaped)\">\(title.htmlLine)</a>"
            + "</td><td dir=\"auto\">\((thread.author ?? "unknown").htmlLine)</td><td dir=\"auto\">\((thread.forum ?? thread.sourceLabel).htmlLine)</td>"
            + "<td class=\"n\">\(posts)</td></tr>\n"
    }

    public static func ending(next file: String?) -> String {
        "</table>\n" + (file.map { "<p><a href=\"\($0.htmlEscaped)\">More threads</a></p>\n" } ?? "") + "</body>\n</html>\n"
    }
}
