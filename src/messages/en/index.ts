// All messages in English, by what they are about.
import { commands } from './commands.js';
import { files } from './files.js';
import { help } from './help.js';
import { runs } from './runs.js';
import { sending } from './sending.js';
import { targets } from './targets.js';

export const en = { targets, commands, help, runs, files, sending };
