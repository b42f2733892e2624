// Where one SQL statement ends and the next begins, without asking SQLite: for scripts that come in piece by piece.

/// Cuts a script into statements as its text arrives. A `;` in a string, a quoted name or a comment ends nothing.
///
/// ```swift
/// var splitter = SQLSplitter()
/// splitter.add("select 1; select ';' -- and")    // ["select 1;"]
/// splitter.finish()                              // " select ';' -- and"
/// ```
///
/// Statements that hold nothing but white space and comments are left out. A body of `CREATE TRIGGER` is not known to it:
/// only statements that read are run here.
public struct SQLSplitter: Sendable {
    private enum Place {
        case plain, dash, slash, lineComment, blockComment, star
        /// In a string or a quoted name; the byte closes it.
        case quoted(UInt8)
    }
    private var place = Place.plain
    private var pending: [UInt8] = []
    private var holdsSomething = false

    public init() {}

    /// Whether text has come that no `;` has ended yet, more than white space and comments.
    public var isPending: Bool {
        switch place {
        case .dash, .slash: true
        default: holdsSomething
        }
    }

    /// Takes in more of the script.
    ///
    /// - returns: the statements that are now complete, each with its `;`.
    public mutating func add(_ text: String) -> [String] {
        var complete: [String] = []
        for byte in text.utf8 {
            pending.append(byte)
            guard ends(with: byte) else { continue }
            if holdsSomething { complete.append(String(decoding: pending, as: UTF8.self)) }
            pending.removeAll()
            holdsSomething = false
        }
        return complete
    }

    /// The last statement, which needs no `;`; nil where nothing is left. The splitter starts anew.
    public mutating func finish() -> String? {
        defer { self = SQLSplitter() }
        return isPending ? String(decoding: pending, as: UTF8.self) : nil
    }

    /// Every statement of a whole script.
    public static func statements(in script: String) -> [String] {
        var splitter = SQLSplitter()
        return splitter.add(script) + (splitter.finish().map { [$0] } ?? [])
    }

    /// One step through SQL's lexical grammar; true where `byte` is the `;` that ends a statement.
    private mutating func ends(with byte: UInt8) -> Bool {
        switch (place, byte) {
        case (.lineComment, UInt8(ascii: "\n")): place = .plain
        case (.blockComment, UInt8(ascii: "*")), (.star, UInt8(ascii: "*")): place = .star
        case (.star, UInt8(ascii: "/")): place = .plain
        case (.star, _): place = .blockComment
        case (.lineComment, _), (.blockComment, _): break
        case (.dash, UInt8(ascii: "-")): place = .lineComment
        case (.slash, UInt8(ascii: "*")): place = .blockComment
        case (.quoted(let end), _):
            // A doubled quote closes and opens again, which comes to the same.
            if byte == end { place = .plain }
        case (.dash, _), (.slash, _):
            holdsSomething = true
            place = .plain
            return ends(with: byte)
        case (.plain, UInt8(ascii: "-")): place = .dash
        case (.plain, UInt8(ascii: "/")): place = .slash
        case (.plain, UInt8(ascii: ";")): return true
        case (.plain, UInt8(ascii: " ")), (.plain, 0x09...0x0D): break
        case (.plain, UInt8(ascii: "'")), (.plain, UInt8(ascii: "\"")), (.plain, UInt8(ascii: "`")):
            holdsSomething = true
            place = .quoted(byte)
        case (.plain, UInt8(ascii: "[")):
            holdsSomething = true
            place = .quoted(UInt8(ascii: "]"))
        case (.plain, _): holdsSomething = true
        }
        return false
    }
}
