// `report.md`: the full report as Markdown, for issue trackers and wikis.

import { compose, documentInfo } from '../compose/index.js';
import type { Format } from '../format.js';
import { renderMarkdown } from '../markdown/render.js';
import { en } from '../texts/en.js';

export const format = {
  name: 'md',
  file: 'report.md',
  write: (head, findings, endpoints, out) =>
    renderMarkdown(documentInfo(head, en), compose(head, findings, endpoints, 'full', en), out),
} satisfies Format;
