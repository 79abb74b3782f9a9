/// What the rows of a sheet are about.
public enum SheetKind: String, Sendable, CaseIterable {
    case items, places, lots
}

/// What a column of a sheet holds, by whatever name companies give it.
enum SheetColumn: String, CaseIterable {
    case key, name, unit, description, tags, tracksExpiry = "tracks_expiry"
    case code, quantity, caseCode = "case_code", caseQuantity = "case_quantity"
    case kind
    case item, lot, expiry, recalled
    case delete

    /// In small letters, without spaces and signs.
    private var synonyms: [String] {
        switch self {
        case .key:
            [
                "key", "sku", "itemkey", "itemnumber", "itemno", "itemcode", "article",
                "articlenumber", "articleno", "artikelnummer", "artikelnr", "artnr", "partnumber",
                "partno", "productcode", "productid", "reference", "ref", "materialnumber", "item",
            ]
        case .name:
            [
                "name", "title", "itemname", "productname", "product", "articlename",
                "bezeichnung", "artikelbezeichnung", "designation", "nom", "placename",
            ]
        case .unit: ["unit", "uom", "unitofmeasure", "einheit", "mengeneinheit"]
        case .description:
            ["description", "longdescription", "details", "beschreibung", "langtext"]
        case .tags: ["tags", "keywords", "category", "categories", "kategorie", "warengruppe"]
        case .tracksExpiry: ["tracksexpiry", "expirytracked", "perishable", "mhdpflichtig"]
        case .code:
            [
                "code", "codes", "barcode", "barcodes", "gtin", "gtin13", "gtin14", "ean", "ean13",
                "eancode", "upc", "upca", "itf14", "suppliercode", "strichcode", "place",
                "location", "placecode", "locationcode", "bin", "lagerplatz",
            ]
        case .quantity:
            ["quantity", "packquantity", "packsize", "qty", "packqty", "unitsperpack", "menge"]
        case .caseCode: ["casecode", "casegtin", "cartoncode", "cartongtin", "caseean"]
        case .caseQuantity:
            ["casequantity", "caseqty", "unitspercase", "percase", "casesize", "vpe"]
        case .kind: ["kind", "type", "placekind", "art"]
        case .item: ["item", "key", "sku", "itemkey", "article", "artikelnummer", "gtin", "code"]
        case .lot: ["lot", "batch", "lotnumber", "batchnumber", "charge", "chargennummer"]
        case .expiry: ["expiry", "expirydate", "bestbefore", "useby", "mhd", "ablaufdatum"]
        case .recalled: ["recalled", "recall", "blocked", "gesperrt", "ruckruf"]
        case .delete: ["delete", "deleted", "remove", "removed", "loschen", "geloscht"]
        }
    }

    /// Those that a sheet of the kind may have, the decisive one first.
    static func columns(of kind: SheetKind) -> [SheetColumn] {
        switch kind {
        case .items:
            [
                .key, .name, .unit, .description, .tags, .tracksExpiry, .code, .quantity,
                .caseCode, .caseQuantity, .delete,
            ]
        case .places: [.code, .name, .kind, .delete]
        case .lots: [.lot, .item, .expiry, .recalled, .delete]
        }
    }

    /// What each cell of the first row announces; nil where it is none of ours.
    static func header(_ cells: [String], of kind: SheetKind) -> [SheetColumn?] {
        let columns = columns(of: kind)
        return cells.map { cell in
            let words = SearchWords.words(in: cell).joined()
            return columns.first { column in
                // `code 2` and `EAN 3` are more of the same.
                column.synonyms.contains(words)
                    || column == .code
                        && column.synonyms.contains(
                            String(words.reversed().drop(while: \.isNumber).reversed()))
            }
        }
    }
}
