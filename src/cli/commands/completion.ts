// `leftopen completion SHELL`: a completion script for bash, zsh or fish, made from the commands themselves.
import type { CommandUnknownOpts, Option } from '@commander-js/extra-typings';
import { messages } from '../../messages/index.js';
import { listChecks } from '../../judge/index.js';
import { formats } from '../../report/index.js';
import { Refusal } from '../exit.js';

/** What can follow an option or a command: some of these words, several of them with commas between, or a file. */
interface Follows {
  readonly words: readonly string[];
  readonly several: boolean;
}

interface Known {
  readonly flags: readonly string[];
  readonly about: string;
  /** null for an option that takes no value. */
  readonly value: Follows | null;
}

interface KnownCommand {
  readonly name: string;
  readonly about: string;
  readonly options: readonly Known[];
  readonly argument: Follows | null;
}

const shells = ['bash', 'zsh', 'fish'] as const;

/** `leftopen completion SHELL`: prints the script. */
export function completion(shell: string, program: CommandUnknownOpts): number {
  const known = shells.find((one) => one === shell);
  if (known === undefined) throw new Refusal(messages().commands.unknown.shell(shell, shells));
  process.stdout.write(scripts[known](program.commands.map(knownCommand)));
  return 0;
}

const words = (list: readonly string[], several = false): Follows => ({ words: list, several });
const file = words([]);

function knownCommand(command: CommandUnknownOpts): KnownCommand {
  const [argument] = command.registeredArguments;
  const checks = listChecks().map(({ id }) => id);
  const follows = new Map([
    ['explain', words(checks)],
    ['completion', words(shells)],
    ['schema', words(['targets', 'findings', 'finding', 'endpoint', 'run', 'ledger', 'knowledge'])],
  ]);
  return {
    name: command.name(),
    about: command.description(),
    options: command.options.map((option) => knownOption(option, checks)),
    argument: argument === undefined ? null : (follows.get(command.name()) ?? file),
  };
}

function knownOption(option: Option, checks: readonly string[]): Known {
  const values = new Map([
    ['--check', words(checks, true)],
    [
      '--format',
      words(
        formats.map(({ name }) => name),
        true,
      ),
    ],
  ]);
  const { long, short, description, required, optional, argChoices } = option;
  return {
    flags: [long, short].flatMap((flag) => flag ?? []),
    about: description,
    value: required || optional ? (values.get(long ?? '') ?? words(argChoices ?? [])) : null,
  };
}

function bash(commands: readonly KnownCommand[]): string {
  const values = commands.flatMap(({ name, options }) =>
    options.flatMap(({ flags, value }) =>
      value === null
        ? []
        : [
            `    ${flags.map((flag) => `"${name} ${flag}"`).join(' | ')}) _leftopen_${value.several ? 'several' : 'one'} '${value.words.join(' ')}'; return ;;`,
          ],
    ),
  );
  const rest = commands.map(
    ({ name, options, argument }) =>
      `    ${name}) _leftopen_one '${[...(argument?.words ?? []), ...options.flatMap(({ flags }) => flags), '--help'].join(' ')}' ;;`,
  );
  return `# ${messages().commands.completion.bash}
_leftopen_one() {
  COMPREPLY=($(compgen -W "$1" -- "$word"))
}
_leftopen_several() {
  local before=''
  case "$word" in *,*) before="\${word%,*}," ;; esac
  COMPREPLY=($(compgen -P "$before" -W "$1" -- "\${word##*,}"))
}
_leftopen() {
  local word="\${COMP_WORDS[COMP_CWORD]}" last="\${COMP_WORDS[COMP_CWORD - 1]}" command="\${COMP_WORDS[1]}"
  if [ "$COMP_CWORD" -eq 1 ]; then
    _leftopen_one '${[...commands.map(({ name }) => name), 'help', '--help', '--version'].join(' ')}'
    return
  fi
  case "$command $last" in
${values.join('\n')}
  esac
  case "$command" in
${rest.join('\n')}
  esac
}
complete -o bashdefault -o default -F _leftopen leftopen
`;
}

/** A text between single quotes, as zsh and fish read it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function zsh(commands: readonly KnownCommand[]): string {
  const about = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&');
  const action = (follows: Follows): string => {
    if (follows.words.length === 0) return '_files';
    return follows.several ? `_sequence compadd - ${follows.words.join(' ')}` : `(${follows.words.join(' ')})`;
  };
  const specs = ({ options, argument }: KnownCommand): string[] => [
    ...options.flatMap(({ flags, about: words, value }) =>
      flags.map((flag) => quoted(`${flag}[${about(words)}]${value === null ? '' : `:value:${action(value)}`}`)),
    ),
    ...(argument === null ? [] : [quoted(`*:argument:${action(argument)}`)]),
  ];
  return `#compdef leftopen
# ${messages().commands.completion.zsh}
_leftopen() {
  local -a commands
  commands=(
${commands.map(({ name, about: words }) => `    ${quoted(`${name}:${about(words.split('\n')[0] ?? '')}`)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${commands.map((command) => `    ${command.name}) _arguments ${specs(command).join(' ')} ;;`).join('\n')}
  esac
}
compdef _leftopen leftopen
`;
}

function fish(commands: readonly KnownCommand[]): string {
  const lines = commands.flatMap(({ name, about, options, argument }) => [
    `complete -c leftopen -n __fish_use_subcommand -f -a ${name} -d ${quoted(about.split('\n')[0] ?? '')}`,
    ...options.map(({ flags, about: words, value }) => {
      const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
      const takes =
        value === null ? '' : value.words.length === 0 ? ' -r -F' : ` -x -a ${quoted(value.words.join(' '))}`;
      return `complete -c leftopen -n '__fish_seen_subcommand_from ${name}' ${names.join(' ')}${takes} -d ${quoted(words)}`;
    }),
    ...(argument !== null && argument.words.length > 0
      ? [`complete -c leftopen -n '__fish_seen_subcommand_from ${name}' -f -a ${quoted(argument.words.join(' '))}`]
      : []),
  ]);
  return `# ${messages().commands.completion.fish}
${lines.join('\n')}
`;
}

const scripts = { bash, zsh, fish } satisfies Record<
  (typeof shells)[number],
  (commands: readonly KnownCommand[]) => string
>;
