// What went wrong with a file, a folder or a record, in English.

export const files = {};
