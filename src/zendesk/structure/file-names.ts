/** Names that Windows keeps for itself. */
const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;
const longest = 60;

/** Gives out file names: readable, each once, and the same ones for the same questions in the same order. */
export class FileNames {
  private readonly taken: Set<string>;
  private readonly slug: (text: string) => string;

  constructor(slug: (text: string) => string, taken: Iterable<string> = []) {
    this.slug = slug;
    this.taken = new Set(taken);
  }

  /**
   * A name in a folder from the first title that has letters for one; where it is taken or there is
   * none, with the id.
   */
  name(folder: string, titles: readonly string[], id: string, kind: string): string {
    const base = titles.map((title) => this.readable(title)).find((slug) => slug !== '') ?? '';
    const suffix = this.slug(id) || 'x';
    const wanted = base === '' ? `${kind}-${suffix}` : base;
    const candidates = [wanted, `${wanted}-${suffix}`];
    const free = candidates.find((name) => !this.isTaken(folder, name));
    if (free !== undefined) return this.take(folder, free);
    for (let number = 2; ; number++) {
      const name = `${wanted}-${suffix}-${number}`;
      if (!this.isTaken(folder, name)) return this.take(folder, name);
    }
  }

  private readable(title: string): string {
    const slug = this.slug(title);
    const short =
      slug.length <= longest
        ? slug
        : slug.slice(0, longest).replace(/-[^-]*$/, '') || slug.slice(0, longest);
    return reserved.test(short) || ['assets', 'kb'].includes(short) ? `${short}-page` : short;
  }

  private isTaken(folder: string, name: string): boolean {
    return this.taken.has(`${folder}/${name}`.toLowerCase());
  }

  private take(folder: string, name: string): string {
    this.taken.add(`${folder}/${name}`.toLowerCase());
    return name;
  }
}
