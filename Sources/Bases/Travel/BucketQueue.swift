/// A queue for steps of similar cost: label by label in constant time.
///
/// Labels are thrown into buckets as wide as the cheapest step. Whatever
/// leaves the lowest bucket is final, in any order: a step on from it ends in
/// a later bucket (Denardo and Fox 1979, Operations Research 27: 161-186).
/// Buckets are reused in a circle as long as the dearest step.
struct BucketQueue: ~Copyable, StartingQueue {
    /// Labels in a chunk.
    private static let chunk = 128
    /// How many labels ahead cells are brought near: about as many as fit
    /// into the time of a memory access.
    private static let ahead = 8

    private let perMinute: Double
    private let mask: Int
    /// For every bucket where its next label goes, 0 when it is empty. A full
    /// chunk is told by a multiple of `chunk`.
    private let tops: UnsafeMutablePointer<Int32>
    private var labels: UnsafeMutablePointer<UInt64>
    /// The chunk below each chunk of a bucket, or of the free ones; 0 at the
    /// end. Chunk 0 is never used.
    private var below: UnsafeMutablePointer<Int32>
    private var chunks: Int
    private var free: Int32 = 0
    private var nextUnused: Int32 = 1
    /// Chunks that hold labels.
    private var live = 0
    /// Number of the bucket that is being emptied, counted from minute 0.
    private var bucket = 0
    private var cursor = 0
    private var start = 0
    private var draining: Int32 = 0
    /// Labels that join when their bucket is reached, the earliest last.
    private var waiting: [LateStart] = []

    /// Whether so many buckets are sensible.
    static func suits(leastStep: Double, mostStep: Double) -> Bool {
        leastStep > 0 && mostStep / leastStep <= 100_000
    }

    /// Precondition: `suits`.
    init(leastStep: Double, mostStep: Double) {
        // A little narrower than the cheapest step: rounding must not put a
        // step's end into the bucket where it began.
        let width = leastStep * (1 - 0x1p-20)
        perMinute = 1 / width
        var buckets = 4
        while Double(buckets) < mostStep / width + 3 { buckets *= 2 }
        mask = buckets - 1
        tops = .allocate(capacity: buckets)
        tops.initialize(repeating: 0, count: buckets)
        chunks = 64
        labels = .allocate(capacity: chunks * Self.chunk)
        labels.initialize(repeating: 0, count: Self.chunk)
        below = .allocate(capacity: chunks)
    }

    deinit {
        tops.deallocate()
        labels.deallocate()
        below.deallocate()
    }

    /// Empties the queue and starts again at minute 0.
    mutating func reset() {
        tops.update(repeating: 0, count: mask + 1)
        free = 0
        nextUnused = 1
        live = 0
        bucket = 0
        cursor = 0
        start = 0
        draining = 0
        waiting = []
    }

    mutating func start(with waiting: [LateStart]) {
        reset()
        self.waiting = waiting
    }

    /// Reads over the start of a chunk: the label there may be an old one.
    @inline(__always)
    var upcomingCell: Int { SweepLabel(bits: labels[max(0, cursor &- Self.ahead)]).cell }

    @inline(__always)
    mutating func push(_ label: SweepLabel, minutes: Double) {
        let slot = Int(minutes * perMinute) & mask
        var top = tops[slot]
        if top & Int32(Self.chunk - 1) == 0 { top = addChunk(over: top) }
        labels[Int(top)] = label.bits
        tops[slot] = top &+ 1
    }

    @inline(__always)
    mutating func pop() -> SweepLabel {
        if cursor == start && !advance() { return .none }
        cursor &-= 1
        return SweepLabel(bits: labels[cursor])
    }

    /// The first slot of a new chunk over the one that ends before `top`.
    @inline(never)
    private mutating func addChunk(over top: Int32) -> Int32 {
        let chunk: Int32
        if free != 0 {
            chunk = free
            free = below[Int(chunk)]
        } else {
            if Int(nextUnused) == chunks { grow() }
            chunk = nextUnused
            nextUnused += 1
        }
        below[Int(chunk)] = top == 0 ? 0 : top / Int32(Self.chunk) - 1
        live += 1
        return chunk * Int32(Self.chunk)
    }

    private mutating func grow() {
        let moreLabels = UnsafeMutablePointer<UInt64>.allocate(capacity: 2 * chunks * Self.chunk)
        moreLabels.update(from: labels, count: chunks * Self.chunk)
        labels.deallocate()
        labels = moreLabels
        let moreBelow = UnsafeMutablePointer<Int32>.allocate(capacity: 2 * chunks)
        moreBelow.update(from: below, count: chunks)
        below.deallocate()
        below = moreBelow
        chunks *= 2
    }

    /// Goes to the next chunk that has labels; false when there is none.
    @inline(never)
    private mutating func advance() -> Bool {
        var next: Int32 = 0
        if draining != 0 {
            next = below[Int(draining)]
            below[Int(draining)] = free
            free = draining
            live -= 1
        }
        if next == 0 {
            guard findBucket() else {
                draining = 0
                return false
            }
            let top = tops[bucket & mask]
            tops[bucket & mask] = 0
            next = (top - 1) / Int32(Self.chunk)
            cursor = Int(top)
        } else {
            cursor = (Int(next) + 1) * Self.chunk
        }
        start = Int(next) * Self.chunk
        draining = next
        return true
    }

    /// Goes to the next bucket that has labels; false when there is none.
    private mutating func findBucket() -> Bool {
        if live == 0 {
            guard let first = waiting.last else { return false }
            bucket = Int(first.minutes * perMinute)
        }
        while true {
            while let first = waiting.last, Int(first.minutes * perMinute) <= bucket {
                push(first.label, minutes: first.minutes)
                waiting.removeLast()
            }
            if tops[bucket & mask] != 0 { return true }
            bucket &+= 1
        }
    }
}
