import {
  callbackContext,
  connectionContext,
  conversationContext,
  idempotencyContext,
  subscriptionContext,
  triggerContext,
} from "@/server/integrations/secrets/key-ring";

/** A place in the database where sealed secrets lie. */
export interface SealedColumn {
  table: string;
  /** SQL that gives the sealed text. */
  text: string;
  /** SQL that writes it: `$1` is the new text. */
  write: string;
  /** Columns that name a row, all as text. */
  key: readonly string[];
  /** Which rows hold one. */
  where: string;
  /** Where the secret belongs. `key` in the order above. */
  context(organizationId: string, key: readonly string[]): string;
}

/** All of them. A new sealed column belongs here, or its old key can never be retired. */
export const sealedColumns: readonly SealedColumn[] = [
  column("connections", "secret_sealed", connectionContext),
  column("active_triggers", "token_sealed", triggerContext),
  column("active_triggers", "secret_sealed", triggerContext),
  column("active_triggers", "asked_secret_sealed", triggerContext),
  column("conversations", "token_sealed", conversationContext),
  column("webhook_subscriptions", "secret_sealed", subscriptionContext),
  column("webhook_subscriptions", "previous_sealed", subscriptionContext),
  {
    table: "waitpoints",
    text: "request->>'callbackUrlSealed'",
    write: "request = jsonb_set(request, '{callbackUrlSealed}', to_jsonb($1::text))",
    key: ["id"],
    where: "kind = 'callback' and status = 'open' and request ? 'callbackUrlSealed'",
    context: (organizationId, [id = ""]) => callbackContext(organizationId, id),
  },
  {
    table: "idempotency_keys",
    text: "response #>> '{}'",
    write: "response = to_jsonb($1::text)",
    key: ["actor_id", "key"],
    where: "jsonb_typeof(response) = 'string' and response #>> '{}' like 'v1.%'",
    context: (organizationId, [actorId = "", key = ""]) => idempotencyContext({ organizationId, actorId, key }),
  },
];

function column(table: string, name: string, context: (organizationId: string, id: string) => string): SealedColumn {
  return {
    table,
    text: name,
    write: `${name} = $1`,
    key: ["id"],
    where: `${name} is not null`,
    context: (organizationId, [id = ""]) => context(organizationId, id),
  };
}
