import { unreadableNames } from "@/core/expression/safe-data";
import type { Json } from "@/core/json";
import type { StepErrorCode } from "@/core/step-error-codes";
import type { HttpResponse } from "@/core/ports";
import { decodeBody, excerptOf, type BodyProblem } from "./decode-body";
import { unpack, UnknownEncodingError } from "./unpack";

/** What an answer that cannot be read is called in a step's error. */
const errorCodes: Readonly<Record<BodyProblem, StepErrorCode>> = {
  not_json: "response_not_json",
  too_deep: "response_unreadable",
  number_too_large: "response_unreadable",
  unknown_charset: "response_unreadable",
  broken_text: "response_unreadable",
  broken_form: "response_unreadable",
};

type ReadAnswer = Pick<HttpResponse, "body" | "warnings" | "problem">;

/**
 * The body of an answer, unpacked (at most `limit` bytes) and read as it is declared. What cannot be read is a problem
 * beside the text: the step decides, because a status may say more. Throws what `unpack` throws about damaged bytes.
 */
export async function readAnswer(
  packed: Uint8Array,
  headers: Readonly<Record<string, string>>,
  limit: number,
): Promise<ReadAnswer> {
  let bytes: Uint8Array;
  try {
    bytes = await unpack(packed, headers["content-encoding"] ?? "", limit);
  } catch (error) {
    if (!(error instanceof UnknownEncodingError)) throw error;
    const message = `The service packed its answer as "${error.encoding}", which cannot be unpacked. Ask it for gzip or for nothing.`;
    return { body: null, problem: { code: "response_unreadable", message } };
  }
  const type = headers["content-type"] ?? "";
  const decoded = await decodeBody(bytes, type);
  if (decoded.ok) {
    const warnings = [...decoded.warnings, ...unreadable(decoded.value)];
    return { body: decoded.value, ...(warnings.length === 0 ? {} : { warnings }) };
  }
  return { body: decoded.text, problem: { code: errorCodes[decoded.code], message: said(decoded.code, decoded) } };
}

/** They stand in the step's output, and nowhere that reads it: nobody should have to find that out. */
function unreadable(body: Json): string[] {
  const names = unreadableNames(body);
  return names.length === 0
    ? []
    : [
        `The answer has fields named ${names.join(", ")}, which expressions cannot read: they are left out of what later steps get.`,
      ];
}

function said(code: BodyProblem, { message, text }: { message: string; text: string }): string {
  const begins = excerptOf(text) === "" ? "" : ` It begins with: ${excerptOf(text)}`;
  return code === "not_json"
    ? `The service declared its answer as JSON, but it is not.${begins}`
    : `The answer of the service cannot be read. ${message}${begins}`;
}
