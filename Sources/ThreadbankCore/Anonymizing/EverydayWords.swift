// Words that everybody writes all the time: as the name of somebody they are left alone where nothing says that they are one.

/// The commonest words of English, first of all those that are also names or are taken as such: Will, May, Mark, the, admin.
enum EverydayWords {
    static func contains(_ word: String) -> Bool { words.contains(Substring(word.lowercased())) }

    private static let words: Set<Substring> = Set(
        """
        a about above after again all also always am an and another any anyone anything are art around as ask at away back bad be because \
        been before being best better between big bill bit both but buy by call came can case change check code come could data date dawn \
        day deal did different do does doing don done down drew each early else end enough even ever every example fact far few find fine \
        first for found frank free from full gene general get give go going good got grace grant great group guest had hand happy hard \
        has have having he help her here high him his home hope how i idea if in info into is issue it its jack just keep kind know large \
        last later least left less let life like line link list little long look lot love made mail main make man many mark matter may \
        maybe me mean might miles mind more most much must my name near need never new news next nick no none nor not note nothing now of \
        off often ok okay old on once one only open or order other our out over own page part people pat place point post probably \
        problem question quite ray read real really rest rich right rob rose run said same saw say second see seem seen set she should \
        show side since site small so some someone something soon sort state still stone such sue sure take team tell test text than \
        thank thanks that the their them then there these they thing things think this those though thought three through time to today \
        together told too took top true try two under unknown until up us use used user using very want was way we web week well went \
        were what when where which while white who whole why will wish with without word words work world would wrong year yes yet you \
        young your admin administrator anonymous deleted everyone moderator nobody owner root system
        """.split(separator: " "))
}

/// Words that name an office or a thing, and that hardly anybody is called by.
enum RoleWords {
    /// Whether one of a name's words is such: "Clipper Chip Announcement" is nobody called Clipper.
    static func occur(in parts: [Substring]) -> Bool { parts.contains { words.contains($0.lowercased()) } }

    private static let words: Set<String> = [
        "account", "administration", "administrator", "announce", "announcement", "announcements", "archive", "association",
        "bulletin",
        "commission", "committee", "conference", "daemon", "department", "digest", "foundation", "information",
        "institute", "institution", "laboratory", "management", "ministry", "moderator", "moderators", "newsletter", "office",
        "organization",
        "organisation", "postmaster", "project", "secretariat", "services", "society", "support", "team",
        "university",
        "webmaster", "workshop",
    ]
}
