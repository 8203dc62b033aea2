/** One open page that wants to be told. */
export interface Subscriber {
  send(event: string, data: unknown): void;
}

const heartbeatMs = 25_000;

/** An event stream; `open` is called with its sender, and what it returns when the page is gone. */
export function eventStream(open: (subscriber: Subscriber) => () => void): Response {
  let close: () => void = () => undefined;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder();
      const write = (text: string): void => {
        try {
          controller.enqueue(encoder.encode(text));
        } catch {
          close();
        }
      };
      const beat = setInterval(() => write(': still here\n\n'), heartbeatMs);
      beat.unref();
      let closed = false;
      let leave: () => void = () => undefined;
      close = () => {
        if (closed) return;
        closed = true;
        clearInterval(beat);
        leave();
      };
      write('retry: 1000\n\n');
      leave = open({
        send: (event, data) => write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
      });
    },
    cancel() {
      close();
    },
  });
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8' },
  });
}
