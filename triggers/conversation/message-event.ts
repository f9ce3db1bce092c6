/** What is listened to where the trigger names no other event. */
export const messageEvent = "conversation.message";
