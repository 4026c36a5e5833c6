// The command line: commands, options and help.
import { Command, CommanderError, Option, InvalidArgumentError } from '@commander-js/extra-typings';
import { redactionLevels, severities } from '../model/finding.js';
import { mostShards, readShard, type Shard } from '../model/series.js';
import { mostWorkers } from '../run/workers.js';
import { exitCodesText, exitWith, failed } from './exit.js';
import { toolVersion } from '../plan/tool.js';

/** Names with commas between them; an option that is given twice adds to them. */
function words(value: string, previous: readonly string[] = []): string[] {
  const items = value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  if (items.length === 0) throw new InvalidArgumentError('Write names with commas between them.');
  return [...new Set([...previous, ...items])];
}

/** A text that is not empty, as that of an unset variable of a shell would be. */
function filled(instead: string): (value: string) => string {
  return (value) => {
    if (value.trim() === '') throw new InvalidArgumentError(instead);
    return value;
  };
}

function workerCount(value: string): number {
  const count = Number(value);
  if (!/^\d+$/.test(value) || count < 1 || count > mostWorkers)
    throw new InvalidArgumentError(`Write a number from 1 to ${mostWorkers}.`);
  return count;
}

const folder = filled('Name a folder.');
const file = filled('Name a file.');

const program = new Command('leftopen')
  .description(
    'Finds the Elasticsearch, OpenSearch, Kibana and OpenSearch Dashboards that your own organisation left open.\n' +
      'Reads only: GET and HEAD, declared endpoints only, never a document.',
  )
  .version(toolVersion)
  .showHelpAfterError('(see leftopen --help)')
  .addHelpText(
    'after',
    `\nExit codes:\n${exitCodesText()}\n\nStart with: leftopen init, then leftopen plan targets.yaml`,
  )
  .exitOverride();

const vantage = () =>
  new Option('--vantage <name[:exposure[:egress]]>', 'where this run is made from, instead of what the file says');
const shard = () =>
  new Option(
    '--shard <N/OF>',
    'only the hosts of this part, such as 3/8: eight runs share the estate, and leftopen merge joins them',
  ).argParser((value: string): Shard => {
    const read = readShard(value);
    if (read === null)
      throw new InvalidArgumentError(`Write which part of how many, such as 3/8 (at most ${mostShards} parts).`);
    return read;
  });
const fullAddresses = () =>
  new Option(
    '--full-addresses',
    'keep the full addresses of outside clients, not only their networks (needs techniques.outsideReaders)',
  );
const format = () =>
  new Option(
    '--format <names>',
    'formats to write, with commas between them (docs/formats.md lists them; default: html,md,json)',
  ).argParser(words);
const csvDelimiter = () =>
  new Option('--csv-delimiter <name>', 'between the cells of the csv format (default: comma)').choices([
    'comma',
    'semicolon',
    'tab',
  ] as const);
const sarifAll = () =>
  new Option(
    '--sarif-all',
    'list accepted findings in the sarif format too, as suppressed, and those that are gone, as absent',
  );
const detail = () =>
  new Option('--detail <level>', 'what the github format names: counts only, or hosts and owners too').choices([
    'counts',
    'full',
  ] as const);
const sysreptorFields = () =>
  new Option(
    '--sysreptor-fields <FIELD=NAME,...>',
    "names of fields in your own SysReptor design, by the sysreptor format's own names",
  ).argParser(words);
const runsIn = () => new Option('--out <folder>', 'where run folders are').argParser(folder).default('reports');
const maskNames = () =>
  new Option(
    '--mask-names',
    'replace names of indices, patterns and clusters by pseudonyms in the reports; names of fields stay',
  );
const redact = () =>
  new Option(
    '--redact <level>',
    'replace by pseudonyms, the same in every run of the engagement: names of indices and clusters, or all: hosts, owners, people and the client too',
  ).choices(redactionLevels);
const knowledgeFile = () =>
  new Option(
    '--knowledge <file>',
    'judge with this bundle of knowledge instead of the one that leftopen ships',
  ).argParser(file);
const list = () =>
  new Option(
    '-l, --list <file>',
    'a plain list of hosts instead, one on each line; - is standard input (loopback, or with --engagement)',
  ).argParser(filled('Name a file, or - for standard input.'));
const engagement = () =>
  new Option('--engagement <file>', 'a targets file whose engagement authorises the URLs or the list given').argParser(
    file,
  );
const thresholds = [...severities, 'none'] as const;
const failOn = () =>
  new Option('--fail-on <severity>', 'exit 1 for any finding from this severity on').choices(thresholds);
const failOnNew = () =>
  new Option(
    '--fail-on-new <severity>',
    'exit 1 for findings from this severity on that are new, worse or reopened since the last run (default: high, unless --fail-on is given)',
  ).choices(thresholds);
const newKnowledge = () =>
  new Option('--new-knowledge', 'count as new what only a newer leftopen finds in the same responses');
const baseline = () =>
  new Option(
    '--baseline <run>',
    'compare with this run: a run folder or its name, its history.jsonl or findings.json, or none (default: the last finished run in --out)',
  ).argParser(filled('Name a run, or none.'));
const run = () =>
  new Option('--run <run>', 'a run folder, its name or its id (default: the newest finished run in --out)').argParser(
    filled('Name a run.'),
  );
const only = () => new Option('--check <ids>', 'only these checks').argParser(words);

program
  .command('audit')
  .description('ask the declared endpoints and write a report; loopback URLs need no file')
  .argument('[targets...]', 'a targets file, or URLs')
  .addOption(list())
  .option('--out <folder>', 'where run folders go', folder, 'reports')
  .addOption(new Option('--target <ids>', 'only these targets of the file').argParser(words))
  .addOption(only())
  .addOption(failOn())
  .addOption(failOnNew())
  .addOption(newKnowledge())
  .addOption(baseline())
  .addOption(format())
  .addOption(csvDelimiter())
  .addOption(sarifAll())
  .addOption(detail())
  .addOption(sysreptorFields())
  .addOption(knowledgeFile())
  .addOption(maskNames())
  .option('--resume', 'continue the last unfinished run of the same plan')
  .option('--plan <lock>', 'refuse to run where anything differs from this lock (see plan --lock)', file)
  .addOption(engagement())
  .option(
    '--on-critical <command>',
    'hand the first critical finding of an endpoint to a command, as JSON on its standard input (a preview)',
    filled('Write a command.'),
  )
  .addOption(
    new Option(
      '--workers <number>',
      'threads that ask and judge endpoints; limits stay those of the run (default: one for two cores and 5,000 endpoints each, at most 4)',
    ).argParser(workerCount),
  )
  .option('--no-notify', 'send no notifications (notify: in the targets file)')
  .addOption(vantage())
  .addOption(shard())
  .addOption(fullAddresses())
  .option('-q, --quiet', 'no progress and no findings while it runs')
  .option('--json', 'findings as JSON lines on standard output: previews as they come, then the record')
  .action(async (targets, options) =>
    exitWith(async () => (await import('./commands/audit.js')).audit(targets, options), 'asks'),
  );

program
  .command('plan')
  .description('show what would be asked, and send nothing: the page a client signs')
  .argument('[targets...]', 'a targets file, or URLs')
  .addOption(list())
  .addOption(engagement())
  .option('--resolve', 'look names up, so that the addresses are shown too')
  .option('--endpoints', 'list every endpoint instead, one on each line')
  .addOption(new Option('--md', 'as Markdown').conflicts(['html', 'json']))
  .addOption(new Option('--html', 'as one HTML page, to be printed and signed').conflicts('json'))
  .option('--json', 'as JSON; with --endpoints as JSON lines')
  .option('--lock <file>', 'write a hash of targets, scope, limits and catalogue, for audit --plan', file)
  .addOption(new Option('--target <ids>', 'only these targets of the file').argParser(words))
  .addOption(vantage())
  .addOption(shard())
  .addOption(fullAddresses())
  .action(async (targets, options) =>
    exitWith(async () => (await import('./commands/plan.js')).plan(targets, options)),
  );

program
  .command('report')
  .description('render a run in other formats into its exports/ folder, as it was judged')
  .argument('[run]', 'the run, as --run names it')
  .addOption(run())
  .addOption(runsIn())
  .addOption(format())
  .addOption(csvDelimiter())
  .addOption(sarifAll())
  .addOption(detail())
  .addOption(sysreptorFields())
  .option(
    '--owner <name>',
    'only the endpoints of this owner (its name, or its key in owners:)',
    filled('Name an owner.'),
  )
  .option('--by-owner', 'a folder for each owner, with its endpoints alone')
  .addOption(redact())
  .option('-q, --quiet', 'print nothing')
  .action(async (named, options) =>
    exitWith(async () => (await import('./commands/report.js')).report(named, options)),
  );

program
  .command('rejudge')
  .description("judge the journal of an earlier run again, with today's checks and knowledge, next to the original")
  .argument('[run]', 'the run, as --run names it')
  .addOption(run())
  .addOption(runsIn())
  .addOption(format())
  .addOption(csvDelimiter())
  .addOption(sarifAll())
  .addOption(detail())
  .addOption(sysreptorFields())
  .addOption(only())
  .addOption(knowledgeFile())
  .addOption(maskNames())
  .addOption(failOn())
  .addOption(failOnNew())
  .addOption(newKnowledge())
  .addOption(baseline())
  .option('-q, --quiet', 'no progress')
  .action(async (named, options) =>
    exitWith(async () => (await import('./commands/rejudge.js')).rejudge(named, options)),
  );

program
  .command('merge')
  .description('join finished runs of one engagement, from several vantages or of several shards, into one record')
  .argument('<runs...>', 'the runs, each as --run names it')
  .option('--out <folder>', 'where the merged run goes, and where runs are looked up by name', folder, 'reports')
  .addOption(format())
  .addOption(csvDelimiter())
  .addOption(sarifAll())
  .addOption(detail())
  .addOption(sysreptorFields())
  .addOption(knowledgeFile())
  .addOption(failOn())
  .addOption(failOnNew())
  .addOption(newKnowledge())
  .addOption(baseline())
  .addOption(redact())
  .option('-q, --quiet', 'no progress')
  .action(async (runs, options) => exitWith(async () => (await import('./commands/merge.js')).merge(runs, options)));

program
  .command('send')
  .description('send a run to your own Elasticsearch (8 or later), into data streams; a repeat adds nothing')
  .requiredOption('--to <url>', 'e.g. https://siem.example:9200; credentials come from the environment or a file')
  .addOption(run())
  .addOption(runsIn())
  .option('--namespace <name>', 'last part of the names of the data streams', 'default')
  .option('--setup', 'first install templates, a lifecycle, the data streams and a transform of what is open now')
  .option('--ca <file>', "PEM file of the cluster's certificate authority", file)
  .option('--api-key-file <file>', 'a file that holds an API key (or set LEFTOPEN_SEND_API_KEY)', file)
  .option('--user <name>', 'a user, where there is no API key', filled('Name a user.'))
  .option('--password-file <file>', "a file that holds the user's password (or set LEFTOPEN_SEND_PASSWORD)", file)
  .option('--even-if-open', 'send to a cluster that this run found open')
  .addOption(redact())
  .option('-q, --quiet', 'no progress')
  .action(async (options) => exitWith(async () => (await import('./commands/send.js')).send(options)));

program
  .command('verify')
  .description('check a run folder against its SHA256SUMS; prints one digest for the complete folder')
  .addOption(run())
  .addOption(runsIn())
  .option('--digest <hex>', 'the digest that it must have, e.g. from a cover letter')
  .action(async (options) => exitWith(async () => (await import('./commands/verify.js')).verify(options)));

program
  .command('diff')
  .description('compare two runs: what is new, worse, fixed, or could not be checked')
  .addOption(runsIn())
  .addOption(run())
  .addOption(baseline())
  .addOption(knowledgeFile())
  .addOption(failOn())
  .addOption(failOnNew())
  .addOption(newKnowledge())
  .addOption(new Option('--json', 'as JSON lines: the counts, then every finding that changed').conflicts('md'))
  .option('--md', 'as Markdown')
  .action(async (options) => exitWith(async () => (await import('./commands/diff.js')).diff(options)));

program
  .command('retest')
  .description('look again at the findings of a run: fixed, partly, still open, or could not be verified')
  .argument('<targets>', 'the targets file as it is today: its authorisation, scope and window hold')
  .addOption(run())
  .addOption(runsIn())
  .addOption(
    new Option(
      '--finding <prefixes...>',
      'only these findings: fingerprints or ids, or at least their first 8 digits (default: all of the run)',
    ).argParser((value: string, before: string[] | undefined) => [...(before ?? []), ...words(value)]),
  )
  .addOption(failOn())
  .addOption(failOnNew())
  .addOption(newKnowledge())
  .addOption(knowledgeFile())
  .option('--plan <lock>', 'refuse to run where anything differs from this lock (see plan --lock)', file)
  .addOption(vantage())
  .option('-q, --quiet', 'no progress while it runs')
  .option('--json', 'the retest as JSON on standard output')
  .action(async (targets, options) =>
    exitWith(async () => (await import('./commands/retest.js')).retest(targets, options), 'asks'),
  );

program
  .command('accept')
  .description('print the YAML that accepts a finding until a date; every report still lists it, but does not count it')
  .requiredOption('--finding <prefix>', 'fingerprint or id of the finding, at least its first 8 digits')
  .requiredOption('--reason <text>', 'why it is accepted')
  .requiredOption('--until <day>', 'the last day, such as 2026-12-31; at most 400 days away')
  .option('--approved-by <name>', 'who accepts it (default: the account that runs this)')
  .option('--owner <name>', "who owns the risk (default: the finding's owner)")
  .addOption(new Option('--cve <ids>', 'only these vulnerabilities of the finding').argParser(words))
  .addOption(run())
  .addOption(runsIn())
  .action(async (options) => exitWith(async () => (await import('./commands/accept.js')).accept(options)));

program
  .command('index')
  .description('write the index page of each engagement: its runs, what is open, since when and whose')
  .addOption(runsIn())
  .option('--all', 'also one page over all engagements, which names every client')
  .action(async (options) => exitWith(async () => (await import('./commands/index-page.js')).index(options)));

program
  .command('prune')
  .description('list the run folders that are no longer needed; deletes them only with --yes')
  .requiredOption(
    '--keep <rule>',
    'keep the newest run of each of the last days, weeks, months or years: 30d,12w,12m; the newest run always stays',
  )
  .addOption(runsIn())
  .option('--yes', 'delete them')
  .action(async (options) => exitWith(async () => (await import('./commands/index-page.js')).prune(options)));

program
  .command('stop')
  .description('end running audits cleanly; each can be resumed')
  .argument('[folder]', 'where run folders are', 'reports')
  .action(async (folder) => exitWith(async () => (await import('./commands/stop.js')).stop(folder)));

program
  .command('init')
  .description('write a commented targets file to start from; never overwrites one')
  .argument('[file]', 'the file to write', 'targets.yaml')
  .action(async (file) => exitWith(async () => (await import('./commands/init.js')).init(file)));

program
  .command('schema')
  .description('print a JSON Schema')
  .argument('<name>', 'targets, findings, finding, endpoint, run, ledger or knowledge')
  .action(async (name) => exitWith(async () => (await import('./commands/schema.js')).schema(name)));

program
  .command('checks')
  .description('list the checks')
  .option('--json', 'as JSON')
  .action(async (options) => exitWith(async () => (await import('./commands/checks.js')).checks(options)));

program
  .command('knowledge')
  .description('show the data behind version checks: dates and counts of each part')
  .addOption(new Option('--knowledge <file>', 'of this bundle instead of the one that leftopen ships'))
  .option('--json', 'as JSON')
  .action(async (options) => exitWith(async () => (await import('./commands/knowledge.js')).knowledge(options)));

program
  .command('explain')
  .description('explain one check: what it means, how to fix it, how it is tested')
  .argument('<check>', 'the id of a check')
  .option('--sent', 'list the questions that it rests on too')
  .option('--md', 'as Markdown, the page as it is')
  .action(async (check, options) =>
    exitWith(async () => (await import('./commands/checks.js')).explain(check, options)),
  );

program
  .command('demo')
  .description('audit an embedded estate on loopback: an invented city whose servers respond like real ones')
  .option('--serve', 'keep the estate up and print a targets file for it')
  .option('--out <folder>', 'where the run folder goes', folder, 'reports')
  .option('-q, --quiet', 'no progress')
  .action(async (options) => exitWith(async () => (await import('./commands/demo.js')).demo(options), 'asks'));

program
  .command('completion')
  .description('print a completion script for a shell; its first lines say where it goes')
  .argument('<shell>', 'bash, zsh or fish')
  .action(async (shell) => exitWith(async () => (await import('./commands/completion.js')).completion(shell, program)));

/**
 * Runs one command line and sets the exit code of the process.
 *
 * @param args the words after the program's name
 */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // Commander has printed its text already; its own exit codes are not ours.
    if (error instanceof CommanderError) await exitWith(async () => (error.exitCode === 0 ? 0 : 2));
    else failed(error);
  }
}
