// `report.html`: the full report for people, in one self-contained file.

import { compose, documentInfo } from '../compose/index.js';
import type { Format } from '../format.js';
import { renderHtml } from '../html/render.js';

export const format = {
  name: 'html',
  file: 'report.html',
  write: (head, findings, endpoints, out, { texts }) =>
    renderHtml(documentInfo(head, texts), compose(head, findings, endpoints, 'full', texts), out),
} satisfies Format;
