/// One value per worker of `forEachInParallel`, made when first asked for:
/// buffers, open files.
///
/// `@unchecked Sendable`: a worker index never runs two bodies at once, and a
/// body only asks for the value of its own worker.
public final class PerWorker<Value>: @unchecked Sendable {
    private let make: () throws -> Value
    private let slots: UnsafeMutableBufferPointer<Value?>

    public init(workers: Int, make: @escaping () throws -> Value) {
        self.make = make
        slots = .allocate(capacity: max(1, workers))
        slots.initialize(repeating: nil)
    }

    deinit {
        slots.deinitialize()
        slots.deallocate()
    }

    /// The value of `worker`.
    public func value(of worker: Int) throws -> Value {
        precondition(slots.indices.contains(worker), "no such worker")
        if let value = slots[worker] { return value }
        let value = try make()
        slots[worker] = value
        return value
    }
}
