/** How a webhook's sender signs its calls. `auto`: by whichever of these headers are there. */
export const signatureSchemes = [
  "auto",
  "standard_webhooks",
  "github",
  "stripe",
  "shopify",
  "slack",
  "twilio",
  "shared_secret",
] as const;
export type SignatureScheme = (typeof signatureSchemes)[number];

/** Where senders are known to put the id of a delivery. `auto`: by whichever of them is there; `none`: every call is a new one. */
export const deliveryIdPresets = [
  "auto",
  "standard_webhooks",
  "github",
  "stripe",
  "shopify",
  "slack",
  "twilio",
  "none",
] as const;
export type DeliveryIdPreset = (typeof deliveryIdPresets)[number];

/** A header's name, or an expression over `trigger` and `request`. */
export type DeliveryIdSource = DeliveryIdPreset | { header: string } | { expression: string };

/** Methods that may start a run. */
export const webhookMethods = ["POST", "PUT", "PATCH", "DELETE", "GET"] as const;
export type WebhookMethod = (typeof webhookMethods)[number];

/** What a call is answered with: `{"run_id": …}` or the output as JSON, words alone, or nothing. */
export const answerForms = ["json", "text", "empty"] as const;
export type AnswerForm = (typeof answerForms)[number];
