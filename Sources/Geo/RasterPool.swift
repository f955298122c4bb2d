/// Open rasters of one worker, by reference; the one unused longest is
/// closed when there are more than `capacity`.
///
/// Not Sendable: one per worker.
public final class RasterPool {
    private let capacity: Int
    private var open: [RasterReference: Entry] = [:]
    private var closed: [RasterReference: ClosedRaster] = [:]
    private var clock = 0

    private struct Entry {
        let source: RasterSource
        var lastUse: Int
    }

    public init(capacity: Int) { self.capacity = max(1, capacity) }

    public func source(_ reference: RasterReference) throws(GeoError) -> RasterSource {
        clock += 1
        if let entry = open[reference] {
            open[reference]?.lastUse = clock
            return entry.source
        }
        if open.count >= capacity,
            let oldest = open.min(by: { $0.value.lastUse < $1.value.lastUse })?.key
        {
            closed[oldest] = open[oldest]?.source.closed
            open[oldest] = nil
        }
        let source =
            if let known = closed[reference] {
                try RasterSource(known)
            } else {
                try RasterSource(reference)
            }
        open[reference] = Entry(source: source, lastUse: clock)
        return source
    }
}
