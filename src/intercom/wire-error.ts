import { exitCodes, KbError } from '../model/kb-error.ts';
import { isJson, listOf } from './wire.ts';

/** What was asked when a request failed, for the message. */
export interface Asked {
  what: string;
  host: string;
  tokenEnv: string;
  token: string;
}

/**
 * An error of the SDK or of `fetch`, told so that a person can act on it. `remote-ambiguous` is the
 * one after which a write may or may not have been carried out.
 */
export function wireError(error: unknown, asked: Asked): KbError {
  if (error instanceof KbError) return error;
  const status = statusOf(error);
  const said = withoutToken(messageOf(error), asked.token);
  if (status === 401) {
    return new KbError('unauthorized', `${asked.host} does not accept the token (401): ${said}`, {
      hint: `Set ${asked.tokenEnv} to a valid access token of this workspace; kb doctor checks it.`,
      cause: error,
    });
  }
  if (status === 403) {
    return new KbError('forbidden', `The token may not ${asked.what} (403): ${said}`, {
      hint: 'Give the app the permissions to read and write articles; kb doctor lists them.',
      cause: error,
    });
  }
  if (status === 404) {
    return new KbError('not-found', `${asked.host} cannot ${asked.what}: not found (404).`, {
      hint: 'It was deleted meanwhile, or the endpoint in kb.yaml is not the Intercom API.',
      exitCode: exitCodes.failed,
      cause: error,
    });
  }
  if (status === 429) {
    return new KbError('rate-limited', `${asked.host} keeps refusing: too many requests (429).`, {
      hint: 'Another app may be using the workspace limit. Run the command again later.',
      exitCode: exitCodes.failed,
      cause: error,
    });
  }
  if (status !== null && status >= 400 && status < 500) {
    return new KbError('rejected', `${asked.host} refused to ${asked.what} (${status}): ${said}`, {
      exitCode: exitCodes.failed,
      cause: error,
    });
  }
  if (status !== null && status >= 500) {
    return new KbError('remote-ambiguous', `${asked.host} failed to ${asked.what} (${status}).`, {
      hint: 'Run the command again; nothing is written twice.',
      exitCode: exitCodes.failed,
      cause: error,
    });
  }
  if (status !== null) return notJson(asked.host, '', error);
  return new KbError('unreachable', `Cannot reach ${asked.host} to ${asked.what}: ${said}`, {
    hint: 'Check the endpoint and the network. For the sandbox: kb sandbox must be running.',
    exitCode: exitCodes.failed,
    cause: error,
  });
}

/** Something answered, but not the API: a login page, a proxy, or half an answer. */
export function notJson(host: string, text: string, cause?: unknown): KbError {
  const isCut = /^\s*[[{]/.test(text);
  return new KbError(
    'not-json',
    isCut
      ? `${host} answered with JSON that is cut off.`
      : `${host} answered with something that is not JSON.`,
    {
      hint: isCut
        ? 'Run the command again; something between here and Intercom cuts its answers.'
        : 'Expected the Intercom API there. Check the endpoint of the workspace in kb.yaml.',
      exitCode: exitCodes.failed,
      cause,
    },
  );
}

/** After these, a write may have been carried out. */
export function isAmbiguous(error: unknown): boolean {
  return (
    error instanceof KbError && ['remote-ambiguous', 'not-json', 'unreachable'].includes(error.code)
  );
}

function statusOf(error: unknown): number | null {
  if (!isObject(error)) return null;
  return typeof error.statusCode === 'number' ? error.statusCode : null;
}

function messageOf(error: unknown): string {
  if (!isObject(error)) return String(error);
  const body = error.body;
  const told = isJson(body) ? listOf(body.errors)[0] : undefined;
  if (told !== undefined) return `${String(told.message ?? told.code ?? 'no reason given')}`;
  const cause = isObject(error.cause) ? error.cause : null;
  if (cause !== null && typeof cause.code === 'string') return cause.code;
  return typeof error.message === 'string' ? firstLine(error.message) : 'no reason given';
}

/**
 * Some services repeat what they were sent. Taken out here and not only where output is written: on
 * the way there a message may be escaped, and no longer look like the token.
 */
function withoutToken(message: string, token: string): string {
  const forms = [token, encodeURIComponent(token), encodeURI(token)];
  return forms.reduce((text, form) => text.replaceAll(form, '[redacted]'), message);
}

function firstLine(message: string): string {
  return message.split('\n')[0] ?? message;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object';
}
