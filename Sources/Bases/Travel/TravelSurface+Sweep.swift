import CCPUFeatures
import GridCore

/// The graph as a sweep reads it: plain memory, valid while the surface is.
struct SweepGraph {
    let friction: UnsafePointer<Double>
    let halfLengths: UnsafePointer<Double>
    let stride: Int
    /// `cell * rowFactor >> rowShift` is the row of a cell: a division by a
    /// multiplication (Granlund and Montgomery 1994), exact for cells below
    /// 2^31.
    let rowFactor: UInt64
    let rowShift: UInt64
    let hasKnights: Bool

    @inline(__always)
    func halfLengths(ofRowWith cell: Int) -> UnsafePointer<Double> {
        let row = Int((UInt64(truncatingIfNeeded: cell) &* rowFactor) >> rowShift)
        return halfLengths + row &* RowHalfLengths.stride
    }

    /// Has the processor bring near what a step to a cell needs.
    @inline(__always)
    func prefetch<Store: LabelStore & ~Copyable>(_ cell: Int, _ store: borrowing Store) {
        jilaal_prefetch(friction + cell)
        store.prefetch(cell)
    }
}

extension TravelSurface {
    func withGraph<R>(_ body: (SweepGraph) -> R) -> R {
        let stride = friction.stride
        let shift = UInt64(31 + Int.bitWidth - stride.leadingZeroBitCount)
        let factor = (UInt64(1) << shift) / UInt64(stride) + 1
        return halfLengths.withUnsafeBufferPointer { lengths in
            withExtendedLifetime(friction) {
                guard let lengths = lengths.baseAddress else {
                    preconditionFailure("a surface has rows")
                }
                return body(
                    SweepGraph(
                        friction: friction.cells, halfLengths: lengths, stride: stride,
                        rowFactor: factor, rowShift: shift, hasKnights: rule.moves == .sixteen))
            }
        }
    }

    /// Takes labels from the queue until it is empty, and takes each one step
    /// further in all directions (Dijkstra 1959).
    @inline(__always)
    func sweep<Store: LabelStore & ~Copyable, Queue: LabelQueue & ~Copyable>(
        _ store: inout Store, _ queue: inout Queue
    ) {
        withGraph { graph in
            while true {
                let label = queue.pop()
                guard label.bits != SweepLabel.none.bits else { return }
                // The fronts of all bases take turns: without this most of
                // the time goes into waiting for memory.
                let ahead = queue.upcomingCell
                graph.prefetch(ahead &- graph.stride, store)
                graph.prefetch(ahead, store)
                graph.prefetch(ahead &+ graph.stride, store)
                let minutes = store.minutes(of: label)
                if minutes >= 0 { step(on: label, minutes, graph, &store, &queue) }
            }
        }
    }

    /// All steps from the cell of a label that the rule allows.
    @inline(__always)
    func step<Store: LabelStore & ~Copyable, Queue: LabelQueue & ~Copyable>(
        on label: SweepLabel, _ minutes: Double, _ graph: SweepGraph, _ store: inout Store,
        _ queue: inout Queue
    ) {
        let friction = graph.friction[label.cell]
        if friction > 0 {
            spread(label, minutes, friction, graph, &store, &queue)
        } else {
            spreadBesideObstacles(label, minutes, graph, &store, &queue)
        }
    }

    /// All steps from a cell where none is refused.
    @inline(__always)
    private func spread<Store: LabelStore & ~Copyable, Queue: LabelQueue & ~Copyable>(
        _ label: SweepLabel, _ minutes: Double, _ friction: Double, _ graph: SweepGraph,
        _ store: inout Store, _ queue: inout Queue
    ) {
        let cell = label.cell
        let base = label.base
        let half = graph.halfLengths(ofRowWith: cell)
        let stride = graph.stride
        @inline(__always)
        func step(_ offset: Int, _ length: Int) {
            let next = cell &+ offset
            let time = minutes + (friction + graph.friction[next].magnitude) * half[length]
            if time <= store.bound(next) && store.note(next, time, base) {
                queue.push(SweepLabel(cell: next, base: base, minutes: time), minutes: time)
            }
        }
        typealias L = RowHalfLengths
        step(-stride &- 1, L.northDiagonal)
        step(-stride, L.north)
        step(-stride &+ 1, L.northDiagonal)
        step(-1, L.eastWest)
        step(1, L.eastWest)
        step(stride &- 1, L.southDiagonal)
        step(stride, L.south)
        step(stride &+ 1, L.southDiagonal)
        guard graph.hasKnights else { return }
        step(-2 &* stride &- 1, L.northTall)
        step(-2 &* stride &+ 1, L.northTall)
        step(-stride &- 2, L.northWide)
        step(-stride &+ 2, L.northWide)
        step(stride &- 2, L.southWide)
        step(stride &+ 2, L.southWide)
        step(2 &* stride &- 1, L.southTall)
        step(2 &* stride &+ 1, L.southTall)
    }

    /// The steps from a cell near obstacles, those that the rule refuses left
    /// out.
    @inline(never)
    private func spreadBesideObstacles<Store: LabelStore & ~Copyable, Queue: LabelQueue & ~Copyable>(
        _ label: SweepLabel, _ minutes: Double, _ graph: SweepGraph, _ store: inout Store,
        _ queue: inout Queue
    ) {
        let half = graph.halfLengths(ofRowWith: label.cell)
        for move in moves {
            let next = label.cell + move.offset
            let time =
                minutes + stepMinutes(from: label.cell, by: move, half: half, graph.friction)
            if time <= store.bound(next), store.note(next, time, label.base) {
                queue.push(SweepLabel(cell: next, base: label.base, minutes: time), minutes: time)
            }
        }
    }

    /// What a step from a padded cell costs; infinite when it is refused.
    func stepMinutes(
        from cell: Int, by move: Move, half: UnsafePointer<Double>, _ friction: UnsafePointer<Double>
    ) -> Double {
        let next = cell + move.offset
        if rule.corners != .open && move.beside != (0, 0) {
            let one = friction[cell + move.beside.0].magnitude == .infinity
            let other = friction[cell + move.beside.1].magnitude == .infinity
            let isRefused =
                rule.corners == .gap && !move.isKnight ? one && other : one || other
            if isRefused { return .infinity }
        }
        let sum = friction[cell].magnitude + friction[next].magnitude
        guard sum < .infinity else { return .infinity }
        let minutes = sum * half[move.length]
        guard !crossingMinutes.isEmpty else { return minutes }
        return minutes + ((crossingMinutes[cell] ?? 0) + (crossingMinutes[next] ?? 0)) / 2
    }
}
