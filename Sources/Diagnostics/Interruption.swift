import Synchronization

/// A request to stop, such as a signal, that long work looks at from time to
/// time: at the edge of a tile, between two files.
///
/// One per process, because signals are.
public enum Interruption {
    private static let signal = Atomic<Int32>(0)

    /// The number of the signal that asked to stop; 0 for none.
    public static var requested: Int32 { signal.load(ordering: .relaxed) }

    /// Asks to stop. The first request stands; callable from a signal
    /// handler.
    ///
    /// - Returns: whether it was the first.
    @discardableResult
    public static func request(signal number: Int32) -> Bool {
        signal.compareExchange(expected: 0, desired: number, ordering: .relaxed).exchanged
    }

    /// - Throws: `Interrupted` when somebody has asked to stop.
    public static func check() throws(Interrupted) {
        let number = requested
        if number != 0 { throw Interrupted(signal: number) }
    }
}

/// Work was stopped on request; what was finished is kept.
public struct Interrupted: Error, Hashable {
    /// The number of the signal.
    public let signal: Int32

    public init(signal: Int32) { self.signal = signal }
}
