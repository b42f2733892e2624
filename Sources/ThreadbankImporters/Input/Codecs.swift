// The four codecs, each behind the same few lines. zlib and libbz2 keep the address of their stream, so it must have one of its own.

internal import CBzip2
internal import CLzma
internal import CZlib
internal import CZstd

/// gzip (RFC 1952), by zlib.
final class GzipCodec: Codec {
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)

    init() {
        stream.initialize(to: z_stream())
        // 16 more than the window's size asks for gzip's header and checksum.
        inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    func reset() { inflateReset(stream) }

    func decode(_ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>) throws -> CodecStep {
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(output.count)
        let code = inflate(stream, Z_NO_FLUSH)
        var step = CodecStep(
            consumed: input.count - Int(stream.pointee.avail_in), produced: output.count - Int(stream.pointee.avail_out),
            isEndOfMember: code == Z_STREAM_END)
        guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else {
            let fault = CodecFault(reason: stream.pointee.msg.map { String(cString: $0) } ?? "zlib's error \(code)")
            // What it gave before it met the fault is good as far as anybody knows.
            guard step.produced > 0 else { throw fault }
            step.fault = fault
            return step
        }
        return step
    }
}

/// bzip2, by libbz2.
final class Bzip2Codec: Codec {
    private let stream = UnsafeMutablePointer<bz_stream>.allocate(capacity: 1)

    init() {
        stream.initialize(to: bz_stream())
        BZ2_bzDecompressInit(stream, 0, 0)
    }

    deinit {
        BZ2_bzDecompressEnd(stream)
        stream.deallocate()
    }

    func reset() {
        BZ2_bzDecompressEnd(stream)
        stream.initialize(to: bz_stream())
        BZ2_bzDecompressInit(stream, 0, 0)
    }

    func decode(_ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>) throws -> CodecStep {
        stream.pointee.next_in = UnsafeMutableRawPointer(mutating: input.baseAddress)?.assumingMemoryBound(to: CChar.self)
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = UnsafeMutableRawPointer(output.baseAddress)?.assumingMemoryBound(to: CChar.self)
        stream.pointee.avail_out = UInt32(output.count)
        let code = BZ2_bzDecompress(stream)
        guard code == BZ_OK || code == BZ_STREAM_END else {
            throw CodecFault(reason: code == BZ_DATA_ERROR ? "a checksum is wrong" : "libbz2's error \(code)")
        }
        return CodecStep(
            consumed: input.count - Int(stream.pointee.avail_in), produced: output.count - Int(stream.pointee.avail_out),
            isEndOfMember: code == BZ_STREAM_END)
    }
}

/// xz, by liblzma.
final class XzCodec: Codec {
    /// The largest dictionary of the format, 1.5 GiB, and what goes with it.
    private static let memory: UInt64 = 2 << 30
    private let stream = UnsafeMutablePointer<lzma_stream>.allocate(capacity: 1)

    init() {
        stream.initialize(to: lzma_stream())
        _ = lzma_stream_decoder(stream, Self.memory, 0)
    }

    deinit {
        lzma_end(stream)
        stream.deallocate()
    }

    func reset() { _ = lzma_stream_decoder(stream, Self.memory, 0) }

    func decode(_ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>) throws -> CodecStep {
        stream.pointee.next_in = input.baseAddress
        stream.pointee.avail_in = input.count
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = output.count
        let code = lzma_code(stream, LZMA_RUN)
        guard code == LZMA_OK || code == LZMA_STREAM_END || code == LZMA_BUF_ERROR else {
            throw CodecFault(reason: Self.reason(code))
        }
        return CodecStep(
            consumed: input.count - stream.pointee.avail_in, produced: output.count - stream.pointee.avail_out,
            isEndOfMember: code == LZMA_STREAM_END)
    }

    private static func reason(_ code: lzma_ret) -> String {
        switch code {
        case LZMA_FORMAT_ERROR: "no xz header"
        case LZMA_DATA_ERROR: "a checksum or a block is wrong"
        case LZMA_OPTIONS_ERROR: "they use what this liblzma does not know"
        case LZMA_MEM_ERROR, LZMA_MEMLIMIT_ERROR: "they need more memory than there is"
        default: "liblzma's error \(code.rawValue)"
        }
    }
}

/// zstd (RFC 8878) with windows up to 2 GiB, as the dumps of Reddit are made, by libzstd.
final class ZstdCodec: Codec {
    private let context: OpaquePointer?

    init() {
        context = ZSTD_createDCtx()
        ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, 31)
    }

    deinit { ZSTD_freeDCtx(context) }

    func reset() { ZSTD_DCtx_reset(context, ZSTD_reset_session_only) }

    func decode(_ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>) throws -> CodecStep {
        var packed = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var plain = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let code = ZSTD_decompressStream(context, &plain, &packed)
        if ZSTD_isError(code) != 0 { throw CodecFault(reason: String(cString: ZSTD_getErrorName(code)).lowercased()) }
        return CodecStep(consumed: packed.pos, produced: plain.pos, isEndOfMember: code == 0)
    }
}
