// `report.html`: the full report for people, in one self-contained file.

import { compose, documentInfo } from '../compose/index.js';
import type { Format } from '../format.js';
import { renderHtml } from '../html/render.js';
import { en } from '../texts/en.js';

export const format = {
  name: 'html',
  file: 'report.html',
  write: (head, findings, endpoints, out) =>
    renderHtml(documentInfo(head, en), compose(head, findings, endpoints, 'full', en), out),
} satisfies Format;
