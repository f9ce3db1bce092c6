/** What this process was doing is another worker's by now: nothing of it may be sent or recorded. Never a step's failure. */
export class TakenOver extends Error {
  constructor() {
    super("This call belongs to another worker now.");
    this.name = "TakenOver";
  }
}
