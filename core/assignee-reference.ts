const referencePattern = /^(?:(?:role|user|team):\S+|[^\s@:]+@[^\s@]+)$/;

/** True for `role:…`, `user:…`, `team:…` and e-mail addresses; templates are decided when the run gets there. */
export function isAssigneeReference(text: string): boolean {
  return referencePattern.test(text);
}
