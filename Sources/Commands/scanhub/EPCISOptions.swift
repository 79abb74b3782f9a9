public import ArgumentParser
public import EPCIS

/// What events say that operations don't.
struct EPCISOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What names without a number of GS1's begin with: https://example.com/goods. "
                + "Default: urn:scanstation:TENANT.", valueName: "uri"))
    var namespace: String?

    @Option(
        help: ArgumentHelp(
            "How far the clocks on the walls are from UTC.", valueName: "+hh:mm"))
    var zoneOffset = "+00:00"

    @Option(help: "What it means that stock grew without an order.")
    var goodsIn = EPCISSettings.GoodsIn.received

    @Option(help: "What it means that stock shrank without an order.")
    var goodsOut = EPCISSettings.GoodsOut.other

    func settings(tenant: String) throws -> EPCISSettings {
        guard
            let names = namespace.map({ EPCISNames(namespace: $0) }) ?? EPCISNames(tenant: tenant)
        else {
            throw ValidationError(
                "--namespace begins with https://, http:// or urn: and ends without / or :")
        }
        guard
            let settings = EPCISSettings(
                names: names, zoneOffset: zoneOffset, goodsIn: goodsIn, goodsOut: goodsOut)
        else {
            throw ValidationError("--zone-offset is between -14:00 and +14:00, such as +01:00")
        }
        return settings
    }
}

extension EPCISSettings.GoodsIn: ExpressibleByArgument {}
extension EPCISSettings.GoodsOut: ExpressibleByArgument {}
