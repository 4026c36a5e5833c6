// What audits, comparisons and merges say in English while they work.

export const runs = {};
