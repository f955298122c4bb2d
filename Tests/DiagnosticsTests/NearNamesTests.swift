import Diagnostics
import Testing

@Suite struct NearNamesTests {
    @Test(arguments: [
        ("latitude", ["lattitude"]), ("fatalities", ["Fatalites", "fatalities_total"]),
        ("event_date", ["Event Date", "eventdate"]), ("recieved", ["received"]), ("x", []),
        ("", []),
        ("longitude", []),
    ])
    func `names a slip away are found, nearest first`(name: String, near: [String]) {
        let candidates = [
            "fatalities_total", "lattitude", "Fatalites", "Event Date", "eventdate", "received",
            "id", "",
        ]
        #expect(NearNames.near(name, among: candidates) == near)
    }

    @Test func `no more are named than asked for`() {
        #expect(
            NearNames.near("abcd", among: ["abce", "abcf", "abcd"], limit: 2) == ["abcd", "abce"])
    }

    @Test func `what is far away or far too long is not named`() {
        #expect(NearNames.near("zzz", among: ["cell", "window"]).isEmpty)
        let long = String(repeating: "x", count: 10_000)
        #expect(NearNames.near(long, among: [long]).isEmpty)
    }
}
