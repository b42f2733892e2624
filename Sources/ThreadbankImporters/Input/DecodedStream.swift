// Compressed bytes become plain ones, a chunk at a time, whatever the codec.

internal import ThreadbankCore

/// A codec at work on one member (a gzip member, a zstd frame, an xz or bzip2 stream).
protocol Codec: AnyObject {
    /// Turns some of `input` into some of `output`.
    ///
    /// - throws: ``CodecFault``.
    func decode(_ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>) throws -> CodecStep
    /// Gets ready for the next member.
    func reset() throws
}

/// What one call of a codec did.
struct CodecStep {
    var consumed: Int
    var produced: Int
    var isEndOfMember: Bool
    /// What is wrong behind what it produced.
    var fault: CodecFault?
}

/// Data that a codec cannot make sense of, in a few words.
struct CodecFault: Error {
    var reason: String
    /// Whether they only end too early.
    var isCutOff = false
}

/// The plain bytes of a compressed stream. Its members follow each other as if they were one, with zeros between them or behind them.
final class DecodedStream: ByteStream {
    private static let chunk = 1 << 18

    private let packing: Packing
    private let source: any ByteStream
    private let codec: any Codec
    private var input: [UInt8] = []
    /// Where in `input` the codec stands, and where `input` stands in the compressed stream.
    private var position = 0
    private var offset = 0
    private var members = 0
    private var isInMember = true
    /// Where the member began, how many plain bytes it gave, and what of it stands before `input`.
    private var memberStart = 0
    private var given = 0
    private var held = HeldBytes()
    /// Why nothing more comes; thrown once what was good has been given.
    private var failure: (any Error)?
    /// The same, where the data are at fault and not their reading.
    private var fault: CodecFault?
    private var isAtEnd = false

    init(_ packing: Packing, of source: any ByteStream) {
        self.packing = packing
        self.source = source
        codec = packing.codec
    }

    func next() throws -> [UInt8]? {
        if let failure { throw failure }
        guard !isAtEnd else { return nil }
        let chunk = [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, count in
            do {
                while count == 0, try step(UnsafeMutableBufferPointer(rebasing: buffer[count...]), &count) {}
            } catch let fault as CodecFault {
                self.fault = fault
                failure = error(fault.reason)
            } catch {
                failure = error
            }
        }
        if chunk.isEmpty {
            if let failure { throw failure }
            isAtEnd = true
            return nil
        }
        return chunk
    }

    /// One call of the codec, or of what it reads from; false at the end.
    private func step(_ output: UnsafeMutableBufferPointer<UInt8>, _ count: inout Int) throws -> Bool {
        if !isInMember { skipZeros() }
        if position == input.count {
            if isInMember { held.append(input) }
            offset += input.count
            position = 0
            input = try source.next() ?? []
            if input.isEmpty {
                if isInMember { throw CodecFault(reason: "they break off", isCutOff: true) }
                return false
            }
            return true
        }
        if !isInMember { try begin() }
        let step: CodecStep
        do {
            step = try input.withUnsafeBufferPointer {
                try codec.decode(UnsafeBufferPointer(rebasing: $0[position...]), into: output)
            }
        } catch let fault as CodecFault where members > 0 && given == 0 {
            throw CodecFault(reason: "what follows them is something else (\(fault.reason))")
        }
        position += step.consumed
        count += step.produced
        given += step.produced
        if let fault = step.fault { throw fault }
        if step.isEndOfMember {
            isInMember = false
            members += 1
        } else if step.consumed == 0, step.produced == 0 {
            throw CodecFault(reason: "they cannot be read on")
        }
        return true
    }

    private func begin() throws {
        try codec.reset()
        isInMember = true
        memberStart = offset + position
        given = 0
        held = HeldBytes()
    }

    /// See ``ImportInput/skipDamage(to:)``. Only gzip's members are files of their own, which tools put one behind the other. A fault is
    /// seen late, perhaps in a later member, so the search begins where the damaged one did, as far as it is held.
    func skipDamage(to mark: [UInt8]) throws -> DamagedMember? {
        guard packing == .gzip, let fault else { return nil }
        var damage = DamagedMember(bytes: memberStart..<memberStart, given: given, reason: fault.reason)
        var bytes = held.bytes + input
        var start = offset + input.count - bytes.count
        var place = max(memberStart + 1 - start, 0)
        var search = MemberSearch(mark)
        var isWhole = false
        var unread: ImportError?
        while true {
            while !isWhole, bytes.count - place < MemberSearch.longestStart {
                do {
                    if let more = try source.next() { bytes += more } else { isWhole = true }
                } catch let error as ImportError {
                    (isWhole, unread) = (true, error)
                }
            }
            if let found = try search.next(in: bytes, from: place, isWhole: isWhole) {
                (input, position, offset) = (bytes, found, start)
                damage.bytes = memberStart..<start + found
                try begin()
                unread = nil
                break
            }
            if isWhole || search.isTired {
                // What only breaks off is good up to there.
                if fault.isCutOff { return nil }
                damage.bytes = memberStart..<start + bytes.count
                isAtEnd = true
                break
            }
            let kept = max(place, bytes.count - MemberSearch.longestStart + 1)
            start += kept
            place = 0
            bytes.removeFirst(kept)
        }
        (self.fault, failure) = (nil, unread)
        return damage
    }

    /// Tapes and some tools fill up with zeros; no member begins with one.
    private func skipZeros() {
        while position < input.count, input[position] == 0 { position += 1 }
    }

    private func error(_ reason: String) -> ImportError {
        ImportError(
            ImportDiagnostic(
                at: .byte(offset + position), "the \(packing.rawValue) data are broken",
                detail: "\(reason); what stands before is kept; fetch the file again"))
    }
}
