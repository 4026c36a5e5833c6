// Answers requests on a connection with recorded bytes, as a server that keeps its connections open does.
import type { Socket } from 'node:net';

/** Answers each request on the connection in turn; where there is no answer, the connection is closed. */
export function converse(socket: Socket, answer: (path: string, method: string) => Uint8Array | null): void {
  let waiting = '';
  socket.on('data', (part: Buffer) => {
    waiting += part.toString('latin1');
    for (let end = waiting.indexOf('\r\n\r\n'); end !== -1; end = waiting.indexOf('\r\n\r\n')) {
      const [method = '', path = ''] = waiting.split(' ', 2);
      waiting = waiting.slice(end + 4);
      const bytes = answer(path, method);
      if (bytes === null) socket.destroy();
      else socket.write(bytes);
    }
  });
}
