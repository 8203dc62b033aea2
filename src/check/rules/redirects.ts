import type { Text } from '../facts.ts';
import type { Rule } from '../rule.ts';

export const redirects: Rule = {
  name: 'redirects',
  severity: 'error',
  holds: 'text',
  fixable: false,
  what: 'a redirect that is no http(s) address, or one that two texts claim',
  why: 'An old address can lead to one place only; the service refuses the second.',
  mend: 'Write the whole old address, and write it once.',
  find(facts) {
    const first = new Map<string, Text>();
    return facts.texts.flatMap((text) =>
      text.translation.redirects.flatMap((from, index) => {
        const at = () => facts.place(text.translation.file, ['redirects', index]);
        const address = addressOf(from);
        if (address === null) {
          return [{ ...at(), message: `"${from}" is no http(s) address to redirect from` }];
        }
        const other = first.get(address);
        if (other === undefined) {
          first.set(address, text);
          return [];
        }
        const where = other === text ? 'twice here' : `in ${other.translation.file} too`;
        return [{ ...at(), message: `the redirect from "${from}" stands ${where}` }];
      }),
    );
  },
};

/** One form for one address: a fragment never reaches the server, and a last slash makes no difference. */
function addressOf(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  return `${url.host}${url.pathname.replace(/\/+$/, '')}${url.search}`;
}
