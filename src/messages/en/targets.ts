// Mistakes in targets files, lists of hosts, inventories and repositories of acceptances, in English.

export const targets = {};
