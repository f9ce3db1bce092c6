export { exportDocument } from "./export-document";
export { firstSteps } from "./first-steps";
export { createBlank, duplicateWorkflow, organizeWorkflow } from "./organize";
export { importDocument, readImport } from "./read-import";
export { templateCards, templateChoices, useTemplate } from "./templates";
export { deleteForever, listTrash, purgeTrash, restoreWorkflow, trashWorkflow } from "./trash";
