import type { Profile } from '../../model/profile.ts';
import type { ImageSource, Target } from '../../model/tree.ts';

/** What a tree is rendered for: a workspace's habits, and the addresses its links and images have there. */
export interface RenderOptions {
  profile: Profile;
  /** null: the address is not known (yet), so the link's text stands without a link. */
  link(target: Target): string | null;
  /** null: the image is nowhere to be had, so its alternative text stands for it. */
  image(source: ImageSource): string | null;
  headingId(anchor: string): string;
}
