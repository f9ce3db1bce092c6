import PDFDocument from "pdfkit";
import { fonts } from "./fonts";
import { textRuns } from "./text-runs";

const ink = "#1c1b18";
const soft = "#57554d";
const width = 595.28 - 2 * 56;
const labelWidth = 130;
const sizes = { H1: 18, H2: 13, H3: 11, P: 10 } as const;

/** A PDF that is written from top to bottom: headings, sentences and facts, tagged for screen readers. */
export interface Paper {
  heading(level: "H1" | "H2" | "H3", text: string): void;
  paragraph(text: string, look?: "soft"): void;
  fact(label: string, value: string): void;
  /** Numbers the pages and gives the file. */
  finish(): Promise<Buffer>;
}

export function openPaper(title: string): Paper {
  const doc = new PDFDocument({
    size: "A4",
    margins: { top: 56, left: 56, right: 56, bottom: 64 },
    bufferPages: true,
    pdfVersion: "1.7",
    tagged: true,
    lang: "en",
    displayTitle: true,
    info: { Title: title, Producer: "Holdpoint", Creator: "Holdpoint" },
    // The fonts that every reader has would need files that are not here.
    font: null as unknown as string,
  });
  const chunks: Buffer[] = [];
  doc.on("data", (chunk: Buffer) => chunks.push(chunk));
  fonts().forEach((font, place) => doc.registerFont(String(place), font as unknown as string));
  doc.font("0");

  /** Text in all its fonts, at a place or where the last one ended. */
  const write = (text: string, size: number, color: string, place: { x: number; width: number }): void => {
    const runs = textRuns(text, fonts());
    doc.fontSize(size).fillColor(color);
    doc.x = place.x;
    if (runs.length === 0) doc.font("0").text(" ", { width: place.width });
    runs.forEach((run, index) =>
      doc.font(String(run.font)).text(run.text, { width: place.width, continued: index < runs.length - 1, lineGap: 2 }),
    );
  };
  const tagged = (tag: string, work: () => void): void => {
    doc.addStructure(doc.struct(tag, {}, work));
  };
  const whole = { x: 56, width };

  return {
    heading(level, text) {
      if (doc.y > doc.page.height - 130) doc.addPage();
      else if (doc.y > 60) doc.moveDown(level === "H3" ? 0.6 : 1);
      tagged(level, () => write(text, sizes[level], ink, whole));
      doc.moveDown(0.3);
    },
    paragraph(text, look) {
      tagged("P", () => write(text, sizes.P, look === "soft" ? soft : ink, whole));
      doc.moveDown(0.3);
    },
    fact(label, value) {
      // A label does not stand at the end of a page without its value.
      if (doc.y > doc.page.height - 100) doc.addPage();
      const top = doc.y;
      tagged("P", () => {
        write(label, sizes.P, soft, { x: 56, width: labelWidth - 10 });
        const afterLabel = doc.y;
        doc.y = top;
        const page = doc.bufferedPageRange().count;
        write(value, sizes.P, ink, { x: 56 + labelWidth, width: width - labelWidth });
        if (doc.bufferedPageRange().count === page) doc.y = Math.max(doc.y, afterLabel);
      });
      doc.moveDown(0.25);
    },
    async finish() {
      const { start, count } = doc.bufferedPageRange();
      for (let index = 0; index < count; index += 1) {
        doc.switchToPage(start + index);
        // Below the margin, where text would begin a new page.
        doc.page.margins.bottom = 0;
        doc.markContent("Artifact", { type: "Pagination" });
        doc.y = doc.page.height - 40;
        write(`Page ${String(index + 1)} of ${String(count)} · ${title}`.slice(0, 90), 8, soft, whole);
        doc.endMarkedContent();
      }
      const ended = new Promise<void>((resolve, reject) => {
        doc.on("end", resolve);
        doc.on("error", reject);
      });
      doc.end();
      await ended;
      return Buffer.concat(chunks);
    },
  };
}
