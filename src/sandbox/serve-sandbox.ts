import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { ConnectionReset } from './gate/connection-reset.ts';
import type { Sandbox } from './sandbox.ts';

export interface ServedSandbox {
  readonly url: string;
  readonly port: number;
  /** Stops listening and cuts what is open. The sandbox itself stays usable. */
  close(): Promise<void>;
}

/**
 * Serves a sandbox on 127.0.0.1 only.
 * @param options `port: 0` picks a free one
 * @throws Error (code EADDRINUSE) when the port is taken.
 */
export function serveSandbox(
  sandbox: Sandbox,
  options: { readonly port: number },
): Promise<ServedSandbox> {
  return new Promise((resolve, reject) => {
    const server = serve(
      {
        fetch: (request, env) =>
          answer(sandbox, request, (env as { incoming: IncomingMessage }).incoming),
        hostname: '127.0.0.1',
        port: options.port,
      },
      (address: AddressInfo) => {
        const url = `http://127.0.0.1:${address.port}`;
        sandbox.useBaseUrl(url);
        resolve({
          url,
          port: address.port,
          close: () =>
            new Promise((closed) => {
              server.close(() => closed());
              if ('closeAllConnections' in server) server.closeAllConnections();
            }),
        });
      },
    );
    server.once('error', reject);
  });
}

async function answer(
  sandbox: Sandbox,
  request: Request,
  incoming: IncomingMessage,
): Promise<Response> {
  if (!isOwnHost(incoming))
    return new Response('This sandbox answers on 127.0.0.1 and localhost only.\n', { status: 403 });
  if (isFromForeignPage(incoming)) {
    return new Response('Another site sent this.\n', { status: 403 });
  }
  try {
    return await sandbox.fetch(request);
  } catch (error) {
    if (!(error instanceof ConnectionReset)) throw error;
    incoming.socket.destroy();
    return RESPONSE_ALREADY_SENT;
  }
}

/** Any page can send a form to 127.0.0.1; browsers say where it came from when it could do harm. */
function isFromForeignPage({ headers }: IncomingMessage): boolean {
  const { origin } = headers;
  return origin !== undefined && origin !== `http://${headers.host ?? ''}`;
}

/**
 * A page on the internet can point its own name at 127.0.0.1 and then read what it likes from here
 * (DNS rebinding); the Host header gives it away.
 */
function isOwnHost({ headers, socket }: IncomingMessage): boolean {
  const port = socket.localPort ?? 0;
  const names = [
    `127.0.0.1:${port}`,
    `localhost:${port}`,
    ...(port === 80 ? ['127.0.0.1', 'localhost'] : []),
  ];
  return names.includes((headers.host ?? '').toLowerCase());
}
