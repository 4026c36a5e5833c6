// `report.md`: the full report as Markdown, for issue trackers and wikis.

import { compose, documentInfo } from '../compose/index.js';
import type { Format } from '../format.js';
import { renderMarkdown } from '../markdown/render.js';

export const format = {
  name: 'md',
  file: 'report.md',
  write: (head, findings, endpoints, out, { texts }) =>
    renderMarkdown(documentInfo(head, texts), compose(head, findings, endpoints, 'full', texts), out),
} satisfies Format;
