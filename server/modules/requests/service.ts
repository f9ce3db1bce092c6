export { nudgeRun, withdrawFor } from "./acts";
export { getMine, listMine, nudgeMine, withdrawMine } from "./mine";
export { newsOf, type News } from "./news";
export { isForCustomer } from "./progress";
export { progressOf } from "./progress-of";
export {
  listForms,
  requestFacts,
  requestRunColumns,
  type FormRow,
  type RequestFacts,
  type RequestRun,
} from "./repository";
export { nudgeTracked, readTracking, trackingNews, withdrawTracked } from "./tracking";
