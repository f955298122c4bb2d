import CGDAL

/// A NULL-terminated list of C strings, freed when it goes.
final class CStringList {
    private var pointer: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?

    init(_ strings: [String]) {
        for string in strings { pointer = CSLAddString(pointer, string) }
    }

    deinit { CSLDestroy(pointer) }

    /// The list while `body` runs; it is kept alive until then.
    func withPointer<Result>(
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) throws -> Result
    ) rethrows -> Result {
        try withExtendedLifetime(self) { try body(pointer) }
    }

    /// The same for functions that only read the list.
    func withConstPointer<Result>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?) throws -> Result
    ) rethrows -> Result {
        try withPointer {
            try body(UnsafeRawPointer($0)?.assumingMemoryBound(to: UnsafePointer<CChar>?.self))
        }
    }
}
