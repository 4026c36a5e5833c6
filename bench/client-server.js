// An Elasticsearch as far as the client's bench needs one, in a process of its own; raw, so that it takes as little of the
// machine as it can: each request comes in one packet.
import { createServer } from 'node:net';

const banner = {
  name: 'bench',
  cluster_name: 'bench',
  cluster_uuid: 'AAAAAAAAAAAAAAAAAAAAAA',
  version: { number: '7.17.9', build_hash: 'ef48222227ee6b9e70e502f0f0daa52435ee634d', lucene_version: '8.11.1' },
  tagline: 'You Know, for Search',
};
const indices = Array.from({ length: 5 }, (_, i) => ({
  health: 'green',
  status: 'open',
  index: `orders-2026.0${i + 1}`,
  'docs.count': '120',
  'store.size': '54321',
  'creation.date': '1767225600000',
}));

function answer(value) {
  const body = JSON.stringify(value);
  return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

const rootAnswer = answer(banner);
const listAnswer = answer(indices);

const server = createServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.on('data', (data) => socket.write(data.includes('/_cat/indices') ? listAnswer : rootAnswer));
});
server.listen({ port: 0, host: '0.0.0.0', backlog: 4096 }, () => process.send(server.address().port));
