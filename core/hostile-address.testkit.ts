import fc from "fast-check";
import { anyText } from "@/tests/any-text";

const piece = fc.constantFrom(
  "/",
  "//",
  "\\",
  ".",
  "..",
  "%2e",
  "%2f",
  "%5c",
  "\t",
  "\n",
  "@",
  ":",
  "?",
  "#",
  "evil.test",
  "https:",
  "x",
);

/** Addresses that try to lead away from a site: paths and what looks like one, other sites, and any text. */
export const hostileAddress = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((pieces) => `/${pieces.join("")}`),
  fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
  fc.webUrl(),
  anyText(),
);

/** Sites that somebody may be led away from. */
export const homeOrigin = fc.constantFrom("https://holdpoint.example.com", "http://127.0.0.1:3000");
