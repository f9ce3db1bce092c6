/** One entry of the catalogue that the documentation and the builder's completion show. */
export interface ExpressionFunction {
  name: string;
  signature: string;
  description: string;
  /** An expression that runs as it stands … */
  example: string;
  /** … and what it gives, as JSON text. */
  result: string;
}

export interface FunctionImplementation extends ExpressionFunction {
  /** Numbers of arguments it takes. */
  arities: readonly number[];
  /** CEL's name of what it returns. */
  returns: "string" | "bool" | "double" | "list" | "dyn" | "google.protobuf.Timestamp";
  /** Steps of a call beyond the one that everything costs: half a microsecond each, on a small server. */
  cost?: number;
  /** Absent for the macros, which see their arguments before these are evaluated. */
  call?: (...args: unknown[]) => unknown;
}

/** CEL has no rest parameters: a function of any number of arguments is registered once for each number. */
export const anyNumber = [1, 2, 3, 4, 5, 6, 7, 8] as const;
