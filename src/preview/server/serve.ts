import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { KbError } from '../../model/kb-error.ts';
import type { Preview } from '../preview.ts';

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
export function servePreview(preview: Preview, port: number): Promise<ServedPreview> {
  return new Promise((resolve, reject) => {
    const server = serve(
      { fetch: (request) => preview.fetch(request), hostname: '127.0.0.1', port },
      (address: AddressInfo) => {
        preview.useAddress(address.port);
        resolve({
          url: `http://127.0.0.1:${address.port}`,
          port: address.port,
          close: () =>
            new Promise((closed) => {
              server.close(() => closed());
              if ('closeAllConnections' in server) server.closeAllConnections();
            }),
        });
      },
    );
    server.once('error', (error) => reject(portError(error, port)));
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
