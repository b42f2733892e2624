// GMime at hand: the library opened, with the options by which all mails are read.

internal import CGMime
internal import Foundation
internal import ThreadbankCore

/// The functions of GMime, and its parser's options.
struct GMime {
    let call: CGMime
    let options: OpaquePointer

    /// Opened once. The options are only read after.
    nonisolated(unsafe) private static let shared: GMime? = {
        guard let table = cgmime_load()?.pointee, let options = table.g_mime_parser_options_new() else { return nil }
        // For header bytes without a charset: UTF-8 where they are, else what most old mail is.
        let charsets = ["utf-8", "windows-1252"]
        let list = UnsafeMutablePointer<UnsafePointer<CChar>?>.allocate(capacity: charsets.count + 1)
        list.initialize(repeating: nil, count: charsets.count + 1)
        for (index, charset) in charsets.enumerated() { list[index] = strdup(charset).map { UnsafePointer($0) } }
        table.g_mime_parser_options_set_fallback_charsets(options, list)
        return GMime(call: table, options: options)
    }()

    static func load() throws(ImportError) -> GMime {
        guard let shared else {
            throw ImportError("mail needs GMime, which is not installed: apt-get install libgmime-3.0-0, and import it again")
        }
        return shared
    }

    /// Calls `body` with the message that the bytes are; any bytes are one.
    func withMessage<Result>(_ bytes: ArraySlice<UInt8>, _ body: (OpaquePointer) throws -> Result) throws -> Result {
        let stream = bytes.withUnsafeBytes {
            call.g_mime_stream_mem_new_with_buffer($0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
        }
        defer { release(stream) }
        let parser = call.g_mime_parser_new_with_stream(stream)
        defer { release(parser) }
        guard let message = call.g_mime_parser_construct_message(parser, options) else { throw MailRefusal("no headers") }
        defer { release(message) }
        return try body(message)
    }

    func release(_ object: OpaquePointer?) {
        if let object { call.g_object_unref(UnsafeMutableRawPointer(object)) }
    }

    func isKind(_ object: OpaquePointer, _ type: Int) -> Bool {
        call.g_type_check_instance_is_a(UnsafeMutableRawPointer(object), type) != 0
    }

    /// A text that GLib allocated, which is freed.
    func taking(_ text: UnsafeMutablePointer<CChar>?) -> String? {
        guard let text else { return nil }
        defer { call.g_free(text) }
        return String(cString: text)
    }
}

/// Why a message is no post.
struct MailRefusal: Error {
    var reason: String

    init(_ reason: String) { self.reason = reason }
}
