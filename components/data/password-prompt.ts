/** The one question for a password that is open at a time, however many calls wait for it. */
export interface PasswordPrompt {
  /** Opens the dialog; true once the password was given, false when the person would rather not. */
  ask(): Promise<boolean>;
  settle(proven: boolean): void;
  isOpen(): boolean;
  subscribe(listener: () => void): () => void;
}

export function createPasswordPrompt(): PasswordPrompt {
  const listeners = new Set<() => void>();
  let waiting: { answer: Promise<boolean>; give: (proven: boolean) => void } | null = null;
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    ask() {
      if (waiting) return waiting.answer;
      let give: (proven: boolean) => void = () => undefined;
      const answer = new Promise<boolean>((resolve) => {
        give = resolve;
      });
      waiting = { answer, give };
      tell();
      return answer;
    },
    settle(proven) {
      const asked = waiting;
      waiting = null;
      asked?.give(proven);
      tell();
    },
    isOpen: () => waiting !== null,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
