/// The working memory of a search for breaks; one per worker, used again for
/// every block.
///
/// `@unchecked Sendable`: owned by one worker at a time.
public final class BreakScratch: @unchecked Sendable {
    public let stepCapacity: Int
    /// Regressors that there is room for.
    public let columnCapacity: Int

    /// `columns` regressors of each step, step after step.
    public let regressors: UnsafeMutablePointer<Double>
    /// Natural logarithm of 0, 1, 2, ... (the first is not used).
    public let logarithms: UnsafeMutablePointer<Double>
    /// Number of the season of each step; equal = same season, -1 = none.
    public let seasons: UnsafeMutablePointer<Int32>
    /// What `regressors` and `seasons` were made from; whoever fills them
    /// compares and sets it.
    public var preparedFor: AnyHashable?

    /// Recursive residuals of eight cells, per step.
    @usableFromInline let recursive: UnsafeMutablePointer<SIMD8<Double>>
    @usableFromInline let system: UnsafeMutablePointer<SIMD8<Double>>
    /// Differences from the model: the observations of a cell without the
    /// gaps, the eight cells interleaved.
    @usableFromInline let residuals: UnsafeMutablePointer<Double>
    /// Their steps.
    @usableFromInline let residualSteps: UnsafeMutablePointer<Int32>
    @usableFromInline let sorted: UnsafeMutablePointer<Double>

    /// Room for series of `steps` steps and models of `columns` regressors.
    public init(steps: Int, columns: Int) {
        stepCapacity = max(1, steps)
        columnCapacity = max(1, columns)
        func memory<Element: BitwiseCopyable>(
            _ count: Int, _ zero: Element
        ) -> UnsafeMutablePointer<Element> {
            let raw = UnsafeMutableRawPointer.allocate(
                byteCount: count * MemoryLayout<Element>.stride, alignment: 64)
            let typed = raw.bindMemory(to: Element.self, capacity: count)
            typed.initialize(repeating: zero, count: count)
            return typed
        }
        regressors = memory(stepCapacity * columnCapacity, 0)
        logarithms = memory(stepCapacity + 1, 0)
        seasons = memory(stepCapacity, -1)
        recursive = memory(stepCapacity, SIMD8(repeating: 0))
        system = memory(columnCapacity * (columnCapacity + 5), SIMD8(repeating: 0))
        residuals = memory((stepCapacity + 1) * 8, 0)
        residualSteps = memory((stepCapacity + 1) * 8, 0)
        sorted = memory(stepCapacity, 0)
    }

    deinit {
        regressors.deallocate()
        logarithms.deallocate()
        seasons.deallocate()
        recursive.deallocate()
        system.deallocate()
        residuals.deallocate()
        residualSteps.deallocate()
        sorted.deallocate()
    }

    // The triangular system of eight cells: R = D^1/2 U with U unit upper
    // triangular, and the right-hand side.
    @inlinable var upper: UnsafeMutablePointer<SIMD8<Double>> { system }
    @inlinable var diagonal: UnsafeMutablePointer<SIMD8<Double>> {
        system + columnCapacity &* columnCapacity
    }
    @inlinable var rightSide: UnsafeMutablePointer<SIMD8<Double>> {
        system + columnCapacity &* (columnCapacity &+ 1)
    }
    /// Sums of squares of the regressors.
    @inlinable var squares: UnsafeMutablePointer<SIMD8<Double>> {
        system + columnCapacity &* (columnCapacity &+ 2)
    }
    @inlinable var row: UnsafeMutablePointer<SIMD8<Double>> {
        system + columnCapacity &* (columnCapacity &+ 3)
    }
    @inlinable var coefficients: UnsafeMutablePointer<SIMD8<Double>> {
        system + columnCapacity &* (columnCapacity &+ 4)
    }
}
