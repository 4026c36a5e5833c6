// `report.md`: the full report as Markdown, for issue trackers and wikis.

import { compose, documentInfo } from '../compose/index.js';
import type { Format } from '../format.js';
import { renderMarkdown } from '../markdown/render.js';

export const format = {
  name: 'md',
  file: 'report.md',
  write: (head, findings, endpoints, out) =>
    renderMarkdown(documentInfo(head), compose(head, findings, endpoints, 'full'), out),
} satisfies Format;
