// `summary.html`: title, management summary and list of problems, to be printed on a few pages.

import { compose, documentInfo } from '../compose/index.js';
import type { Format } from '../format.js';
import { renderHtml } from '../html/render.js';

export const format = {
  name: 'summary',
  file: 'summary.html',
  write: (head, findings, endpoints, out, { texts }) =>
    renderHtml(documentInfo(head, texts), compose(head, findings, endpoints, 'summary', texts), out),
} satisfies Format;
