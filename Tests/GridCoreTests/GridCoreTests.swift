import Testing

@testable import GridCore

@Test func builds() { #expect(Bool(true)) }
