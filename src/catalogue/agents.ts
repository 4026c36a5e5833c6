// The User-Agent of a browser, for the few questions that are asked again under one.

/** What any browser begins with, and nothing that a filter could know us by. The run's `X-Opaque-Id` is still sent. */
export const neutralAgent = 'Mozilla/5.0 (X11; Linux x86_64)';
