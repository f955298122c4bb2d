#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Zeroed memory straight from the system, which can be given back piece by
/// piece, so that a result can take the place of the work that it comes from.
struct PagedMemory: ~Copyable {
    let base: UnsafeMutableRawPointer
    let byteCount: Int
    /// Bytes from the start that were given back.
    private var released = 0

    init(byteCount: Int) {
        self.byteCount = max(1, byteCount)
        #if os(Linux)
            let flags = MAP_PRIVATE | MAP_ANONYMOUS
        #else
            let flags = MAP_PRIVATE | MAP_ANON
        #endif
        let memory = mmap(nil, self.byteCount, PROT_READ | PROT_WRITE, flags, -1, 0)
        guard let memory, memory != MAP_FAILED else {
            preconditionFailure("no memory for \(byteCount) bytes")
        }
        base = memory
        #if os(Linux)
            // A sweep jumps from row to row; with large pages the processor
            // knows where all of them are.
            madvise(memory, self.byteCount, MADV_HUGEPAGE)
        #endif
    }

    deinit { munmap(base, byteCount) }

    /// Gives back the pages that lie wholly before a byte, which must not be
    /// read again.
    mutating func release(before byte: Int) {
        let page = Self.pieceInBytes
        let end = min(byte, byteCount) / page * page
        guard end > released else { return }
        madvise(base + released, end - released, MADV_DONTNEED)
        released = end
    }

    /// A multiple of every page size in use.
    private static let pieceInBytes = 4 << 20
}
