// Brings a tracker up to date with tickets.ndjson; run twice, it does nothing the second time. See ../tickets.md.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/**
 * Reads the file and does what each line says.
 *
 * @param {string} file tickets.ndjson
 * @param {{
 *   find(key: string): Promise<{ id: string, open: boolean } | null>,
 *   create(line: any, text: string): Promise<void>,
 *   mentions(id: string, revision: string): Promise<boolean>,
 *   comment(id: string, text: string): Promise<void>,
 *   close(id: string): Promise<void>,
 *   reopen(id: string): Promise<void>,
 * }} tracker
 * @param {(text: string) => void} say
 */
export async function apply(file, tracker, say) {
  const done = { created: 0, commented: 0, reopened: 0, resolved: 0, unchanged: 0 };
  for await (const text of createInterface({ input: createReadStream(file, 'utf8') })) {
    if (text === '') continue;
    const line = JSON.parse(text);
    const before = { ...done };
    const ticket = await tracker.find(line.key);
    if (ticket === null) {
      // What was fixed before anyone was told needs no ticket, and neither does what is left only in accepted findings.
      if (line.action !== 'resolve' && line.findings > 0) {
        await tracker.create(line, `${line.body}\n\n${line.key} ${line.revision}`);
        done.created += 1;
      }
    } else {
      const told = await tracker.mentions(ticket.id, line.revision);
      // Closed by hand although it is still open: said once, and then left to the person who closed it.
      if (!ticket.open && line.action !== 'resolve' && line.findings > 0 && !told) {
        await tracker.reopen(ticket.id);
        done.reopened += 1;
      }
      if (!told && (line.changed || !ticket.open) && (ticket.open || line.findings > 0)) {
        await tracker.comment(ticket.id, `${line.comment}\n\n${line.key} ${line.revision}`);
        done.commented += 1;
      }
      if (ticket.open && line.action === 'resolve') {
        await tracker.close(ticket.id);
        done.resolved += 1;
      }
    }
    if (Object.keys(done).every((key) => done[key] === before[key])) done.unchanged += 1;
  }
  say(
    Object.entries(done)
      .map(([what, count]) => `${count} ${what}`)
      .join(', '),
  );
}

/** Sets the exit code to 1 and says why where something fails: run it again then; nothing is done twice. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
