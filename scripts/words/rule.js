// The ESLint rule of plain words: texts for people, Markdown and comments avoid the words that list.json replaces.
import { readFileSync } from 'node:fs';

/** @typedef {{ pattern: string, write: string, except?: string }} Entry */

/** @type {Entry[]} */
const entries = JSON.parse(readFileSync(new URL('list.json', import.meta.url), 'utf8'));
// A space of a pattern also spans a line break: prose is wrapped.
const expression = (/** @type {string} */ words) =>
  String.raw`(?<![\p{L}\p{N}_])(?:${words.replaceAll(' ', String.raw`\s+`)})(?![\p{L}\p{N}_])`;
const list = entries.map(({ pattern, write, except }) => ({
  write,
  words: new RegExp(expression(pattern), 'giu'),
  except: except === undefined ? undefined : new RegExp(expression(except), 'giu'),
}));

const blank = (/** @type {string} */ text) => text.replace(/\S/g, ' ');
/**
 * The text of a file with everything that is not prose struck out: offsets stay, and words never meet across code. Comment
 * markers, `code`, links and addresses are blank.
 */
const onlyProse = (/** @type {string} */ text, /** @type {[number, number][]} */ ranges) => {
  let end = 0;
  let prose = '';
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    if (from < end) continue;
    prose += text.slice(end, from).replace(/\S/g, '|') + text.slice(from, to);
    end = to;
  }
  return prose.replace(
    /^[ \t]*(?:\/\/|\/?\*+\/?|#+)|\\?`[^`\n]*`|\]\([^)\n]*\)|\{@[^}\n]*\}|https?:\/\/\S+|\\[nrt]/gm,
    blank,
  );
};

/** A string is a text for people when it has at least two words. */
const isText = (/** @type {string} */ raw) => /[a-z]\s+\S*[a-z]/i.test(raw);
/**
 * What a test says of itself: its name, the `name` of a row of its table, and the message of an assertion. Its other strings
 * are what users and targets say.
 */
const isOfTest = (/** @type {any} */ { parent, range }) => {
  if (parent?.type === 'Property') return parent.key.name === 'name' && parent.value.range[0] === range[0];
  if (parent?.type !== 'CallExpression') return false;
  const { name, object, property } = parent.callee;
  const at = parent.arguments.findIndex((/** @type {any} */ argument) => argument.range[0] === range[0]);
  const method = name ?? property?.name;
  if (method === 'test') return at === 0;
  return object?.name === 't' && at === (method === 'ok' || method === 'notOk' ? 1 : 2);
};

export default {
  meta: {
    type: 'suggestion',
    schema: [{ enum: ['texts', 'tests'] }],
    messages: { plain: '"{{found}}": write {{write}} (house style, see CONTRIBUTING.md)' },
  },
  /** @param {any} context */
  create(context) {
    const { sourceCode } = context;
    const inTest = context.options[0] === 'tests';
    /** @type {[number, number][]} */
    const ranges = [];
    /** @type {[number, number][]} */
    const code = [];
    const string = (/** @type {any} */ node) => {
      const isPart = node.type === 'TemplateElement';
      const [from, to] = node.range;
      if (inTest && !isOfTest(isPart ? node.parent : node)) return;
      if (inTest || isText(sourceCode.text.slice(from, to)))
        ranges.push([from + 1, to - (isPart && !node.tail ? 2 : 1)]);
    };
    const check = () => {
      const prose = onlyProse(sourceCode.text, ranges);
      for (const { words, except, write } of list) {
        const allowed = except === undefined ? [] : [...prose.matchAll(except)];
        for (const { 0: found, index } of prose.matchAll(words)) {
          if (allowed.some((fine) => fine.index <= index && index + found.length <= fine.index + fine[0].length))
            continue;
          const loc = {
            start: sourceCode.getLocFromIndex(index),
            end: sourceCode.getLocFromIndex(index + found.length),
          };
          context.report({ loc, messageId: 'plain', data: { found: found.replace(/\s+/g, ' '), write } });
        }
      }
    };
    return {
      Literal: (/** @type {any} */ node) => typeof node.value === 'string' && string(node),
      TemplateElement: string,
      'Program:exit': () => {
        for (const comment of sourceCode.getAllComments()) ranges.push(comment.range);
        check();
      },
      'code, html': (/** @type {any} */ { position }) => code.push([position.start.offset, position.end.offset]),
      'root:exit': () => {
        const edges = [0, ...code.flat(), sourceCode.text.length];
        for (let at = 0; at < edges.length; at += 2) ranges.push([edges[at] ?? 0, edges[at + 1] ?? 0]);
        check();
      },
    };
  },
};
