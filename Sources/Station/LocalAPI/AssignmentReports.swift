/// `POST /v1/assignments`: a list of things to do at places, one after the other.
public struct AssignmentRequest: Codable, Sendable, Equatable {
    /// Its name, unique at the station.
    public var code: String
    /// `pick`, `count`, `transfer` or `receive`; absent: pick.
    public var kind: String?
    /// Where picked goods go; absent: a place named as the assignment is.
    public var order: String?
    public var lines: [Line]

    public struct Line: Codable, Sendable, Equatable {
        public var place: String
        /// Digits on the place's label.
        public var check: String?
        public var item: String
        public var lot: String?
        /// What people call the goods.
        public var name: String?
        /// For a count how many are expected; absent there: not told.
        public var quantity: Int64?
        public var unit: String?
        /// Of a transfer.
        public var destination: String?
        public var destinationCheck: String?

        public init(
            place: String, check: String? = nil, item: String, lot: String? = nil,
            name: String? = nil, quantity: Int64?, unit: String? = nil,
            destination: String? = nil, destinationCheck: String? = nil
        ) {
            self.place = place
            self.check = check
            self.item = item
            self.lot = lot
            self.name = name
            self.quantity = quantity
            self.unit = unit
            self.destination = destination
            self.destinationCheck = destinationCheck
        }
    }

    public init(code: String, kind: String? = nil, order: String? = nil, lines: [Line]) {
        self.code = code
        self.kind = kind
        self.order = order
        self.lines = lines
    }
}

/// `POST /v1/assignments/{code}/start` and `pause`.
public struct StartRequest: Codable, Sendable, Equatable {
    public var `operator`: String?

    public init(operator: String? = nil) {
        self.operator = `operator`
    }
}

/// `POST /v1/assignments/answer`.
public struct AnswerRequest: Codable, Sendable, Equatable {
    /// `confirm`, `check 49`, `pick 5`, `short 3` and so on.
    public var say: String
    /// Of the question that is answered; absent: whichever is asked now.
    public var turn: Int?
    public var `operator`: String?

    public init(say: String, turn: Int? = nil, operator: String? = nil) {
        self.say = say
        self.turn = turn
        self.operator = `operator`
    }
}

/// What became of an answer or another order, and what is asked next.
public struct AnswerReport: Codable, Sendable, Equatable {
    public var sequence: Int64
    /// `ok`, `done`, `batch` or `error`.
    public var signal: String
    public var code: String?
    public var message: String
    /// Absent: no assignment is worked on.
    public var assignment: AssignmentReport?

    public init(
        sequence: Int64, signal: String, code: String?, message: String,
        assignment: AssignmentReport?
    ) {
        self.sequence = sequence
        self.signal = signal
        self.code = code
        self.message = message
        self.assignment = assignment
    }
}

/// `GET /v1/assignments`: the one that is worked on, those that wait, then the closed ones.
public struct AssignmentList: Codable, Sendable, Equatable {
    public var assignments: [AssignmentReport]

    public init(assignments: [AssignmentReport]) {
        self.assignments = assignments
    }
}

/// `GET /v1/assignments/current`.
public struct CurrentAssignment: Codable, Sendable, Equatable {
    /// Absent: none is worked on.
    public var assignment: AssignmentReport?

    public init(assignment: AssignmentReport?) {
        self.assignment = assignment
    }
}

/// An assignment and how far it has come.
public struct AssignmentReport: Codable, Sendable, Equatable {
    public var code: String
    public var kind: String
    public var order: String
    /// `open`, `active` or `closed`.
    public var stage: String
    public var `operator`: String?
    public var given: String
    public var closed: String?
    public var lineCount: Int
    public var done: Int
    public var short: Int
    public var isCancelled: Bool
    /// Of the one that is worked on.
    public var question: QuestionReport?
    /// Absent in lists.
    public var lines: [Line]?

    public struct Line: Codable, Sendable, Equatable {
        /// From 1.
        public var number: Int
        public var place: String
        public var item: String
        public var lot: String?
        public var name: String?
        public var quantity: Int64
        public var unit: String?
        /// The unit when there are several.
        public var units: String?
        public var destination: String?
        /// `open`, `current`, `done` or `short`.
        public var state: String
        /// How many were taken, put or counted; absent while it is open.
        public var taken: Int64?
        public var substitute: String?
        public var operations: [String]

        public init(
            number: Int, place: String, item: String, lot: String?, name: String?,
            quantity: Int64, unit: String?, units: String?, destination: String?, state: String,
            taken: Int64?,
            substitute: String?, operations: [String]
        ) {
            self.number = number
            self.place = place
            self.item = item
            self.lot = lot
            self.name = name
            self.quantity = quantity
            self.unit = unit
            self.units = units
            self.destination = destination
            self.state = state
            self.taken = taken
            self.substitute = substitute
            self.operations = operations
        }
    }

    public init(
        code: String, kind: String, order: String, stage: String, operator: String?,
        given: String, closed: String?, lineCount: Int, done: Int, short: Int,
        isCancelled: Bool, question: QuestionReport? = nil, lines: [Line]? = nil
    ) {
        self.code = code
        self.kind = kind
        self.order = order
        self.stage = stage
        self.operator = `operator`
        self.given = given
        self.closed = closed
        self.lineCount = lineCount
        self.done = done
        self.short = short
        self.isCancelled = isCancelled
        self.question = question
        self.lines = lines
    }
}

/// What is asked now.
public struct QuestionReport: Codable, Sendable, Equatable {
    /// Names the question: an answer that bears it is for no other.
    public var turn: Int
    /// `place`, `quantity`, `destination`, `confirm`, `substitute` or `done`.
    public var step: String
    public var isPaused: Bool
    /// For the eye.
    public var show: String
    /// For the ear.
    public var say: String
    /// What a microphone listens for.
    public var grammar: String
    /// From 1.
    public var line: Int
    /// How many check digits are asked for; 0: none.
    public var checkDigits: Int
    /// How many were scanned at this line.
    public var scanned: Int64
    /// What is read back: how many.
    public var quantity: Int64?

    public init(
        turn: Int, step: String, isPaused: Bool, show: String, say: String, grammar: String,
        line: Int, checkDigits: Int, scanned: Int64, quantity: Int64?
    ) {
        self.turn = turn
        self.step = step
        self.isPaused = isPaused
        self.show = show
        self.say = say
        self.grammar = grammar
        self.line = line
        self.checkDigits = checkDigits
        self.scanned = scanned
        self.quantity = quantity
    }
}
