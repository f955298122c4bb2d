import CGDAL

/// Texts for a C function that takes a NULL-terminated list of them.
///
/// The C list lives exactly as long as the call that it is made for: a
/// pointer kept longer than its owner would read freed memory.
struct CStringList {
    let strings: [String]

    init(_ strings: [String]) { self.strings = strings }

    func withPointer<Result>(
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) throws -> Result
    ) rethrows -> Result {
        var list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        for string in strings { list = CSLAddString(list, string) }
        defer { CSLDestroy(list) }
        return try body(list)
    }

    /// The list for functions that only read it.
    func withConstPointer<Result>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?) throws -> Result
    ) rethrows -> Result {
        try withPointer { list in
            try body(UnsafeRawPointer(list)?.assumingMemoryBound(to: UnsafePointer<CChar>?.self))
        }
    }
}
