import { liveKinds } from "@/core/contracts/live";
import { newsOf, type News } from "@/server/modules/requests/service";
import { openForNews } from "./open-conversation";
import { countRunsAmong } from "./repository";

/** Says that something in the conversation of this key changed, never what; the page then asks for what it shows. */
export async function* conversationNews(newsKey: string, signal: AbortSignal | undefined): AsyncGenerator<News> {
  const { conversation, actor } = await openForNews(newsKey);
  const { organizationId } = actor;
  const ours = [liveKinds.everything, liveKinds.runs, `conversation:${conversation.id}`];
  yield* newsOf(
    {
      holder: `conversation ${conversation.id}`,
      organizationId,
      isOurs: async ({ runIds, kinds }) =>
        kinds.some((kind) => ours.includes(kind)) ||
        (runIds.length > 0 && (await countRunsAmong(organizationId, conversation.id, runIds)) > 0),
    },
    signal,
  );
}
