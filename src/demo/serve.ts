// Serves the embedded estate on loopback.
import { createServer, type Server } from 'node:net';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dressed } from './dress.js';
import { estate, type DemoServer } from './estate.js';
import { parseRecording } from './replay.js';
import { listening, serveRecording, type Listening } from './server.js';

/** An endpoint of the estate that is up. */
export interface RunningServer {
  readonly demoServer: DemoServer;
  readonly address: string;
  readonly port: number;
}

/** The embedded estate while it is up. */
export interface OpenEstate {
  readonly demoServers: readonly RunningServer[];
  readonly close: () => Promise<void>;
}

/** Where the answers are: next to the compiled program, where `npm run build` puts them; in a clone, at their source. */
const answersFolders = ['answers/', 'written/', '../../test/recordings/', '../../test/written/'].map(
  (folder) => new URL(folder, import.meta.url),
);

function answersOf(name: string): URL {
  const found = answersFolders.map((folder) => new URL(`${name}.jsonl`, folder)).find((file) => existsSync(file));
  if (found === undefined) throw new Error(`the embedded estate serves ${name}, and there is no such file`);
  return found;
}

/** Accepts connections and never says a word. */
function silence(): Server {
  return createServer((socket) => socket.resume());
}

async function listen(demoServer: DemoServer, address: string, port: number): Promise<Listening> {
  switch (demoServer.serves.kind) {
    case 'answers': {
      const text = await readFile(answersOf(demoServer.serves.name), 'utf8');
      const recording = parseRecording(text);
      const { dress } = demoServer.serves;
      return serveRecording(dress === undefined ? recording : dressed(recording, dress), { address, port });
    }
    case 'silence':
      return listening(silence(), address, port);
    case 'nothing': {
      // A port that nothing listens on is one that was taken and released.
      const server = await listening(silence(), address, port);
      await server.close();
      return { ...server, close: () => Promise.resolve() };
    }
  }
}

/** Estates that can be up at the same time with the same ports. */
const estatesAtOnce = 8;

/** A port that needs no privileges, for the web's own. */
const unprivileged: Readonly<Record<number, number>> = { 80: 8080 };

/**
 * Where an endpoint may listen, the best first: on its own loopback address with its natural port, and where another estate has
 * that, with the same port on the next address. So two runs of the demo compare the same endpoints. Where the system has only
 * 127.0.0.1: a port of its own there, and at last any port.
 */
export function placesOf(
  { port }: Pick<DemoServer, 'port'>,
  ordinal: number,
): readonly [address: string, port: number][] {
  const open = unprivileged[port];
  const ports = open === undefined ? [port] : [port, open];
  return [
    ...ports.flatMap((one) =>
      Array.from({ length: estatesAtOnce }, (_, i): [string, number] => [`127.83.${i}.${ordinal + 1}`, one]),
    ),
    ['127.0.0.1', 28_300 + ordinal],
    ['127.0.0.1', 0],
  ];
}

async function open(demoServer: DemoServer, ordinal: number): Promise<Listening> {
  const refused: unknown[] = [];
  for (const [address, port] of placesOf(demoServer, ordinal)) {
    try {
      return await listen(demoServer, address, port);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code !== 'EADDRNOTAVAIL' && code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
      refused.push(error);
    }
  }
  throw new AggregateError(refused, `nothing can listen on loopback for ${demoServer.host}`);
}

/** Opens the embedded estate on loopback. */
export async function openEstate(): Promise<OpenEstate> {
  const opened: { demoServer: DemoServer; listening: Listening }[] = [];
  for (const [ordinal, demoServer] of estate.entries())
    opened.push({ demoServer, listening: await open(demoServer, ordinal) });
  return {
    demoServers: opened.map(({ demoServer, listening }) => ({
      demoServer,
      address: listening.address,
      port: listening.port,
    })),
    close: async () => {
      await Promise.all(opened.map(({ listening }) => listening.close()));
    },
  };
}
