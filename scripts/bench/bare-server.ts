/** The least a preview can be: http, chokidar, markdown-it. What the bench measures against. */
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { watch } from 'chokidar';
import MarkdownIt from 'markdown-it';

const root = process.argv[2] ?? '';
const markdown = new MarkdownIt();
const open = new Map<ServerResponse, string>();

const render = (path: string): string =>
  markdown.render(readFileSync(join(root, path), 'utf8').replace(/^---\n.*?\n---\n/s, ''));

watch(root, { ignoreInitial: true }).on('change', (path) => {
  for (const [response, page] of open) {
    if (join(root, page) !== path) continue;
    response.write(`data: ${JSON.stringify(render(page))}\n\n`);
  }
});

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (url.pathname === '/events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('retry: 1000\n\n');
    open.set(response, url.searchParams.get('page') ?? '');
    return;
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  response.end(render(decodeURIComponent(url.pathname)));
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
