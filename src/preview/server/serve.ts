import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { KbError } from '../../model/kb-error.ts';
import type { EarlyPage } from '../early-page.ts';
import type { Preview } from '../preview.ts';
import { decodedPath, isOwnHost, safeHeaders } from './guards.ts';

export interface ServedPreview {
  url: string;
  port: number;
  close(): Promise<void>;
}

/**
 * Serves a preview on 127.0.0.1 only.
 * @param port 0 picks a free one
 * @throws KbError `port` when it is taken
 */
export async function servePreview(preview: Preview, port: number): Promise<ServedPreview> {
  let own = port;
  const listener = listenerFor(preview, () => own);
  const server = createServer((request, response) => {
    listener(request, response).catch(() => response.destroy());
  });
  own = await listening(server, port);
  preview.useAddress(own);
  return {
    url: `http://127.0.0.1:${own}`,
    port: own,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Answers early pages itself. Requests as the web has them come with modules of their own, which are
 * loaded after the first page.
 */
function listenerFor(preview: Preview, port: () => number): Listener {
  let rest: Promise<Listener> | null = null;
  return async (request, response) => {
    const { host = null } = request.headers;
    const path = decodedPath(request.url ?? '');
    const isPage = request.method === 'GET' && path !== null && !path.startsWith('/~');
    if (isPage && isOwnHost(host, port())) {
      const page = await preview.earlyPage(path);
      if (page !== null) return send(page, response);
    }
    rest ??= restListener(preview);
    return (await rest)(request, response);
  };
}

async function restListener(preview: Preview): Promise<Listener> {
  const { getRequestListener } = await import('@hono/node-server');
  return getRequestListener((request) => preview.fetch(request));
}

function send(page: EarlyPage, response: ServerResponse): void {
  if (page.kind === 'redirect') {
    response.writeHead(302, { ...safeHeaders, location: page.location }).end();
    return;
  }
  const type = 'text/html; charset=utf-8';
  response.writeHead(200, { ...safeHeaders, 'content-type': type }).end(page.html);
}

/** Listens, and says at which port. */
function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(portError(error, port)));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function portError(error: unknown, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return error;
  const why = code === 'EADDRINUSE' ? 'is taken' : 'may not be used';
  return new KbError('port', `Port ${port} on 127.0.0.1 ${why}.`, {
    hint: 'kb preview --port 0 picks a free one.',
    cause: error,
  });
}
