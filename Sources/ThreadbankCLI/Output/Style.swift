// Weight and colour for a terminal that welcomes them, and how wide it is.

internal import Foundation

/// Marks text for a terminal with SGR sequences (ECMA-48, section 8.3.117); gives it back as it is where they are not welcome.
///
/// Text goes through `showingControls()` first: what a post says must not speak to the terminal, what a style says must.
struct Style: Sendable {
    let isOn: Bool
    /// Whether the terminal knows hyperlinks (OSC 8).
    var hasLinks = false

    /// The style for stdout: on for a terminal that is not `dumb`, unless `NO_COLOR` is set (no-color.org).
    static let stdout = Style(isOn: isWelcome(on: STDOUT_FILENO), hasLinks: isWelcome(on: STDOUT_FILENO) && knowsLinks)
    /// Plain text: files, pipes, tests.
    static let plain = Style(isOn: false)

    func bold(_ text: String) -> String { mark(text, "1", "22") }
    func dim(_ text: String) -> String { mark(text, "2", "22") }
    func underline(_ text: String) -> String { mark(text, "4", "24") }
    func red(_ text: String) -> String { mark(text, "31", "39") }
    func green(_ text: String) -> String { mark(text, "32", "39") }
    func yellow(_ text: String) -> String { mark(text, "33", "39") }
    func cyan(_ text: String) -> String { mark(text, "36", "39") }

    /// The text as a link, on terminals that know such; only to the web. An address from outside must not end the sequence.
    func link(_ text: String, to url: String?) -> String {
        guard hasLinks, let url, url.hasPrefix("https://") || url.hasPrefix("http://"), url.utf8.count < 2_000,
            url.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return text }
        return "\u{1B}]8;;\(url)\u{1B}\\\(text)\u{1B}]8;;\u{1B}\\"
    }

    /// Terminals say who they are in different ways; those that do not know the sequence might show it. `FORCE_HYPERLINK` decides.
    private static let knowsLinks: Bool = {
        let environment = ProcessInfo.processInfo.environment
        if let forced = environment["FORCE_HYPERLINK"] { return forced != "0" }
        let names = ["iTerm.app", "WezTerm", "vscode", "Hyper", "ghostty", "rio", "Tabby"]
        let types = ["xterm-kitty", "foot", "alacritty", "xterm-ghostty", "wezterm", "contour"]
        return names.contains(environment["TERM_PROGRAM"] ?? "") || types.contains { (environment["TERM"] ?? "").hasPrefix($0) }
            || (environment["VTE_VERSION"].flatMap { Int($0) } ?? 0) >= 5_000
            || ["WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM"].contains { environment[$0] != nil }
    }()

    private func mark(_ text: String, _ start: String, _ end: String) -> String {
        isOn && !text.isEmpty ? "\u{1B}[\(start)m\(text)\u{1B}[\(end)m" : text
    }

    private static func isWelcome(on file: Int32) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        return isatty(file) == 1 && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }
}

/// The terminal that stdout goes to.
enum Terminal {
    static let isTerminal = isatty(STDOUT_FILENO) == 1

    /// Columns for a line of a list, which other programs read too: it is only cut for a terminal, or where `$COLUMNS` says so.
    static let listWidth = isTerminal || ProcessInfo.processInfo.environment["COLUMNS"] != nil ? width : Int.max

    /// Its columns: of the terminal, else `$COLUMNS`, else 80. Never under 20.
    static let width: Int = {
        var size = winsize()
        var columns = 0
        if isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 { columns = Int(size.ws_col) }
        if columns == 0 { columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) } ?? 80 }
        return max(20, columns)
    }()
}
