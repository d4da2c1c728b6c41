import type { Logo } from "../company.ts";
import type { Pdf } from "./sheet.ts";

/** Draws a company's mark into a square of `size` points. */
export function drawLogo(
  pdf: Pdf,
  logo: Logo,
  x: number,
  y: number,
  size: number,
  [main, pale]: readonly [string, string],
): void {
  pdf
    .save()
    .translate(x, y)
    .scale(size / 100);
  marks[logo](pdf, main, pale);
  pdf.restore();
}

type Mark = (pdf: Pdf, main: string, pale: string) => void;

/** Each drawn in a square of 100. */
const marks: Readonly<Record<Logo, Mark>> = {
  stars: (pdf, main, pale) => {
    pdf.circle(50, 50, 50).fill(pale);
    pdf.path("M50 12 L58 42 L88 50 L58 58 L50 88 L42 58 L12 50 L42 42 Z").fill(main);
    pdf.circle(76, 24, 6).fill(main);
  },
  tile: (pdf, main, pale) => {
    pdf.roundedRect(0, 0, 100, 100, 14).fill(main);
    pdf.rect(24, 20, 40, 60).fill(pale);
    pdf.path("M64 20 L76 32 L76 80 L64 80 Z").fill("#ffffff");
    for (const line of [34, 46, 58]) pdf.rect(31, line, 26, 4).fill(main);
  },
  waves: (pdf, main, pale) => {
    for (const [index, colour] of [main, pale, main].entries())
      pdf
        .path(`M0 ${28 + index * 24} Q25 ${8 + index * 24} 50 ${28 + index * 24} T100 ${28 + index * 24}`)
        .lineWidth(13)
        .strokeColor(colour)
        .stroke();
  },
  hexagon: (pdf, main, pale) => {
    pdf.polygon([50, 0], [94, 25], [94, 75], [50, 100], [6, 75], [6, 25]).fill(main);
    pdf.polygon([50, 22], [75, 36], [50, 50], [25, 36]).fill(pale);
    pdf.polygon([22, 43], [47, 57], [47, 82], [22, 68]).fill("#ffffff");
    pdf.polygon([78, 43], [53, 57], [53, 82], [78, 68]).fill(pale);
  },
  gear: (pdf, main, pale) => {
    for (let tooth = 0; tooth < 8; tooth += 1)
      pdf
        .save()
        .rotate(tooth * 45, { origin: [50, 50] })
        .rect(42, 2, 16, 96)
        .fill(main)
        .restore();
    pdf.circle(50, 50, 36).fill(main);
    pdf.circle(50, 50, 17).fill(pale);
  },
  orbit: (pdf, main, pale) => {
    pdf.circle(50, 50, 22).fill(main);
    pdf
      .save()
      .rotate(-28, { origin: [50, 50] })
      .ellipse(50, 50, 49, 19)
      .lineWidth(6)
      .strokeColor(main)
      .stroke()
      .restore();
    pdf.circle(88, 27, 9).fill(pale).circle(88, 27, 6).fill(main);
  },
  leaf: (pdf, main, pale) => {
    pdf.path("M10 90 C10 30 40 6 94 6 C94 62 66 92 10 90 Z").fill(main);
    pdf.path("M14 86 Q46 54 76 26").lineWidth(5).strokeColor(pale).stroke();
  },
  wing: (pdf, main, pale) => {
    pdf.path("M0 70 Q50 60 100 8 Q92 66 40 82 Q18 88 0 70 Z").fill(main);
    pdf.path("M22 72 Q58 62 84 36").lineWidth(5).strokeColor(pale).stroke();
  },
  mill: (pdf, main, pale) => {
    pdf.polygon([40, 46], [60, 46], [68, 100], [32, 100]).fill(main);
    for (let sail = 0; sail < 4; sail += 1)
      pdf
        .save()
        .rotate(24 + sail * 90, { origin: [50, 44] })
        .rect(46, 0, 8, 44)
        .fill(sail % 2 === 0 ? main : pale)
        .restore();
    pdf.circle(50, 44, 8).fill(main);
  },
  cup: (pdf, main) => {
    pdf.path("M16 40 L76 40 Q74 88 46 88 Q18 88 16 40 Z").fill(main);
    pdf.path("M76 48 Q98 48 90 66 Q84 76 72 72").lineWidth(6).strokeColor(main).stroke();
    for (const steam of [34, 52])
      pdf
        .path(`M${steam} 32 Q${steam - 8} 22 ${steam} 14 T${steam} 2`)
        .lineWidth(4)
        .strokeColor(main)
        .stroke();
  },
};
