/**
 * Tokens never leave this program by its output, whatever message they got into. Secrets are the
 * values of the environment variables that kb.yaml names as `tokenEnv` and of those whose name says
 * so; beside them everything that has the shape of an Intercom token (base64 that begins with `tok:`).
 * Values below eight characters are no tokens of any service, and hiding them would hide words.
 */
export function createRedactor(
  env: NodeJS.ProcessEnv,
  tokenNames: readonly string[],
): (text: string) => string {
  const secrets = Object.entries(env)
    .filter(([name]) => tokenNames.includes(name) || secretName.test(name))
    .map(([, value]) => value ?? '')
    .filter((value) => value.length >= shortestSecret);
  const written = new Set(
    secrets.flatMap((secret) => [
      secret,
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
    ]),
  );
  const longestFirst = [...written].sort((a, b) => b.length - a.length);
  return (text) =>
    longestFirst
      .reduce((shown, secret) => shown.replaceAll(secret, mask), text)
      .replace(intercomToken, mask);
}

const mask = '[redacted]';
const shortestSecret = 8;
const secretName = /token|secret|passw|api_?key|credential/i;
const intercomToken = /\bdG9r[A-Za-z0-9+/_-]{8,}={0,2}/g;

/** The names of environment variables that a kb.yaml gives tokens by, read without parsing it. */
export function tokenNamesIn(configText: string): string[] {
  return [...configText.matchAll(/\btokenEnv["']?\s*:\s*["']?([A-Za-z_][A-Za-z0-9_]*)/g)].map(
    ([, name = '']) => name,
  );
}
