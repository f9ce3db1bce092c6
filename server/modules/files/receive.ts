import { createHash } from "node:crypto";
import { AppError } from "@/core/errors";
import { acceptWords, sizeWords } from "@/core/file-types";
import type { UploadedFile } from "@/core/contracts/file";
import { newId } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import { attachmentAsked, questionOf } from "@/core/schema/attachment-answers";
import type { AttachmentQuestion } from "@/core/schema/attachment";
import type { OrganizationId } from "@/server/db/tenant";
import { contentType, isText } from "./content-type";
import { fileName } from "./file-name";
import { pieces } from "./pieces";
import { beginFile, dropArriving, finishFile, insertChunk, type FileScope } from "./store";

/** That lie there without an answer: of one form, where people take back what they added, and of an organization. */
const mostOfForm = 60;
const mostBytes = 1_000_000_000;

export interface Upload {
  organizationId: OrganizationId;
  scope: FileScope;
  /** Of the form that asks for it. */
  schema: JsonObject;
  /** Where it answers a question: `lines[0].photo`. */
  question: string;
  name: string;
  /** Whoever adds it, in words. */
  uploadedBy: string;
  request: Request;
}

/**
 * Takes a file from the body of a request, piece by piece: what is too large is refused at the byte where it is, what it is told by its content.
 * Until an answer with it is sent it is loose.
 */
export async function receiveFile(upload: Upload): Promise<UploadedFile> {
  const { organizationId, scope, schema, question, name, uploadedBy, request } = upload;
  const asks = attachmentAsked(schema, question);
  if (asks === null) throw new AppError("not_found", "This form asks for no file there. Load the page again.");
  const declared = Number(request.headers.get("content-length") ?? 0);
  if (declared > asks.maxBytes) throw tooLarge(asks);
  if (request.body === null) throw empty();
  const id = newId();
  const said = await beginFile({
    id,
    org: organizationId,
    question: questionOf(question),
    name: fileName(name, ""),
    by: uploadedBy,
    size: declared > 0 ? declared : asks.maxBytes,
    mostOfForm,
    mostBytes,
    ...("waitpointId" in scope
      ? { waitpoint: scope.waitpointId }
      : { trigger: scope.triggerId, submission: scope.submissionId }),
  });
  if (said !== "begun") throw notBegun(said);
  try {
    const facts = await keep(id, { ...upload, asks, body: request.body });
    if (!(await finishFile(id, facts))) throw cutOff();
    return { id, ...facts };
  } catch (error) {
    await dropArriving(id);
    throw error;
  }
}

async function keep(
  id: string,
  { asks, name, body }: { asks: AttachmentQuestion; name: string; body: ReadableStream<Uint8Array> },
): Promise<Omit<UploadedFile, "id">> {
  const hash = createHash("sha256");
  let size = 0;
  let n = 0;
  let type: string | null = null;
  const limited = pieces(body, asks.maxBytes, () => tooLarge(asks));
  for await (const piece of limited) {
    type ??= await contentType(piece, { name, accept: asks.accept });
    if (type === null || (type.startsWith("text/") && !isText(piece))) throw notTaken(asks);
    hash.update(piece);
    await insertChunk(id, n, piece);
    size += piece.length;
    n += 1;
  }
  if (type === null) throw empty();
  return { name: fileName(name, type), type, size, sha256: hash.digest("hex") };
}

function tooLarge({ maxBytes }: AttachmentQuestion): AppError {
  return new AppError(
    "payload_too_large",
    `This file is larger than ${sizeWords(maxBytes)}, the most that can be added here. Choose a smaller one.`,
  );
}

function notTaken({ accept }: AttachmentQuestion): AppError {
  return new AppError(
    "unsupported_media_type",
    `This file is not what can be added here, whatever its name says. Choose ${acceptWords(accept)}.`,
  );
}

function empty(): AppError {
  return new AppError("validation_failed", "This file is empty. Choose another one.");
}

function cutOff(): AppError {
  return new AppError("bad_request", "The file did not arrive as a whole. Add it again.");
}

function notBegun(said: string): AppError {
  if (said === "closed")
    return new AppError("waitpoint_already_resolved", "This form takes no answers any more. The file was not kept.");
  return said === "too_many"
    ? new AppError("rate_limited", "So many files were added to this form that it takes no more. Send what you have.")
    : new AppError("rate_limited", "So many files are being added that this one cannot be taken now. Try again later.");
}
