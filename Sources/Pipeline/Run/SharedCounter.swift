import Synchronization

/// A number that only grows, from any thread.
final class SharedCounter: Sendable {
    private let value = Mutex(0)

    /// Raises the number to `target` and returns by how much; 0 when it was
    /// there already.
    func raise(to target: Int) -> Int {
        value.withLock { value in
            let step = max(0, target - value)
            value += step
            return step
        }
    }
}
