// What is said in English of sending runs and notifications.

export const sending = {};
