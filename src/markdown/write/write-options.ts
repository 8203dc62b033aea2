import type { Loss } from '../../model/finding.ts';
import type { Heading, ImageSource, Target } from '../../model/tree.ts';

/** The choices Markdown leaves open, so that what is written looks like the text it comes into. */
export interface WriteStyle {
  bullet: '-' | '*' | '+';
  delimiter: '.' | ')';
  emphasis: '*' | '_';
  strong: '**' | '__';
  fence: '```' | '~~~';
  hardBreak: '\\' | '  ' | '<br>';
}

export const plainStyle: WriteStyle = {
  bullet: '-',
  delimiter: '.',
  emphasis: '*',
  strong: '**',
  fence: '```',
  hardBreak: '\\',
};

export interface WriteOptions {
  /** The address to write for a link; null: its text stays, without the link. */
  link(target: Target): string | null;
  image(source: ImageSource): string;
  /** The anchor to write after a heading as `{#…}`; null: none, its text names it. */
  anchor(heading: Heading): string | null;
  style: WriteStyle;
}

/** What all writers of one tree share. */
export interface Writing extends WriteOptions {
  losses: Loss[];
}
