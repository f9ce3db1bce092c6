/** The name of a form's draft in this tab. */
export function draftOfForm(waitpointId: string): string {
  return `conversation ${waitpointId}`;
}
