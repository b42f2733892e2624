// The records of a JSON text of any size, one at a time.

internal import ThreadbankCore

/// Walks over the values of a JSON text (or of several, one after the other, as in NDJSON) without holding more than one record.
///
/// At each object or array, from the outermost in, `decide` says what becomes of it:
///
/// ```swift
/// var records = JSONRecords(input, faultsTo: sink)
/// try records.forEach { place in
///     place.isArray ? .enter : place.keys.contains("messages") ? .enter : .take
/// } _: { record in
///     // record.bytes is an element of the list "messages"; record.path is ["messages"].
/// }
/// ```
///
/// **Faults.** A broken element of a list costs itself where its end can be found: by its brackets, or, in a text laid out in lines, by
/// where the next element of its indentation starts. A broken line of NDJSON costs itself. Both go to the sink with their place. Where
/// nothing more can be found, ``ImportError`` says at which byte and how many records came before; those have been handed over,
/// also those of a list that the end of the text cuts.
///
/// Scanning runs at 1.2 GB/s on one core of 2024 where records are passed over, at 0.65 where they are taken. Asking each for
/// ``Place/keys`` reads up to 64 KiB of it twice and makes texts of the keys: 0.14 GB/s, so ask for them above the records.
struct JSONRecords {
    /// A longer record is passed over and reported, not kept.
    static let longest = 64 << 20
    static let lookahead = 1 << 16
    /// No format's records stand deeper; a text of brackets alone must not fill the memory.
    private static let deepestEntered = 20_000

    let window: JSONWindow
    let sink: (any ImportSink)?
    var levels: [Level] = []
    var path: [String] = []
    var found = 0
    /// Whether each line is a value of its own; nil until the first value has ended.
    var isLines: Bool?

    /// Where the value starts that stands in no other.
    var outermost: JSONWindow.Place

    /// An object or array that was entered.
    struct Level {
        var isArray: Bool
        /// Whether the path's last key leads to it.
        var hasKey: Bool
    }

    /// - parameter sink: hears of each broken or overlong record; nil where another walk over the input tells of them.
    init(_ input: any ImportInput, faultsTo sink: (any ImportSink)? = nil) {
        window = JSONWindow(input)
        outermost = window.place
        self.sink = sink
    }

    /// Walks to the end.
    ///
    /// - parameter scalar: takes the texts, numbers, true, false and null of what was entered, as records whose path ends in their
    ///   key.
    /// - throws: what `body` throws; ``ImportError`` at the first byte that is no JSON and after which nothing can be found again.
    ///   Records before it have been handed over.
    mutating func forEach(
        _ decide: (Place) throws -> Step, scalar: ((JSONRecord) throws -> Void)? = nil, _ body: (JSONRecord) throws -> Void
    ) throws {
        while true {
            do {
                if levels.isEmpty {
                    guard try passToValue() else { return }
                    outermost = window.place
                    try value(key: nil, decide, scalar, body)
                    if levels.isEmpty { noteEnd() }
                } else {
                    try member(decide, scalar, body)
                }
            } catch let fault as Fault {
                try recover(from: fault)
            }
        }
    }

    private func fault(_ kind: Fault.Kind) -> Fault { Fault(offset: window.place.offset, start: window.place, kind: kind) }

    // MARK: Steps

    /// Passes what may stand between values: white space, marks of byte order, commas, record separators (RFC 7464).
    private func passToValue() throws -> Bool {
        try window.passSpace { [0xEF, 0xBB, 0xBF, 0x1E, UInt8(ascii: ",")].contains($0) } != nil
    }

    private mutating func noteEnd() {
        if isLines == nil { isLines = window.place.line == outermost.line }
    }

    /// The next member or element of the innermost level, or its end.
    private mutating func member(
        _ decide: (Place) throws -> Step, _ scalar: ((JSONRecord) throws -> Void)?, _ body: (JSONRecord) throws -> Void
    ) throws {
        guard let level = levels.last else { return }
        guard let byte = try window.passSpace({ $0 == UInt8(ascii: ",") }) else { throw fault(.cut) }
        if byte == UInt8(ascii: level.isArray ? "]" : "}") {
            window.pass()
            levels.removeLast()
            if level.hasKey { path.removeLast() }
            if levels.isEmpty { noteEnd() }
            return
        }
        if level.isArray { return try value(key: nil, decide, scalar, body) }
        guard byte == UInt8(ascii: "\"") else { throw fault(.broken) }
        let key = try self.key()
        guard let colon = try window.passSpace() else { throw fault(.cut) }
        guard colon == UInt8(ascii: ":") else { throw fault(.broken) }
        window.pass()
        guard try window.passSpace() != nil else { throw fault(.cut) }
        try value(key: key, decide, scalar, body)
    }

    private func key() throws -> String {
        let start = window.place
        window.setMark()
        defer { window.clearMark() }
        var skim = JSONSkim(isLine: isLines == true)
        let outcome = try window.advance(&skim, limit: Self.longest)
        guard outcome == .done, window.hasMark else {
            throw Fault(offset: window.place.offset, start: start, kind: outcome == .needsMore ? .cut : .broken)
        }
        return JSONString.text(of: window.marked())
    }

    private mutating func value(
        key: String?, _ decide: (Place) throws -> Step, _ scalar: ((JSONRecord) throws -> Void)?,
        _ body: (JSONRecord) throws -> Void
    ) throws {
        guard let byte = try window.peek() else { throw fault(.cut) }
        if isLines == true, !levels.isEmpty, window.indent == 0, JSONByte.opens(byte) { throw fault(.broken) }
        if let key { path.append(key) }
        var isEntered = false
        defer { if key != nil, !isEntered { path.removeLast() } }
        guard JSONByte.opens(byte) else { return try self.scalar(scalar) }
        let isArray = byte == UInt8(ascii: "[")
        let step = try decide(Place(path: path, isArray: isArray, offset: window.place.offset, window: window))
        guard step == .enter else {
            guard let record = try skim(isKept: step == .take) else { return }
            found += 1
            return try body(record)
        }
        guard levels.count < Self.deepestEntered else {
            sink?.reject(ImportDiagnostic(at: .byte(window.place.offset), "nested too deeply"))
            _ = try skim(isKept: false)
            return
        }
        isEntered = true
        levels.append(Level(isArray: isArray, hasKey: key != nil))
        window.pass()
    }

    /// A text, number, true, false or null.
    private mutating func scalar(_ body: ((JSONRecord) throws -> Void)?) throws {
        let start = window.place
        guard let record = try skim(isKept: true) else { return }
        let isScalar = JSONByte.isScalar(record.bytes)
        if levels.isEmpty {
            if record.bytes.elementsEqual("null".utf8) { return }
            throw Fault(offset: start.offset, start: start, kind: isScalar ? .scalar : .broken)
        }
        if isScalar { try body?(record) } else { report(Fault(offset: start.offset, start: start, kind: .broken)) }
    }

    // MARK: Values that are not entered

    /// Reads over the value that is next. Returns it where it is kept; nil where it was passed over, too long, or broken by itself.
    private mutating func skim(isKept: Bool) throws -> JSONRecord? {
        let start = window.place
        window.setMark()
        defer { window.clearMark() }
        var skim = JSONSkim(isLine: isLines == true)
        var outcome = try window.advance(&skim, limit: isKept ? Self.longest : 0)
        if outcome == .needsMore, skim.isWholeAtEnd { outcome = .done }
        if outcome == .done {
            if isKept, !window.hasMark {
                sink?.reject(
                    ImportDiagnostic(at: place(start), "record too long", detail: "over \(Self.longest >> 20) MiB"))
                return nil
            }
            if !isKept { return nil }
            // The first value of lines is not yet known as one.
            let isLine = levels.isEmpty && (isLines ?? (start.line == window.place.line))
            return JSONRecord(
                path: path, bytes: window.marked(), offset: start.offset, line: start.line,
                place: isLine ? .line(start.line) : .byte(start.offset))
        }
        let fault = Fault(offset: window.place.offset, start: start, kind: outcome == .needsMore ? .cut : .broken)
        guard try passBroken(&skim, outcome, start) else {
            window.goBack()
            throw fault
        }
        report(fault)
        return nil
    }

    /// Finds the end of a broken value of a level. False where it cannot be found.
    private mutating func passBroken(_ skim: inout JSONSkim, _ outcome: JSONSkim.Outcome, _ start: JSONWindow.Place) throws
        -> Bool
    {
        guard let level = levels.last, outcome == .broken || outcome == .lost else { return false }
        // In lines: where the next element starts a line, or the list ends.
        if level.isArray, isLines != true, let indent = start.indent {
            window.goBack()
            window.clearMark()
            window.pass()
            return try window.passLines { spaces, byte in
                spaces == indent && JSONByte.opens(byte) || spaces <= indent && byte == UInt8(ascii: "]")
            }
        }
        // Else by its brackets.
        guard outcome == .broken, try window.advance(&skim, limit: 0) == .done, window.place.offset > start.offset else {
            return false
        }
        let next = try window.passSpace()
        return next == UInt8(ascii: ",") || next == UInt8(ascii: level.isArray ? "]" : "}")
    }
}
