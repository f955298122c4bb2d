import Glibc

/// What the operating system said, as text.
struct SystemError: CustomStringConvertible {
    var number: Int32

    /// Of the last failed call on this thread.
    static var last: SystemError { SystemError(number: errno) }

    /// There is no room for more.
    var isOfSpace: Bool { [ENOSPC, EDQUOT, EFBIG].contains(number) }

    /// The device failed, or has no room, whatever the path.
    var isOfDevice: Bool { isOfSpace || number == EIO }

    var description: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard strerror_r(number, &buffer, buffer.count) == 0 else { return "error \(number)" }
        let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
