// What the command line says in English: help, wrong arguments, how a command ends.

export const commands = {};
