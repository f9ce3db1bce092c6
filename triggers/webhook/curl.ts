import type { Json } from "@/core/json";
import { curl } from "@/triggers/curl";

/** A call of a webhook's address from a terminal. */
export function webhookCurl(url: string, hasSecret: boolean, body: Json): string {
  return curl(url, hasSecret ? ["X-Webhook-Secret: YOUR_SECRET"] : [], body);
}
