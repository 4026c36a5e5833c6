// The command line: commands, options and help.
import {
  Command,
  CommanderError,
  InvalidArgumentError,
  Option,
  type CommandUnknownOpts,
} from '@commander-js/extra-typings';
import { redactionLevels, severities } from '../model/finding.js';
import { mostShards, readShard, type Shard } from '../model/series.js';
import { mostWorkers } from '../run/workers.js';
import { exitCodesText, exitWith, failed } from './exit.js';
import { parserHelp, parserOutput } from './parser.js';
import { toolVersion } from '../plan/tool.js';
import { messages, type Messages } from '../messages/index.js';

/** Names with commas between them; an option that is given twice adds to them. */
function words(value: string, previous: readonly string[] = []): string[] {
  const items = value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  if (items.length === 0) throw new InvalidArgumentError(messages().help.write.names);
  return [...new Set([...previous, ...items])];
}

/** The same, where the words follow each other as well. */
function moreWords(value: string, previous?: readonly string[]): string[] {
  return [...(previous ?? []), ...words(value)];
}

/** A text that is not empty, as that of an unset variable of a shell would be. */
function filled(what: keyof Messages['help']['write']['filled']): (value: string) => string {
  return (value) => {
    if (value.trim() === '') throw new InvalidArgumentError(messages().help.write.filled[what]);
    return value;
  };
}

function workerCount(value: string): number {
  const count = Number(value);
  if (!/^\d+$/.test(value) || count < 1 || count > mostWorkers)
    throw new InvalidArgumentError(messages().help.write.workers(mostWorkers));
  return count;
}

const folder = filled('folder');
const file = filled('file');

const vantage = () => new Option('--vantage <name[:exposure[:egress]]>', messages().help.options.vantage);
const shard = () =>
  new Option('--shard <N/OF>', messages().help.options.shard).argParser((value: string): Shard => {
    const read = readShard(value);
    if (read === null) throw new InvalidArgumentError(messages().help.write.shard(mostShards));
    return read;
  });
const fullAddresses = () => new Option('--full-addresses', messages().help.options.fullAddresses);
const format = () => new Option('--format <names>', messages().help.options.format).argParser(words);
const csvDelimiter = () =>
  new Option('--csv-delimiter <name>', messages().help.options.csvDelimiter).choices([
    'comma',
    'semicolon',
    'tab',
  ] as const);
const sarifAll = () => new Option('--sarif-all', messages().help.options.sarifAll);
const detail = () =>
  new Option('--detail <level>', messages().help.options.detail).choices(['counts', 'full'] as const);
const sysreptorFields = () =>
  new Option('--sysreptor-fields <FIELD=NAME,...>', messages().help.options.sysreptorFields).argParser(words);
const runsIn = () => new Option('--out <folder>', messages().help.options.runsIn).argParser(folder).default('reports');
const maskNames = () => new Option('--mask-names', messages().help.options.maskNames);
const redact = () => new Option('--redact <level>', messages().help.options.redact).choices(redactionLevels);
const knowledgeFile = () => new Option('--knowledge <file>', messages().help.options.knowledge).argParser(file);
const list = () => new Option('-l, --list <file>', messages().help.options.list).argParser(filled('list'));
const engagement = () => new Option('--engagement <file>', messages().help.options.engagement).argParser(file);
const thresholds = [...severities, 'none'] as const;
const failOn = () => new Option('--fail-on <severity>', messages().help.options.failOn).choices(thresholds);
const failOnNew = () => new Option('--fail-on-new <severity>', messages().help.options.failOnNew).choices(thresholds);
const newKnowledge = () => new Option('--new-knowledge', messages().help.options.newKnowledge);
const baseline = () => new Option('--baseline <run>', messages().help.options.baseline).argParser(filled('baseline'));
const run = () => new Option('--run <run>', messages().help.options.run).argParser(filled('run'));
const only = () => new Option('--check <ids>', messages().help.options.check).argParser(words);

/** The program with its commands, in the language in use. */
function commandLine() {
  const { help } = messages();
  const program = new Command('leftopen')
    .description(help.about)
    .version(toolVersion, '-V, --version', help.parser.version)
    .helpOption('-h, --help', help.parser.helpOption)
    .helpCommand('help [command]', help.parser.helpCommand)
    .configureHelp(parserHelp)
    .configureOutput(parserOutput('leftopen'))
    .addHelpText('after', help.after(exitCodesText()))
    .exitOverride();

  program
    .command('audit')
    .description(help.commands.audit)
    .argument('[targets...]', help.arguments.targets)
    .addOption(list())
    .option('--out <folder>', help.of.audit.out, folder, 'reports')
    .addOption(new Option('--target <ids>', help.options.target).argParser(words))
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
    .option('--resume', help.of.audit.resume)
    .option('--plan <lock>', help.options.planLock, file)
    .addOption(engagement())
    .option('--on-critical <command>', help.of.audit.onCritical, filled('command'))
    .addOption(new Option('--workers <number>', help.of.audit.workers).argParser(workerCount))
    .option('--no-notify', help.of.audit.noNotify)
    .addOption(vantage())
    .addOption(shard())
    .addOption(fullAddresses())
    .option('-q, --quiet', help.of.audit.quiet)
    .option('--json', help.of.audit.json)
    .action(async (targets, options) =>
      exitWith(async () => (await import('./commands/audit.js')).audit(targets, options), 'asks'),
    );

  program
    .command('plan')
    .description(help.commands.plan)
    .argument('[targets...]', help.arguments.targets)
    .addOption(list())
    .addOption(engagement())
    .option('--resolve', help.of.plan.resolve)
    .option('--endpoints', help.of.plan.endpoints)
    .addOption(new Option('--md', help.options.markdown).conflicts(['html', 'json']))
    .addOption(new Option('--html', help.of.plan.html).conflicts('json'))
    .option('--json', help.of.plan.json)
    .option('--lock <file>', help.of.plan.lock, file)
    .addOption(new Option('--target <ids>', help.options.target).argParser(words))
    .addOption(vantage())
    .addOption(shard())
    .addOption(fullAddresses())
    .action(async (targets, options) =>
      exitWith(async () => (await import('./commands/plan.js')).plan(targets, options)),
    );

  program
    .command('report')
    .description(help.commands.report)
    .argument('[run]', help.arguments.run)
    .addOption(run())
    .addOption(runsIn())
    .addOption(format())
    .addOption(csvDelimiter())
    .addOption(sarifAll())
    .addOption(detail())
    .addOption(sysreptorFields())
    .option('--owner <name>', help.of.report.owner, filled('owner'))
    .option('--by-owner', help.of.report.byOwner)
    .addOption(redact())
    .option('-q, --quiet', help.of.report.quiet)
    .action(async (named, options) =>
      exitWith(async () => (await import('./commands/report.js')).report(named, options)),
    );

  program
    .command('rejudge')
    .description(help.commands.rejudge)
    .argument('[run]', help.arguments.run)
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
    .option('-q, --quiet', help.options.noProgress)
    .action(async (named, options) =>
      exitWith(async () => (await import('./commands/rejudge.js')).rejudge(named, options)),
    );

  program
    .command('merge')
    .description(help.commands.merge)
    .argument('<runs...>', help.arguments.runs)
    .option('--out <folder>', help.of.merge.out, folder, 'reports')
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
    .option('-q, --quiet', help.options.noProgress)
    .action(async (runs, options) => exitWith(async () => (await import('./commands/merge.js')).merge(runs, options)));

  program
    .command('send')
    .description(help.commands.send)
    .requiredOption('--to <url>', help.of.send.to)
    .addOption(run())
    .addOption(runsIn())
    .option('--namespace <name>', help.of.send.namespace, 'default')
    .option('--setup', help.of.send.setup)
    .option('--ca <file>', help.of.send.authority, file)
    .option('--api-key-file <file>', help.of.send.apiKeyFile, file)
    .option('--user <name>', help.of.send.user, filled('user'))
    .option('--password-file <file>', help.of.send.passwordFile, file)
    .option('--even-if-open', help.of.send.evenIfOpen)
    .addOption(redact())
    .option('-q, --quiet', help.options.noProgress)
    .action(async (options) => exitWith(async () => (await import('./commands/send.js')).send(options)));

  program
    .command('verify')
    .description(help.commands.verify)
    .addOption(run())
    .addOption(runsIn())
    .option('--digest <hex>', help.of.verify.digest)
    .action(async (options) => exitWith(async () => (await import('./commands/verify.js')).verify(options)));

  program
    .command('diff')
    .description(help.commands.diff)
    .addOption(runsIn())
    .addOption(run())
    .addOption(baseline())
    .addOption(knowledgeFile())
    .addOption(failOn())
    .addOption(failOnNew())
    .addOption(newKnowledge())
    .addOption(new Option('--json', help.of.diff.json).conflicts('md'))
    .option('--md', help.options.markdown)
    .action(async (options) => exitWith(async () => (await import('./commands/diff.js')).diff(options)));

  program
    .command('retest')
    .description(help.commands.retest)
    .argument('<targets>', help.arguments.targetsToday)
    .addOption(run())
    .addOption(runsIn())
    .addOption(new Option('--finding <prefixes...>', help.of.retest.finding).argParser(moreWords))
    .addOption(failOn())
    .addOption(failOnNew())
    .addOption(newKnowledge())
    .addOption(knowledgeFile())
    .option('--plan <lock>', help.options.planLock, file)
    .addOption(vantage())
    .option('-q, --quiet', help.of.retest.quiet)
    .option('--json', help.of.retest.json)
    .action(async (targets, options) =>
      exitWith(async () => (await import('./commands/retest.js')).retest(targets, options), 'asks'),
    );

  program
    .command('accept')
    .description(help.commands.accept)
    .requiredOption('--finding <prefix>', help.of.accept.finding)
    .requiredOption('--reason <text>', help.of.accept.reason)
    .requiredOption('--until <day>', help.of.accept.until)
    .option('--approved-by <name>', help.of.accept.approvedBy)
    .option('--owner <name>', help.of.accept.owner)
    .addOption(new Option('--cve <ids>', help.of.accept.cve).argParser(words))
    .addOption(run())
    .addOption(runsIn())
    .action(async (options) => exitWith(async () => (await import('./commands/accept.js')).accept(options)));

  program
    .command('index')
    .description(help.commands.index)
    .addOption(runsIn())
    .option('--all', help.of.index.all)
    .action(async (options) => exitWith(async () => (await import('./commands/index-page.js')).index(options)));

  program
    .command('prune')
    .description(help.commands.prune)
    .requiredOption('--keep <rule>', help.of.prune.keep)
    .addOption(runsIn())
    .option('--yes', help.of.prune.yes)
    .action(async (options) => exitWith(async () => (await import('./commands/index-page.js')).prune(options)));

  program
    .command('stop')
    .description(help.commands.stop)
    .argument('[folder]', help.arguments.folder, 'reports')
    .action(async (folder) => exitWith(async () => (await import('./commands/stop.js')).stop(folder)));

  program
    .command('init')
    .description(help.commands.init)
    .argument('[file]', help.arguments.file, 'targets.yaml')
    .action(async (file) => exitWith(async () => (await import('./commands/init.js')).init(file)));

  program
    .command('schema')
    .description(help.commands.schema)
    .argument('<name>', help.arguments.schema)
    .action(async (name) => exitWith(async () => (await import('./commands/schema.js')).schema(name)));

  program
    .command('checks')
    .description(help.commands.checks)
    .option('--json', help.options.json)
    .action(async (options) => exitWith(async () => (await import('./commands/checks.js')).checks(options)));

  program
    .command('knowledge')
    .description(help.commands.knowledge)
    .addOption(new Option('--knowledge <file>', help.of.knowledge.knowledge))
    .option('--json', help.options.json)
    .action(async (options) => exitWith(async () => (await import('./commands/knowledge.js')).knowledge(options)));

  program
    .command('explain')
    .description(help.commands.explain)
    .argument('<check>', help.arguments.check)
    .option('--sent', help.of.explain.sent)
    .option('--md', help.of.explain.markdown)
    .action(async (check, options) =>
      exitWith(async () => (await import('./commands/checks.js')).explain(check, options)),
    );

  program
    .command('demo')
    .description(help.commands.demo)
    .option('--serve', help.of.demo.serve)
    .option('--out <folder>', help.of.demo.out, folder, 'reports')
    .option('-q, --quiet', help.options.noProgress)
    .action(async (options) => exitWith(async () => (await import('./commands/demo.js')).demo(options), 'asks'));

  program
    .command('completion')
    .description(help.commands.completion)
    .argument('<shell>', help.arguments.shell)
    .action(async (shell) =>
      exitWith(async () => (await import('./commands/completion.js')).completion(shell, program)),
    );

  for (const command of program.commands) {
    command.configureOutput(parserOutput(`leftopen ${command.name()}`));
    refuseRepeats(command);
  }
  return program;
}

/** Refuses a value that another one would replace unsaid: of `--plan agreed.lock --plan other.lock`, which one holds? */
function refuseRepeats(command: CommandUnknownOpts): void {
  for (const option of command.options) {
    const takesOne = (option.required || option.optional) && option.parseArg !== words && option.parseArg !== moreWords;
    if (!takesOne) continue;
    let given = 0;
    command.on(`option:${option.name()}`, () => {
      if (++given > 1) command.error(messages().help.parser.givenTwice(option.flags));
    });
  }
}

/** What was typed, without the rest where the command is unknown: help is written for none. */
function asked(program: CommandUnknownOpts, args: readonly string[]): readonly string[] {
  const [first, second] = args;
  const name = first === 'help' ? second : first;
  const isKnown =
    name === undefined ||
    name.startsWith('-') ||
    name === 'help' ||
    program.commands.some((command) => command.name() === name);
  return isKnown ? args : [name];
}

/**
 * Runs one command line and sets the exit code of the process.
 *
 * @param args the words after the program's name
 */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  try {
    if (!(await speaks())) return;
    const program = commandLine();
    await program.parseAsync(asked(program, args), { from: 'user' });
  } catch (error) {
    // Commander has printed its text already; its own exit codes are not ours.
    if (error instanceof CommanderError) await exitWith(async () => (error.exitCode === 0 ? 0 : 2));
    else failed(error);
  }
}

/** Takes the user's language into use. False where it is not known, which was said. Nothing is loaded for English. */
async function speaks(): Promise<boolean> {
  const { LEFTOPEN_LANGUAGE: language = '' } = process.env;
  if (language === '') return true;
  const { speak } = await import('../languages/index.js');
  await exitWith(async () => {
    speak();
    return 0;
  });
  return process.exitCode === 0;
}
