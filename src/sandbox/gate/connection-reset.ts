/** The connection is to be cut: the server destroys the socket, a direct call rejects as fetch does. */
export class ConnectionReset extends TypeError {
  override readonly name = 'TypeError';
  readonly code = 'ECONNRESET';

  constructor() {
    super('fetch failed', {
      cause: Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }),
    });
  }
}
