/** Of a mapping whose fields come from what arrived. */
export const fromWhatArrived = "A fixed value, or ${trigger.name} for a field of what arrived.";
