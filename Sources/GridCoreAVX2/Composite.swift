import GridCore

@inline(never)
public func maximumValueAVX2(
    images: SeriesBlock, steps: Range<Int>, ranks: UnsafePointer<UInt8>?,
    into composite: CompositePlanes
) {
    maximumValueKernel(images: images, steps: steps, ranks: ranks, into: composite)
}

@inline(never)
public func gapFillAVX2(
    block: SeriesBlock, longestGap: Int, marks: UnsafeMutablePointer<UInt8>
) {
    gapFillKernel(block: block, longestGap: longestGap, marks: marks)
}
