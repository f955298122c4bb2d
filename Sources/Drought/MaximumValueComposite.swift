import GridCore
import InstructionSets

#if arch(x86_64)
    import GridCoreAVX2
#endif

/// The maximum value composite of several images of the same cells.
///
/// For NDVI, which cloud and haze lower; not for surface temperature, whose
/// largest value is no better than the others.
///
/// `@unchecked Sendable`: owned by one worker at a time.
public final class MaximumValueComposite: @unchecked Sendable {
    /// Which values compete.
    public enum Order {
        /// All values.
        case largest
        /// Those of the best quality that the cell has: `ranks` holds a number
        /// for every value in the layout of `images.values`, 0 the best.
        case best(ranks: UnsafePointer<UInt8>)

        fileprivate var ranks: UnsafePointer<UInt8>? {
            if case .best(let ranks) = self { return ranks }
            return nil
        }
    }

    public let cellCapacity: Int
    /// Value, step of the block that it is from, and number of images with a
    /// value, of every cell.
    public let planes: CompositePlanes

    /// Room for `cells` cells.
    public init(cells: Int) {
        cellCapacity = (max(1, cells) + SeriesBlock.lanes - 1) / SeriesBlock.lanes
            * SeriesBlock.lanes
        let values = UnsafeMutablePointer<Float>.allocate(capacity: cellCapacity)
        let positions = UnsafeMutablePointer<Int32>.allocate(capacity: cellCapacity)
        let counts = UnsafeMutablePointer<Int32>.allocate(capacity: cellCapacity)
        values.initialize(repeating: .nan, count: cellCapacity)
        positions.initialize(repeating: -1, count: cellCapacity)
        counts.initialize(repeating: 0, count: cellCapacity)
        planes = CompositePlanes(values: values, positions: positions, counts: counts)
    }

    deinit {
        planes.values.deallocate()
        planes.positions.deallocate()
        planes.counts.deallocate()
    }

    /// Composes the images `steps` of a block: per cell the largest value
    /// (Holben 1986), of equal ones the earliest, NaN without any.
    ///
    /// - Precondition: room for the block's cells; the block has the steps.
    /// - Complexity: O(cells x steps).
    public func compose(
        _ images: SeriesBlock, steps: Range<Int>, order: Order = .largest,
        kernels: Kernels = .best
    ) {
        precondition(images.paddedCells <= cellCapacity, "too many cells")
        switch kernels.form {
        #if arch(x86_64)
            case .avx2, .avx512:
                maximumValueAVX2(images: images, steps: steps, ranks: order.ranks, into: planes)
        #endif
        default:
            maximumValueKernel(images: images, steps: steps, ranks: order.ranks, into: planes)
        }
    }
}

extension Kernels {
    /// Fills gaps of at most `longestGap` steps between two values by the
    /// straight line from one to the other, in place. Longer gaps stay, and so
    /// do those at the ends of a series: nothing is extrapolated.
    ///
    /// `marks` gets the `IndicatorReason` of every value, in the layout of
    /// `block.values`: `ok`, `filled` or `inputNodata`.
    ///
    /// - Complexity: O(cells x steps).
    public func fillGaps(
        _ block: SeriesBlock, longestGap: Int, marks: UnsafeMutablePointer<UInt8>
    ) {
        precondition(longestGap >= 0, "a gap has no negative length")
        switch form {
        #if arch(x86_64)
            case .avx2, .avx512: gapFillAVX2(block: block, longestGap: longestGap, marks: marks)
        #endif
        default: gapFillKernel(block: block, longestGap: longestGap, marks: marks)
        }
    }
}
