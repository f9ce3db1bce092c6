/** One engine of the comparison, ready to be loaded. */
export interface Contender {
  /** A POST here takes the five steps and answers with what the last one left. */
  url: string;
  /** Its processes by what they are, for reading their CPU. */
  processes(): Record<string, number>;
  stop(): Promise<void>;
}
