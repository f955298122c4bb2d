/// The growing zones of one centre: locations in the order they enter.
public struct ScanChain {
    public var members: UnsafePointer<Int32>
    /// What is complete when a member has entered: a `ScanZoneKind`.
    public var kinds: UnsafePointer<UInt8>
    public var count: Int

    @inlinable
    public init(members: UnsafePointer<Int32>, kinds: UnsafePointer<UInt8>, count: Int) {
        self.members = members
        self.kinds = kinds
        self.count = count
    }
}

/// What the locations up to a member of a chain are.
public enum ScanZoneKind {
    /// No zone: others at the same distance are still to enter.
    public static let incomplete: UInt8 = 0
    /// A zone to be tested.
    public static let zone: UInt8 = 1
    /// A zone that is tested with another centre.
    public static let duplicate: UInt8 = 2
}

/// Cases of sixteen replicates by location.
public struct ScanLaneEvents {
    /// Where a location's cases begin in `cells`; one more than locations.
    public var starts: UnsafePointer<Int32>
    /// Byte offset of step and lane in the counts of `ScanGrowth`.
    public var cells: UnsafePointer<UInt32>
    /// By location, a bit per step: windows that end there gain a case.
    public var touched: UnsafePointer<UInt64>

    @inlinable
    public init(
        starts: UnsafePointer<Int32>, cells: UnsafePointer<UInt32>,
        touched: UnsafePointer<UInt64>
    ) {
        self.starts = starts
        self.cells = cells
        self.touched = touched
    }
}

/// The windows of a scan and how many cases each expects.
public struct ScanWindows {
    public var steps: Int
    /// Steps of the longest window.
    public var longest: Int
    /// 64-bit words for a bit per step.
    public var words: Int
    /// Space-time permutation: cases of a location, and the share of all
    /// cases in the window of `end * longest + length - 1`.
    public var sizes: UnsafePointer<Int32>
    public var shares: UnsafePointer<Float>
    /// Poisson: expected cases by location and step; nil for permutation.
    public var expected: UnsafePointer<Double>?
    /// Added to an expectation before its class is taken, so that none falls
    /// below the first class.
    public var smallest: Float
    public var firstClass: UInt32

    @inlinable
    public init(
        steps: Int, longest: Int, words: Int, sizes: UnsafePointer<Int32>,
        shares: UnsafePointer<Float>, expected: UnsafePointer<Double>?, smallest: Float,
        firstClass: UInt32
    ) {
        self.steps = steps
        self.longest = longest
        self.words = words
        self.sizes = sizes
        self.shares = shares
        self.expected = expected
        self.smallest = smallest
        self.firstClass = firstClass
    }

    /// Bits of a `Float` below the class: 32 classes to a doubling.
    public static let classShift: UInt32 = 18
}

/// The zone as far as it has grown.
public struct ScanGrowth {
    /// Cases by step and lane.
    public var counts: UnsafeMutableRawPointer
    /// A bit per step: windows ending there gained a case since the last
    /// zone that was tested.
    public var touched: UnsafeMutablePointer<UInt64>
    /// Poisson: expected cases by step.
    public var expected: UnsafeMutablePointer<Double>
    /// Room for 64 ends of windows and 8 more.
    public var classes: UnsafeMutablePointer<UInt32>
    /// Permutation: cases of the zone in all steps.
    public var size = 0

    @inlinable
    public init(
        counts: UnsafeMutableRawPointer, touched: UnsafeMutablePointer<UInt64>,
        expected: UnsafeMutablePointer<Double>, classes: UnsafeMutablePointer<UInt32>
    ) {
        self.counts = counts
        self.touched = touched
        self.expected = expected
        self.classes = classes
    }
}

/// Grows the zone of `chain` from member `position` until a zone has, in any
/// lane, a window with more cases than `thresholds` allow for its expected
/// number; returns the member that completed it, or the chain's count.
///
/// Only windows that gained a case are looked at: the others have the count
/// of a smaller zone with a larger expectation. At a return before the end,
/// `touched` still marks the windows to look at; the caller clears it.
@inlinable @inline(__always)
public func scanGrowthKernel<Lanes: ScanLanes>(
    _ chain: ScanChain, from position: Int, events: ScanLaneEvents, windows: ScanWindows,
    thresholds: UnsafePointer<Lanes>, growth: inout ScanGrowth
) -> Int {
    var member = position
    while member < chain.count {
        let location = Int(chain.members[member])
        scanEnter(location, as: Lanes.Count.self, events: events, windows: windows, growth: &growth)
        let kind = chain.kinds[member]
        if kind == ScanZoneKind.zone {
            var excess = Lanes()
            for word in 0..<windows.words where growth.touched[word] != 0 {
                scanClasses(word: word, windows: windows, growth: growth)
                excess = excess.union(
                    scanExcess(
                        word: word, windows: windows, thresholds: thresholds, growth: growth))
            }
            if excess.hasNegative { return member }
        }
        if kind != ScanZoneKind.incomplete {
            for word in 0..<windows.words { growth.touched[word] = 0 }
        }
        member += 1
    }
    return member
}

/// Adds a location's cases and expectations to the zone.
@inlinable @inline(__always)
func scanEnter<Count: FixedWidthInteger>(
    _ location: Int, as count: Count.Type, events: ScanLaneEvents, windows: ScanWindows,
    growth: inout ScanGrowth
) {
    for i in Int(events.starts[location])..<Int(events.starts[location + 1]) {
        let cell = growth.counts + Int(events.cells[i])
        cell.storeBytes(of: cell.load(as: Count.self) &+ 1, as: Count.self)
    }
    for word in 0..<windows.words {
        growth.touched[word] |= events.touched[location * windows.words + word]
    }
    if let expected = windows.expected {
        let row = expected + location * windows.steps
        for step in 0..<windows.steps { growth.expected[step] += row[step] }
    } else {
        growth.size &+= Int(windows.sizes[location])
    }
}

/// Classes of the expected cases of the windows that end in `word`.
@inlinable @inline(__always)
func scanClasses(word: Int, windows: ScanWindows, growth: ScanGrowth) {
    let bits = growth.touched[word]
    let first = word * 64
    let longest = windows.longest
    let low = bits.trailingZeroBitCount
    let high = 63 - bits.leadingZeroBitCount
    if windows.expected != nil {
        for end in low...high {
            var expected = 0.0
            for back in 0..<min(longest, first + end + 1) {
                expected += growth.expected[first + end - back]
                let bits = (Float(expected) + windows.smallest).bitPattern
                growth.classes[end * longest + back] =
                    (bits &>> ScanWindows.classShift) &- windows.firstClass
            }
        }
        return
    }
    let size = SIMD8<Float>(repeating: Float(growth.size))
    let smallest = SIMD8<Float>(repeating: windows.smallest)
    let firstClass = SIMD8<UInt32>(repeating: windows.firstClass)
    let shift = SIMD8<UInt32>(repeating: ScanWindows.classShift)
    let shares = UnsafeRawPointer(windows.shares + first * longest)
    let classes = UnsafeMutableRawPointer(growth.classes)
    var window = low * longest
    while window < (high + 1) * longest {
        let share = shares.loadUnaligned(fromByteOffset: window * 4, as: SIMD8<Float>.self)
        let bits = unsafeBitCast(share * size + smallest, to: SIMD8<UInt32>.self)
        classes.storeBytes(
            of: (bits &>> shift) &- firstClass, toByteOffset: window * 4, as: SIMD8<UInt32>.self)
        window += 8
    }
}

/// A negative lane where a window that ends in `word` has more cases than
/// its threshold.
@inlinable @inline(__always)
func scanExcess<Lanes: ScanLanes>(
    word: Int, windows: ScanWindows, thresholds: UnsafePointer<Lanes>, growth: ScanGrowth
) -> Lanes {
    var bits = growth.touched[word]
    let rows = growth.counts + word * 64 * MemoryLayout<Lanes>.stride
    var excess = Lanes()
    while bits != 0 {
        let end = bits.trailingZeroBitCount
        bits &= bits &- 1
        let classes = growth.classes + end * windows.longest
        var row = rows + end * MemoryLayout<Lanes>.stride
        var count = Lanes()
        for back in 0..<min(windows.longest, word * 64 + end + 1) {
            count = count.adding(row.load(as: Lanes.self))
            excess = excess.union(thresholds[Int(classes[back])].subtracting(count))
            row -= MemoryLayout<Lanes>.stride
        }
    }
    return excess
}
