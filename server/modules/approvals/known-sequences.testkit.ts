/** What one person has tried, act after act: of doors and acts in one-person.property.test.ts. */
export const knownSequences: [string[]][] = [
  [
    [
      "start as agreed: over the API",
      "break the bank",
      "let the colleague decide",
      "mend the bank",
      "retry at the payment",
      "approve everything",
    ],
  ],
  [["start otherwise: the form, signed out", "approve everything", "approve everything"]],
  [
    [
      "start otherwise: a test call",
      "approve everything",
      "edit the approval away",
      "rehearse",
      "switch the review off",
      "publish",
    ],
  ],
  [["start as agreed: by hand", "let the colleague decide", "restore", "approve everything"]],
  [["a customer asks", "answer as the customer", "approve everything"]],
  [["a colleague waits for a call", "answer as the outside system", "approve everything"]],
  [["a customer asks", "answer the form themselves", "take the approvals over", "approve everything"]],
  [
    [
      "start otherwise: by hand",
      "have the colleague hand everything over",
      "approve everything",
      "retry with another amount",
    ],
  ],
  [
    [
      "a colleague waits for a call",
      "answer as the outside system",
      "have the colleague hand everything over",
      "approve everything",
    ],
  ],
  [["wait until the trash is emptied", "make one anew under its name", "take it back out of the trash"]],
  [["start an unguarded copy", "approve with other values", "send everything once more", "approve everything"]],
];
