import { addDays } from "../../../shared/values/date.ts";
import { ibanOf } from "../../../shared/values/iban.ts";
import { type CompanyId, companies } from "./company.ts";
import type { SampleInvoice, SampleLine } from "./sample-invoice.ts";
import { fadedFax, officeScan, phonePhoto, type ScanQuality } from "./scan.ts";

/** One file of the set: what it says and how it comes. */
export interface Sample {
  readonly file: string;
  readonly invoice: SampleInvoice;
  /** Null: the PDF as its maker wrote it. */
  readonly scan: ScanQuality | null;
}

interface Draft {
  readonly company: CompanyId;
  readonly number: string;
  /** Days before today that it was issued; due 30 days after. */
  readonly age: number;
  readonly lines: readonly (readonly [description: string, quantity: number, unitPrice: number])[];
  readonly costCentre?: string;
  readonly order?: string;
  readonly rest?: Partial<Pick<SampleInvoice, "iban" | "misprintedGrossMinor" | "embedded">>;
}

/** All samples in the order in which they are dropped: the copy of an invoice comes after it. */
export function sampleSet(today: string): Sample[] {
  const draft = ({ company, number, age, lines, costCentre, order, rest }: Draft): SampleInvoice => {
    const supplier = companies[company];
    const issueDate = addDays(today, -age);
    return {
      supplier,
      number: number.replace("YYYY", issueDate.slice(0, 4)),
      issueDate,
      dueDate: addDays(issueDate, 30),
      orderReference: order ?? null,
      costCentre: costCentre ?? null,
      lines: lines.map(
        ([description, quantity, unitPrice]): SampleLine => ({
          description,
          quantity,
          unitPriceMinor: Math.round(unitPrice * 100),
        }),
      ),
      iban: supplier.iban,
      misprintedGrossMinor: null,
      embedded: null,
      ...rest,
    };
  };
  const pdf = (file: string, parts: Draft): Sample => ({ file, invoice: draft(parts), scan: null });
  const scanned = (file: string, scan: ScanQuality, parts: Draft): Sample => ({ file, invoice: draft(parts), scan });

  return [
    pdf("nordlicht-druck-1184.pdf", { ...catalogue, rest: { embedded: {} } }),
    pdf("thistlecombe-20418.pdf", {
      company: "thistlecombe",
      number: "INV-20418",
      age: 9,
      costCentre: "4300",
      order: "PO-7731",
      lines: [
        ["Recycled copier paper A4, 80 gsm, box of 5 reams", 24, 17.95],
        ["Hardback notebook A5, dotted", 60, 3.4],
        ["Gel pen, black, pack of 12", 18, 8.25],
        ["Archive box, acid free", 40, 2.15],
      ],
    }),
    pdf("ateliers-varenne-0317.pdf", {
      company: "varenne",
      number: "FYYYY-0317",
      age: 12,
      costCentre: "4200",
      order: "PO-7744",
      rest: { embedded: {} },
      lines: [
        ["Présentoir d'exposition en hêtre", 6, 214],
        ["Panneau imprimé, 100 × 140 cm", 8, 68.5],
        ["Montage sur site, journée", 2, 390],
      ],
    }),
    pdf("cartonajes-riojal-0942.pdf", {
      company: "riojal",
      number: "YYYY-A-0942",
      age: 6,
      costCentre: "4400",
      order: "PO-7752",
      lines: [
        ["Caja de cartón ondulado 40 × 30 × 20 cm", 800, 0.86],
        ["Relleno de papel reciclado, rollo", 15, 12.4],
        ["Cinta adhesiva kraft, 50 mm", 72, 2.35],
        ["Diseño de troquel, montaje único", 1, 240],
      ],
    }),
    pdf("officine-calvessi-558.pdf", {
      company: "calvessi",
      number: "558/YYYY",
      age: 15,
      costCentre: "4400",
      order: "PO-7759",
      lines: [
        ["Boccola in bronzo Ø 24 mm", 120, 7.8],
        ["Albero rettificato, acciaio C45", 16, 96.5],
        ["Lavorazione conto terzi, ora", 12, 52],
      ],
    }),
    pdf("kestrelnode-88213.pdf", {
      company: "kestrelnode",
      number: "KN-88213",
      age: 3,
      costCentre: "4500",
      rest: { embedded: {} },
      lines: serverLines,
    }),
    pdf("windmolenzicht-26041.pdf", {
      company: "windmolen",
      number: "W-26041",
      age: 18,
      costCentre: "4400",
      lines: [
        ["Inspectie persluchtinstallatie", 1, 480],
        ["Onderhoudsuren monteur", 7.5, 84],
        ["Filterset DN40", 3, 61.2],
      ],
    }),
    scanned("tilsner-reinigung-2291.jpg", officeScan, {
      company: "tilsner",
      number: "2291",
      age: 8,
      costCentre: "4100",
      lines: [
        ["Unterhaltsreinigung, Monatspauschale", 1, 940],
        ["Glasreinigung Front und Treppenhaus", 1, 265],
        ["Sonderreinigung Labor, Stunde", 6, 38.5],
      ],
    }),
    scanned("marlowe-finch-604172.pdf", officeScan, {
      company: "marlowe",
      number: "604172",
      age: 5,
      costCentre: "4300",
      lines: [
        ["Same-day courier, Hull to Leeds", 4, 68],
        ["Overnight parcel up to 10 kg", 22, 11.5],
        ["Waiting time, half hour", 3, 14],
      ],
    }),

    // Wrong in one way each: confidence, policy, data quality, impact.
    scanned("tilsner-reinigung-2307-fax.jpg", fadedFax, {
      company: "tilsner",
      number: "2307",
      age: 4,
      costCentre: "4100",
      lines: [
        ["Unterhaltsreinigung, Monatspauschale", 1, 940],
        ["Nachreinigung nach Umbau, Stunde", 11, 38.5],
      ],
    }),
    pdf("praezisa-4471-chf.pdf", {
      company: "praezisa",
      number: "RE-4471",
      age: 10,
      costCentre: "4400",
      lines: [
        ["Miniaturlager 3 × 8 × 4 mm", 200, 4.65],
        ["Spindelwelle, gehärtet", 12, 88.4],
      ],
    }),
    pdf("gullhaven-10093.pdf", {
      company: "gullhaven",
      number: "GH-10093",
      age: 7,
      costCentre: "4300",
      lines: [
        ["Pallet freight, Gothenburg to Bremen", 6, 142],
        ["Customs documents", 1, 75],
      ],
    }),
    scanned("cafe-lindholt-receipt.jpg", phonePhoto, {
      company: "lindholt",
      number: "0815-3372",
      age: 2,
      lines: [
        ["Filterkaffee", 6, 3.2],
        ["Butterkuchen", 4, 3.6],
        ["Mineralwasser", 2, 2.9],
      ],
    }),
    pdf("nordlicht-druck-1209.pdf", {
      company: "nordlicht",
      number: "R-YYYY-1209",
      age: 5,
      costCentre: "4200",
      order: "PO-7719",
      rest: { misprintedGrossMinor: 184241 },
      lines: [
        ["Broschüre A5, 24 Seiten", 500, 1.62],
        ["Plakat A1, vierfarbig", 36, 6.9],
        ["Einladungskarte mit Umschlag", 264, 0.709],
      ],
    }),
    pdf("ateliers-varenne-0331.pdf", {
      company: "varenne",
      number: "FYYYY-0331",
      age: 4,
      costCentre: "4200",
      order: "PO-7745",
      rest: { embedded: { grossMinor: 216000 } },
      lines: [
        ["Vitrine sur mesure, verre feuilleté", 1, 1180],
        ["Éclairage LED, mètre", 14, 45],
      ],
    }),
    pdf("nordlicht-druck-1184-copy.pdf", catalogue),
    pdf("officine-calvessi-571.pdf", {
      company: "calvessi",
      number: "571/YYYY",
      age: 6,
      costCentre: "4400",
      order: "PO-7760",
      lines: [
        ["Tavola rotante, diametro 320 mm", 2, 4850],
        ["Collaudo e messa in servizio", 1, 1650],
      ],
    }),
    pdf("cartonajes-riojal-0967.pdf", {
      company: "riojal",
      number: "YYYY-A-0967",
      age: 1,
      costCentre: "4400",
      order: "PO-7753",
      rest: { iban: ibanOf("ES", "99987301190600774418") },
      lines: [
        ["Caja de cartón ondulado 40 × 30 × 20 cm", 1200, 0.86],
        ["Cinta adhesiva kraft, 50 mm", 48, 2.35],
      ],
    }),
  ];
}

const catalogue: Draft = {
  company: "nordlicht",
  number: "R-YYYY-1184",
  age: 11,
  costCentre: "4200",
  order: "PO-7718",
  lines: [
    ["Messekatalog, 64 Seiten, Klebebindung", 400, 3.48],
    ["Plakat A1, vierfarbig", 40, 6.9],
    ["Gestaltung und Satz, Stunde", 9, 72],
  ],
};

/** A row for each server, so that the table goes over two pages. */
const serverLines: Draft["lines"] = Array.from({ length: 34 }, (_, index) => {
  const large = index % 5 === 0;
  return [
    `Virtual server ${large ? "v8" : "v4"}, node ${String(index + 1).padStart(2, "0")}, one month`,
    1,
    large ? 74 : 38.5,
  ] as const;
});
