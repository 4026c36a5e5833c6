// A notification in the shape that its recipient takes. Texts of targets become no markup, no link and no mention.
import { codeSpan } from '../report/markdown/escape.js';
import type { Notice } from '../report/index.js';
import type { WebhookForm } from '../model/notify.js';
import { oneLine } from '../text/visible.js';

/** Slack takes 3,000 characters in a section (docs.slack.dev, "Section block") and 150 in a header. */
const slackSection = 2_900;

/** Teams takes 28 KB in a message; Mattermost 16,383 characters. */
const longestText = 12_000;

/** The body of a POST. */
export function webhookBody(form: WebhookForm, { headline, lines, moreLines, data }: Notice): object {
  switch (form) {
    case 'generic':
      return data;
    case 'slack':
      return {
        // What a telephone shows: it is read as markup, so that three characters are escaped.
        text: oneLine(headline, 300).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
        blocks: [
          { type: 'header', text: plainText(oneLine(headline, 100)) },
          ...chunks(cutLines(lines, moreLines), slackSection).map((text) => ({
            type: 'section',
            text: plainText(text),
          })),
        ],
      };
    case 'teams':
      return {
        type: 'message',
        attachments: [
          {
            contentType: 'application/vnd.microsoft.card.adaptive',
            contentUrl: null,
            content: {
              $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
              type: 'AdaptiveCard',
              version: '1.4',
              msteams: { width: 'Full' },
              // Text runs are shown as they are; a TextBlock would read them as Markdown.
              body: [
                textRun(headline, 'Bolder'),
                ...cutLines(lines, moreLines).map((line) => textRun(line, 'Default')),
              ],
            },
          },
        ],
      };
    case 'mattermost':
      // In code, @channel mentions no one; a | would end the code of a table.
      return {
        text: [
          `**leftopen**`,
          ...cutLines([headline, ...lines], moreLines).map((line) => codeSpan(line.replaceAll('|', '¦'), 500)),
        ].join('\n\n'),
      };
  }
}

function plainText(text: string): object {
  return { type: 'plain_text', text, emoji: false };
}

function textRun(text: string, weight: 'Bolder' | 'Default'): object {
  return { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text, weight }] };
}

/** Lines joined into texts of at most so many characters. */
function chunks(lines: readonly string[], most: number): readonly string[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last === undefined || last.length + line.length + 1 > most) texts.push(line);
    else texts[texts.length - 1] = `${last}\n${line}`;
  }
  return texts;
}

/** The first lines that fit; the last one says what is left out. */
function cutLines(lines: readonly string[], moreLines: Notice['moreLines']): readonly string[] {
  const kept: string[] = [];
  let length = 0;
  for (const line of lines) {
    length += line.length + 50;
    if (length > longestText) return [...kept, moreLines(lines.length - kept.length)];
    kept.push(line);
  }
  return kept;
}
