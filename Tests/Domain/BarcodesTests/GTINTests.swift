import Barcodes
import Testing

@Suite struct GTINTests {
    static let numbers: [(rule: String, text: String, digits: String?, shortest: String?)] = [
        ("13 digits get one zero", "4006381333931", "04006381333931", "4006381333931"),
        ("12 digits get two", "036000291452", "00036000291452", "036000291452"),
        ("8 digits get six", "73513537", "00000073513537", "73513537"),
        ("14 digits stay", "10614141000415", "10614141000415", "10614141000415"),
        ("14 digits with zeros are shortened", "00000073513537", "00000073513537", "73513537"),
        ("a wrong check digit is none", "4006381333930", nil, nil),
        ("nor are 11 digits", "03600029145", nil, nil),
        ("nor 15", "004006381333931", nil, nil),
        ("nor letters", "40063813339E1", nil, nil),
        ("nor digits of other scripts", "٤٠٠٦٣٨١٣", nil, nil),
        ("nor nothing", "", nil, nil),
    ]

    @Test(arguments: numbers)
    func reads(rule: String, text: String, digits: String?, shortest: String?) {
        let gtin = GTIN(text)
        #expect(gtin?.digits == digits)
        #expect(gtin?.shortest == shortest)
        #expect(gtin?.description == digits)
    }

    /// The table of zero suppression in the GS1 General Specifications, a row for each last digit.
    static let shortened: [(rule: String, text: String, digits: String?)] = [
        ("ends in 0", "01234505", "00012000003455"),
        ("ends in 1", "01234514", "00012100003454"),
        ("ends in 2", "01234523", "00012200003453"),
        ("ends in 3", "01234531", "00012300000451"),
        ("ends in 4", "01234543", "00012340000053"),
        ("ends in 5", "01234558", "00012345000058"),
        ("ends in 9", "01234596", "00012345000096"),
        ("a photo's", "05096893", "00050968000093"),
        ("another photo's", "03897425", "00038200009745"),
        ("number system 1", "11234562", "00112345000062"),
        ("6 digits imply 0 and the check digit", "123455", "00012345000058"),
        ("number system 2 has none", "21234562", nil),
        ("a wrong check digit is none", "01234506", nil),
        ("7 digits say too little", "0123450", nil),
        ("letters are none", "0123456X", nil),
    ]

    @Test(arguments: shortened)
    func expands(rule: String, text: String, digits: String?) {
        #expect(GTIN(upcE: text)?.digits == digits)
    }

    static let containers: [(text: String, isRight: Bool)] = [
        ("106141412345678908", true), ("106141412345678907", false),
        ("00106141412345678908", false), ("10614141234567890", false), ("", false),
    ]

    @Test(arguments: containers)
    func readsContainers(text: String, isRight: Bool) {
        #expect((SSCC(text)?.digits == text) == isRight)
    }
}
