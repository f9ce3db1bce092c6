export { fireDueSchedules } from "./fire-schedules";
export { readIntake, submitIntake } from "./intake";
export { operationalSettings, setOperational } from "./operational";
export { listRequests, startRequest } from "./requests";
export { triggersState } from "./state";
export { recentEvents, sendTestEvent } from "./trigger-events";
export { redriveCall, rotateAddress, sendTestCall, webhookCalls } from "./webhook-settings";
export { decideWebhookSecret, setWebhookSecret } from "./webhook-secret";
