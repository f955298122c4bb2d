import GridCore

@inline(never)
public func scanGrowthAVX2(
    _ chain: ScanChain, from position: Int, events: ScanLaneEvents, windows: ScanWindows,
    thresholds: UnsafePointer<NarrowScanLanes>, growth: inout ScanGrowth
) -> Int {
    scanGrowthKernel(
        chain, from: position, events: events, windows: windows, thresholds: thresholds,
        growth: &growth)
}

@inline(never)
public func scanGrowthAVX2(
    _ chain: ScanChain, from position: Int, events: ScanLaneEvents, windows: ScanWindows,
    thresholds: UnsafePointer<WideScanLanes>, growth: inout ScanGrowth
) -> Int {
    scanGrowthKernel(
        chain, from: position, events: events, windows: windows, thresholds: thresholds,
        growth: &growth)
}
