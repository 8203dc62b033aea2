import { type KnownHelpCenter, pagesFrom } from './help-center-api.ts';
import { isDenied, type Network } from './network.ts';

/** The listings of a help center, whether or not their paths name the locale. */
export class Listings {
  private readonly center: KnownHelpCenter;
  private readonly network: Network;
  private readonly locales: readonly string[];
  /** Is told of what is not to be read. */
  private readonly note: (path: string, error: unknown) => void;
  /** false: they know no locale, and hold all of them at once. */
  isLocalised = true;

  constructor(
    center: KnownHelpCenter,
    network: Network,
    locales: readonly string[],
    note: (path: string, error: unknown) => void,
  ) {
    this.center = center;
    this.network = network;
    this.locales = locales;
    this.note = note;
  }

  address(path: string, query: string): string {
    const { origin, suffix } = this.center;
    return `${origin}/api/v2/help_center/${path}${suffix}?${query}`;
  }

  /**
   * The pages of a listing in a locale, from where an earlier run stopped: an address that is no longer
   * taken begins anew. Where the path knows no locale, the listing without one is read once.
   */
  async *pages(
    locale: string,
    kind: string,
    query: string,
    from: string | null,
  ): AsyncGenerator<{ page: unknown; next: string | null }> {
    const isFirst = locale === this.locales[0];
    if (!this.isLocalised && !isFirst) return;
    const path = this.isLocalised ? `${locale}/${kind}` : kind;
    let count = 0;
    try {
      const first = from ?? this.address(path, query);
      for await (const met of pagesFrom(first, this.network)) {
        count++;
        yield met;
      }
    } catch (error) {
      if (!isDenied(error) || count > 0) throw error;
      if (from !== null) yield* this.pages(locale, kind, query, null);
      else if (!isFirst) this.note(path, error);
      else if (this.isLocalised && kind === 'articles') {
        this.isLocalised = false;
        yield* this.pages(locale, kind, query, null);
      } else throw error;
    }
  }
}
