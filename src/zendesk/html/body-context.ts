import type { Loss } from '../../model/finding.ts';
import type { LossKind } from './losses.ts';

/** What becomes worse about an address. */
export interface AddressLoss {
  construct: LossKind;
  action: Loss['action'];
}

/** Where a link of a body leads once everything is imported. */
export type LinkAnswer =
  /** The address to write. */
  | { kind: 'address'; address: string; loss: AddressLoss | null }
  /** Nowhere that an article may link to. */
  | { kind: 'none'; loss: AddressLoss }
  /** A place on the same page, by its id in the body. */
  | { kind: 'page'; fragment: string };

/** Where an image comes from once everything is imported. */
export interface ImageAnswer {
  address: string;
  loss: AddressLoss | null;
}

/** What a body is converted with. Addresses come as written, and go as Markdown shall have them. */
export interface BodyContext {
  link(href: string): LinkAnswer;
  image(src: string): ImageAnswer;
  /** Ids of this body that other articles link to. */
  wantedIds: ReadonlySet<string>;
}
