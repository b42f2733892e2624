// The importer of the interchange format: one post a line, as `export --format jsonl` writes it and any script can.

internal import ThreadbankCore

/// Reads the interchange format: a JSON object a line. Lines that are none are rejected with their number; the rest goes on.
struct JSONLinesImporter: Importer {
    let name = "jsonl"
    let version = 1
    let summary = "the interchange format: one post a line, as export writes it"
    let recognises = "lines of JSON objects with a body, or the line {\"threadbank\": 1}"

    func recognises(_ probe: InputProbe) -> Bool {
        guard probe.firstByte == UInt8(ascii: "{") else { return false }
        let line = Array(probe.head.drop { $0 != UInt8(ascii: "{") }.prefix { $0 != 0x0A })
        guard var keys = Self.keys(of: line) else { return false }
        // Of a long line only the beginning is seen, and its body may be what is long.
        let isCut = line.count > 1 << 15 && line.last != UInt8(ascii: "}")
        if isCut, !keys.isEmpty, keys.isSubset(of: Self.known) { keys.insert("body") }
        return keys.contains("threadbank") || (keys.contains("body") || keys.contains("state")) && keys.isSubset(of: Self.known)
    }

    func read(_ input: any ImportInput, into sink: any ImportSink) throws {
        var lines = LineReader(input)
        var ends = Ends()
        var unknown: [String: Int] = [:]
        let faults = FieldFaults()
        while let line = try lines.next() {
            guard case .bytes(var bytes) = line else {
                sink.reject(
                    ImportDiagnostic(at: .line(lines.number), "line too long", detail: "over \(LineReader.longest) bytes"))
                continue
            }
            if lines.number == 1, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
            if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            do {
                if let record = PlainLine.record(of: bytes) {
                    if ends.takes(record) { continue }
                    try sink.add(record.post(defaultSource: input.sourceName ?? ""))
                    ends.posts += 1
                    continue
                }
                let record = try JSONText.decode(InterchangeRecord.self, from: bytes, faults: faults)
                for fault in faults.take() {
                    sink.warn(ImportDiagnostic(at: .line(lines.number), "field left out", detail: fault))
                }
                if ends.takes(record) { continue }
                for key in Self.keys(of: bytes) ?? [] where !Self.known.contains(key) { unknown[key, default: 0] += 1 }
                try sink.add(record.post(defaultSource: input.sourceName ?? ""))
                ends.posts += 1
            } catch let error as DecodingError {
                sink.reject(ImportDiagnostic(at: .line(lines.number), "no post", detail: JSONText.reason(error)))
            } catch let refusal as InterchangeRecord.Refusal {
                sink.reject(ImportDiagnostic(at: .line(lines.number), "no post", detail: refusal.reason))
            }
        }
        for (key, count) in unknown.sorted(by: { $0.key < $1.key }) {
            sink.warn(ImportDiagnostic(at: .whole, "unknown key ignored", detail: "\(key) (\(count) times)"))
        }
        if let warning = ends.warning { sink.warn(ImportDiagnostic(at: .whole, warning)) }
    }

    /// The lines that open and end an exported file.
    private struct Ends {
        var hasFirst = false
        var last: Int64?
        var posts = 0

        mutating func takes(_ record: InterchangeRecord) -> Bool {
            if record.threadbank != nil, record.body == nil {
                hasFirst = true
            } else if let end = record.end, record.body == nil {
                last = end.value
            } else {
                return false
            }
            return true
        }

        var warning: String? {
            guard hasFirst else { return nil }
            guard let last else { return "the file is incomplete: its end line is missing; export it again" }
            return last == posts ? nil : "the file is incomplete: \(last) posts were written, \(posts) are here"
        }
    }

    private static let known = Set(InterchangeRecord.CodingKeys.allCases.map(\.rawValue))

    /// The keys of a line that is an object, as far as it is whole; nil where it is none.
    private static func keys(of line: [UInt8]) -> Set<String>? {
        let keys = line.withUnsafeBufferPointer(JSONKeys.ofObject)
        return keys.isEmpty && line.first != UInt8(ascii: "{") ? nil : keys
    }
}
