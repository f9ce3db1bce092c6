import type { UploadedFile } from "@/core/contracts/file";
import { hashToken } from "@/server/digest";
import { createRateLimiter } from "@/server/http/rate-limit";
import type { Actor, UserActor } from "@/server/db/tenant";
import { noteAct } from "@/server/db/transaction";
import { formOfConversation } from "@/server/modules/conversations/service";
import { fileAddress, receiveFile, sendFile } from "@/server/modules/files/service";
import { fileOfRun, formOfMember, formOfPage, type FileForm } from "@/server/modules/runs/service";

/** What an upload says beside its bytes. */
export interface Added {
  name: string;
  question: string;
  request: Request;
}

/** Of one door, by all who have its key: people choose many photos at once, and then fill in the rest. */
const uploads = createRateLimiter({
  perSecond: 1,
  burst: 40,
  refusal: () => "Files are being added faster than they are taken here.",
});

/** Adds a file to the form whose page has this address. */
export async function addOnPage(token: string, added: Added): Promise<UploadedFile> {
  uploads.take(hashToken(token));
  return addTo(await formOfPage(token), added);
}

/** Adds a file to a form of the conversation that this link opens. `visitor`: who is signed in in that browser. */
export async function addInConversation(
  token: string,
  { waitpointId, visitor, ...added }: Added & { waitpointId: string; visitor: Actor | null },
): Promise<UploadedFile> {
  uploads.take(hashToken(token));
  return addTo(await formOfConversation(token, waitpointId, visitor), added);
}

/** Adds a file to a form that a member may answer, or rehearses. */
export async function addAsMember(actor: UserActor, waitpointId: string, added: Added): Promise<UploadedFile> {
  uploads.take(actor.id);
  return addTo(await formOfMember(actor, waitpointId), added);
}

/** The address at which a file of an answer is opened. That it was asked for is written down. */
export async function openFile(actor: UserActor, id: string): Promise<{ url: string }> {
  const file = await fileOfRun(actor, id);
  await noteOpened(actor, file);
  return { url: fileAddress(file.id) };
}

/** The file itself, for programs. That it was read is written down. */
export async function readFile(actor: UserActor, id: string): Promise<Response> {
  const file = await fileOfRun(actor, id);
  await noteOpened(actor, file);
  return sendFile(file);
}

function noteOpened(actor: UserActor, { id, runId, name, sha256 }: Awaited<ReturnType<typeof fileOfRun>>) {
  return noteAct(actor, "file.opened", { type: "file", id }, { runId, name, sha256 });
}

function addTo({ organizationId, waitpointId, schema, by }: FileForm, added: Added): Promise<UploadedFile> {
  return receiveFile({ organizationId, scope: { waitpointId }, schema, uploadedBy: by, ...added });
}
