import type { BodyContext } from '../../src/zendesk/html/body-context.ts';

/** Addresses are themselves; what begins with `#` is on the page. */
export const plainContext: BodyContext = {
  link: (href) =>
    href.startsWith('#')
      ? { kind: 'page', fragment: href.slice(1) }
      : { kind: 'address', address: href, loss: null },
  image: (src) => ({ address: src, loss: null }),
  wantedIds: new Set(),
};

/** The same, but only addresses that the dialect allows are links. */
export const dialectContext: BodyContext = {
  ...plainContext,
  link: (href) =>
    /^(?!https?:|mailto:|tel:|#)[a-z]+:/i.test(href)
      ? { kind: 'none', loss: { construct: 'link', action: 'dropped' } }
      : plainContext.link(href),
  image: (src) => ({ address: src.startsWith('data:') ? 'assets/data.gif' : src, loss: null }),
};
