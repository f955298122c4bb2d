import Calendar
import TestSupport
import Testing

@testable import Pipeline

@Suite struct QuantityTests {
    @Test func `Quantities print as they are read`() {
        #expect(Length.kilometers(2.5).description == "2.5 km")
        #expect(Length.meters(999).description == "999 m")
        #expect(Length.meters(1000).description == "1 km")
        #expect(Days(1).description == "1 day")
        #expect(Days(30).description == "30 days")
        #expect(Months(0).description == "0 months")
        #expect(Percent(90).description == "90 %")
        #expect(YearRange(first: 2000, last: 2009)?.description == "2000-2009")
    }

    @Test func `A range of years holds both its ends`() {
        let years = YearRange(first: 2000, last: 2009)
        #expect(years?.count == 10)
        #expect(years?.contains(2000) == true)
        #expect(years?.contains(2009) == true)
        #expect(years?.contains(2010) == false)
        #expect(YearRange(first: 2001, last: 2000) == nil)
    }

    @Test(
        "Numbers are read as JSON writes them",
        arguments: [
            ("0.0001", 0.0001), ("-3000", -3000), ("1e3", 1000), ("+5", 5), ("-0.5e-2", -0.005),
        ])
    func numbersAreRead(_ text: String, _ value: Double) {
        #expect(Decimal.number(text) == value)
    }

    @Test(
        "What JSON has not is no number",
        arguments: ["", "0x10", ".inf", "nan", "1_000", "1,5", "010", ".5", "5.", "1e999", " 1"])
    func otherTextIsNoNumber(_ text: String) {
        #expect(Decimal.number(text) == nil)
    }

    @Test(
        "A date pattern names a whole date, once",
        arguments: [
            ("NDVI_{yyyy}{mm}{dd}.tif", nil), ("*.A{yyyy}{doy}.*", nil), ("{yyyy}-{mm}", nil),
            ("{yyyy}", "has neither {mm} nor {doy}"), ("{mm}{dd}", "has no {yyyy}"),
            ("{yyyy}{yyyy}{mm}", "says {yyyy} twice"),
            ("{yyyy}{doy}{mm}", "says both {doy} and {mm} or {dd}"),
            ("{yyyy}{month}", "has an unknown part \"{month}\""),
            ("{yyyy{mm}", "has a brace without its partner"),
        ] as [(String, String?)])
    func patternNamesADate(_ pattern: String, _ fault: String?) {
        #expect(DateListing.fault(ofPattern: pattern) == fault)
    }

    @Test(
        "Distances count insertions, deletions, substitutions and swaps",
        arguments: [
            ("", "", 0), ("a", "", 1), ("", "abc", 3), ("cell", "cell", 0), ("cel", "cell", 1),
            ("clel", "cell", 1), ("kitten", "sitting", 3), ("ca", "abc", 3),
        ])
    func distances(_ a: String, _ b: String, _ distance: Int) {
        #expect(NearestName.distance(Array(a), Array(b)) == distance)
    }

    @Test func `Distances are symmetric and obey the bounds of length`() {
        let alphabet = Array("abc_")
        for seed in 0..<300 {
            var generator = SeededGenerator(seed: UInt64(seed))
            func word() -> [Character] {
                (0..<Int.random(in: 0...7, using: &generator)).map { _ in
                    alphabet[Int.random(in: alphabet.indices, using: &generator)]
                }
            }
            let (a, b) = (word(), word())
            let distance = NearestName.distance(a, b)
            #expect(distance == NearestName.distance(b, a), "seed \(seed)")
            #expect(distance >= abs(a.count - b.count), "seed \(seed)")
            #expect(distance <= max(a.count, b.count), "seed \(seed)")
            #expect((distance == 0) == (a == b), "seed \(seed)")
        }
    }

    @Test func `Nothing far away is suggested`() {
        #expect(NearestName.suggestion(for: "zzz", among: ["cell", "window"]) == nil)
        #expect(NearestName.suggestion(for: "Cell", among: ["cell", "window"]) == "cell")
        #expect(NearestName.suggestion(for: "max age", among: ["max_age"]) == "max_age")
        let long = String(repeating: "x", count: 10_000)
        #expect(NearestName.suggestion(for: long, among: [long]) == nil)
    }
}
