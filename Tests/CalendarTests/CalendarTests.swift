import Testing

@testable import Calendar

@Test func builds() { #expect(Bool(true)) }
