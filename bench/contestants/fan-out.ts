import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { listenAndTell } from './contestant.ts';

// What live delivery costs at least: who follows what in a map, and the same text sent to each. No rights, no database, nothing kept.
const followers = new Map<string, Set<WebSocket>>();
const followersOf = (topic: string): Set<WebSocket> => {
  const known = followers.get(topic) ?? new Set();
  followers.set(topic, known);
  return known;
};

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { topic, message } = (JSON.parse(body) as { variables: { topic: string; message: string } }).variables;
  response.end('{"data":{}}');
  for (const socket of followers.get(topic) ?? []) socket.send(message);
});
const sockets = new WebSocketServer({ server, perMessageDeflate: false });
sockets.on('connection', (socket) => {
  let followed: readonly string[] = [];
  socket.on('message', (data) => {
    followed = JSON.parse(String(data)) as string[];
    for (const topic of followed) followersOf(topic).add(socket);
    socket.send('{"type":"connection_ack"}');
  });
  socket.on('close', () => {
    for (const topic of followed) followers.get(topic)?.delete(socket);
  });
});
listenAndTell(server);
