import { describe, expect, it } from "vitest";
import { parseCostCentres } from "../../../../../shared/workflows/invoices/lists/cost-centres.ts";
import { ListInvalidError } from "../../../../../shared/workflows/invoices/lists/list-invalid-error.ts";
import { parsePurchaseOrders } from "../../../../../shared/workflows/invoices/lists/purchase-orders.ts";
import { parseVendors } from "../../../../../shared/workflows/invoices/lists/vendors.ts";

function problemsOf(parse: () => unknown) {
  try {
    parse();
  } catch (error) {
    if (error instanceof ListInvalidError) return error.problems.map(({ line, column }) => [line, column]);
    throw error;
  }
  return [];
}

describe("the vendor list", () => {
  it("reads semicolons, a byte order mark, CRLF, quotes and any order and case of columns", () => {
    const csv =
      '\uFEFFIBANs;NAME;Tax-ID;usual_cost_centre;Aliases\r\nDE89 3704 0044 0532 0130 00|GB29NWBK60161331926819;"Druck; & ""Papier"" GmbH";DE811907980;4200;Druck|DP\r\n\r\n';
    expect(parseVendors(csv)).toEqual([
      {
        name: 'Druck; & "Papier" GmbH',
        aliases: ["Druck", "DP"],
        taxId: "DE811907980",
        ibans: ["DE89370400440532013000", "GB29NWBK60161331926819"],
        usualCostCentre: "4200",
        keys: ["druck papier", "druck", "dp"],
      },
    ]);
  });

  it("reads commas and leaves optional columns out", () => {
    expect(parseVendors("name\nNordlicht Druck GmbH\n")).toMatchObject([
      { name: "Nordlicht Druck GmbH", ibans: [], taxId: null },
    ]);
    expect(parseVendors('name,aliases\n"A, B Ltd",AB\n')).toMatchObject([{ name: "A, B Ltd", aliases: ["AB"] }]);
  });

  it("names every problem by line and column, not only the first", () => {
    const csv = "name;ibans\nAlpha GmbH;DE00\n;DE89370400440532013000\nBeta;DE89370400440532013000;x\nALPHA;\n";
    expect(problemsOf(() => parseVendors(csv))).toEqual([
      [2, "ibans"],
      [3, "name"],
      [4, null],
      [5, "name"],
    ]);
  });

  it("counts lines as an editor does when a cell holds a line break", () => {
    expect(problemsOf(() => parseVendors('name,ibans\n"Two\nlines",\nBad,DE00\n'))).toEqual([[4, "ibans"]]);
  });

  it.each([
    ["", [[1, null]]],
    [
      "nom\nx\n",
      [
        [1, "nom"],
        [1, "name"],
      ],
    ],
    ["name,name\nx,y\n", [[1, "name"]]],
    ['name\n"open\n', [[2, null]]],
  ])("refuses %j as a whole", (csv, problems) => {
    expect(problemsOf(() => parseVendors(csv))).toEqual(problems);
  });

  it("refuses more rows than it may have", () => {
    const rows = Array.from({ length: 50_001 }, (_, index) => `Vendor number ${index}`);
    expect(problemsOf(() => parseVendors(["name", ...rows].join("\n")))).toEqual([[50_002, null]]);
  });

  it("tells what to do in the message, and keeps it short", () => {
    const rows = Array.from({ length: 40 }, () => ";");
    expect(() => parseVendors(["name;ibans", ...rows.map((_, index) => `V${index};nonsense`)].join("\n"))).toThrow(
      /40 problem\(s\), mend them and upload it again.*line 2, ibans: "nonsense" is not an IBAN.*and 30 more/,
    );
  });
});

describe("the purchase-order list", () => {
  it("reads amounts in minor units of the order's currency", () => {
    const csv =
      "number,vendor,currency,amount,status\nPO-1,Alpha GmbH,eur,1500.00,Open\nPO-2,Beta,JPY,1500,closed\nPO-3,Beta,EUR,,open\n";
    expect(parsePurchaseOrders(csv).map(({ number, amountMinor, open }) => [number, amountMinor, open])).toEqual([
      ["PO-1", 150_000, true],
      ["PO-2", 1_500, false],
      ["PO-3", null, true],
    ]);
  });

  it("names bad currency, amount, status and a repeated number", () => {
    const csv =
      "number,vendor,currency,amount,status\nPO-1,A,EURO,1,open\nPO-2,A,EUR,lots,open\nPO-3,A,EUR,1,maybe\npo 1,A,EUR,-1,open\n";
    expect(problemsOf(() => parsePurchaseOrders(csv))).toEqual([
      [2, "currency"],
      [3, "amount"],
      [4, "status"],
      [5, "number"],
      [5, "amount"],
    ]);
  });
});

describe("the cost-centre list", () => {
  it("reads codes and the department's queue", () => {
    expect(parseCostCentres("code;name;queue\n4200;Marketing;invoices/marketing\n")).toEqual([
      { code: "4200", name: "Marketing", queue: "invoices/marketing", key: "4200" },
    ]);
  });

  it.each(["marketing", "invoices/Marketing", "invoices/", "support/x", "invoices/a b"])(
    "refuses the queue %j",
    (queue) => {
      expect(problemsOf(() => parseCostCentres(`code;name;queue\n4200;Marketing;${queue}\n`))).toEqual([[2, "queue"]]);
    },
  );
});
