import type { Facts, Link } from '../facts.ts';
import type { Rule } from '../rule.ts';

export const fileLeftBehind: Rule = {
  name: 'file-left-behind',
  severity: 'error',
  holds: 'text',
  fixable: false,
  what: 'an image or a download that still lies in the Zendesk help center the text was imported from',
  why: 'The import could not find its bytes; readers lose it when the old help center is switched off.',
  mend: 'Import again with the files or a token, or put the file into `assets/` and link to it.',
  find(facts) {
    const hosts = oldHosts(facts);
    return facts.texts
      .filter(({ article }) => article.source?.system === 'zendesk')
      .flatMap(({ links }) =>
        links
          .filter((link) => isLeftBehind(link, hosts))
          .map(({ reference, place }) => ({
            ...place,
            message: `"${reference.href}" lies in the old help center: its bytes were not imported`,
          })),
      );
  },
};

/** The addresses that Zendesk gives to files, on any of its hosts. */
const filePath =
  /^\/(?:hc\/(?:[\w-]+\/)?article_attachments\/\w|attachments\/token\/\w|guide-media\/\w)/i;

/** Zendesk's own hosts, and a help center that was only tried out. */
const alwaysOld = /\.zendesk\.com$|^127\.0\.0\.1$|^localhost$|^\[::1\]$/;

function isLeftBehind({ reference }: Link, hosts: ReadonlySet<string>): boolean {
  if (!URL.canParse(reference.href)) return false;
  const { hostname, pathname, protocol } = new URL(reference.href);
  if (!protocol.startsWith('http')) return false;
  const isOld = hosts.has(hostname) || alwaysOld.test(hostname);
  const isFile = filePath.test(pathname);
  return isOld ? isFile || reference.kind === 'image' : isFile && hosts.size === 0;
}

/** The help center's own host stands in the old addresses of what was imported. */
function oldHosts({ texts }: Facts): ReadonlySet<string> {
  const addresses = texts
    .filter(({ article }) => article.source?.system === 'zendesk')
    .flatMap(({ translation }) => translation.redirects);
  return new Set(
    addresses.flatMap((address) => (URL.canParse(address) ? [new URL(address).hostname] : [])),
  );
}
