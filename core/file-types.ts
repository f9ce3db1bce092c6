/** A type of file that a form can take: what its content is found to be, in people's words, and how names of such files end. */
interface FileType {
  type: string;
  words: string;
  /** The first is given to names that end in another way. */
  endings: readonly [string, ...string[]];
}

/**
 * Every type that a form can take. What is not in the list is refused whatever a form says it accepts: above all what a browser or a computer
 * would carry out (HTML, SVG, scripts, programs, documents with macros) and what hides others (archives).
 */
export const fileTypes: readonly FileType[] = [
  { type: "application/pdf", words: "PDF", endings: [".pdf"] },
  { type: "image/png", words: "PNG", endings: [".png"] },
  { type: "image/jpeg", words: "JPEG", endings: [".jpg", ".jpeg"] },
  { type: "image/webp", words: "WebP", endings: [".webp"] },
  { type: "image/heic", words: "HEIC", endings: [".heic", ".heif"] },
  { type: "text/plain", words: "plain text", endings: [".txt", ".log", ".md"] },
  { type: "text/csv", words: "CSV", endings: [".csv"] },
  {
    type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    words: "Word (.docx)",
    endings: [".docx"],
  },
  {
    type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    words: "Excel (.xlsx)",
    endings: [".xlsx"],
  },
  {
    type: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    words: "PowerPoint (.pptx)",
    endings: [".pptx"],
  },
];

/** What browsers draw as a picture without running anything. */
export const shownInline: ReadonlySet<string> = new Set(["image/png", "image/jpeg", "image/webp"]);

/** Of a question that does not say another. */
export const defaultFileBytes = 10_000_000;
/** The most that any question can take. */
export const maxFileBytes = 25_000_000;
/** Of all that one form is answered with. */
export const maxFormFiles = 20;
export const maxFormFileBytes = 100_000_000;

/** Letters of the name that is typed beside a signature. */
export const maxSignedBy = 200;

/** Whether `accept`, such as `application/pdf` or `image/*`, takes a type. */
export function acceptsType(accept: readonly string[], type: string): boolean {
  return accept.some((each) => each === type || (each.endsWith("/*") && type.startsWith(each.slice(0, -1))));
}

/** Whether a form can take anything of what is written in `x-accept`. */
export function isTakable(accept: string): boolean {
  return fileTypes.some(({ type }) => acceptsType([accept], type));
}

/** "PDF, PNG or JPEG" */
export function acceptWords(accept: readonly string[]): string {
  const words = fileTypes.filter(({ type }) => acceptsType(accept, type)).map((each) => each.words);
  const last = words.pop() ?? "nothing";
  return words.length === 0 ? last : `${words.join(", ")} or ${last}`;
}

/** "2.4 MB", as people read how large a file is: in thousands. */
export function sizeWords(bytes: number): string {
  if (bytes < 1_000) return `${String(bytes)} bytes`;
  if (bytes < 1_000_000) return `${String(Math.round(bytes / 1_000))} kB`;
  return `${String(Math.round(bytes / 100_000) / 10)} MB`;
}
