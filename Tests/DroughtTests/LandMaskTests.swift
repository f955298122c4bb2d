import Drought
import Testing

@Suite struct LandMaskTests {
    private func weights(
        _ layers: [(LandMask.Layer, [Float])], minimum: Float = 0
    ) -> [Float] {
        let mask = LandMask(layers: layers.map(\.0), minimum: minimum)
        let count = layers.first?.1.count ?? 0
        return [Float](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = count
            guard let base = buffer.baseAddress else { return }
            // All layers side by side, so that each has an address.
            let cells = layers.flatMap(\.1)
            cells.withUnsafeBufferPointer { cells in
                guard let start = cells.baseAddress else { return }
                mask.combine(cells: count, into: base) { start + $0 * count }
            }
        }
    }

    private let cropland = LandMask.Layer(role: .cropland, isKept: true)
    private let rangeland = LandMask.Layer(role: .rangeland, isKept: true)
    private let water = LandMask.Layer(role: .water, isKept: false)

    @Test func cropAndRangelandAddUpToTheWholeCellAtMost() {
        #expect(
            weights([(cropland, [0.25, 0.75, 0, 1]), (rangeland, [0.5, 0.75, 0, 0])])
                == [0.75, 1, 0, 1])
    }

    @Test func waterTakesItsShareAwayWhereverItStands() {
        let crop = (cropland, [0.5, 1, 0.5] as [Float])
        let lake = (water, [0.5, 0, 1] as [Float])
        #expect(weights([crop, lake]) == [0.25, 1, 0])
        #expect(weights([lake, crop]) == [0.25, 1, 0])
        #expect(weights([lake]) == [0.5, 1, 0])
    }

    @Test func areasThatAreKeptMultiply() {
        let other = LandMask.Layer(role: .other, isKept: true)
        #expect(weights([(other, [1, 0.5, 0]), (cropland, [0.5, 0.5, 1])]) == [0.5, 0.25, 0])
    }

    @Test func aShareBelowTheMinimumIsNothing() {
        #expect(
            weights([(cropland, [0.125, 0.25, 0.5])], minimum: 0.25) == [0, 0.25, 0.5])
    }

    @Test func noValueIsNothingOfTheLayer() {
        #expect(weights([(cropland, [.nan, 1])]) == [0, 1])
        #expect(weights([(water, [.nan, 1])]) == [1, 0])
    }

    @Test func onlyOtherHasToSayWhatIsKept() {
        #expect(LandRole.allCases.filter { $0.isKept == nil } == [.other])
    }
}
