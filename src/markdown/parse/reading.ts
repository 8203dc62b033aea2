import type { MarkdownProblem, Reference } from '../../model/article.ts';
import type { Heading, ImageSource, Target } from '../../model/tree.ts';
import { isImageAddress, isLinkAddress, schemeOf } from '../address-scheme.ts';
import type { MarkdownContext } from '../markdown-context.ts';
import { replaceVariables, unknownVariable } from '../variables.ts';
import { type Place, SourceText } from './source-text.ts';

type Fault = Pick<MarkdownProblem, 'rule' | 'message' | 'hint'>;

/** A heading met, with the anchor it asks for and where it stands. */
export interface MetHeading {
  heading: Heading;
  explicitAnchor: string | null;
  /** In the article's file. */
  place: Place;
  /** Where to report a problem of it. */
  report(fault: Fault): void;
}

/** What has been gathered while an article was read, over all its includes. */
export class Reading {
  readonly context: MarkdownContext;
  readonly problems: MarkdownProblem[] = [];
  readonly references: Reference[] = [];
  readonly headings: MetHeading[] = [];
  readonly includes = new Set<string>();
  readonly assets = new Set<string>();
  /** How many includes have been put in; bounded, as includes of includes multiply. */
  expansions = 0;

  constructor(context: MarkdownContext) {
    this.context = context;
  }
}

/** One text that is being read: the article's own, or an include's. */
export class SourceReading {
  readonly reading: Reading;
  readonly text: SourceText;
  /** Names of the includes this text stands in, outermost first. */
  readonly chain: readonly string[];
  /** The line of the article's file that this text came in by; null for the article's own. */
  readonly hostPlace: Place | null;

  constructor(
    reading: Reading,
    source: { text: string; firstLine: number; chain: readonly string[]; hostPlace: Place | null },
  ) {
    this.reading = reading;
    this.text = new SourceText(source.text, source.firstLine);
    this.chain = source.chain;
    this.hostPlace = source.hostPlace;
  }

  get include(): string | null {
    return this.chain.at(-1) ?? null;
  }

  report(place: Place, fault: Fault): void {
    this.reading.problems.push({ ...fault, ...place, include: this.include });
  }

  /** The text with its variables' values. */
  substitute(text: string, place: Place): string {
    const { context } = this.reading;
    return replaceVariables(text, context, (name) =>
      this.report(place, unknownVariable(name, context.variableNames)),
    );
  }

  /** The value of a variable, or null for an unknown one, which is reported. */
  variable(name: string, place: Place): string | null {
    const { context } = this.reading;
    const value = context.variable(name);
    if (value === null) this.report(place, unknownVariable(name, context.variableNames));
    return value;
  }

  /** Where a link as written leads; unusable schemes are reported. `href` comes back with its variables' values. */
  link(written: string, place: Place): { href: string; target: Target } {
    const href = tidyAddress(this.substitute(written, place));
    if (!isLinkAddress(href)) {
      this.reportScheme(href, place, 'links may use http, https, mailto, tel, or be relative');
      return { href, target: { kind: 'broken', href } };
    }
    const target = this.reading.context.link(href, this.include);
    if (target.kind === 'asset') this.reading.assets.add(target.hash);
    return { href, target };
  }

  /** Records a link or button of the body. */
  refer(kind: Reference['kind'], href: string, place: Place): void {
    if (!isLinkAddress(href)) return;
    this.reading.references.push({ kind, href, include: this.include, ...place });
  }

  /** Where an image comes from; it is recorded, an unusable scheme reported. */
  image(written: string, place: Place): ImageSource {
    const src = tidyAddress(this.substitute(written, place));
    if (!isImageAddress(src)) {
      this.reportScheme(src, place, 'images may use http or https, or be relative');
      return { kind: 'broken', href: src };
    }
    this.refer('image', src, place);
    const source = this.reading.context.image(src, this.include);
    if (source.kind === 'asset') this.reading.assets.add(source.hash);
    return source;
  }

  private reportScheme(href: string, place: Place, hint: string): void {
    const scheme = schemeOf(href) ?? '';
    this.report(place, {
      rule: 'link-scheme',
      message: `an address that begins with "${scheme}:" is not allowed in an article`,
      hint,
    });
  }
}

/** An address as browsers take it: without white space around it and line breaks in it. */
function tidyAddress(address: string): string {
  return address.replace(/[\t\r\n]/g, '').trim();
}
