// RFC 4180, UTF-8 with a byte order mark, so that Excel reads it as UTF-8. A text that a spreadsheet would run as a formula
// (it begins with `=`, `+`, `-`, `@` or a line end) gets an apostrophe in front: targets choose these texts. A tab is a space.
// findings.csv: one row per finding, for spreadsheets.
import { stringify } from 'csv-stringify/sync';
import type { Finding } from '../../model/finding.js';
import type { Format } from '../format.js';
import { visible } from '../../text/visible.js';
import { numberedSteps } from '../steps.js';
import type { Texts } from '../texts/en.js';
import { seenFromNames } from '../vantages.js';

type Cell = string | number | boolean | null;

/** The columns, in their order: both are part of the contract for programs (docs/formats.md). */
const columns: readonly (readonly [name: string, cell: (finding: Finding, texts: Texts) => Cell])[] = [
  ['severity', ({ severity }) => severity],
  ['check', ({ check }) => check],
  ['title', ({ title }) => title],
  ['owner', ({ owner }) => owner],
  ['owners', ({ owners }) => owners.join(', ')],
  ['environment', ({ environment }) => environment],
  ['target', ({ target }) => target],
  ['endpoint', ({ endpoint }) => endpoint],
  ['address', ({ address }) => address],
  ['port', ({ port }) => port],
  ['product', ({ product }) => product],
  ['version', ({ version }) => version],
  ['state', ({ state }) => state],
  ['access', ({ access }) => access],
  ['proof', ({ proof }) => proof],
  ['indices', ({ contents }) => contents?.indices ?? null],
  ['documents', ({ contents }) => contents?.documents ?? null],
  ['bytes', ({ contents }) => contents?.bytes ?? null],
  ['data_classes', ({ classes }) => classes.map((each) => each.class).join(', ')],
  ['configured_open_since', ({ since }) => since.configuredOpenSince],
  ['seen_since', ({ since }) => since.seenOpenSince],
  ['summary', ({ summary }) => summary],
  ['remedy', ({ remedy }, texts) => numberedSteps(remedy, texts).join('\n')],
  ['verify', ({ remedy }) => remedy.verify.command],
  ['cvss4_score', ({ cvss }) => cvss.v4.score],
  ['cvss4_vector', ({ cvss }) => cvss.v4.vector],
  ['cvss31_score', ({ cvss }) => cvss.v31.score],
  ['cvss31_vector', ({ cvss }) => cvss.v31.vector],
  ['cwe', ({ cwe }) => cwe],
  ['references', ({ references }) => references.join('\n')],
  ['accepted_by', ({ accepted }) => accepted?.approvedBy ?? null],
  ['accepted_until', ({ accepted }) => accepted?.until ?? null],
  ['accepted_reason', ({ accepted }) => accepted?.reason ?? null],
  ['declared_in', ({ declaredIn }) => (declaredIn === null ? null : `${declaredIn.file}:${declaredIn.line}`)],
  ['problem', ({ problem }) => problem],
  ['fingerprint', ({ fingerprint }) => fingerprint],
  ['id', ({ id }) => id],
  ['seen_from', (finding) => seenFromNames(finding).join(', ')],
];

function visibleCell(cell: Cell): Cell {
  return typeof cell === 'string' ? visible(cell).replaceAll('\t', ' ') : cell;
}

export const format = {
  name: 'csv',
  file: 'findings.csv',
  write: async (_head, findings, _endpoints, out, { csvDelimiter, texts }) => {
    const line = (cells: readonly Cell[], bom: boolean): string =>
      stringify([[...cells]], {
        bom,
        delimiter: csvDelimiter,
        escape_formulas: true,
        record_delimiter: 'windows',
        // a line end within a cell ends the row for most readers, whatever ends the rows
        quoted_match: /[\r\n]/,
        cast: { boolean: String },
      });
    await out.write(
      line(
        columns.map(([name]) => name),
        true,
      ),
    );
    for await (const finding of findings()) {
      await out.write(
        line(
          columns.map(([, cell]) => visibleCell(cell(finding, texts))),
          false,
        ),
      );
    }
  },
} satisfies Format;
