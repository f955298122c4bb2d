import Dispatch
import Synchronization

/// Runs `body(worker, index)` for every index in `0 ..< count` on at most
/// `threads` threads, and returns when all are done.
///
/// Indices are handed out in ascending order; `worker` is in
/// `0 ..< threads` and never runs two bodies at once, so it can name a
/// worker's own buffers. Nothing may depend on the order in which indices
/// finish: write results to the place of their index and merge afterwards.
public func forEachInParallel(
    count: Int, threads: Int, _ body: @Sendable (_ worker: Int, _ index: Int) -> Void
) {
    let workers = max(1, min(threads, count))
    guard workers > 1 else {
        for index in 0..<max(0, count) { body(0, index) }
        return
    }
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
        while true {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < count else { return }
            body(worker, index)
        }
    }
}

/// The results of `body` for every index in `0 ..< count`, in index order,
/// whatever the number of threads.
///
/// - Throws: the error of the lowest index that failed; later indices may
///   have been skipped.
public func mapInParallel<Result: Sendable>(
    count: Int, threads: Int, _ body: @Sendable (_ worker: Int, _ index: Int) throws -> Result
) throws -> [Result] {
    let slots = Mutex<[Swift.Result<Result, any Error>?]>(Array(repeating: nil, count: count))
    let failed = Atomic<Bool>(false)
    forEachInParallel(count: count, threads: threads) { worker, index in
        // Indices are handed out in order, so the lowest failing one has
        // always started before a higher one can raise the flag.
        guard !failed.load(ordering: .relaxed) else { return }
        let outcome = Swift.Result { try body(worker, index) }
        if case .failure = outcome { failed.store(true, ordering: .relaxed) }
        slots.withLock { $0[index] = outcome }
    }
    let outcomes = slots.withLock { $0 }
    for outcome in outcomes {
        if case .failure(let error)? = outcome { throw error }
    }
    return try outcomes.compactMap { try $0?.get() }
}
