import type { FormLayout } from "@/core/workflow/form-layout";

export const parallelForm: FormLayout = { groups: [], notOffered: [] };
