import CGPIOD
import Glibc
import LinuxIO

/// Something that is on or off. Belongs to one thread.
protocol Light {
    func set(_ isOn: Bool) throws(LightError)
}

/// Why a light can't be switched.
enum LightError: Error, Equatable, CustomStringConvertible {
    case led(String, reason: String)
    case lamp(chip: String, line: Int, reason: String)

    var description: String {
        switch self {
        case .led(let name, let reason): "light '\(name)': \(reason)"
        case .lamp(let chip, let line, let reason): "lamp on line \(line) of \(chip): \(reason)"
        }
    }
}

/// A light of the kernel's LED class (Documentation/leds/leds-class.rst).
struct LEDLight: Light {
    static let folder = "/sys/class/leds"

    private let name: String
    private let file: FileDescriptor
    private let brightest: String

    init(_ name: String, in folder: String = LEDLight.folder) throws(LightError) {
        guard !name.contains("/"), name != ".." else {
            throw .led(name, reason: "there is no such name")
        }
        self.name = name
        do throws(LinuxError) {
            file = try FileDescriptor(opening: "\(folder)/\(name)/brightness", O_WRONLY)
            let limit = try FileDescriptor(opening: "\(folder)/\(name)/max_brightness", O_RDONLY)
            guard case .bytes(let bytes) = try limit.read(limit: 16) else {
                throw .failed("read", on: limit.path, number: EIO)
            }
            brightest = String(decoding: bytes, as: UTF8.self)
        } catch {
            throw .led(name, reason: "\(error)")
        }
    }

    func set(_ isOn: Bool) throws(LightError) {
        do throws(LinuxError) {
            _ = try file.write(Array((isOn ? brightest : "0\n").utf8))
        } catch {
            throw .led(name, reason: "\(error)")
        }
    }
}

/// A lamp or relay on a GPIO line.
final class GPIOLamp: Light {
    private let chip: OpaquePointer
    private let line: OpaquePointer
    private let place: (chip: String, line: Int)

    init(chip name: String, line number: Int) throws(LightError) {
        guard let chip = gpiod_chip_open_lookup(name) else {
            throw .lamp(chip: name, line: number, reason: String(cString: strerror(errno)))
        }
        guard let line = gpiod_chip_get_line(chip, UInt32(number)),
            gpiod_line_request_output(line, "scanstation", 0) == 0
        else {
            let reason = String(cString: strerror(errno))
            gpiod_chip_close(chip)
            throw .lamp(chip: name, line: number, reason: reason)
        }
        (self.chip, self.line) = (chip, line)
        place = (name, number)
    }

    deinit {
        gpiod_line_release(line)
        gpiod_chip_close(chip)
    }

    func set(_ isOn: Bool) throws(LightError) {
        guard gpiod_line_set_value(line, isOn ? 1 : 0) == 0 else {
            throw .lamp(
                chip: place.chip, line: place.line, reason: String(cString: strerror(errno)))
        }
    }
}
