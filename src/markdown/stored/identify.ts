import type { ImageSource, Target } from '../../model/tree.ts';

/** Turns the addresses of a stored body into identities: article id, asset hash, or the address itself. */
export interface Identify {
  link(href: string): Target;
  image(src: string): ImageSource;
}
