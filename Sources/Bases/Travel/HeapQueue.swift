/// A queue for steps of any cost: a heap in which every label has four below.
struct HeapQueue: ~Copyable, StartingQueue {
    private var labels: [(minutes: Double, label: SweepLabel)] = []

    init() {}

    mutating func reset() { labels.removeAll(keepingCapacity: true) }

    mutating func start(with waiting: [LateStart]) {
        for start in waiting.reversed() { push(start.label, minutes: start.minutes) }
    }

    var upcomingCell: Int { 0 }

    mutating func push(_ label: SweepLabel, minutes: Double) {
        var hole = labels.count
        labels.append((minutes, label))
        while hole > 0 {
            let parent = (hole - 1) / 4
            guard labels[parent].minutes > minutes else { break }
            labels[hole] = labels[parent]
            hole = parent
        }
        labels[hole] = (minutes, label)
    }

    mutating func pop() -> SweepLabel {
        guard let first = labels.first, let last = labels.popLast() else { return .none }
        guard !labels.isEmpty else { return first.label }
        var hole = 0
        while true {
            let firstChild = 4 * hole + 1
            guard firstChild < labels.count else { break }
            var child = firstChild
            for other in firstChild..<min(firstChild + 4, labels.count)
            where labels[other].minutes < labels[child].minutes {
                child = other
            }
            guard labels[child].minutes < last.minutes else { break }
            labels[hole] = labels[child]
            hole = child
        }
        labels[hole] = last
        return first.label
    }
}
