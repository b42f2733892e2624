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
}

/// Data that a codec cannot make sense of, in a few words.
struct CodecFault: Error {
    var reason: String
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
    private var hasOutput = false
    /// Why nothing more comes; thrown once what was good has been given.
    private var failure: (any Error)?
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
            offset += input.count
            position = 0
            input = try source.next() ?? []
            if input.isEmpty {
                if isInMember { throw CodecFault(reason: "they break off") }
                return false
            }
            return true
        }
        if !isInMember {
            try codec.reset()
            isInMember = true
            hasOutput = false
        }
        let step: CodecStep
        do {
            step = try input.withUnsafeBufferPointer {
                try codec.decode(UnsafeBufferPointer(rebasing: $0[position...]), into: output)
            }
        } catch let fault as CodecFault where members > 0 && !hasOutput {
            throw CodecFault(reason: "what follows them is something else (\(fault.reason))")
        }
        position += step.consumed
        count += step.produced
        hasOutput = hasOutput || step.produced > 0
        if step.isEndOfMember {
            isInMember = false
            members += 1
        } else if step.consumed == 0, step.produced == 0 {
            throw CodecFault(reason: "they cannot be read on")
        }
        return true
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
