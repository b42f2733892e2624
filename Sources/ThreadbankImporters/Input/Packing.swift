// What files are packed with, told by their first bytes.

/// A compression: one stream of bytes made smaller.
enum Packing: String, CaseIterable {
    case gzip, zstd, xz, bzip2

    /// What is packed into what is packed, at most.
    static let deepest = 4

    /// The compression whose signature stands at the start; nil where none does.
    init?(_ head: ArraySlice<UInt8>) {
        // Asked of every file of a walk, of which most are text.
        guard let first = head.first, [0x1F, 0x28, 0xFD, 0x42].contains(first) || first & 0xF0 == 0x50 else { return nil }
        let head = Array(head.prefix(10))
        func starts(_ bytes: [UInt8]) -> Bool { head.starts(with: bytes) }
        if starts([0x1F, 0x8B, 0x08]) {
            self = .gzip  // RFC 1952, 2.3
        } else if starts([0x28, 0xB5, 0x2F, 0xFD])
            || head.first.map({ $0 & 0xF0 == 0x50 }) == true
                && head.dropFirst().starts(with: [0x2A, 0x4D, 0x18])
        {
            self = .zstd  // RFC 8878, 3.1.1 and 3.1.2: a frame, or one to be skipped
        } else if starts([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) {
            self = .xz
        } else if starts(Array("BZh".utf8)), head.count == 10,
            head[4...] == [0x31, 0x41, 0x59, 0x26, 0x53, 0x59] || head[4...] == [0x17, 0x72, 0x45, 0x38, 0x50, 0x90]
        {
            self = .bzip2  // "BZh", the level, then a block or the end: words that only begin like it are text
        } else {
            return nil
        }
    }

    var codec: any Codec {
        switch self {
        case .gzip: GzipCodec()
        case .zstd: ZstdCodec()
        case .xz: XzCodec()
        case .bzip2: Bzip2Codec()
        }
    }

    /// The name of what is packed: `dump.jsonl.gz` holds `dump.jsonl`, `dump.tgz` holds `dump.tar`.
    func unpackedName(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
        let ending = name[name.index(after: dot)...].lowercased()
        if plainEndings.contains(ending) { return String(name[..<dot]) }
        return tarEndings.contains(ending) ? name[..<dot] + ".tar" : name
    }

    private var plainEndings: [String] {
        switch self {
        case .gzip: ["gz", "gzip", "z"]
        case .zstd: ["zst", "zstd"]
        case .xz: ["xz"]
        case .bzip2: ["bz2", "bz", "bzip2"]
        }
    }

    private var tarEndings: [String] {
        switch self {
        case .gzip: ["tgz", "taz"]
        case .zstd: ["tzst", "tzstd"]
        case .xz: ["txz"]
        case .bzip2: ["tbz", "tbz2", "tb2"]
        }
    }
}

/// A file that holds files.
enum Container: String {
    case zip
    case sevenZip = "7z"
    case tar

    /// The container that the first bytes show; nil where they show none.
    init?(_ head: [UInt8]) {
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) || head.starts(with: [0x50, 0x4B, 0x05, 0x06]) {
            self = .zip
        } else if head.starts(with: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]) {
            self = .sevenZip
        } else if Self.isTar(head) {
            self = .tar
        } else {
            return nil
        }
    }

    /// Whether a tar header stands at the start: its checksum, which old tars have too, and which no text happens to have.
    private static func isTar(_ head: [UInt8]) -> Bool {
        guard head.count >= 512, head[0] != 0 else { return false }
        let digits = head[148..<156].drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }
        guard !digits.isEmpty else { return false }
        let stated = digits.reduce(0) { $0 * 8 + Int($1 - 0x30) }
        // The checksum's own field counts as spaces (POSIX.1-2017, pax, ustar Interchange Format).
        return stated == head[..<512].enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 0x20 : Int($1.element)) }
    }
}
