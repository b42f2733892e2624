// The forum of a page, where its layout does not tell it: the way to it that pages show above a topic, and links to a category.

internal import ThreadbankCore

struct WebBreadcrumbs {
    let forum: String
    /// Where it leads, as it is written.
    let link: String?

    /// nil where the page shows no such way, or one that leads no further than the site's front page.
    init?(_ page: WebPage, title: String?, address: WebAddress?) {
        let crumbs = page.all(Self.crumbs).prefix(50).compactMap { element -> (name: String, link: String?)? in
            let name = page.text(element, limit: 2000)
            return name.isEmpty || name.utf8.count > 100 ? nil : (name, page.attribute("href", of: element))
        }
        .filter { crumb in
            // The last step may be the topic itself.
            guard crumb.name != title, let link = crumb.link, !link.hasPrefix("#") else { return false }
            return address == nil || WebAddress(link, on: address)?.topic != address?.topic
        }
        let isFar = crumbs.count > 1 || crumbs.first.map { !Self.fronts.contains($0.name.lowercased()) } ?? false
        if isFar, let last = crumbs.last {
            (forum, link) = (last.name, last.link)
        } else if let name = Self.named(page) {
            (forum, link) = (name, nil)
        } else {
            return nil
        }
    }

    /// The number at the end of its address, which is what Discourse knows a category by.
    var number: String? {
        let last = link?.split(separator: "/").last?.split(separator: ".").first
        return last.flatMap { Int64($0) == nil ? nil : String($0) }
    }

    /// schema.org's list, and what it is called on pages without one.
    private static let crumbs: WebSelector = """
        [itemtype*=BreadcrumbList] a, nav.breadcrumb a, .breadcrumb a, .breadcrumbs a, #breadcrumb a, #breadcrumbs a, .p-breadcrumbs a, \
        .crust a.crumb, .navigate_section a
        """
    private static let fronts: Set<String> = ["home", "index", "start", "main", "forum", "forums", "board index", "boards"]

    private static func named(_ page: WebPage) -> String? {
        let section = page.first("meta[property=article:section], meta[itemprop=articleSection]")
            .flatMap { page.attribute("content", of: $0) }
        let name =
            section ?? page.first("a[rel=category], .topic-category .category-name, .badge-category__name").map { page.text($0) }
        return name.flatMap { $0.isEmpty || $0.utf8.count > 100 ? nil : $0 }
    }
}
